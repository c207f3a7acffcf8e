"""Words that are found nowhere else, an application that is full of them, and one that is decided."""

import itertools
from datetime import timedelta

import pytest

from candidates.services import edit_candidate
from debriefs import meetings
from tests.privacy.everything import fill

WORDS = (f"quokka{number:03}" for number in itertools.count())


@pytest.fixture
def new_word():
    """Gives a word that is found nowhere else; its `all` are those given so far."""
    planted: list[str] = []

    def word() -> str:
        planted.append(f"{next(WORDS)}x")
        return planted[-1]

    word.all = planted
    return word


@pytest.fixture
def worded_application(scored_application, two_panelists, person, complete_answers, new_word):
    """The scored application with such a word in every text about its candidate."""
    edit_candidate(
        scored_application.candidate,
        name=f"Nom {new_word()}",
        email=f"{new_word()}@example.org",
        by=person("recruiter"),
    )
    fill(scored_application, two_panelists, person, complete_answers, new_word)
    return scored_application


@pytest.fixture
def decided(scored_application, person):
    """The decision of the scored application: no hire."""
    keys = scored_application.opening.rubric_version.dimensions.values_list("key", flat=True)
    return meetings.record_decision(
        scored_application,
        outcome="no_hire",
        rationale="Clear",
        rationales=dict.fromkeys(keys, "Clear"),
        by=person("manager"),
    )


@pytest.fixture
def day_after_due(decided):
    """A day after the decided candidate is due; the sample's others have later interviews."""
    return decided.decided_at + timedelta(days=367)
