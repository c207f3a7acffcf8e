"""Rows that stay as they are until the caller's transaction ends.

Everybody locks in one order, or two could wait for each other for ever: openings, who is new, candidates, applications,
and then what hangs on an application; several of a kind by their keys (docs/architecture.md, "Who waits for whom").
"""

from collections.abc import Iterable

from django.db import connection

from accounts.locks import lock_rows
from candidates.models import Application, Candidate, Opening


def lock_opening(opening: Opening) -> Opening:
    """The opening as it is now. Raises Opening.DoesNotExist where it was removed."""
    return Opening.objects.select_for_update(no_key=True).get(pk=opening.pk)


def lock_newcomers() -> None:
    """Whoever adds people meanwhile, to any opening, waits until the caller's transaction ends, and then finds them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('candidates.newcomers'))")


def lock_candidate(candidate: Candidate) -> Candidate:
    """The candidate as they are now. Raises Candidate.DoesNotExist where they were removed."""
    return Candidate.objects.select_for_update(no_key=True).get(pk=candidate.pk)


def lock_openings(pks: Iterable[int]) -> None:
    lock_rows(Opening.objects.filter(pk__in=list(pks)))


def lock_candidates(pks: Iterable[int]) -> None:
    lock_rows(Candidate.objects.filter(pk__in=list(pks)))


def lock_applications(pks: Iterable[int]) -> None:
    lock_rows(Application.objects.filter(pk__in=list(pks)))
