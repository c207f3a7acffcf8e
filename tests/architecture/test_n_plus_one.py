"""The suite notices an N+1 query in a request, a service and a task, also where the product catches the error."""

from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest
import zeal
from celery import Task
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import path

from accounts.models import User
from candidates.models import Panelist
from config.celery import app
from tests import n_plus_one


def loop() -> int:
    """One query for all panelists, and one more for the person of each."""
    return sum(len(panelist.user.email) for panelist in Panelist.objects.all())


def one() -> int:
    panelist = Panelist.objects.first()
    return len(panelist.user.email) if panelist else 0


def page(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(one() if "one" in request.GET else loop()))


page.login_required = False  # what Django's decorator sets
urlpatterns = [path("loop/", page), path("setup/", page, name="setup")]
service, service_of_one = transaction.atomic(loop), transaction.atomic(one)


@pytest.fixture(autouse=True)
def _many_panelists(sample) -> Iterator[None]:
    assert Panelist.objects.count() > 2
    yield
    n_plus_one.found.clear()  # they were made on purpose


@pytest.fixture
def of_the_product(monkeypatch) -> None:
    for function in (loop, one):
        monkeypatch.setattr(function, "__module__", "scorecards.services")


def caught(ask: Callable[[], object]) -> bool:
    with pytest.raises(zeal.NPlusOneError, match=r"N\+1 detected on candidates.Panelist.user at .*test_n_plus_one.py"):
        ask()
    return True


@pytest.mark.urls(__name__)
def test_in_a_request(client):
    assert caught(lambda: client.get("/loop/"))


def test_in_a_service(of_the_product):
    assert caught(service)


@pytest.fixture
def task() -> Iterator[Task]:
    made = app.task(name="tests.loop")(loop)
    yield made
    app.tasks.unregister(made)


def test_in_a_task(task):
    assert caught(task)
    assert caught(lambda: task.apply(throw=True))


def test_an_error_that_the_product_catches_is_remembered(of_the_product):
    with suppress(zeal.NPlusOneError):
        service()

    assert [words.partition(" at ")[0] for words in n_plus_one.found] == ["N+1 detected on candidates.Panelist.user"]


@pytest.mark.urls(__name__)
def test_what_a_test_loops_over_itself_and_asks_twice_is_none(client, of_the_product):
    for _ in range(3):
        client.get("/loop/?one")
        service_of_one()
    people = [User.objects.get(pk=panelist.user.pk) for panelist in Panelist.objects.all()]

    assert len(people) > 2
    assert n_plus_one.found == []
