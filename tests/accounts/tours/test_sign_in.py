"""Signing in: by address whatever its case, nobody by themselves, and nobody learns who works here."""

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.services import add_person

LOGIN = "/accounts/login/"
PASSWORD = "evenhand-demo"


@pytest.fixture(autouse=True)
def _no_attempts_yet():
    """The limit on attempts counts in the cache, across tests."""
    cache.clear()


def sign_in(email: str, password: str = PASSWORD):
    client = Client()
    return client, client.post(LOGIN, {"login": email, "password": password})


@pytest.mark.parametrize("email", ["interviewer@example.com", "Interviewer@Example.COM", " interviewer@example.com "])
def test_sign_in_takes_the_address_whatever_its_case(sample, email):
    client, response = sign_in(email)

    assert response.status_code == 302
    assert client.get("/").status_code == 200


def test_sign_in_leads_to_the_page_that_was_asked_for_and_never_away(sample):
    wanted = reverse("rubric_list")

    inside = Client().post(f"{LOGIN}?next={wanted}", {"login": "admin@example.com", "password": PASSWORD})
    outside = Client().post(
        LOGIN, {"login": "admin@example.com", "password": PASSWORD, "next": "https://evil.example/"}
    )

    assert inside["Location"] == wanted
    assert outside["Location"] == "/"


def answer(response) -> str:
    """The page without what differs each time."""
    return "\n".join(line for line in response.content.decode().splitlines() if "csrfmiddlewaretoken" not in line)


def test_wrong_password_and_unknown_address_get_the_same_answer(sample):
    _, wrong = sign_in("interviewer@example.com", "not the password")
    _, unknown = sign_in("interviewes@example.com", "not the password")

    assert wrong.status_code == unknown.status_code == 200
    assert "is-invalid" in answer(wrong) or "not correct" in answer(wrong)
    assert answer(wrong).replace("interviewer@", "x@") == answer(unknown).replace("interviewes@", "x@")


def test_reset_tells_nobody_who_works_here(sample):
    url = reverse("account_reset_password")

    known = Client().post(url, {"email": "interviewer@example.com"})
    unknown = Client().post(url, {"email": "nobody@example.com"})

    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])


def test_deactivated_and_unknown_get_the_same_answer_to_a_wrong_password(sample):
    User.objects.filter(email="interviewer@example.com").update(is_active=False)

    _, inactive = sign_in("interviewer@example.com", "not the password")
    _, unknown = sign_in("interviewes@example.com", "not the password")

    assert answer(inactive).replace("interviewer@", "x@") == answer(unknown).replace("interviewes@", "x@")


def test_reset_mails_for_one_address_are_limited_whoever_asks(sample):
    url = reverse("account_reset_password")

    answers = [Client().post(url, {"email": "interviewer@example.com"}).status_code for _ in range(8)]

    assert answers[0] == 302
    assert len(mail.outbox) == 5


def test_reset_link_of_somebody_deactivated_is_not_sent(sample):
    User.objects.filter(email="interviewer@example.com").update(is_active=False)

    Client().post(reverse("account_reset_password"), {"email": "interviewer@example.com"})

    assert "/password/reset/key/" not in "".join(message.body for message in mail.outbox)


def test_nobody_signs_up(db):
    User.objects.create_user("somebody@example.com")
    url = reverse("account_signup")
    sent = {"email": "me@example.com", "password1": "long enough 123", "password2": "long enough 123"}

    responses = [Client().get(url), Client().post(url, sent)]

    assert all("Sign-up is closed" in response.content.decode() for response in responses)
    assert User.objects.count() == 1


def test_inactive_person_does_not_get_in(sample):
    User.objects.filter(email="interviewer@example.com").update(is_active=False)

    client, _ = sign_in("interviewer@example.com")

    assert client.get("/").status_code == 302


def test_person_who_leaves_loses_the_open_session(client_of, sample):
    client = client_of("interviewer")
    before = client.get("/").status_code
    User.objects.filter(email="interviewer@example.com").update(is_active=False)

    assert (before, client.get("/").status_code) == (200, 302)


def test_account_without_a_password_cannot_be_signed_in_to(db):
    add_person("new@example.com", by=None, password="")

    for guess in ("", "None", "!"):
        client, _ = sign_in("new@example.com", guess)
        assert client.get("/").status_code == 302


def test_many_wrong_passwords_are_slowed_down(sample):
    answers = [sign_in("interviewer@example.com", f"guess {number}")[1] for number in range(12)]

    assert "Too many" in answers[-1].content.decode() or answers[-1].status_code == 429
    client, _ = sign_in("interviewer@example.com")
    assert client.get("/").status_code == 302


def test_one_address_is_one_person_whatever_its_case(sample):
    from django.db import IntegrityError, transaction

    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(email="INTERVIEWER@example.com")


def test_signing_in_with_an_expired_form_is_told(sample):
    strict = Client(enforce_csrf_checks=True)

    response = strict.post(LOGIN, {"login": "interviewer@example.com", "password": PASSWORD})

    assert response.status_code == 403
    assert "This form has expired" in response.content.decode()
