"""Who changed a scorecard or recorded a decision, and when, as the database kept it."""

from itertools import pairwise
from typing import Any

from audit.history import Change, Step, changes, kept, newest, step
from candidates.models import Application
from rubrics.models import Dimension
from scorecards.models import Scorecard


def scorecard_changes(card: Scorecard) -> list[Change]:
    """Changes of the scorecard and its ratings; autosaves close together are one."""
    ratings = newest(kept("scorecards", "RatingChange").filter(scorecard=card.pk))
    numbers = {row.dimension_id for row in ratings}
    names = dict(Dimension.objects.filter(pk__in=numbers).values_list("pk", "name"))
    own = newest(kept("scorecards", "ScorecardChange").filter(pgh_obj=card.pk))
    steps = _card_steps(list(reversed(own)))
    steps += [step(row, names[row.dimension_id]) for row in ratings if row.dimension_id in names]
    return changes(steps)


WORDS = {
    "state": "state",
    "recommendation": "recommendation",
    "summary": "summary",
    "decline_reason": "reason for declining",
    "locked_at": "lock",
}


def _card_steps(rows: list[Any]) -> list[Step]:
    """Each row beside the one before it, in the order of time."""
    steps = [step(row, "the scorecard") for row in rows[:1]]
    for before, row in pairwise(rows):
        steps += [step(row, word) for name, word in WORDS.items() if getattr(before, name) != getattr(row, name)]
    return steps


def decision_changes(application: Application) -> list[Change]:
    """When each decision was recorded, by whom, and through which account or command."""
    rows = newest(kept("scorecards", "DecisionChange").filter(application=application.pk))
    return changes(step(row, f"decision: {row.get_outcome_display()}") for row in rows)
