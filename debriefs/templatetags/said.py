"""What interviewers said of the dimensions: a debrief shows it dozens of times, so that
its markup is written in one go instead of by a template's tags for each."""

from collections.abc import Collection

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.safestring import SafeString

from accounts.markup import NOTHING, filled, joined
from accounts.templatetags.pictures import pill
from accounts.templatetags.pieces import piece
from candidates.templatetags.moments import when
from debriefs import charts
from debriefs.facts import MeetingNoteFact, ReRatingFact
from debriefs.sheets import DebriefSheet, DimensionSheet, Figures, RatingSheet
from scorecards.facts import RatingFact

register = template.Library()
NAME = '<bdi lang="{}">{}</bdi> '
FOLD = '<details class="eh-fold" id="dimension-{}"{}><summary>{}</summary>{}</details>'
OPEN = SafeString(" open")
CARDS = '<div class="eh-agenda-cards">{}</div>'
REMARK = (
    '<p class="eh-meta">Evidence without a score, <bdi>{}</bdi>, <bdi>{}</bdi>: '
    '<span class="eh-prewrap" lang="{}">{}</span></p>'
)
NOTES = "<h4>From the meeting</h4><ul>{}</ul>"
NOTE = '<li><span class="eh-prewrap" lang="{}">{}</span> <span class="eh-meta"><bdi>{}</bdi>, {}</span></li>'
MUST_HAVE = SafeString('<span class="eh-pill eh-pill-must">must-have</span> ')
POINT = '{}{}{}<span class="eh-meta">{} · {} of the composite</span>'
SIDE = "<div>{}{}{}</div>"
NO_SIDE = SafeString("<p>No one rated this dimension.</p>")
CHANGE = '<p><a href="{}">Change my rating<span class="eh-visually-hidden"> of {}</span></a></p>'

WHO = '<h4>{} <bdi>{}</bdi> <span class="eh-meta">{}</span></h4>'
LEVEL = '<p class="eh-meta"><bdi lang="{}">{}</bdi></p>'
NO_LEVEL = '<p class="eh-meta">Not assessed: {}</p>'
EARLIER = '<p class="eh-meta">Amended; submitted as <bdi>{}</bdi>{}</p>'
EARLIER_EVIDENCE = ': <q class="eh-prewrap">{}</q>'
EVIDENCE = '<p class="eh-prewrap" lang="{}">{}</p>'
NO_EVIDENCE = SafeString("<p>No evidence.</p>")
RE_RATING = (
    '<p class="eh-rerated"><strong>Re-rated {}</strong> <span class="eh-meta">{}, <bdi>{}</bdi></span><br>'
    '<bdi lang="{}">{}</bdi></p>'
)

MATRIX_ROW = '<tr><th scope="row">{}<span class="eh-meta text-nowrap">{}</span> {}</th>{}{}{}</tr>'
INITIAL = '<td>{}</td><td>{}</td><td>{}</td><td>{}</td><td class="text-nowrap">{}</td>'
FINAL = "<td>{}</td><td>{}</td>"
UNCHANGED = SafeString('<td><span class="eh-meta">unchanged</span></td>' * 2)
CELL = "<td>{}</td>"
NOT_RATED = SafeString('<span class="eh-meta">–</span>')
RE_RATED = SafeString('<span class="eh-visually-hidden">re-rated </span><span aria-hidden="true">→</span> ')


# --- a point of the agenda -----------------------------------------------------------
@register.simple_tag(takes_context=True)
def agenda_point(context: Context, row: DimensionSheet, *, opened: bool) -> SafeString:
    """One dimension of the agenda: its figures, what each side says, what the meeting noted,
    and where the page has the form for notes, one for this dimension.

    Context: sheet, changeable (see `sides`), note_form and what that needs.
    """
    facts = context["sheet"].facts
    language = facts.rubric_language
    line = SafeString(charts.dot_line(row, with_band=True)) if row.n else NOTHING  # it escapes all text
    cards = filled(CARDS, sides(row, language, facts.application_id, context["changeable"]))
    remarks = [filled(REMARK, note.interviewer, note.origin, language, note.evidence) for note in row.remarks]
    form = _note_form(context, row) if context.get("note_form") else NOTHING
    discussed = joined([line, cards, *remarks, _noted(row.notes, language), form])
    return filled(FOLD, row.key, OPEN if opened else NOTHING, point(row, language), discussed)


def _noted(notes: Collection[MeetingNoteFact], language: str) -> SafeString:
    if not notes:
        return NOTHING
    return filled(NOTES, joined(filled(NOTE, language, note.text, note.by, when(note.at)) for note in notes))


def _note_form(context: Context, row: DimensionSheet) -> SafeString:
    assert context.template is not None  # that of the page
    file = context.template.engine.get_template("debriefs/_debrief_note.html")
    with context.push(row=row):
        return file.render(context)


def point(row: DimensionSheet, language: str) -> SafeString:
    """The dimension with its figures, as the agenda names it; `language` is the rubric's."""
    words = row.words
    if row.final:
        words += f" · after re-ratings: mean {row.final.mean_shown}, range {row.final.range_shown}"
    name = filled(NAME, language, row.name)
    must_have = MUST_HAVE if row.must_have else NOTHING
    return filled(POINT, name, must_have, _disagreement(row), words, row.share.shown)


def _disagreement(row: DimensionSheet) -> SafeString:
    return pill("late", "disagreement") if row.disagreement else NOTHING


def sides(row: DimensionSheet, language: str, application: int, changeable: Collection[int]) -> SafeString:
    """What each interviewer said of the dimension, and what became of it in the meeting.

    `changeable` are the scorecards whose ratings the reader may change now.
    """
    shown = []
    for rating in row.sides:
        change = NOTHING
        if rating.scorecard_id in changeable:
            form = reverse("re_rate", args=[application, rating.scorecard_id, row.key])
            change = filled(CHANGE, form, row.name)
        shown.append(filled(SIDE, said(rating, language), re_rated(rating, language), change))
    return joined(shown) or NO_SIDE


@register.simple_tag
def said(rating: RatingSheet, language: str) -> SafeString:
    """Who gave which rating on what evidence, and what that was before it was amended;
    `language` is the rubric's."""
    score = piece("components/score.html", score=rating.score)
    shown = [filled(WHO, score, rating.interviewer, rating.origin)]
    shown.append(filled(LEVEL, language, rating.anchor_text) if rating.score else filled(NO_LEVEL, rating.reason))
    shown += [_earlier(before, rating) for before in rating.earlier]
    shown.append(filled(EVIDENCE, language, rating.evidence) if rating.evidence else NO_EVIDENCE)
    return joined(shown)


def _earlier(before: RatingFact, now: RatingSheet) -> SafeString:
    """The rating as it was submitted, and its evidence where that was another."""
    evidence = NOTHING
    if before.evidence != now.evidence:
        evidence = filled(EARLIER_EVIDENCE, before.evidence or "no evidence")
    return filled(EARLIER, before.answer_words, evidence)


@register.simple_tag
def re_rated(rating: RatingSheet, language: str) -> SafeString:
    """What became of one rating in the meeting."""
    return joined(_re_rating(new, language) for new in rating.re_ratings)


def _re_rating(new: ReRatingFact, language: str) -> SafeString:
    answer = str(new.score) if new.score else f"as not assessed ({new.not_assessed_reason})"
    return filled(RE_RATING, answer, when(new.at), new.kind_words, language, new.reason)


# --- the matrix ----------------------------------------------------------------------
@register.simple_tag
def matrix_rows(sheet: DebriefSheet) -> SafeString:
    """Each dimension with the score of every submitted scorecard, its initial figures, and
    the final ones where anybody re-rated."""
    return joined(_matrix_row(row, sheet) for row in sheet.dimensions)


def _matrix_row(row: DimensionSheet, sheet: DebriefSheet) -> SafeString:
    name = filled(NAME, sheet.facts.rubric_language, row.name)
    given = cells(row.by_cards(sheet.submitted))
    initial = filled(INITIAL, row.n, row.mean_shown, row.median_shown, row.range_shown, row.band_shown)
    final = _final(row.final) if sheet.final_composite else NOTHING
    return filled(MATRIX_ROW, name, row.share.shown, _disagreement(row), given, initial, final)


def _final(figures: Figures | None) -> SafeString:
    return filled(FINAL, figures.mean_shown, figures.range_shown) if figures else UNCHANGED


def cells(ratings: list[RatingSheet | None]) -> SafeString:
    """Each interviewer's score, and what it became in the meeting."""
    return joined(filled(CELL, _cell(rating)) for rating in ratings)


def _cell(rating: RatingSheet | None) -> SafeString:
    if rating is None:
        return NOT_RATED
    score = piece("components/score.html", score=rating.score)
    if not rating.re_ratings:
        return score
    return score + RE_RATED + piece("components/score.html", score=rating.final_score)
