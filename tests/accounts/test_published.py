"""The sample's password is printed for everybody: outside the demo no account can be used with it, or because of it."""

import io

import pytest
from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from accounts.forms import AcceptForm, PersonForm
from accounts.models import User
from accounts.published import PASSWORD

OWN = "a-long-one-of-ones-own"


@pytest.fixture(autouse=True)
def _no_attempts_yet() -> None:
    cache.clear()


@pytest.fixture
def production(settings, sample):
    """A real installation with the sample in it, as a demo that became one leaves it."""

    def begin() -> None:
        settings.DEMO = settings.DEBUG = settings.TESTING = False

    return begin


def sign_in(email: str, password: str) -> Client:
    client = Client()
    client.post(reverse("account_login"), {"login": email, "password": password})
    return client


def is_signed_in(client: Client) -> bool:
    return client.get(reverse("home")).status_code == 200


@pytest.mark.parametrize("flag", ["DEMO", "DEBUG", "TESTING"])
def test_the_sample_signs_in_where_it_may_be_loaded_and_nowhere_else(settings, production, flag):
    production()
    assert not is_signed_in(sign_in("admin@example.com", PASSWORD))
    with pytest.raises(CommandError, match="EVENHAND_DEMO=1"):
        call_command("load_sample")

    setattr(settings, flag, True)

    assert is_signed_in(sign_in("admin@example.com", PASSWORD))
    call_command("load_sample")


def test_whoever_has_the_password_is_refused_and_another_password_works(production, person):
    User.objects.create_user("somebody@company.org", PASSWORD)
    own = person("admin")
    own.set_password(OWN)
    own.save()
    production()

    assert not is_signed_in(sign_in("somebody@company.org", PASSWORD))
    assert not is_signed_in(sign_in("admin@example.com", PASSWORD))
    assert is_signed_in(sign_in("admin@example.com", OWN))


def test_a_refusal_reads_like_a_wrong_password(production):
    production()

    pages = [
        Client().post(reverse("account_login"), {"login": email, "password": password})
        for email, password in [
            ("admin@example.com", PASSWORD),
            ("admin@example.com", "wrong-words"),
            ("no@example.com", "x-wrong-words"),
        ]
    ]

    assert {page.status_code for page in pages} == {200}
    assert len({str(page.context["form"].non_field_errors()) for page in pages}) == 1


def test_sessions_of_the_demo_end_with_it(production, person):
    by_form, by_other_means = sign_in("admin@example.com", PASSWORD), Client()
    by_other_means.force_login(person("recruiter"))
    assert is_signed_in(by_form)
    assert is_signed_in(by_other_means)

    production()

    assert not is_signed_in(by_form)
    assert not is_signed_in(by_other_means)


def test_sessions_of_a_real_installation_last(production):
    User.objects.create_user("somebody@company.org", OWN, is_recruiter=True)
    production()
    client = sign_in("somebody@company.org", OWN)

    assert is_signed_in(client)
    assert is_signed_in(client)


def test_no_other_way_in_is_open_to_such_an_account(production, rf, person):
    signing_in = {
        "signup": False,
        "email": None,
        "signal_kwargs": None,
        "email_verification": "none",
        "redirect_url": None,
    }
    production()

    with pytest.raises(PermissionDenied):
        get_adapter().pre_login(rf.get("/"), person("admin"), **signing_in)


def test_it_is_no_proof_of_who_somebody_is(production, person):
    """A session that is there all the same, by whatever way, can neither reauthenticate nor change the password."""
    production()
    client = Client()
    client.force_login(person("recruiter"))
    assert is_signed_in(client)

    again = client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    changed = client.post(
        reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": OWN, "password2": OWN}
    )

    assert "password" in again.context["form"].errors
    assert "oldpassword" in changed.context["form"].errors


def test_nobody_gets_it_as_a_new_password(production, person):
    def refusals() -> list[bool]:
        added = PersonForm({"email": "new@company.org", "name": "New", "password": PASSWORD})
        invited = AcceptForm({"name": "New", "password": PASSWORD}, user=person("recruiter"))
        return ["password" in added.errors, "password" in invited.errors]

    assert refusals() == [False, False]
    production()
    assert refusals() == [True, True]


def test_nobody_changes_a_password_into_it(production):
    User.objects.create_user("somebody@company.org", OWN)
    production()
    client = sign_in("somebody@company.org", OWN)

    page = client.post(
        reverse("account_change_password"), {"oldpassword": OWN, "password1": PASSWORD, "password2": PASSWORD}
    )

    assert page.context["form"].errors["password1"] == [
        "This password is published in Evenhand’s documentation. Choose another one."
    ]
    assert User.objects.get(email="somebody@company.org").check_password(OWN)


def test_the_command_for_the_first_administrator_refuses_it(production, monkeypatch):
    production()
    monkeypatch.setattr("sys.stdin", io.StringIO(PASSWORD + "\n"))

    with pytest.raises(CommandError, match="This password is published"):
        call_command("add_administrator", "first@company.org", password_stdin=True)
