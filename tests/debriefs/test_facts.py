"""The few words that facts say of themselves."""

from dataclasses import replace

import pytest

from debriefs.facts import DecisionFact, MeetingNoteFact
from debriefs.models import Decision
from tests.debriefs.facts import MOMENT, meeting, re_rating


@pytest.mark.parametrize(("source", "words"), [("", "reread the evidence"), ("a call", "new evidence: a call")])
def test_re_rating_says_what_it_rests_on(source, words):
    assert re_rating(1, "depth", 4, source=source).kind_words == words


def test_general_notes_are_those_on_no_dimension():
    on_depth = MeetingNoteFact("depth", "Deep", "Ruth", MOMENT)
    on_the_whole = replace(on_depth, dimension=None, text="Fine")

    assert meeting(notes=(on_depth, on_the_whole)).general_notes == (on_the_whole,)


@pytest.mark.parametrize("outcome", Decision.Outcome.values)
def test_every_outcome_has_the_words_of_its_row(outcome):
    fact = DecisionFact(outcome, "", "Ruth", MOMENT, "", "", "")

    assert fact.outcome_words == Decision.Outcome(outcome).label
