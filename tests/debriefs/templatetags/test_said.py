"""What interviewers said of a dimension, its point of the agenda and the matrix, as markup."""

from dataclasses import replace

from django.template import Context

from debriefs.facts import MeetingNoteFact
from debriefs.sheets import RatingSheet
from debriefs.templatetags.said import agenda_point, cells, matrix_rows, point, re_rated, said, sides
from scorecards.facts import RatingFact
from tests.debriefs.facts import MOMENT, card, dimension, meeting, rating, re_rating, scored, sheet_of

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


def test_an_imported_rating_says_so_beside_its_round():
    assert '<span class="eh-meta">Depth, imported</span>' in said(replace(RATED, imported=True), "de")
    assert '<span class="eh-meta">imported</span>' in said(replace(RATED, imported=True, round=""), "de")


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


def test_a_point_names_the_dimension_and_its_figures():
    row = scored(2, 3, 5).dimensions[0]

    shown = folded(point(replace(row, name="Depth & <care>", must_have=True), "de"))

    assert shown.startswith(
        '<bdi lang="de">Depth &amp; &lt;care&gt;</bdi> <span class="eh-pill eh-pill-must">must-have'
    )
    assert "disagreement</span>" in shown
    assert folded(row.words) in shown
    assert shown.endswith(" · 100 % of the composite</span>")


def test_a_point_tells_the_figures_after_the_meeting():
    changed = meeting(re_rating(1, "a", 4))
    sheet = sheet_of([dimension("a")], [card(1, rating("a", 2)), card(2, rating("a", 4))], changed)

    shown = point(sheet.dimensions[0], "en")

    assert "range 2–4 · after re-ratings: mean 4.0, range 4 · 100 % of the composite" in shown


def test_a_point_of_the_agenda_has_remarks_and_what_the_meeting_noted_as_text():
    remark = replace(rating("a", None), evidence="Asked <us> first")
    note = MeetingNoteFact("a", "Talked <long>", "Ruth & Co", MOMENT)
    sheet = sheet_of([dimension("a")], [card(1, rating("a", 4)), card(2, remark)], meeting(notes=(note,)))
    page = Context({"sheet": sheet, "changeable": ()})

    shown = agenda_point(page, sheet.dimensions[0], opened=True)
    folded_up = agenda_point(page, sheet.dimensions[0], opened=False)

    assert shown.startswith('<details class="eh-fold" id="dimension-a" open><summary>')
    assert shown == folded_up.replace('"dimension-a">', '"dimension-a" open>')
    assert '<bdi>Person 2</bdi>, <bdi>Round 2</bdi>: <span class="eh-prewrap" lang="en">Asked &lt;us&gt;' in shown
    assert '<span class="eh-prewrap" lang="en">Talked &lt;long&gt;</span> ' in shown
    assert '<span class="eh-meta"><bdi>Ruth &amp; Co</bdi>, <time datetime=' in shown


def test_only_a_changeable_rating_has_a_way_to_change_it():
    row = sheet_of([dimension("a")], [card(1, rating("a", 2)), card(2, rating("a", 4))]).dimensions[0]

    shown = sides(row, "en", 7, {2})

    assert shown.count("<div>") == 2
    assert shown.count("Change my rating") == 1
    assert 'href="/applications/7/debrief/scorecards/2/a/"' in shown
    assert "Change my rating" not in sides(row, "en", 7, ())


def test_a_dimension_that_nobody_rated_says_so():
    row = sheet_of([dimension("a")], []).dimensions[0]

    assert sides(row, "en", 7, ()) == "<p>No one rated this dimension.</p>"


def test_a_changed_rating_says_when_how_and_why():
    new = replace(re_rating(1, "a", 5), reason="Read <it> again")
    none = replace(re_rating(1, "a", None), not_assessed_reason="No <time>")

    shown = folded(re_rated(replace(RATED, re_ratings=(new, none)), "de"))

    assert "<strong>Re-rated 5</strong> <span class=" in shown
    assert '<bdi lang="de">Read &lt;it&gt; again</bdi>' in shown
    assert "<strong>Re-rated as not assessed (No &lt;time&gt;)</strong>" in shown
    assert re_rated(RATED, "de") == ""


def test_the_matrix_has_a_cell_for_every_submitted_card():
    cards = [card(1, rating("a", 2)), card(2, rating("b", 5)), card(3, state="draft")]

    shown = folded(matrix_rows(sheet_of([dimension("a"), dimension("b")], cards)))

    none, two, five = '<span class="eh-meta">–</span>', *[f" {_score(score)} " for score in (2, 5)]
    assert shown.count("<tr>") == 2
    assert f"</th><td>{two}</td><td>{none}</td><td>1</td><td>2.0</td>" in shown
    assert f"</th><td>{none}</td><td>{five}</td><td>1</td><td>5.0</td>" in shown
    assert "unchanged" not in shown


def test_the_matrix_has_final_figures_once_anybody_re_rated():
    changed = meeting(re_rating(1, "a", 4))
    cards = [card(1, rating("a", 2), rating("b", 3))]

    shown = folded(matrix_rows(sheet_of([dimension("a"), dimension("b")], cards, changed)))

    unchanged = '<td><span class="eh-meta">unchanged</span></td>'
    assert "<td>4.0</td><td>4</td></tr>" in shown
    assert f"{unchanged}{unchanged}</tr>" in shown


def _score(score: int) -> str:
    return f'<span class="eh-score eh-score-{score}">{score}</span>'
