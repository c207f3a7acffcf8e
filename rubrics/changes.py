"""Who changed a draft rubric, and when, as the database kept it."""

from audit.history import Change, changes, kept, newest, step
from rubrics.models import RubricVersion

UNNAMED = "a dimension without a name"


def version_changes(version: RubricVersion) -> list[Change]:
    """Changes of the version itself, its dimensions and the wording of their levels, the newest first."""
    dimensions = newest(kept("rubrics", "DimensionChange").filter(version=version.pk))
    names = {row.pgh_obj_id: row.name for row in reversed(dimensions)}
    anchors = newest(kept("rubrics", "AnchorChange").filter(dimension__in=names))
    own = newest(kept("rubrics", "VersionChange").filter(pgh_obj=version.pk))
    steps = [step(row, _told(row.pgh_label, row.state)) for row in own]
    for row in dimensions:
        called = row.name or names[row.pgh_obj_id] or UNNAMED
        steps.append(step(row, called))
    for row in anchors:
        called = names[row.dimension_id] or UNNAMED
        steps.append(step(row, f"{called}, level {row.level}"))
    return changes(steps)


def _told(label: str, state: str) -> str:
    """What changed of the version itself: its state where it is no longer a draft."""
    if label == "insert" or state == "draft":
        return "the version"
    return f"the version: {state}"
