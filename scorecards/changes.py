"""Who changed a scorecard or recorded a decision, and when, as the database kept it."""

from itertools import pairwise

from audit.history import Change, Row, Step, changes, kept, newest, step
from rubrics.models import Dimension
from scorecards.models import Scorecard


def scorecard_changes(card: Scorecard) -> list[Change]:
    """Changes of the scorecard and its ratings, the newest first.

    Autosaves of one person close together are one change.
    """
    ratings = newest(kept("scorecards", "RatingChange").filter(scorecard=card.pk))
    rated = Dimension.objects.filter(pk__in={row.dimension_id for row in ratings})
    names = dict(rated.values_list("pk", "name"))
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


def _card_steps(rows: list[Row]) -> list[Step]:
    """Each row beside the one before it, in the order of time."""
    steps = [step(row, "the scorecard") for row in rows[:1]]
    for before, row in pairwise(rows):
        for name, word in WORDS.items():
            if getattr(before, name) != getattr(row, name):
                steps.append(step(row, word))
    return steps
