"""What every page knows about its reader: the pages of their roles, and the release for those who work here."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client, RequestFactory
from django.urls import reverse

from accounts.context import navigation, release, signing_in
from accounts.models import User

MAIN = ["Home", "Rubrics"]


def request(path: str = "/", user: object = None):
    made = RequestFactory().get(path)
    if user is not None:
        made.user = user
    return made


def labels(user: User) -> list[str]:
    return [item.label for item in navigation(request(user=user))["nav_items"]]


OF_ADMINISTRATORS = {"People", "Outbox", "Audit", "Word lists", "Status"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "more"),
    [
        ("", set()),
        ("is_hiring_manager", {"Openings", "Candidates"}),
        ("is_recruiter", {"Openings", "Candidates", "Retention"}),
        ("is_administrator", {"Openings", "Candidates", "Retention"} | OF_ADMINISTRATORS),
    ],
)
def test_each_role_is_led_to_its_pages(role, more):
    user = User.objects.create_user("x@example.com", **({role: True} if role else {}))

    assert set(labels(user)) == {*MAIN, *more}
    assert labels(user)[0] == "Home"


@pytest.mark.parametrize("user", [None, AnonymousUser(), User(pk=1, is_guest=True)])
def test_strangers_and_guests_are_led_nowhere_and_told_no_release(user, settings):
    settings.RELEASE = "9.9.9"

    assert navigation(request(user=user)) == {"nav_items": ()}
    assert release(request(user=user)) == {"release": ""}


def test_colleagues_are_told_the_release(settings):
    settings.RELEASE = "9.9.9"

    assert release(request(user=User(pk=1))) == {"release": "9.9.9"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("/", ["Home"]),
        ("/rubrics/", ["Rubrics"]),
        ("/rubrics/3/edit/", ["Rubrics"]),
        ("/account/", []),
        ("/scorecards/5/", []),
    ],
)
def test_the_page_that_is_open_is_marked(path, current):
    user = User.objects.create_user("x@example.com")

    items = navigation(request(path, user))["nav_items"]

    assert [item.label for item in items if item.current] == current


@pytest.mark.parametrize("only", [False, True])
def test_the_sign_in_page_knows_whether_the_provider_is_the_only_way(settings, only):
    settings.OIDC_ONLY = only

    assert signing_in(request()) == {"oidc_only": only}


# --- mail ------------------------------------------------------------------------
@pytest.mark.parametrize("page", ["account_reset_password", "account_reset_password_done"])
def test_a_page_promises_no_mail_where_none_is_set_up(sample, settings, page):
    client = Client()
    with_mail = client.get(reverse(page))
    assert with_mail.status_code == 200
    assert "E-mail is not set up" not in with_mail.content.decode()

    settings.MAIL_IS_SET_UP = False

    body = client.get(reverse(page)).content.decode()
    assert "E-mail is not set up" in body
    assert "we have sent" not in body
    assert "we will send" not in body


def test_an_invitation_that_nobody_was_sent_is_not_called_sent(client_of, person, settings):
    settings.MAIL_IS_SET_UP = False
    invited = User.objects.create_user("new@example.com", name="New Person")
    client, page = client_of("admin"), reverse("person", args=[invited.pk])
    assert "Make a link to copy" in client.get(page).content.decode()

    answer = client.post(reverse("invite", args=[invited.pk]), follow=True).content.decode()

    assert "/invitation/?key=" in answer
    assert "so it was not sent" in client.get(page).content.decode()
