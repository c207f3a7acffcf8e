"""The private hints on a stored draft, and dismissing one.

Nobody but the author reads or writes them, and no event names them.
"""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import User
from candidates.models import Panelist
from scorecards.drafts import Finished, stored_judgement
from scorecards.hints import Dismissed, Hint, Protected, hints
from scorecards.models import DismissedHint, Scorecard
from scorecards.protected_words import lists

APPLICATION = "interview__application"


def draft_hints(card: Scorecard) -> list[Hint]:
    """The hints on the draft. Three queries, and those for the card's own rows."""
    ratings = card.ratings.select_related("dimension").order_by("dimension__order")
    names = {rating.dimension_id: rating.dimension.name for rating in ratings}
    rows = card.dismissed_hints.values_list("dimension_id", "words", "before", "after")
    protected = Protected(lists(), _people(card), [Dismissed(*row) for row in rows])
    return hints(stored_judgement(card), names, protected)


def _people(card: Scorecard) -> set[str]:
    """The names of the interviewers and, where the opening shows it, the candidate."""
    own = Panelist.objects.filter(pk=card.panelist_id)
    rows = own.values_list(
        f"{APPLICATION}__opening__anonymous",
        f"{APPLICATION}__candidate__name",
        f"{APPLICATION}__interviews__panelists__user__name",
    )
    people = set()
    for anonymous, candidate, interviewer in rows:
        people.add(interviewer or "")
        if not anonymous:
            people.add(candidate)
    return people


@transaction.atomic
def dismiss_hint(card: Scorecard, key: str, *, by: User) -> None:
    """Let the author see this hint on these words no more; another key changes nothing.

    Raises PermissionDenied for another's scorecard, Finished for what is no draft.
    """
    card = Scorecard.objects.select_for_update(of=("self",), no_key=True).select_related("panelist").get(pk=card.pk)
    if card.panelist.user_id != by.pk:
        raise PermissionDenied
    if not card.is_writable:
        raise Finished
    rows = []
    for hint in draft_hints(card):
        if hint.key and hint.key == key:
            rows += _rows(card, hint)
    DismissedHint.objects.bulk_create(rows)


def _rows(card: Scorecard, hint: Hint) -> list[DismissedHint]:
    return [
        DismissedHint(
            scorecard=card,
            dimension_id=hint.dimension_id,
            words=found.key,
            before=found.before,
            after=found.after,
        )
        for found in hint.places
    ]
