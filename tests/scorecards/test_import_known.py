"""What an import's rows name is read in as many queries for many scorecards as for one, and stored likewise."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from candidates.models import Application, Interview, Panelist
from rubrics.models import RubricVersion
from scorecards.import_files import read
from scorecards.import_known import read_known
from scorecards.imports import store
from scorecards.models import Scorecard
from tests.scorecards.test_imports import GOOD, as_csv

ALMA = ("elsewhere", ("alma@example.org", "alma reyes"), "call", "first@example.com")


@pytest.fixture
def version(sample):
    return RubricVersion.objects.get()


@pytest.fixture
def reading(version):
    """A file with one rating of each of so many candidates of one opening."""

    def make(count: int, opening: str):
        row = GOOD | {"opening": opening, "dimension": version.dimensions.first().name}
        rows = []
        for number in range(count):
            address = f"{opening}.{number}@example.org"
            author = f"{opening}.author.{number}@example.com"
            rows.append(row | {"candidate_email": address, "interviewer_email": author})
        return read(as_csv(rows))

    return make


def test_many_scorecards_take_as_many_queries_as_one(version, reading):
    taken = []
    for count, opening in [(1, "one"), (30, "many")]:
        found = reading(count, opening)
        with CaptureQueriesContext(connection) as storing:
            store(found, rubric_version=version, by=None)
        with CaptureQueriesContext(connection) as comparing:
            store(found, rubric_version=version, by=None)
        taken.append((len(storing), len(comparing)))

    assert taken[0] == taken[1]
    assert Scorecard.objects.filter(imported=True, state="submitted").count() == 31


def test_nothing_is_known_of_what_nobody_has_stored(sample):
    found = read_known([ALMA], by=None)

    assert not any([found.openings, found.candidates, found.people, found.interviews, found.cards])


def test_addresses_are_known_whatever_their_case(scored_application, two_panelists):
    application, panelist = scored_application, two_panelists[0]
    candidate, user = application.candidate, panelist.user
    type(candidate).objects.filter(pk=candidate.pk).update(email=candidate.email.upper())

    who = (candidate.email.lower(), candidate.name.casefold())
    card = (application.opening.slug, who, panelist.interview.round.name.casefold(), user.email)
    found = read_known([card], by=None)

    assert found.panelists[card] == panelist
    assert found.cards[card] == panelist.scorecard


def test_whoever_sits_there_now_comes_before_whoever_left(version, reading):
    store(reading(1, "panelists"), rubric_version=version, by=None)
    panelist = Panelist.objects.get(interview__application__opening__slug="panelists")
    Panelist.objects.filter(pk=panelist.pk).update(ended_at=panelist.interview.starts_at)
    current = Panelist.objects.create(interview=panelist.interview, user=panelist.user)

    found = read_known(
        [("panelists", ("panelists.0@example.org", "ada byron"), "on site", panelist.user.email)], by=None
    )

    assert list(found.panelists.values()) == [current]


def test_applications_of_other_openings_are_not_taken_for_these(version, reading):
    store(reading(1, "here"), rubric_version=version, by=None)
    there = Application.objects.get(opening__slug="here")

    found = read_known([("elsewhere", (there.candidate.email, "ada byron"), "on site", "a@example.com")], by=None)

    assert list(found.candidates.values()) == [there.candidate]
    assert found.applications == {}
    assert Interview.objects.filter(application=there).exists()
