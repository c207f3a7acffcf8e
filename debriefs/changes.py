"""Who recorded a decision, and when, as the database kept it."""

from audit.history import Change, changes, kept, newest, step
from candidates.models import Application


def decision_changes(application: Application) -> list[Change]:
    """When each decision was recorded, by whom, and through which account or
    command.
    """
    rows = newest(kept("debriefs", "DecisionChange").filter(application=application.pk))
    return changes(step(row, f"decision: {row.get_outcome_display()}") for row in rows)
