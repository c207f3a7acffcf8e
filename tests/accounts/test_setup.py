"""The first account: the set-up page of an installation without any, its code, and what is left of it afterwards."""

import logging
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import F
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from accounts.setup import AlreadySetUp, add_first_administrator, announce, is_setup_code, setup_code
from audit.models import Event
from tests.concurrently import at_once

PHRASE = "a long and odd pass phrase"
PAGE = "/setup/"


@pytest.fixture(autouse=True)
def _no_attempts_yet():
    cache.clear()


def sent(**changes: str) -> dict[str, str]:
    """The form as it is filled in well, but for the changes."""
    filled = {"code": setup_code(), "name": "First Person", "email": "First@example.com"}
    return filled | {"password": PHRASE} | changes


@pytest.mark.django_db
def test_whoever_hires_too_gets_the_roles_for_it():
    Client().post(PAGE, sent(hires="on"))

    user = User.objects.get()
    assert (user.is_administrator, user.is_recruiter, user.is_hiring_manager) == (True, True, True)


# --- without an account ------------------------------------------------------
@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["/", "/accounts/login/", "/people/", "/openings/1/", "/no/such/page/", "/invitation/"]
)
def test_every_page_leads_to_the_set_up_page(path):
    response = Client().get(path)

    assert (response.status_code, response["Location"]) == (302, PAGE)
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
def test_what_is_sent_elsewhere_leads_there_too_and_signs_nobody_in(client):
    response = client.post("/accounts/login/", {"login": "a@example.com", "password": PHRASE})

    assert response["Location"] == PAGE
    assert "sessionid" not in client.cookies


@pytest.mark.django_db
def test_probes_are_answered_and_static_addresses_left_alone(client):
    assert client.get("/healthz").content == b"ok"
    assert client.get("/readyz").status_code == 503  # no worker runs here
    assert client.get("/static/no/such/file.css").status_code == 404


@pytest.mark.django_db
def test_the_page_makes_an_administrator_who_is_signed_in_and_comes_home(client):
    shown = client.get(PAGE)
    done = client.post(PAGE, sent())
    user = User.objects.get()

    assert (shown.status_code, done.status_code, done["Location"]) == (200, 302, reverse("home"))
    assert (user.email, user.name, user.is_administrator) == ("first@example.com", "First Person", True)
    assert user.check_password(PHRASE)
    assert client.get(reverse("people")).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"code": "AAAA-AAAA-AAAA-AAAA"}, "code"),
        ({"code": ""}, "code"),
        ({"code": "Ä\ud7ff"}, "code"),
        ({"name": ""}, "name"),
        ({"email": "nobody"}, "email"),
        ({"password": "short"}, "password"),
        ({"password": "first@example.com"}, "password"),
        ({"password": ""}, "password"),
    ],
)
def test_a_form_that_does_not_hold_says_why_and_stores_nobody(client, changes, field):
    response = client.post(PAGE, sent(**changes))

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert PHRASE not in response.content.decode()
    assert not User.objects.exists()


# --- the code ----------------------------------------------------------------
@pytest.mark.django_db
def test_the_code_may_be_typed_in_any_case_with_or_without_hyphens():
    code = setup_code()

    assert all(is_setup_code(given) for given in (code, code.lower(), code.replace("-", ""), f" {code} "))
    assert not any(is_setup_code(given) for given in ("", "-", code[:-1], code + "A"))


@pytest.mark.django_db
def test_another_key_or_another_database_has_another_code(settings):
    code = setup_code()
    settings.SECRET_KEY = "another key of the same installation, after a change"
    by_key = setup_code()
    MigrationRecorder(connection).migration_qs.update(applied=F("applied") + timedelta(seconds=1))

    assert len({code, by_key, setup_code()}) == 3


@pytest.mark.django_db
def test_the_trail_tells_of_tries_and_success_and_keeps_no_code(client):
    client.post(PAGE, sent(code="AAAA-AAAA-AAAA-AAAA"))
    client.post(PAGE, sent())
    user = User.objects.get()

    events = Event.objects.order_by("pk").values_list("kind", "actor_id", "subject_id", "detail")

    assert list(events) == [
        ("user.set_up_refused", None, None, {}),
        ("user.created", None, user.pk, {}),
        ("user.set_up", user.pk, user.pk, {}),
        ("user.signed_in", user.pk, user.pk, {}),
    ]


@pytest.mark.django_db
def test_one_address_has_so_many_tries_a_minute(client, settings):
    settings.LINK_RATE_LIMITS = {"setup": "3/m/ip"}

    answers = [client.post(PAGE, sent(code="wrong")).status_code for _ in range(3)]

    assert answers == [422, 422, 422]
    assert client.post(PAGE, sent()).status_code == 429
    assert not User.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_log_is_told_the_code_only_while_there_is_no_account(caplog):
    announce()
    told = caplog.text
    caplog.clear()
    User.objects.create_user("first@example.com")
    announce()

    assert setup_code() in told
    assert caplog.record_tuples == []


@pytest.mark.django_db(transaction=True)
def test_the_log_says_so_where_the_database_has_no_tables_yet(caplog):
    with connection.cursor() as cursor:
        cursor.execute("CREATE SCHEMA empty")
        try:
            cursor.execute("SET search_path = empty")
            announce()
        finally:
            cursor = connection.cursor()
            cursor.execute("DROP SCHEMA empty")

    assert [(level, setup_code() in text) for _, level, text in caplog.record_tuples] == [(logging.WARNING, False)]
    assert "manage.py setup_code" in caplog.text


# --- with an account ---------------------------------------------------------
@pytest.mark.django_db
@pytest.mark.parametrize("fields", [{}, {"is_active": False}, {"is_guest": True}])
def test_any_account_ends_it_also_one_that_may_not_sign_in(client, fields):
    User.objects.create_user("somebody@example.com", **fields)

    assert client.get(PAGE).status_code == 404
    assert client.post(PAGE, sent()).status_code == 404
    assert client.get("/accounts/login/").status_code == 200
    assert User.objects.count() == 1


@pytest.mark.django_db
def test_an_account_that_was_seen_is_asked_for_no_more(client):
    User.objects.create_user("somebody@example.com")
    client.get("/accounts/login/")

    with CaptureQueriesContext(connection) as seen:
        client.get("/accounts/login/")

    assert [query["sql"] for query in seen if "accounts_user" in query["sql"]] == []


@pytest.mark.django_db(transaction=True)
def test_two_at_once_make_one_administrator():
    outcomes = at_once(
        lambda: Client().post(PAGE, sent(email="one@example.com")),
        lambda: Client().post(PAGE, sent(email="two@example.com")),
        behind=User,
    )

    assert sorted(outcome.status_code for outcome in outcomes) == [302, 404]
    assert User.objects.count() == 1
    assert Event.objects.filter(kind="user.set_up").count() == 1


@pytest.mark.django_db(transaction=True)
def test_an_account_that_comes_while_the_form_is_sent_ends_it():
    def from_the_command_line():
        return User.objects.create_user("other@example.com")

    def from_the_page():
        return add_first_administrator("first@example.com", name="First", password=PHRASE)

    outcomes = at_once(from_the_command_line, from_the_page, behind=User)

    refused = [outcome for outcome in outcomes if isinstance(outcome, AlreadySetUp)]
    assert len(refused) + User.objects.filter(email="first@example.com").count() == 1
    assert not isinstance(outcomes[0], Exception)
