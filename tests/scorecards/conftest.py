"""Words that are found nowhere else, and an application that is full of them."""

import itertools

import pytest

from candidates.services import edit_candidate
from tests.scorecards.everything import fill

WORDS = (f"quokka{number:03}" for number in itertools.count())


@pytest.fixture
def plant():
    planted: list[str] = []

    def word() -> str:
        planted.append(f"{next(WORDS)}x")
        return planted[-1]

    word.all = planted
    return word


@pytest.fixture
def full(scored, seats, person, complete_draft, plant):
    edit_candidate(scored.candidate, name=f"Nom {plant()}", email=f"{plant()}@example.org", by=person("recruiter"))
    fill(scored, seats, person, complete_draft, plant)
    return scored
