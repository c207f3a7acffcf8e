"""Queries of the three main pages with 1 and with 50 scorecards; an autosave with its history and without."""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from statistics import median
from unittest import mock
from urllib.parse import urlencode

import pgtrigger
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from candidates.models import Application, Panelist
from scorecards import services
from tests.bench import data
from tests.bench.figures import Figure

MANY = 50
PAIRS = 60
MORE = {"debrief page": 15, "scoring page": 13}  # queries; any other page asks at most 12
HISTORY = [f"scorecards.{name}:{way}_{way}" for name in ("Scorecard", "Rating") for way in ("insert", "update")]
FORM = "application/x-www-form-urlencoded"  # what the page sends
CONTROL = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")


def signed_in(user: User) -> Client:
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(user)
    return client


def queries(call: Callable[[], object]) -> int:
    """Statements that read or write, without those that only open and close a transaction."""
    with CaptureQueriesContext(connection) as caught:
        call()
    return sum(not query["sql"].startswith(CONTROL) for query in caught.captured_queries)


def measure(world: data.World) -> tuple[list[Figure], Application, Panelist]:
    """The figures, the application that ends with 50 scorecards, and the looker's open interview."""
    scored, open_panelist = data.application(world, "Scored Person"), None
    data.submitted(world, scored, data.interviewers(world, 1))
    open_panelist = data.owed(world, data.application(world, "Open Person"))
    few = _counts(world, scored, open_panelist)
    data.submitted(world, scored, data.interviewers(world, MANY - 1))
    _many_more(world)
    many = _counts(world, scored, open_panelist)
    figures = []
    for name, count in few.items():
        most = MORE.get(name, 12)
        figures.append(Figure(f"queries: {name}, 1", count, most=most))
        figures.append(Figure(f"queries: {name}, {MANY}", many[name], most=min(most, count)))
    return figures, scored, open_panelist


def _many_more(world: data.World) -> None:
    """Home lists grow as well: interviews owed by the looker, applications ready for their debrief."""
    person = User.objects.get(email="panelist0@example.com")
    for number in range(MANY - 1):
        data.owed(world, data.application(world, f"Owed {number}"))
        data.submitted(world, data.application(world, f"Ready {number}"), [person])


def _counts(world: data.World, scored: Application, open_panelist: Panelist) -> dict[str, int]:
    asked = {
        "home of an interviewer": (world.looker, "/"),
        "home of a recruiter": (world.recruiter, "/"),
        "home of a hiring manager": (world.manager, "/"),
        "scoring page": (world.looker, f"/panelists/{open_panelist.pk}/scorecard/"),
        "debrief page": (world.recruiter, f"/applications/{scored.pk}/debrief/"),
    }
    return {name: _count(user, path) for name, (user, path) in asked.items()}


def _count(user: User, path: str) -> int:
    client = signed_in(user)
    assert client.get(path).status_code == 200, path  # the first look may create a row or fill a cache
    return queries(lambda: client.get(path))


EDIT = re.compile(rb'data-edit="(\d+)"')


class Autosaver:
    """The looker's browser: sends one changed field with the edit count that it knows."""

    def __init__(self, world: data.World, panelist: Panelist) -> None:
        self.client, self.path, self.edit, self.sent = (
            signed_in(world.looker),
            f"/panelists/{panelist.pk}/scorecard/",
            0,
            0,
        )
        self.field = f"evidence_{world.round.dimensions.first().pk}"

    def page(self) -> None:
        answer = self.client.get(self.path)
        assert answer.status_code == 200
        stated = EDIT.search(answer.content)
        assert stated is not None
        self.edit = int(stated[1])

    def save(self) -> None:
        self.sent += 1
        fields = {self.field: f"{data.EVIDENCE} {self.sent}", "edit": str(self.edit)}
        answer = self.client.post(f"{self.path}draft/", urlencode(fields), content_type=FORM)
        assert answer.status_code == 200, answer.content
        self.edit = answer.json()["edit"]


def seconds(call: Callable[[], None]) -> float:
    started = time.perf_counter()
    call()
    return time.perf_counter() - started


def autosave(world: data.World, panelist: Panelist) -> list[Figure]:
    """In interleaved pairs, so that a busy machine slows both alike."""
    browser = Autosaver(world, panelist)
    for _ in range(5):
        browser.page()
        browser.save()
    pairs = [(seconds(browser.save), seconds(browser.page)) for _ in range(PAIRS)]
    ratio = _with_history(browser)
    return [
        Figure("autosave: with row history, of without", ratio, most=1.5),
        Figure("autosave: queries", queries(browser.save), most=6),
        Figure("autosave: time", median(save for save, _ in pairs) * 1000, "ms"),
        Figure("scoring page: time", median(page for _, page in pairs) * 1000, "ms"),
    ]


def submission(world: data.World) -> list[Figure]:
    """Submitting with row history and an audit event on the chain, beside submitting with neither."""
    whose = data.application(world, "Submitted Person")
    cards = data.drafted(world, whose, data.interviewers(world, 2 * PAIRS))
    pairs = []
    for card, other in zip(cards[::2], cards[1::2], strict=True):
        kept = seconds(lambda: services.submit_scorecard(card, by=card.panelist.user))  # noqa: B023 - called at once
        with _unrecorded():
            bare = seconds(lambda: services.submit_scorecard(other, by=other.panelist.user))  # noqa: B023
        pairs.append(kept / bare)
    return [Figure("submission: with row history and audit, of with neither", median(pairs), most=1.5)]


def _nothing(*_: object, **__: object) -> None:
    pass


@contextmanager
def _unrecorded() -> Iterator[None]:
    """Nothing is kept of what the services do: for comparison only."""
    with pgtrigger.ignore(*HISTORY), mock.patch.object(services, "record", _nothing):
        yield


def _with_history(browser: Autosaver) -> float:
    """A save as it is beside one whose history triggers are told to keep still, in interleaved pairs."""

    def without() -> None:
        with pgtrigger.ignore(*HISTORY):
            browser.save()

    pairs = [(seconds(browser.save), seconds(without)) for _ in range(PAIRS)]
    return median(kept / bare for kept, bare in pairs)
