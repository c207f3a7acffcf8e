"""What one interviewer said of one dimension, and a row of the matrix, as markup."""

from dataclasses import replace

from debriefs.sheets import RatingSheet
from debriefs.templatetags.said import cells, said
from scorecards.facts import RatingFact
from tests.debriefs.facts import re_rating

RATED = RatingSheet(
    scorecard_id=1,
    interviewer="Noor <Haddad>",
    interviewer_email="noor@example.com",
    round="Depth",
    score=4,
    reason="",
    evidence="Drew <the> path.",
    anchor_text="Finds & proves the cause",
)


def folded(html: str) -> str:
    return " ".join(html.split())


def test_a_rating_stands_with_who_gave_it_its_wording_and_its_evidence_as_text():
    shown = said(RATED, "de")

    assert folded(shown) == (
        '<h4> <span class="eh-score eh-score-4">4</span> <bdi>Noor &lt;Haddad&gt;</bdi> '
        '<span class="eh-meta">Depth</span></h4>'
        '<p class="eh-meta"><bdi lang="de">Finds &amp; proves the cause</bdi></p>'
        '<p class="eh-prewrap" lang="de">Drew &lt;the&gt; path.</p>'
    )
    assert shown.__html__() == shown


def test_what_was_not_assessed_says_why_and_that_there_is_no_evidence():
    shown = said(replace(RATED, score=None, reason="No <time>", evidence=""), "en")

    assert '<p class="eh-meta">Not assessed: No &lt;time&gt;</p><p>No evidence.</p>' in shown


def test_what_was_amended_shows_the_first_evidence_only_where_that_was_another():
    same = RatingFact("depth", 2, "", RATED.evidence, "")
    other = RatingFact("depth", None, "no time", "First <words>", "")
    none = RatingFact("depth", 3, "", "", "")

    shown = said(replace(RATED, earlier=(same, other, none)), "en")

    words = "Amended; submitted as "
    assert f'<p class="eh-meta">{words}<bdi>2</bdi></p>' in shown
    first = '<q class="eh-prewrap">First &lt;words&gt;</q>'
    assert f'<p class="eh-meta">{words}<bdi>not assessed (no time)</bdi>: {first}</p>' in shown
    assert f'<p class="eh-meta">{words}<bdi>3</bdi>: <q class="eh-prewrap">no evidence</q></p>' in shown


def test_a_row_of_the_matrix_has_a_cell_for_each_interviewer():
    changed = replace(RATED, re_ratings=(re_rating(1, "depth", 2), re_rating(1, "depth", 5)))

    shown = folded(cells([RATED, None, changed]))

    four, five = [f'<span class="eh-score eh-score-{score}">{score}</span>' for score in (4, 5)]
    arrow = '<span class="eh-visually-hidden">re-rated </span><span aria-hidden="true">→</span>'
    assert shown == (f'<td> {four} </td><td><span class="eh-meta">–</span></td><td> {four} {arrow} {five} </td>')
