"""The sheet in format evenhand-debrief/1. Figures are rounded here and nowhere before.
Pure: no Django."""

from collections.abc import Iterable
from typing import Any

from debriefs.sheets import (
    Composite,
    DebriefSheet,
    DimensionSheet,
    Figures,
    RatingSheet,
    rounded,
)


def debrief_json(sheet: DebriefSheet) -> dict[str, Any]:
    """The sheet as evenhand-debrief/1: figures to 3 places, weights and shares in
    percent, moments in ISO 8601, None where there is no figure."""
    facts = sheet.facts
    missing = [card.interviewer_email for card in sheet.missing]
    dimensions = [_dimension_json(row) for row in sheet.dimensions]
    final = sheet.final_composite
    return {
        "format": "evenhand-debrief/1",
        "opening": facts.opening_slug,
        "candidate": {"name": facts.candidate_name, "email": facts.candidate_email},
        "rubric": {
            "title": facts.rubric_title,
            "version": facts.rubric_version,
            "language": facts.rubric_language,
        },
        "scorecards": {
            "expected": len(sheet.cards),  # every panelist: the others here are parts of them
            "submitted": len(sheet.submitted),
            "declined": len(sheet.declined),
            "released": len(sheet.released),
            "withdrawn": len(sheet.withdrawn),
            "missing": missing,
        },
        "independence": {
            "submitted": len(sheet.submitted),
            "before_seeing_others": sheet.before_seeing_others,
            "imported": len(sheet.imported),
        },
        "recommendations": sheet.recommendations,
        "dimensions": dimensions,
        "composite": _composite_json(sheet.composite),
        "amended": {
            "scorecards": len(sheet.amended),
            "after_seeing_others": sheet.amended_after_seeing_others,
        },
        "final_composite": _composite_json(final) if final else None,
        "agenda": _agenda_json(sheet),
    }


def _agenda_json(sheet: DebriefSheet) -> dict[str, Any]:
    """What the meeting discusses, in its order: keys of dimensions by group."""
    return {
        "split_recommendation": sheet.is_split,
        "disputed": _keys(sheet.disputed),
        "thin": _keys(sheet.thin),
        "agreed": _keys(sheet.agreed),
        "not_scored": _keys(sheet.gaps),
    }


def _keys(rows: Iterable[DimensionSheet]) -> list[str]:
    return [row.key for row in rows]


def _composite_json(composite: Composite) -> dict[str, Any]:
    return {
        "value": rounded(composite.value),
        "dimensions_scored": composite.dimensions_scored,
        "dimensions_total": composite.dimensions_total,
    }


def _dimension_json(row: DimensionSheet) -> dict[str, Any]:
    ratings = [_rating_json(rating) for rating in row.ratings]
    remarks = [_remark_json(remark) for remark in row.remarks]
    re_ratings = [new for rating in row.ratings for new in _re_ratings_json(rating)]
    return {
        "key": row.key,
        "name": row.name,
        "weight": rounded(row.weight),
        "share": rounded(row.share.percent),
        **_figures_json(row),
        "disagreement": row.disagreement,
        "ratings": ratings,
        "remarks": remarks,
        "re_ratings": re_ratings,
        "final": _figures_json(row.final) if row.final else None,
    }


def _rating_json(rating: RatingSheet) -> dict[str, Any]:
    return {
        "interviewer": rating.interviewer_email,
        "round": rating.round,
        "score": rating.score,
        "evidence": rating.evidence,
    }


def _remark_json(remark: RatingSheet) -> dict[str, Any]:
    return {
        "interviewer": remark.interviewer_email,
        "round": remark.round,
        "evidence": remark.evidence,
    }


def _re_ratings_json(rating: RatingSheet) -> list[dict[str, Any]]:
    return [
        {
            "interviewer": rating.interviewer_email,
            "round": rating.round,
            "score": new.score,
            "kind": new.kind,
            "source": new.source,
            "reason": new.reason,
            "at": new.at.isoformat(),
        }
        for new in rating.re_ratings
    ]


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
