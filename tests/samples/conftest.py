"""Samples as they are drawn, before anything is stored."""

import pytest

from samples.drawing import Plan, draw


@pytest.fixture(scope="session")
def plan():
    """As many candidates as show every state, and panels of few enough people to meet each other again."""
    return Plan(candidates=120, interviewers=9, seed=1)


@pytest.fixture(scope="session")
def openings(plan):
    return list(draw(plan))


@pytest.fixture(scope="session")
def applications(openings):
    return [application for opening in openings for application in opening.applications]


@pytest.fixture(scope="session")
def panelists(openings):
    """Every panelist with its role, interview and step of the plan."""
    return list(panelists_of(openings))


def panelists_of(openings):
    from samples.roles import ROLES

    for opening in openings:
        role = ROLES[opening.role]
        for application in opening.applications:
            for talk in application.interviews:
                for panelist in talk.panelists:
                    yield role, talk, role.rounds[talk.round], panelist
