"""How a panelist's scorecard stands, as a pill: in words, and what is late says that alone."""

from dataclasses import replace

import pytest

from scorecards.queries import PanelistState
from scorecards.templatetags.scorecard_states import state_pill
from tests.debriefs.facts import MOMENT

STATE = PanelistState(1, 1, 1, "Noor", "lead", "Depth", MOMENT, MOMENT, "missing", late=False)
STATES = [
    ("missing", "draft", "Not started"),
    ("draft", "draft", "Draft"),
    ("submitted", "submitted", "Submitted"),
    ("declined", "declined", "Declined"),
    ("withdrawn", "cancelled", "Withdrawn"),
    ("released", "retired", "Released"),
]


@pytest.mark.parametrize(("state", "kind", "words"), STATES)
def test_every_state_has_its_words_and_its_look(state, kind, words):
    shown = state_pill(replace(STATE, state=state))

    assert f'class="eh-pill eh-pill-{kind}"' in shown
    assert f"{words}</span>" in shown


def test_what_is_late_says_that_alone():
    shown = state_pill(replace(STATE, state="draft", late=True))

    assert "Late</span>" in shown
    assert "Draft" not in shown


@pytest.mark.parametrize("state", [state for state, *_ in STATES])
def test_only_what_was_submitted_says_that_it_was_imported(state):
    assert ("Imported" in state_pill(replace(STATE, state=state, imported=True))) == (state == "submitted")
