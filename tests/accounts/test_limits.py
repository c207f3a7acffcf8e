"""How often somebody may knock, by address, and ask for what costs much, by person."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.http import HttpResponse
from django.test import RequestFactory
from django_ratelimit.exceptions import Ratelimited

from accounts.limits import costly, costly_to_send, too_many
from accounts.models import User


@pytest.fixture(autouse=True)
def _no_attempts_yet(settings):
    cache.clear()
    settings.LINK_RATE_LIMITS = {"door": "2/m/ip", "window": "2/m/ip"}
    settings.RATELIMIT_ENABLE, settings.COSTLY_PER_MINUTE = True, 2


def knocks(action: str, *, address: str = "192.0.2.1", method: str = "get") -> int:
    """The status for one more knock; 200 where it may go on."""
    request = getattr(RequestFactory(), method)("/", REMOTE_ADDR=address)
    request.user = AnonymousUser()
    refused = too_many(request, action)
    return refused.status_code if refused else 200


def test_an_address_may_knock_so_often_whatever_it_sends():
    assert [knocks("door", method=method) for method in ("get", "post", "get")] == [200, 200, 429]


def test_each_address_and_each_door_counts_for_itself():
    for _ in range(3):
        knocks("door")

    assert knocks("door") == 429
    assert knocks("door", address="192.0.2.2") == 200
    assert knocks("window") == 200


@costly
def report(request) -> HttpResponse:
    return HttpResponse("a trail")


@costly_to_send
def upload(request) -> HttpResponse:
    return HttpResponse("a preview")


def asks(view, pk: int, method: str = "get") -> bool:
    """Whether the person of this number gets an answer."""
    request = getattr(RequestFactory(), method)("/")
    request.user = User(pk=pk)
    try:
        return view(request).status_code == 200
    except Ratelimited:
        return False


def test_what_costs_much_is_given_so_often_to_each_person():
    assert [asks(report, 41, method) for method in ("get", "post", "get")] == [True, True, False]
    assert asks(report, 42)


def test_a_form_that_costs_much_may_be_looked_at_freely():
    looked = [asks(upload, 43) for _ in range(5)]
    sent = [asks(upload, 43, "post") for _ in range(3)]

    assert looked == [True] * 5
    assert sent == [True, True, False]
    assert asks(upload, 43)
