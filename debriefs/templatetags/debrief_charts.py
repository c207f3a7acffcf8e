"""The debrief's pictures for its page; the packet uses the same functions."""

from django import template
from django.utils.safestring import SafeString, mark_safe

from debriefs import charts
from debriefs.facts import DecisionFact
from debriefs.sheets import DebriefSheet, DimensionSheet
from scorecards.facts import RECOMMENDATION_WORDS

register = template.Library()


@register.filter
def dot_line(row: DimensionSheet) -> SafeString:
    return mark_safe(charts.dot_line(row, with_band=True))  # noqa: S308 - charts escapes all text


@register.filter
def profile_chart(sheet: DebriefSheet) -> SafeString:
    return mark_safe(charts.profile(sheet))  # noqa: S308 - charts escapes all text


@register.filter
def recommended(sheet: DebriefSheet) -> list[tuple[str, int]]:
    """Each recommendation in words with how many gave it."""
    return [(RECOMMENDATION_WORDS[name], count) for name, count in sheet.recommendations.items()]


@register.filter
def reasons(sheet: DebriefSheet, decision: DecisionFact) -> list[tuple[str, str]]:
    """The decision's reasons for single dimensions: name and text, in the rubric's
    order."""
    given = decision.rationales
    return [(row.name, given[row.key]) for row in sheet.dimensions if row.key in given]
