"""What a summary says of the decision after its first page, from values."""

from dataclasses import replace

import pytest

from debriefs.aggregate import aggregate
from debriefs.facts import DecisionFact, ReopeningFact
from packets.documents.glance import glance
from packets.documents.record import decision_record, has_more
from tests.debriefs.facts import MOMENT, scored
from tests.packets.documents import worlds

BRIEF = DecisionFact("hold", "Not yet.", "Ruth Adeyemi", MOMENT, "", "", "", {})
REOPENED = replace(BRIEF, reopened=ReopeningFact("Ruth Adeyemi", MOMENT, "Too early"))


@pytest.mark.parametrize(
    ("changed", "more"),
    [
        ({}, False),
        ({"decision": BRIEF}, False),
        ({"decision": replace(BRIEF, rationales={"depth": "Deep."})}, True),
        ({"decision": replace(BRIEF, rationale="said at length " * 200)}, True),
        ({"earlier_decisions": (REOPENED,)}, True),
    ],
)
def test_there_is_a_record_only_of_what_the_first_page_lacks(changed, more):
    assert has_more(aggregate(replace(scored(4).facts, **changed))) is more


def test_a_text_that_the_first_page_cuts_is_told_again_and_others_are_not():
    decision = replace(BRIEF, rationale="said at length " * 300, dissent="No.")

    sheet = aggregate(replace(scored(4).facts, decision=decision))
    found = decision_record(sheet)

    assert found.reasons
    assert len(found.reasons.text) > len(glance(sheet, individuals=True).reasons.text)
    assert found.dissent is None


def test_reasons_by_dimension_and_earlier_decisions_are_there():
    facts = replace(scored(4).facts, decision=replace(BRIEF, rationales={"depth": "Deep."}))

    found = decision_record(aggregate(replace(facts, earlier_decisions=(REOPENED,))))

    assert [(name, text.text) for name, text in found.by_dimension] == [("Depth", "Deep.")]
    assert [(row, text.text) for row, text in found.earlier] == [(REOPENED, "Not yet.")]


def test_what_three_pages_do_not_hold_is_cut_or_counted():
    found = decision_record(worlds.debrief(20, 20, words=500))

    assert found.is_cut
    assert found.more > 0
