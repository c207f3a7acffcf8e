"""Who somebody may be of those who are known, as far as the reader sees them."""

import pytest

from accounts.folding import name_key
from candidates import identity
from candidates.identity import known_as
from candidates.models import Candidate, Opening


@pytest.mark.parametrize("name", ["Noor Haddad", "HADDAD noor", "  Noor   Haddad "])
def test_like_names_are_found_either_way_round(unscored_application, person, name):
    known = known_as(name, "other@example.org", by=person("recruiter"))

    assert [candidate.name for candidate in known.candidates] == ["Noor Haddad"]
    assert name_key(name) == name_key("Noor Haddad")


def test_who_has_the_address_comes_first_and_each_once(unscored_application, person):
    shared = unscored_application.candidate.email
    twin = Candidate.objects.create(name="Ana Diaz", email=shared)
    unscored_application.opening.applications.create(candidate=twin)

    known = known_as("Ana Diaz", shared.upper(), by=person("recruiter"))

    assert {candidate.name for candidate in known.candidates} == {"Noor Haddad", "Ana Diaz"}
    assert len(known.candidates) == 2


def test_colleagues_are_found_by_name_and_by_address(person):
    by, manager = person("recruiter"), person("manager")

    assert known_as(manager.name, "", by=by).colleagues == (manager,)
    assert known_as("Nobody At All", manager.email, by=by).colleagues == (manager,)


def test_whom_the_reader_does_not_see_is_not_known(unscored_application, person):
    Opening.objects.filter(pk=unscored_application.opening_id).update(confidential=True)
    candidate = unscored_application.candidate

    assert known_as(candidate.name, candidate.email, by=person("interviewer")).candidates == ()  # though on the panel
    assert known_as(candidate.name, candidate.email, by=None).candidates == (candidate,)


def test_that_there_are_more_than_can_be_chosen_from_is_said(unscored_application, person, monkeypatch):
    monkeypatch.setattr(identity, "MOST", 1)
    twin = Candidate.objects.create(name="Noor Haddad", email="")
    unscored_application.opening.applications.create(candidate=twin)

    known = known_as("Noor Haddad", "", by=person("recruiter"))

    assert (len(known.candidates), known.more) == (1, True)
