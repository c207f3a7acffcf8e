"""The request as every page gets it: addresses for a mail, and the changes of a row as page or piece."""

from datetime import UTC, datetime

import pytest
from django.test import RequestFactory
from django_htmx.middleware import HtmxDetails

from accounts.http import changes_page, keyed_link
from accounts.models import User
from audit.history import Change
from tests.pages import html_of


def test_a_key_becomes_the_whole_address_of_its_page(settings):
    settings.ALLOWED_HOSTS = ["hire.example.org"]
    request = RequestFactory().get("/people/7/", headers={"host": "hire.example.org"}, secure=True)

    assert keyed_link(request, "invitation")("a-b_c") == "https://hire.example.org/invitation/?key=a-b_c"
    assert keyed_link(request, "guest")("x") == "https://hire.example.org/guest/?key=x"


@pytest.fixture
def shown(rf, db):
    """The changes page as it is asked for."""

    def shown(**headers: str) -> str:
        request = rf.get("/", headers=headers)
        request.user, request.htmx = User(pk=5, email="reader@example.com"), HtmxDetails(request)
        at = datetime(2026, 3, 4, 5, 6, tzinfo=UTC)
        change = Change(by="Tove <Zhou>", first=at, last=at, what=("score of Care",), steps=1)
        return html_of(changes_page(request, "Changes to a rubric", [change]))

    return shown


def test_changes_are_a_page_of_their_own_or_the_piece_that_a_page_asks_for(shown):
    page, piece = shown(), shown(HX_Request="true")

    assert "<h1" in page
    assert "Changes to a rubric" in page
    assert "<html" not in piece
    assert piece.strip() in page


def test_changes_say_who_and_what_and_a_name_stays_text(shown):
    piece = shown(HX_Request="true")

    assert "Tove &lt;Zhou&gt;" in piece
    assert "score of Care" in piece
