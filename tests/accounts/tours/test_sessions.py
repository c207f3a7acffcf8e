"""Where somebody is signed in, and signing out everywhere else."""

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from audit.models import Event

SESSIONS = "/accounts/sessions/"


@pytest.fixture(autouse=True)
def _no_attempts_yet():
    cache.clear()


def device(browser: str, name: str = "interviewer") -> Client:
    client = Client(headers={"User-Agent": browser})
    client.post("/accounts/login/", {"login": f"{name}@example.com", "password": "evenhand-demo"})
    return client


def test_list_names_each_device_of_this_person_only(sample):
    phone, _, _ = device("Phone"), device("Laptop"), device("Tablet", "recruiter")

    page = phone.get(SESSIONS).content.decode()

    assert "Phone" in page
    assert "Laptop" in page
    assert "Tablet" not in page


def test_sign_out_everywhere_else_ends_the_others_and_is_on_record(sample, person):
    phone, laptop, other = device("Phone"), device("Laptop"), device("Tablet", "recruiter")

    phone.post(SESSIONS)

    assert [client.get("/").status_code for client in (phone, laptop, other)] == [200, 302, 200]
    event = Event.objects.get(kind="user.sessions_ended")
    assert (event.actor_id, event.detail) == (person("interviewer").pk, {"sessions": 1})


def test_changing_the_password_ends_the_other_sessions(sample):
    phone, laptop = device("Phone"), device("Laptop")
    new = "a much longer pass phrase"

    phone.post(reverse("account_change_password"), {"oldpassword": "evenhand-demo", "password1": new, "password2": new})

    assert [client.get("/").status_code for client in (phone, laptop)] == [200, 302]


def test_name_of_a_browser_is_shown_as_text(sample):
    page = device("<script>alert(1)</script>").get(SESSIONS).content.decode()

    assert "<script>alert(1)" not in page
