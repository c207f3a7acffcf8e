"""Who somebody may be of those who are known, as far as the reader sees them."""

import pytest
from django.utils import timezone

from accounts.folding import name_key
from candidates.identity import MOST, known_as
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


def names(known) -> list[str]:
    return [candidate.name for candidate in known.candidates]


def test_those_at_the_address_stand_before_those_of_the_name(unscored_application, person):
    opening = unscored_application.opening
    for name, email in (("Ana Diaz", "first@example.org"), ("Bo Li", "shared@example.org")):
        opening.applications.create(candidate=Candidate.objects.create(name=name, email=email))

    assert names(known_as("Ana Diaz", "Shared@example.org", by=person("recruiter"))) == ["Bo Li", "Ana Diaz"]


def test_without_an_address_nobody_is_known_by_having_none(unscored_application, person):
    nobody = Candidate.objects.create(name="Ana Diaz", email="")
    unscored_application.opening.applications.create(candidate=nobody)

    assert names(known_as("Bo Li", "", by=person("recruiter"))) == []


def test_whoever_was_erased_is_nobody_known(unscored_application):
    Candidate.objects.filter(pk=unscored_application.candidate_id).update(erased_at=timezone.now())

    assert known_as("Noor Haddad", "noor.haddad@example.org", by=None).candidates == ()


def test_those_who_are_asked_about_are_bounded(unscored_application, person):
    rows = [Candidate(name="Ana Diaz", email=f"{at}@example.org") for at in range(MOST + 2)]
    for row in rows:
        row.save()
        unscored_application.opening.applications.create(candidate=row)

    known = known_as("Ana Diaz", "", by=person("recruiter"))

    assert (len(known.candidates), known.more) == (MOST, True)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Ana María Díaz", "diaz ana maria", True),
        ("Ana María Díaz", "DIAZ, Ana Maria", True),
        ("Ana Diaz", "Ana Diaz Ruiz", False),
        ("李 小龙", "小龙 李", True),
    ],
)
def test_a_name_is_the_same_either_way_round(one, other, same):
    assert (name_key(one) == name_key(other)) == same
