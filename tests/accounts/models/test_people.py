"""People: one address each, roles that add up, and who is shown to whom."""

import pytest
from django.db import IntegrityError, transaction

from accounts.models import SignInRules, User, has_address, names

pytestmark = pytest.mark.django_db


def somebody(email: str = "somebody@example.com", **fields: object) -> User:
    return User.objects.create_user(email, **fields)


def test_an_address_is_stored_in_small_letters_without_blanks():
    assert somebody(" Some.Body@Example.COM ").email == "some.body@example.com"


def test_without_a_password_nobody_signs_in():
    user = somebody()

    assert not user.has_usable_password()
    assert not user.check_password("")


@pytest.mark.parametrize("again", ["somebody@example.com", "SOMEBODY@example.com"])
def test_an_address_is_taken_in_whatever_case(again):
    somebody()

    with pytest.raises(IntegrityError), transaction.atomic():
        somebody(again)
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(email=again.title())


@pytest.mark.parametrize(
    ("asked", "found"), [("Somebody@Example.com", 1), ("somebody@example.com", 1), ("else@example.com", 0), ("", 0)]
)
def test_people_are_found_by_their_address_in_whatever_case(asked, found):
    somebody()

    assert User.objects.filter(has_address(asked)).count() == found
    assert User.objects.exclude(has_address(asked)).count() == 1 - found


@pytest.mark.parametrize("role", ["is_administrator", "is_recruiter", "is_hiring_manager"])
def test_external_people_hold_no_role(role):
    with pytest.raises(IntegrityError), transaction.atomic():
        somebody(is_guest=True, **{role: True})


@pytest.mark.parametrize(
    ("fields", "runs", "rubrics"),
    [
        ({}, False, False),
        ({"is_recruiter": True}, True, True),
        ({"is_hiring_manager": True}, True, False),
        ({"is_administrator": True}, True, True),
        ({"is_recruiter": True, "is_active": False}, False, False),
    ],
)
def test_roles_say_what_somebody_runs(fields, runs, rubrics):
    user = somebody(**fields)

    assert (user.runs_openings, user.manages_rubrics) == (runs, rubrics)


def test_what_the_sign_in_knows_of_memberships_is_not_asked_again(django_assert_num_queries):
    user = somebody()
    user.known_membership = True

    with django_assert_num_queries(0):
        assert user.runs_openings


def test_people_are_shown_to_active_administrators_without_external_ones():
    admin = somebody("admin@example.com", is_administrator=True)
    recruiter = somebody("recruiter@example.com", is_recruiter=True)
    left = somebody("left@example.com", is_administrator=True, is_active=False)
    somebody("guest@example.org", is_guest=True)

    assert set(User.objects.visible_to(admin)) == {admin, recruiter, left}
    assert not User.objects.visible_to(recruiter).exists()
    assert not User.objects.visible_to(left).exists()
    assert set(User.objects.colleagues()) == {admin, recruiter}


def test_names_are_todays_and_fall_back_to_the_address(django_assert_num_queries):
    ada, bob = somebody("ada@example.com", name="Ada Lind"), somebody("bob@example.com")

    with django_assert_num_queries(1):
        assert names({ada.pk, bob.pk, 0}) == {ada.pk: "Ada Lind", bob.pk: "bob@example.com"}


def test_rules_name_the_roles_that_they_hold():
    assert str(SignInRules()) == "nobody"
    assert str(SignInRules(recruiters=True, administrators=True)) == "recruiters, administrators"
