"""The debrief's pictures and matrix for its page; the packet uses the same functions."""

from django import template
from django.utils.safestring import SafeString, mark_safe

from scorecards.aggregate import DebriefSheet, DimensionSheet, RatingSheet
from scorecards.packets import charts

register = template.Library()


@register.filter
def dot_line(row: DimensionSheet) -> SafeString:
    return mark_safe(charts.dot_line(row))  # noqa: S308 - charts escapes all text


@register.filter
def matrix(sheet: DebriefSheet) -> list[tuple[DimensionSheet, list[RatingSheet | None]]]:
    """Each dimension with the rating of every submitted scorecard, None where it has none."""
    return [(row, [row.by_card(card.scorecard_id) for card in sheet.submitted]) for row in sheet.dimensions]
