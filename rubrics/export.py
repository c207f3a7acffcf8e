"""A stored version as the contract's rubric JSON, the mirror of ImportPlan.as_json."""

from collections.abc import Iterable
from typing import Any

from rubrics.models import Dimension, RubricVersion, Signal


def rubric_json(version: RubricVersion) -> dict[str, Any]:
    """The version in format evenhand-rubric/1: plain text only, levels as strings, weights in percent."""
    blueprint = version.blueprint
    scale = None if version.scale_min is None else {"min": version.scale_min, "max": version.scale_max}
    draft_dimensions = any(row["code"] == "scorecard_missing" for row in version.warnings)
    return {
        "format": "evenhand-rubric/1",
        "title": version.rubric.title,
        "summary": version.summary,
        "source": {
            "title": blueprint.title if blueprint else None,
            "url": (blueprint.url or None) if blueprint else None,
            "sha256": blueprint.sha256 if blueprint else None,
        },
        "scale": scale,
        "dimensions": [
            _dimension(row) | ({"draft": True} if draft_dimensions else {})
            for row in version.dimensions.prefetch_related("anchors")
        ],
        "focus_areas": list(version.focus_areas.values("name", "detail", "topics")),
        "exercises": [
            {
                "label": row.label or None,
                "title": row.title,
                "duration": row.duration or None,
                "prompt": row.prompt,
                "look_for": row.look_for,
            }
            for row in version.exercises.all()
        ],
        "signals": signals_by_kind(version.signals.order_by("order")),
        "skills": list(version.skills.values("group", "name", "description", "use", "importance")),
        "soft_skills": list(version.soft_skills.values("name", "why", "how", "strong")),
        "sections": list(blueprint.sections.values("number", "title")) if blueprint else [],
        "warnings": version.warnings,
    }


def _dimension(row: Dimension) -> dict[str, Any]:
    weight = None if row.weight is None else float(row.weight)
    if weight is not None and weight.is_integer():
        weight = int(weight)
    anchors = {str(anchor.level): anchor.text for anchor in row.anchors.all()}
    return {"key": row.key, "name": row.name, "weight": weight, "anchors": anchors}


def signals_by_kind(signals: Iterable[Signal]) -> dict[str, list[str]]:
    """The signals' texts by kind, each kind present, in the order given."""
    grouped: dict[str, list[str]] = {kind: [] for kind in Signal.Kind.values}
    for row in signals:
        grouped[row.kind].append(row.text)
    return grouped
