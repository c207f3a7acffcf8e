"""Second factors: an app's code after the password, recovery codes once, and each step on record."""

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from audit.models import Event
from tests.accounts.totp import code_of

PASSWORD = "evenhand-demo"
LOGIN = "/accounts/login/"


@pytest.fixture(autouse=True)
def _no_attempts_yet():
    cache.clear()


def sign_in(name: str) -> tuple[Client, str]:
    client = Client()
    response = client.post(LOGIN, {"login": f"{name}@example.com", "password": PASSWORD})
    return client, response["Location"]


def set_up_app(client: Client) -> str:
    """Through the pages, as a person does: confirm the password, copy the secret, enter the code."""
    url = reverse("mfa_activate_totp")
    asked = client.get(url)
    client.post(asked["Location"], {"password": PASSWORD})
    secret = client.get(url).context["form"].secret
    response = client.post(url, {"code": code_of(secret)})
    assert response["Location"] == reverse("mfa_view_recovery_codes")
    cache.clear()  # an app shows another code half a minute later; this one was used
    return secret


@pytest.fixture
def protected(sample):
    """A session that has set up an app, and the app's secret."""
    client, _ = sign_in("interviewer")
    return client, set_up_app(client)


def test_a_code_of_the_app_is_asked_for_after_the_password(protected):
    _, secret = protected

    client, leads_to = sign_in("interviewer")
    before = client.get("/").status_code
    wrong = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    right = client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})

    assert leads_to == reverse("mfa_authenticate")
    assert (before, wrong.status_code, right.status_code) == (302, 200, 302)
    assert client.get("/").status_code == 200


def test_a_recovery_code_signs_in_once(protected):
    owner, _ = protected
    code = owner.get(reverse("mfa_view_recovery_codes")).context["unused_codes"][0]

    first, _ = sign_in("interviewer")
    once = first.post(reverse("mfa_authenticate"), {"code": code})
    second, _ = sign_in("interviewer")
    twice = second.post(reverse("mfa_authenticate"), {"code": code})

    assert (once.status_code, twice.status_code) == (302, 200)
    assert "9 recovery codes left" in owner.get(reverse("account")).content.decode()


def test_guessing_codes_is_slowed_down(protected):
    client, _ = sign_in("interviewer")

    pages = [client.post(reverse("mfa_authenticate"), {"code": f"{number:06}"}) for number in range(8)]

    assert "Too many" in pages[-1].content.decode() or pages[-1].status_code == 429
    assert client.get("/").status_code == 302


def test_each_step_is_on_record_without_a_secret(transactional_db, sample, person):
    me = person("interviewer")
    owner, _ = sign_in("interviewer")
    secret = set_up_app(owner)
    sign_in("interviewer")[0].post(reverse("mfa_authenticate"), {"code": "000000"})
    owner.post(reverse("mfa_generate_recovery_codes"))
    owner.post(reverse("mfa_deactivate_totp"))

    told = Event.objects.filter(subject_id=me.pk, kind__startswith="user.")

    wanted = {"user.factor_added", "user.factor_refused", "user.codes_renewed", "user.factor_removed"}
    assert wanted <= set(told.values_list("kind", flat=True))
    assert not Authenticator.objects.filter(user=me).exists()
    assert secret not in str(list(told.values_list("detail", flat=True)))


@pytest.mark.parametrize("page", ["account_email", "account_change_password", "account_reset_password"])
def test_nothing_shown_or_asked_for_keeps_anybody_from_a_second_factor(sample, page):
    """The sign-in package notes the address as unconfirmed there, and refuses a second factor to whoever has one so."""
    client, _ = sign_in("interviewer")
    client.get(reverse(page))
    client.post(reverse("account_reset_password"), {"email": "interviewer@example.com"})

    set_up_app(client)

    assert Authenticator.objects.filter(user__email="interviewer@example.com", type="totp").exists()


def test_the_account_page_says_what_is_missing(as_):
    page = as_("interviewer").get(reverse("account")).content.decode()

    assert "Set up a second factor" in page
    assert reverse("account_change_password") in page
    assert reverse("usersessions_list") in page


def test_a_passkey_is_offered_to_strangers_without_saying_who_has_one(sample):
    client = Client()

    page = client.get(LOGIN).content.decode()
    options = client.get(reverse("mfa_login_webauthn"), headers={"Accept": "application/json"}).json()

    assert "Sign in with a passkey" in page
    assert not options["request_options"]["publicKey"].get("allowCredentials")
