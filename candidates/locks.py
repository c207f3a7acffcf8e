"""Rows that stay as they are until the caller's transaction ends.

Everybody locks in one order, or two could wait for each other for ever: openings, candidates, applications, and then
what hangs on an application; several of a kind by their keys (docs/architecture.md, "Who waits for whom").
"""

from collections.abc import Iterable

from candidates.models import Application, Candidate, Opening


def hold_opening(opening: Opening) -> Opening:
    """The opening as it is now. Raises Opening.DoesNotExist where it was removed."""
    return Opening.objects.select_for_update(no_key=True).get(pk=opening.pk)


def hold_openings(pks: Iterable[int]) -> None:
    _hold(Opening, pks)


def hold_candidates(pks: Iterable[int]) -> None:
    _hold(Candidate, pks)


def hold_applications(pks: Iterable[int]) -> None:
    _hold(Application, pks)


def _hold(model: type[Opening | Candidate | Application], pks: Iterable[int]) -> None:
    rows = model._default_manager.select_for_update(no_key=True).filter(pk__in=list(pks))
    list(rows.order_by("pk").values_list("pk"))
