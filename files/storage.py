"""Candidates' files in any storage: their names, what erasure takes, what a killed process left."""

import re
import uuid
from collections.abc import Iterable
from contextlib import suppress
from datetime import timedelta

import structlog
from django.core.files.storage import default_storage
from django.utils import timezone

from files.kinds import Kind
from files.models import Material

logger = structlog.get_logger(__name__)
FOLDER = "candidates"
OURS = re.compile(r"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.[a-z]+")
SURELY_OVER = timedelta(hours=1)  # since when no request can still be about to commit a file's row


def name_for(token: uuid.UUID, kind: Kind) -> str:
    """The stored name; it tells nothing of the candidate or of what the file was called."""
    return f"{FOLDER}/{token}.{kind}"


def remove_stored(names: Iterable[str]) -> int:
    """Delete stored files; how many went. What the storage keeps now goes with `remove_orphans`."""
    return sum(_remove(name) for name in names)


def _remove(name: str) -> bool:
    try:
        default_storage.delete(name)
    except Exception as error:
        logger.warning("candidate_file_not_removed", file=name, exc_info=error)
        return False
    return True


def remove_orphans() -> int:
    """Delete files that no row names, as a process leaves them that was killed while it stored one.

    A file's row is committed after the file is stored, so that a young file is left alone.
    Returns how many went.
    """
    tokens = _listed()
    known = set(Material.objects.filter(token__in=tokens).values_list("token", flat=True))
    unnamed = [name for token, name in tokens.items() if token not in known]
    return remove_stored(name for name in unnamed if _is_old(name))


def _listed() -> dict[uuid.UUID, str]:
    """Each file of ours by the token in its name; others in the folder are not ours to judge."""
    names: list[str] = []
    with suppress(FileNotFoundError):
        names = default_storage.listdir(FOLDER)[1]
    found = {}
    for name in names:
        told = OURS.fullmatch(name)
        if told is not None:
            found[uuid.UUID(told[1])] = f"{FOLDER}/{name}"
    return found


def _is_old(name: str) -> bool:
    """No longer there, it is nobody's to delete. Raises what the storage raises about a file that is there."""
    try:
        stored_at = default_storage.get_modified_time(name)
    except Exception:  # each storage has an error of its own for a file that is gone
        if default_storage.exists(name):
            raise
        return False
    return stored_at < timezone.now() - SURELY_OVER
