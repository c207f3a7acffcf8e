"""What was told of a document is used again for the next one of its shape, until somebody forgets it."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from accounts.models import User
from audit.services import record
from rubrics.blueprints.directions import Directions
from rubrics.blueprints.documents import Document
from rubrics.blueprints.shape import shape_of, shaped, told_of_shape
from rubrics.models import RememberedReading, Rubric

PURPOSE = "evenhand shape of a document"


@dataclass(frozen=True)
class Recalled:
    """What is remembered of a document's shape, told of the document itself."""

    reading: RememberedReading
    directions: Directions


def recalled(document: Document) -> Recalled | None:
    """What is remembered of the document's shape; None where nothing is."""
    readings = RememberedReading.objects.select_related("rubric", "told_by")
    reading = readings.filter(fingerprint=_fingerprint(document)).first()
    if reading is None:
        return None
    directions = told_of_shape(reading.directions, document)
    return Recalled(reading, directions) if directions else None


@transaction.atomic
def remember(document: Document, directions: Directions, *, rubric: Rubric, by: User) -> None:
    """Keep what was told of a document that was imported, in place of what was told of its shape before.

    The same told once more changes nothing.
    """
    stored = shaped(directions, document)
    fingerprint = _fingerprint(document)
    known = RememberedReading.objects.select_for_update(no_key=True).filter(fingerprint=fingerprint).first()
    if known is not None and known.directions == stored:
        return
    reading, _ = RememberedReading.objects.update_or_create(
        fingerprint=fingerprint,
        defaults={"directions": stored, "rubric": rubric, "told_by": by, "told_at": timezone.now()},
    )
    record("reading.remembered", by=by, subject=reading, rubric=rubric.pk)


@transaction.atomic
def forget(reading: RememberedReading, *, by: User) -> None:
    """Read documents of this shape by the rules again."""
    record("reading.forgotten", by=by, subject=reading)
    reading.delete()


def _fingerprint(document: Document) -> str:
    """A hash that cannot be tried without this installation's key, in hexadecimal digits."""
    return salted_hmac(PURPOSE, shape_of(document), algorithm="sha256").hexdigest()
