"""Changes to people: each is on record without a name, and somebody always administers."""

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError

from accounts.models import User
from accounts.services import add_person, edit_person, vouch_for_address
from audit.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator():
    """The only one."""
    return add_person("admin@example.com", by=None, name="Ada Lind", is_administrator=True)


@pytest.mark.parametrize("password", [None, ""])
def test_an_empty_password_is_none(administrator, password):
    user = add_person("new@example.com", by=administrator, password=password)

    assert not user.has_usable_password()
    assert Event.objects.filter(kind="user.created", actor_id=administrator.pk, subject_id=user.pk).exists()


@pytest.mark.parametrize("fields", [{"is_administrator": False}, {"is_active": False}])
def test_the_last_administrator_stays_one(administrator, fields):
    add_person("left@example.com", by=None, is_administrator=True, is_active=False)

    with pytest.raises(ValidationError):
        edit_person(administrator, by=administrator, **fields)

    administrator.refresh_from_db()
    assert administrator.is_administrator
    assert administrator.is_active
    assert not Event.objects.filter(kind="user.edited").exists()


def test_one_of_two_administrators_may_go(administrator):
    other = add_person("other@example.com", by=administrator, is_administrator=True)

    edit_person(other, by=administrator, is_administrator=False)

    assert User.objects.filter(is_administrator=True).get() == administrator


def test_the_last_administrator_may_change_what_else_there_is(administrator):
    edited = edit_person(administrator, by=administrator, name="Ada Berg", is_recruiter=True)

    assert (edited.name, edited.is_recruiter, edited.is_administrator) == ("Ada Berg", True, True)


def test_an_edit_is_on_record_by_its_roles_and_without_the_name(administrator):
    user = add_person("new@example.com", by=administrator)

    edit_person(user, by=administrator, name="Nora New", is_recruiter=True, is_active=True)

    event = Event.objects.get(kind="user.edited")
    assert (event.actor_id, event.subject_id) == (administrator.pk, user.pk)
    assert event.detail == {"is_recruiter": True, "is_active": True}


def test_an_edit_goes_by_what_is_stored_now(administrator):
    stale = User.objects.get(pk=administrator.pk)
    edit_person(administrator, by=administrator, name="Ada Berg")

    edit_person(stale, by=administrator, is_recruiter=True)

    assert User.objects.values_list("name", "is_recruiter").get() == ("Ada Berg", True)


def test_an_address_is_vouched_for_once(administrator, django_assert_num_queries):
    vouch_for_address(administrator)

    with django_assert_num_queries(1):
        vouch_for_address(administrator)

    assert EmailAddress.objects.values_list("email", "verified").get() == (administrator.email, True)


def test_an_address_that_another_had_is_the_new_owners(administrator):
    other = add_person("other@example.com", by=administrator)
    EmailAddress.objects.create(user=other, email="ADMIN@example.com", verified=True)

    vouch_for_address(administrator)

    assert EmailAddress.objects.get().user == administrator
