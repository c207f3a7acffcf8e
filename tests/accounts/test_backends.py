"""Signing in: who may, and that the person comes with what every page asks about them."""

import pytest

from accounts.backends import PeopleBackend
from accounts.models import SignInRules, User

pytestmark = pytest.mark.django_db
PASSWORD = "a sentence nobody tries first"


def somebody(**fields: object) -> User:
    return User.objects.create_user("somebody@example.com", PASSWORD, **fields)


def signed_in(password: str = PASSWORD) -> User | None:
    return PeopleBackend().authenticate(None, email="somebody@example.com", password=password)


def test_the_right_password_signs_in():
    assert signed_in() is None
    user = somebody()

    assert signed_in() == user
    assert signed_in("another") is None


@pytest.mark.parametrize("fields", [{"is_active": False}, {"is_guest": True}])
def test_neither_somebody_who_left_nor_a_guest_signs_in_or_stays(fields):
    user = somebody(**fields)

    assert signed_in() is None
    assert PeopleBackend().get_user(user.pk) is None


@pytest.mark.parametrize(
    ("fields", "may"), [({}, False), ({"is_recruiter": True}, False), ({"is_administrator": True}, True)]
)
def test_where_the_provider_is_the_only_way_administrators_still_get_in(settings, fields, may):
    settings.OIDC_ONLY = True
    somebody(**fields)

    assert (signed_in() is not None) is may


def test_nobody_of_that_number_is_nobody():
    assert PeopleBackend().get_user(10**9) is None


def test_a_person_comes_with_rules_and_memberships_in_one_query(django_assert_num_queries):
    user = somebody()
    SignInRules.objects.create(pk=SignInRules.ONLY, recruiters=True)

    with django_assert_num_queries(1):
        found = PeopleBackend().get_user(user.pk)
        assert found.runs_openings is False

    assert found.sign_in_rules == {
        "interviewers": False,
        "recruiters": True,
        "hiring_managers": False,
        "administrators": False,
    }
