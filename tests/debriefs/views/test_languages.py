"""What people wrote and what the rubric says is marked as the rubric's language, our words
are not: screen readers change their voice for one and not for the other.
"""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.template.loader import render_to_string
from selectolax.lexbor import LexborHTMLParser, LexborNode

from debriefs.aggregate import aggregate
from debriefs.facts import DecisionFact, MeetingNoteFact
from debriefs.finalists import Judged, Version, compare
from debriefs.sheets import DebriefSheet
from scorecards.facts import LookForFact, MarkFact
from tests.debriefs.facts import MOMENT, card, dimension, meeting, rating, re_rating, sheet_of

WHOLE = replace(dimension("tiefe"), name="Tiefe", anchors={2: "Fragt selten nach"})
OPEN = replace(dimension("ruhe"), name="Ruhe", must_have=True)


@pytest.fixture
def sheet() -> DebriefSheet:
    """A debrief in German with something in each place."""
    given = replace(rating("tiefe", 2), evidence="Riet zuerst", anchor_text="Fragt selten nach")
    first = replace(
        card(1, given, recommendation="strong_no"),
        summary="Noch nicht",
        red_flags=(MarkFact("Schiebt Schuld ab", True, "zweimal"),),
        look_fors=(LookForFact("A: Ausfall", "Misst zuerst", "seen"),),
    )
    second = replace(card(2, replace(given, evidence="Riet wieder"), recommendation="strong_yes"), summary="Sehr gern")
    facts = sheet_of([WHOLE, OPEN], [first, second]).facts
    changed = replace(re_rating(1, "tiefe", 4), reason="Neu gelesen")
    notes = (MeetingNoteFact("tiefe", "Lange besprochen", "Ruth", MOMENT),)
    decision = DecisionFact("hire", "Klar genug", "Ruth", MOMENT, "Zu jung im Fach", "Ines", "Nach Probe")
    decision = replace(decision, rationales={"ruhe": "Später prüfen"})
    met = meeting(changed, notes=notes)
    return aggregate(replace(facts, rubric_language="de", decision=decision, meeting=met))


def languages(html: str, text: str) -> Iterator[str]:
    """The language of each place where the text stands."""
    for node in LexborHTMLParser(html).css("body *"):
        if node.text(deep=False, strip=True) == text:
            yield _language(node)


def _language(node: LexborNode | None) -> str:
    while node is not None:
        if language := node.attributes.get("lang"):
            return language
        node = node.parent
    return ""


@pytest.mark.parametrize(
    ("template", "theirs", "ours"),
    [
        ("_debrief_red_flags.html", ["Schiebt Schuld ab", "zweimal"], ["Red flags"]),
        ("_debrief_look_fors.html", ["A: Ausfall", "Misst zuerst"], ["Outcome"]),
        ("_debrief_matrix.html", ["Tiefe", "Ruhe"], ["Median"]),
        ("_debrief_split.html", ["Noch nicht", "Sehr gern"], []),
        ("_debrief_agenda.html", ["Tiefe", "Ruhe", "Riet zuerst", "Neu gelesen", "Lange besprochen"], ["Agreed"]),
    ],
)
def test_a_part_of_the_debrief_marks_what_is_in_the_rubrics_language(sheet, template, theirs, ours):
    html = render_to_string(f"debriefs/{template}", {"sheet": sheet, "changeable": ()})

    for text in theirs:
        assert set(languages(html, text)) == {"de"}, text
    for text in ours:
        assert set(languages(html, text)) == {""}, text


def test_a_decision_is_marked_but_for_our_words(sheet):
    html = render_to_string("debriefs/_decision.html", {"sheet": sheet, "row": sheet.facts.decision})

    for text in ("Klar genug", "Nach Probe", "Zu jung im Fach", "Ruhe", "Später prüfen"):
        assert set(languages(html, text)) == {"de"}, text
    assert set(languages(html, "Conditions:")) == {""}


def test_finalists_are_marked(sheet):
    version = Version(1, "Entwickler", (WHOLE, OPEN))
    other = replace(sheet.facts, application_id=2, candidate_name="Sunniva Berg")
    comparison = compare([Judged(sheet.facts, (version,)), Judged(other, (version,))])
    context = {"comparison": comparison, "row": comparison.rows[0], "language": comparison.language, "number": 1}

    row = render_to_string("debriefs/_finalists_dimension.html", context)
    overview = render_to_string("debriefs/_finalist.html", {"finalist": comparison.finalists[0]})

    for text in ("Tiefe", "Fragt selten nach", "Riet zuerst", "Neu gelesen"):
        assert set(languages(row, text)) == {"de"}, text
    for text in ("Ruhe", "Schiebt Schuld ab", "zweimal"):
        assert set(languages(overview, text)) == {"de"}, text
