"""Forms about people: what is refused at which field, and what their texts become."""

import pytest

from accounts.forms import AcceptForm, FirstAccountForm, NewPersonForm, PersonEditForm, PersonForm
from accounts.models import User
from accounts.setup import setup_code

pytestmark = pytest.mark.django_db
PHRASE = "a long and odd pass phrase"


@pytest.fixture
def colleague():
    return User.objects.create_user("olena.farkas@example.org", name="Olena Farkas")


def person(**changes: str) -> dict[str, str]:
    return {"name": "Rui Zamora", "email": "rui@example.org", "password": ""} | changes


def test_an_address_is_kept_in_small_letters():
    form = PersonForm(person(email="Rui.Zamora@Example.ORG"))

    assert form.is_valid()
    assert form.cleaned_data["email"] == "rui.zamora@example.org"


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"email": "OLENA.Farkas@example.org"}, "email"),
        ({"email": "rui@"}, "email"),
        ({"password": "0123456789"}, "password"),
        ({"password": "short"}, "password"),
    ],
)
def test_a_person_that_does_not_fit_is_refused_at_the_field(colleague, sent, field):
    assert list(PersonForm(person(**sent)).errors) == [field]


def test_no_password_is_no_mistake():
    assert PersonForm(person()).is_valid()


@pytest.mark.parametrize(
    ("password", "invite", "refused"), [("", "on", []), (PHRASE, "", []), ("", "", []), (PHRASE, "on", ["invite"])]
)
def test_somebody_new_gets_a_password_or_an_invitation(colleague, password, invite, refused):
    form = NewPersonForm(person(password=password, invite=invite), by=colleague)

    assert list(form.errors) == refused


def test_an_edit_can_change_no_address(colleague):
    form = PersonEditForm({"name": "Olena Petrov", "email": "other@example.org"}, instance=colleague)

    assert form.is_valid()
    assert form.save().email == "olena.farkas@example.org"


# --- what somebody sets who comes in ---------------------------------------------
def accepted(colleague, **changes: str) -> AcceptForm:
    return AcceptForm({"name": "Olena F.", "password": PHRASE} | changes, user=colleague)


def test_the_name_that_an_administrator_gave_is_offered(colleague):
    assert AcceptForm(user=colleague)["name"].value() == "Olena Farkas"


@pytest.mark.parametrize(
    ("changes", "refused"),
    [
        ({}, []),
        ({"password": "olena.farkas"}, ["password"]),
        ({"password": "short"}, ["password"]),
        ({"password": ""}, ["password"]),
    ],
)
def test_a_password_is_given_once_and_resembles_nobody(colleague, changes, refused):
    assert sorted(accepted(colleague, **changes).errors) == sorted(refused)


def test_blanks_around_a_password_belong_to_it(colleague):
    form = accepted(colleague, password=f" {PHRASE}")

    assert form.is_valid()
    assert form.cleaned_data["password"] == f" {PHRASE}"


# --- the first account -----------------------------------------------------------
def first(**changes: str) -> FirstAccountForm:
    sent = {"code": setup_code(), "name": "Ulla Dahl", "email": "ulla@example.org", "password": PHRASE}
    return FirstAccountForm(sent | changes)


def test_the_code_is_asked_for_first_and_a_wrong_one_is_told_apart():
    wrong, missing = first(code="AAAA-BBBB-CCCC-DDDD"), first(code="")

    assert list(first().fields) == ["code", "name", "email", "password", "hires"]
    assert first().is_valid()
    assert wrong.has_error("code", "refused")
    assert not missing.has_error("code", "refused")
    assert missing.has_error("code")


@pytest.mark.parametrize("password", ["ulla@example.org", "quirin papadaki"])
def test_its_password_resembles_neither_the_name_nor_the_address_that_is_sent_with_it(password):
    form = first(name="Quirin Papadaki", password=password, again=password)

    assert list(form.errors) == ["password"]
