"""Who may erase a candidate, and who may hand out what is kept about them: the twins differ by one debt alone."""

import pytest

from candidates.models import Candidate, OpeningMember, Panelist
from candidates.services import add_candidate, create_opening
from privacy.policies import may_answer_access, may_erase


@pytest.fixture
def confidential(scored_application, person):
    """Another opening, hidden from the company's recruiters, for which the same person applied."""
    opening = create_opening(
        "Hidden",
        rubric_version=scored_application.opening.rubric_version,
        by=person("admin"),
        hiring_managers=[],
        confidential=True,
    )
    add_candidate(
        opening, name=scored_application.candidate.name, email=scored_application.candidate.email, by=person("admin")
    )
    return opening


@pytest.mark.parametrize(
    ("name", "may"),
    [("admin", True), ("recruiter", True), ("manager", False), ("interviewer", False)],
)
def test_administrators_and_recruiters_may(scored_application, person, name, may):
    assert may_erase(person(name), scored_application.candidate) is may
    assert may_answer_access(person(name), scored_application.candidate) is may


def test_a_role_on_the_one_opening_is_not_enough(scored_application, person):
    OpeningMember.objects.create(opening=scored_application.opening, user=person("interviewer2"), role="recruiter")

    assert not may_erase(person("interviewer2"), scored_application.candidate)


def test_whoever_does_not_see_every_application_may_not(scored_application, person, confidential):
    assert not may_erase(person("recruiter"), scored_application.candidate)
    assert not may_answer_access(person("recruiter"), scored_application.candidate)

    OpeningMember.objects.create(opening=confidential, user=person("recruiter"), role="recruiter")

    assert may_erase(person("recruiter"), scored_application.candidate)


def test_somebody_inactive_may_not(scored_application, person):
    user = person("admin")
    user.is_active = False

    assert not may_erase(user, scored_application.candidate)


def test_without_an_application_nobody_may(scored_application, person):
    stranger = Candidate.objects.create(name="Nobody", email="nobody@example.org")

    assert not may_erase(person("admin"), stranger)


def test_owing_a_scorecard_keeps_from_the_answer_and_not_from_the_erasure(scored_application, two_panelists, person):
    Panelist.objects.filter(pk=two_panelists[1].pk).update(user=person("admin"))

    assert may_erase(person("admin"), scored_application.candidate)
    assert not may_answer_access(person("admin"), scored_application.candidate)


def test_nobody_erases_themselves(scored_application, person):
    user = person("recruiter")
    type(user).objects.filter(pk=user.pk).update(email=scored_application.candidate.email)

    assert not may_erase(type(user).objects.get(pk=user.pk), scored_application.candidate)
