"""The sheet in format evenhand-debrief/1. Figures are rounded here and nowhere before."""

from typing import Any

from scorecards.sheets import Composite, DebriefSheet, DimensionSheet, Figures, rounded


def debrief_json(sheet: DebriefSheet) -> dict[str, Any]:
    """The sheet in format evenhand-debrief/1; figures are rounded here and nowhere before."""
    facts = sheet.facts
    return {
        "format": "evenhand-debrief/1",
        "opening": facts.opening_slug,
        "candidate": {"name": facts.candidate_name, "email": facts.candidate_email},
        "rubric": {"title": facts.rubric_title, "version": facts.rubric_version},
        "scorecards": {
            "expected": len(sheet.cards),
            "submitted": len(sheet.submitted),
            "declined": len(sheet.declined),
            "missing": [card.interviewer_email for card in sheet.missing],
        },
        "independence": {
            "submitted": len(sheet.submitted),
            "before_seeing_others": sheet.before_seeing_others,
        },
        "recommendations": sheet.recommendations,
        "dimensions": [_dimension_json(row) for row in sheet.dimensions],
        "composite": _composite_json(sheet.composite),
        "amended": {
            "scorecards": len(sheet.amended),
            "after_seeing_others": sheet.amended_after_seeing_others,
        },
        "final_composite": _composite_json(sheet.final_composite) if sheet.final_composite else None,
    }


def _composite_json(composite: Composite) -> dict[str, Any]:
    return {
        "value": rounded(composite.value),
        "dimensions_scored": composite.dimensions_scored,
        "dimensions_total": composite.dimensions_total,
    }


def _dimension_json(row: DimensionSheet) -> dict[str, Any]:
    return {
        "key": row.key,
        "name": row.name,
        "weight": rounded(row.weight),
        **_figures_json(row),
        "disagreement": row.disagreement,
        "ratings": [
            {
                "interviewer": rating.interviewer_email,
                "round": rating.round,
                "score": rating.score,
                "evidence": rating.evidence,
            }
            for rating in row.ratings
        ],
        "remarks": [
            {"interviewer": remark.interviewer_email, "round": remark.round, "evidence": remark.evidence}
            for remark in row.remarks
        ],
        "re_ratings": [
            {
                "interviewer": rating.interviewer_email,
                "round": rating.round,
                "score": new.score,
                "kind": new.kind,
                "source": new.source,
                "reason": new.reason,
                "at": new.at.isoformat(),
            }
            for rating in row.ratings
            for new in rating.re_ratings
        ],
        "final": _figures_json(row.final) if row.final else None,
    }


def _figures_json(row: Figures) -> dict[str, Any]:
    return {
        "n": row.n,
        "mean": rounded(row.mean),
        "median": rounded(row.median),
        "min": row.min,
        "max": row.max,
        "sd": rounded(row.sd),
        "not_assessed": row.not_assessed,
    }
