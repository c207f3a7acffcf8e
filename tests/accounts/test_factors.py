"""Second factors: an app's code after the password, recovery codes once, and each step on record."""

import time

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


def test_the_account_page_says_what_is_missing(client_of):
    page = client_of("interviewer").get(reverse("account")).content.decode()

    assert "Set up a second factor" in page
    assert reverse("account_change_password") in page
    assert reverse("usersessions_list") in page


def test_a_passkey_is_offered_to_strangers_without_saying_who_has_one(sample):
    client = Client()

    page = client.get(LOGIN).content.decode()
    options = client.get(reverse("mfa_login_webauthn"), headers={"Accept": "application/json"}).json()

    assert "Sign in with a passkey" in page
    assert not options["request_options"]["publicKey"].get("allowCredentials")


# --- one code, once ----------------------------------------------------------
@pytest.fixture
def clock(monkeypatch):
    """The time of day, moved by hand: it begins with a period of the app."""
    began = time.time() // 30 * 30
    now = [began]
    monkeypatch.setattr(time, "time", lambda: now[0])

    def later(seconds: float) -> None:
        now[0] = began + seconds
        cache.clear()  # nothing but what the database remembers

    return later


def enter(code: str) -> int:
    client, _ = sign_in("interviewer")
    return client.post(reverse("mfa_authenticate"), {"code": code}).status_code


def test_a_used_code_is_refused_for_as_long_as_it_could_be_valid(clock, protected):
    _, secret = protected
    clock(60)
    code = code_of(secret)

    answers = [enter(code)]
    for seconds in (61, 75, 90, 105, 119):
        clock(seconds)
        answers.append(enter(code))

    assert answers == [302, 200, 200, 200, 200, 200]


def test_a_code_of_the_period_before_is_taken_once(clock, protected):
    """The clock of the server may be ahead of the app's by one period."""
    _, secret = protected
    clock(90)
    code = code_of(secret)
    clock(125)

    assert [enter(code), enter(code), enter(f"{code[:3]} {code[3:]}")] == [302, 200, 200]


def test_a_code_of_the_period_to_come_is_refused_until_that_is_over(clock, protected):
    """The clock of the app may be ahead: such a code is valid the longest, nearly three periods."""
    _, secret = protected
    clock(120)
    code = code_of(secret)
    clock(90)
    first = enter(code)

    answers = []
    for seconds in (120, 149, 179):
        clock(seconds)
        answers.append(enter(code))

    assert (first, answers) == (302, [200, 200, 200])


def test_other_codes_are_taken_beside_a_used_one(clock, protected):
    _, secret = protected
    clock(300)
    used = code_of(secret)
    assert enter(used) == 302
    clock(335)

    assert [enter(code_of(secret)), enter(used)] == [302, 200]


def test_a_used_code_does_not_confirm_who_sits_at_a_session(clock, protected):
    client, secret = protected
    clock(600)
    code = code_of(secret)
    assert enter(code) == 302
    clock(640)

    again = client.post(reverse("mfa_reauthenticate"), {"code": code})
    fresh = client.post(reverse("mfa_reauthenticate"), {"code": code_of(secret)})

    assert (again.status_code, fresh.status_code) == (200, 302)


def test_trying_a_used_code_again_counts_as_a_failed_try(clock, protected, person):
    _, secret = protected
    clock(900)
    enter(code_of(secret))
    client, _ = sign_in("interviewer")

    pages = [client.post(reverse("mfa_authenticate"), {"code": code_of(secret)}) for _ in range(8)]

    refused = Event.objects.filter(kind="user.factor_refused", subject_id=person("interviewer").pk)
    assert refused.count() >= 5
    assert "Too many" in pages[-1].content.decode() or pages[-1].status_code == 429
