"""What one interviewer said of one dimension: a debrief shows it dozens of times, so that
its markup is written in one go instead of by a template's tags for each."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from accounts.templatetags.pieces import piece
from debriefs.sheets import RatingSheet
from scorecards.facts import RatingFact

register = template.Library()
WHO = '<h4>{} <bdi>{}</bdi> <span class="eh-meta">{}</span></h4>'
LEVEL = '<p class="eh-meta"><bdi lang="{}">{}</bdi></p>'
NO_LEVEL = '<p class="eh-meta">Not assessed: {}</p>'
EARLIER = '<p class="eh-meta">Amended; submitted as <bdi>{}</bdi>{}</p>'
EARLIER_EVIDENCE = ': <q class="eh-prewrap">{}</q>'
EVIDENCE = '<p class="eh-prewrap" lang="{}">{}</p>'
NO_EVIDENCE = SafeString("<p>No evidence.</p>")
NOT_RATED = SafeString('<span class="eh-meta">–</span>')
RE_RATED = SafeString('<span class="eh-visually-hidden">re-rated </span><span aria-hidden="true">→</span> ')


@register.simple_tag
def said(rating: RatingSheet, language: str) -> SafeString:
    """Who gave which rating on what evidence, and what that was before it was amended;
    `language` is the rubric's."""
    score = piece("components/score.html", score=rating.score)
    shown = [format_html(WHO, score, rating.interviewer, rating.round)]
    shown.append(format_html(LEVEL, language, rating.anchor_text) if rating.score else _no_level(rating))
    shown += [_earlier(before, rating) for before in rating.earlier]
    shown.append(format_html(EVIDENCE, language, rating.evidence) if rating.evidence else NO_EVIDENCE)
    return SafeString("".join(shown))


def _no_level(rating: RatingSheet) -> SafeString:
    return format_html(NO_LEVEL, rating.reason)


def _earlier(before: RatingFact, now: RatingSheet) -> SafeString:
    """The rating as it was submitted, and its evidence where that was another."""
    evidence = SafeString("")
    if before.evidence != now.evidence:
        evidence = format_html(EARLIER_EVIDENCE, before.evidence or "no evidence")
    return format_html(EARLIER, before.answer_words, evidence)


@register.simple_tag
def cells(ratings: list[RatingSheet | None]) -> SafeString:
    """A row of the matrix: each interviewer's score, and what it became in the meeting."""
    return format_html_join("", "<td>{}</td>", [(_cell(rating),) for rating in ratings])


def _cell(rating: RatingSheet | None) -> SafeString:
    if rating is None:
        return NOT_RATED
    score = piece("components/score.html", score=rating.score)
    if not rating.re_ratings:
        return score
    return score + RE_RATED + piece("components/score.html", score=rating.final_score)
