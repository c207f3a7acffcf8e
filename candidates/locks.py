"""Rows that stay as they are until the caller's transaction ends.

Everybody locks in one order, or two could wait for each other for ever: openings, candidates, applications, and then
what hangs on an application; several of a kind by their keys (docs/architecture.md, "Who waits for whom").
"""

from collections.abc import Iterable

from accounts.locks import hold
from candidates.models import Application, Candidate, Opening


def hold_opening(opening: Opening) -> Opening:
    """The opening as it is now. Raises Opening.DoesNotExist where it was removed."""
    return Opening.objects.select_for_update(no_key=True).get(pk=opening.pk)


def hold_candidate(candidate: Candidate) -> Candidate:
    """The candidate as they are now. Raises Candidate.DoesNotExist where they were removed."""
    return Candidate.objects.select_for_update(no_key=True).get(pk=candidate.pk)


def hold_openings(pks: Iterable[int]) -> None:
    hold(Opening.objects.filter(pk__in=list(pks)))


def hold_candidates(pks: Iterable[int]) -> None:
    hold(Candidate.objects.filter(pk__in=list(pks)))


def hold_applications(pks: Iterable[int]) -> None:
    hold(Application.objects.filter(pk__in=list(pks)))
