"""One search: of each kind what its reader may see, and how many there are of it."""

import pytest
from django.test import RequestFactory
from django.urls import reverse

from accounts.models import User
from candidates.models import Application, Candidate
from workbench.search import search


@pytest.fixture
def found(person):
    """What somebody finds: labels by the name of the kind."""

    def look(text: str, reader: str = "recruiter", *, shown: int = 20) -> dict[str, list[str]]:
        kinds = search(RequestFactory().get("/", {"q": text}), person(reader), shown=shown)
        return {kind.name: [hit.label for hit in kind.hits] for kind in kinds}

    return look


def test_all_that_has_the_name_is_found_by_its_kind(found, opening, person):
    Candidate.objects.create(name="Rosa Platform", email="rosa@example.org").applications.create(opening=opening)
    User.objects.create_user("paul@example.com", name="Paul Platform")

    assert found("platform", "admin") == {
        "Candidates": ["Rosa Platform"],
        "Openings": ["Platform Reliability Engineer"],
        "People": ["Paul Platform"],
        "Rubrics": ["Platform Reliability Engineer"],
    }


def test_nobody_finds_what_their_lists_do_not_show(found, confidential, person):
    assert found("secret") == found("hidden person") == {}
    assert found("secret", "manager") == {"Openings": ["Secret chief"]}


def test_an_interviewer_finds_rubrics_and_no_candidate(found, opening, unscored_application):
    assert found("noor haddad", "interviewer") == {}
    assert list(found("platform", "interviewer")) == ["Rubrics"]


def test_nobody_finds_their_own_application(found, unscored_application, person):
    Candidate.objects.filter(pk=unscored_application.candidate_id).update(email=person("recruiter").email)

    assert found("noor haddad") == {}


def test_what_is_cut_says_how_many_there_are_and_leads_to_all(opening, person):
    people = [Candidate(name=f"Kim {number}", email=f"k{number}@example.org") for number in range(7)]
    Candidate.objects.bulk_create(people)
    Application.objects.bulk_create([Application(candidate=person, opening=opening) for person in people])

    [kind] = search(RequestFactory().get("/", {"q": "kim", "sort": "x"}), person("recruiter"), shown=5)

    assert (len(kind.hits), kind.total, kind.is_cut) == (5, 7, True)
    assert kind.url == reverse("candidate_list") + "?q=kim"


def test_nothing_asked_finds_nothing(found, sample):
    assert found("  ") == {}
