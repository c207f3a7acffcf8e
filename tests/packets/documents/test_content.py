"""What a packet says, section by section, rendered from values: no database and no PDF."""

import re
from dataclasses import replace

import pytest

from debriefs.aggregate import aggregate
from debriefs.facts import DecisionFact, ExerciseFact, ReopeningFact
from debriefs.profiles import VALUES
from debriefs.redaction import redacted_sheet
from debriefs.sheets import DebriefSheet
from packets.documents.content import COLUMNS, NAMED_COLUMNS, SECTIONS, SUMMARY, packet_html
from packets.documents.pdf import STYLE
from scorecards.facts import LookForFact, MarkFact
from tests.debriefs.facts import MOMENT, card, dimension, meeting, rating, re_rating, scored, sheet_of
from tests.pages import on_one_line

EXERCISE = ExerciseFact("A", "Design", "60 min", "Design a queue.", ("Asks first", "Counts"), ("Round 1",))
HIRE = DecisionFact("hire", "Clear evidence.", "Ruth Adeyemi", MOMENT, "", "", "", {"depth": "Deep enough"})


def html_of(sheet: DebriefSheet, profile: str = "full", evidence_by: str = "dimension") -> str:
    return packet_html(
        sheet,
        profile=profile,
        evidence_by=evidence_by,
        issued_to="Ruth",
        issued_at=MOMENT,
        fingerprint="0" * 64,
        document="packet 1",
    )


def anchors(html: str) -> list[str]:
    """The sections that are there, in their order."""
    known = "|".join(row.anchor for row in SECTIONS)
    return list(dict.fromkeys(re.findall(rf'id="({known})"', html)))


def with_facts(sheet: DebriefSheet, **changed) -> DebriefSheet:
    return aggregate(replace(sheet.facts, **changed))


# --- sections ----------------------------------------------------------------
def test_sections_without_content_are_left_out():
    html = html_of(scored(4))

    missing = {"meeting", "exercises", "interviewers"}
    assert anchors(html) == [row.anchor for row in SECTIONS if row.anchor not in missing]


def test_meeting_and_exercises_come_in_where_there_are_some():
    html = html_of(with_facts(scored(4), meeting=meeting(), exercises=(EXERCISE,)))

    assert anchors(html) == [row.anchor for row in SECTIONS if row.anchor != "interviewers"]


def test_totals_have_no_section_of_single_judgements():
    html = html_of(redacted_sheet(scored(4).facts, "totals"), "totals")

    individual = {row.anchor for row in SECTIONS if row.individual}
    assert individual == {"evidence", "interviewers", "scorecards"}
    assert individual.isdisjoint(anchors(html))


def test_contents_lead_to_each_dimension_and_each_scorecard():
    html = html_of(sheet_of([dimension("a"), dimension("b")], [card(1, rating("a", 4)), card(2)]))

    for anchor in ("dimension-1", "dimension-2", "scorecard-1", "scorecard-2"):
        assert f'href="#{anchor}"' in html
        assert f'id="{anchor}"' in html


@pytest.mark.parametrize("profile", VALUES)
def test_same_arguments_give_the_same_text(profile):
    sheet = redacted_sheet(with_facts(scored(4, 2), decision=HIRE).facts, profile)

    assert html_of(sheet, profile) == html_of(sheet, profile)


@pytest.mark.parametrize("evidence_by", ["dimension", "interviewer"])
def test_evidence_is_printed_once_and_its_levels_are_an_appendix(evidence_by):
    said = replace(rating("depth", 4), evidence="Traced it to the queue.")
    met = meeting(replace(re_rating(1, "depth", 2), reason="I reread my notes"))
    sheet = with_facts(sheet_of([dimension("depth")], [replace(card(1, said), summary="Strong.")]), meeting=met)

    html = on_one_line(html_of(sheet, evidence_by=evidence_by))

    assert html.count("Traced it to the queue.") == html.count("I reread my notes") == 1
    assert ("Evidence by interviewer" in html) is (evidence_by == "interviewer")
    assert ("Appendix A: Scorecards" in html) is (evidence_by == "dimension")
    assert html.count("Strong.") == 1


@pytest.mark.parametrize("evidence_by", ["dimension", "interviewer"])
def test_what_was_imported_is_marked_wherever_it_is_printed(evidence_by):
    said = replace(rating("depth", 4), evidence="Traced it to the queue.")
    cards = [card(1, said), replace(card(2, said), imported=True)]

    html = on_one_line(html_of(sheet_of([dimension("depth")], cards), evidence_by=evidence_by))

    without_contents = re.sub(r'<li class="below">.*?</li>', "", html)
    _, *named = without_contents.split("Person 2")
    assert len(named) == (5 if evidence_by == "dimension" else 4)
    assert [text[:130] for text in named if "imported" not in text[:130]] == []


def test_a_summary_has_scores_and_panel_and_nothing_that_was_written():
    said = replace(rating("depth", 4), evidence="Traced it.", anchor_text="Explains causes")
    flag = MarkFact("Blames others", True, "twice, loudly")
    one = replace(card(1, said), summary="Strong.", red_flags=(flag,), strong_signals=(replace(flag, text="Asks"),))
    facts = replace(sheet_of([dimension("depth")], [one]).facts, decision=HIRE, exercises=(EXERCISE,))

    html = html_of(redacted_sheet(facts, "summary"), "summary")

    assert re.findall(r'<h1 id="(\w+)"', html) == [row.anchor for row in SUMMARY]
    for kept in ("Person 1", "Blames others", "Clear evidence.", "Deep enough"):
        assert kept in html
    for gone in ("Traced it.", "Explains causes", "Strong.", "twice, loudly", "Asks", "Design a queue"):
        assert gone not in html


# --- the first page ----------------------------------------------------------
@pytest.mark.parametrize(("outcome", "colour"), [("hire", "is-hire"), ("no_hire", "is-no_hire"), ("hold", "is-hold")])
def test_an_outcome_has_a_colour_of_its_own(outcome, colour):
    html = html_of(with_facts(scored(4), decision=replace(HIRE, outcome=outcome)))

    assert set(re.findall(r'class="outcome (\S+)"', html)) == {colour}


def test_a_refusal_never_has_the_colour_of_a_hire():
    style = STYLE.read_text()
    colours = {}
    for names, colour in re.findall(r"((?:\.is-\w+(?:, )?)+) \{ color: (#\w+) \}", style):
        colours |= dict.fromkeys(re.findall(r"is-(\w+)", names), colour)

    assert set(colours) == {"hire", "yes", "strong_yes", "no_hire", "no", "strong_no", "hold", "none"}
    assert colours["hire"] == colours["yes"] == colours["strong_yes"]
    assert colours["no_hire"] == colours["no"] == colours["strong_no"]
    assert len({colours[name] for name in ("hire", "no_hire", "hold", "none")}) == 4


# --- matrix ------------------------------------------------------------------
@pytest.mark.parametrize(("count", "matrices"), [(0, 0), (1, 1), (COLUMNS, 1), (COLUMNS + 1, 2), (2 * COLUMNS + 1, 3)])
def test_matrix_goes_on_below_after_so_many_columns(count, matrices):
    html = html_of(scored(*[3] * count))

    assert html.count('<table class="matrix') == matrices


@pytest.mark.parametrize(("count", "named"), [(NAMED_COLUMNS, True), (NAMED_COLUMNS + 1, False)])
def test_columns_bear_names_only_where_these_fit(count, named):
    html = on_one_line(html_of(scored(*[3] * count)))

    matrix = html.partition('<table class="matrix')[2].partition("</table>")[0]
    assert ("Person 1" in matrix) is named


# --- decision ----------------------------------------------------------------
def test_without_a_decision_the_cover_says_so():
    assert "No decision yet" in html_of(scored(4))


def test_decisions_are_told_with_their_reasons_the_one_in_force_first():
    reopened = ReopeningFact("Ruth Adeyemi", MOMENT, "Too early")
    earlier = replace(HIRE, outcome="hold", rationale="Not yet.", reopened=reopened)

    html = on_one_line(html_of(with_facts(scored(4), decision=HIRE, earlier_decisions=(earlier,))))

    section = html.partition('id="decision"')[2]
    assert section.index("Clear evidence.") < section.index("Not yet.") < section.index("Too early")
    assert "Deep enough" in section


# --- evidence, re-ratings, exercises -----------------------------------------
def test_wording_is_told_only_where_it_is_not_todays():
    anchored = replace(dimension("depth"), anchors={4: "Explains causes"})
    today = replace(rating("depth", 4), anchor_text="Explains causes")
    before = replace(rating("depth", 4), anchor_text="Explains every cause")

    html = html_of(sheet_of([anchored], [card(1, today), card(2, before)]))

    evidence = html.partition('id="evidence"')[2].partition('id="decision"')[0]
    assert evidence.count("Explains every cause") == 1


def test_re_ratings_are_told_beside_the_first():
    html = html_of(with_facts(scored(4), meeting=meeting(re_rating(1, "depth", 2, source="a portfolio"))))

    assert "new evidence: a portfolio" in on_one_line(html)


def test_look_fors_say_who_saw_them():
    looks = (LookForFact("A: Design", "Asks first", "seen"),)
    sheet = sheet_of([dimension("depth")], [replace(card(1), look_fors=looks)])

    html = on_one_line(html_of(with_facts(sheet, exercises=(EXERCISE,))))

    exercises = html.partition('id="exercises"')[2].partition('id="scorecards"')[0]
    assert "Asks first" in exercises
    assert "Person 1" in exercises
