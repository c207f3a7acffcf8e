"""What stands between a request and its page: the first account, caches, the history's context, a second factor."""

import pghistory
import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.middleware import (
    FirstAccountMiddleware,
    HistoryMiddleware,
    PersonMiddleware,
    PrivateResponseMiddleware,
)
from accounts.models import User
from accounts.services import change_rules
from accounts.sessions import SessionStore

SOMEBODY = User(pk=77, email="somebody@example.com")


def request_of(user, path: str = "/"):
    request = RequestFactory().get(path)
    request.user = user
    return request


# --- the first account -----------------------------------------------------------
@pytest.fixture
def without_account(db):
    """The middleware of a process that has just begun, before anybody has an account."""
    return FirstAccountMiddleware(lambda request: HttpResponse("the page"))


@pytest.mark.parametrize("path", ["/setup/", "/static/css/evenhand.css"])
def test_the_set_up_page_and_what_it_is_made_of_are_answered(without_account, path):
    assert without_account(RequestFactory().get(path)).content == b"the page"


def test_an_account_that_another_process_made_is_seen_at_the_next_request(without_account):
    before = without_account(RequestFactory().get("/people/"))
    User.objects.create_user("first@example.com")

    assert before["Location"] == "/setup/"
    assert without_account(RequestFactory().get("/people/")).content == b"the page"


def test_once_seen_the_database_is_asked_no_more(without_account):
    User.objects.create_user("first@example.com")
    without_account(RequestFactory().get("/"))

    with CaptureQueriesContext(connection) as seen:
        without_account(RequestFactory().get("/"))

    assert list(seen) == []


# --- who is signed in ---------------------------------------------------------------
def test_the_person_of_a_session_is_known_before_the_view_asks(client_of, person, django_assert_num_queries):
    recruiter = person("recruiter")
    request = client_of("recruiter").get(reverse("notice_list")).wsgi_request

    with django_assert_num_queries(0):
        assert type(request.user) is User
        assert request.user == recruiter


def test_without_a_session_nobody_is_signed_in_and_the_database_is_not_asked(db, django_assert_num_queries):
    request = RequestFactory().get("/")
    request.session = SessionStore()

    with django_assert_num_queries(0):
        PersonMiddleware(lambda request: HttpResponse())(request)

    assert type(request.user) is AnonymousUser


# --- caches ----------------------------------------------------------------------
@pytest.mark.parametrize(
    ("user", "own", "kept"),
    [
        (SOMEBODY, None, "private, no-store"),
        (SOMEBODY, "max-age=60", "max-age=60"),
        (AnonymousUser(), None, None),
    ],
)
def test_pages_of_somebody_signed_in_are_kept_nowhere_unless_they_say_so(user, own, kept):
    answer = HttpResponse()
    if own:
        answer["Cache-Control"] = own

    answered = PrivateResponseMiddleware(lambda request: answer)(request_of(user))

    assert answered.get("Cache-Control") == kept


# --- the history's context ---------------------------------------------------------
def context_in(user) -> dict[str, object]:
    """The context in which a view's changes are kept."""
    found: list[dict[str, object]] = []

    def view(request) -> HttpResponse:
        middleware.process_view(request, None, (), {})
        with pghistory.context() as context:
            found.append(dict(context.metadata))
        return HttpResponse()

    middleware = HistoryMiddleware(view)
    middleware(request_of(user, "/?secret=words"))
    return found[0]


def test_changes_are_kept_under_the_readers_number_and_nothing_else():
    assert context_in(SOMEBODY) == {"user": 77}
    assert context_in(AnonymousUser()) == {}


# --- a second factor -----------------------------------------------------------------
def test_what_somebody_sends_before_the_second_factor_is_not_stored_and_the_page_says_why(client_of, person):
    change_rules(by=person("admin"), administrators=True)
    client = client_of("admin")

    sent = client.post(reverse("people"), {"name": "New", "email": "new@example.com", "password": ""})
    told_after_sending = client.get(reverse("mfa_index")).content.decode()
    client.get(reverse("people"))
    told_after_reading = client.get(reverse("mfa_index")).content.decode()

    assert sent["Location"] == reverse("mfa_index")
    assert not User.objects.filter(email="new@example.com").exists()
    assert "Your role requires a second factor" not in told_after_sending
    assert "Your role requires a second factor" in told_after_reading


def test_strangers_are_led_to_the_sign_in_page_and_not_to_a_second_factor(sample, person):
    change_rules(by=person("admin"), interviewers=True)

    assert Client().get(reverse("home"))["Location"].startswith(reverse("account_login"))
