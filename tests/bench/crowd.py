"""Two hundred interviewers typing at once against the real server and database: what is lost, how long a save takes.

Other programs on the machine disturb the times, so the bound on them holds for an otherwise idle one.
"""

import json
import os
import secrets
import string
import subprocess
import sys
from dataclasses import asdict
from statistics import quantiles
from typing import Any

from django.utils import timezone

from candidates.models import Panelist
from candidates.services import plan_interview
from scorecards.drafts import draft_values, open_scorecard
from scorecards.models import Scorecard
from tests.bench import data, server
from tests.bench.figures import Figure
from tests.bench.typists import Person
from tests.config.processes import ROOT

PEOPLE = 200
PANEL = 5
SECONDS = 25
# Seconds of typing between two pauses of 0.8 s: as people write, and without any rest, the most that the page sends.
# The bound is p95 in ms; what two cores can't do, informs only.
GUSTS = {"200 typing": ((0.7, 4.0), 150), "200 without rest": ((0.0, 0.2), None)}


def measure(world: data.World) -> list[Figure]:
    panelists = _panelists(world)
    figures = []
    for name, (gust, bound) in GUSTS.items():
        Scorecard.objects.filter(panelist__in=panelists).delete()
        cards = [open_scorecard(panelist) for panelist in panelists]
        busy = server.busy_share()
        with server.serving(LOG_LEVEL="INFO") as (port, master):
            people = [_person(world, panelist, port) for panelist in panelists]
            started = server.cpu_seconds(master)
            results = _typed(people, gust)
            used = server.cpu_seconds(master) - started
        lost = sum(_lost(card.pk, result["acknowledged"]) for card, result in zip(cards, results, strict=True))
        figures += _figures(name, results, lost, bound)
        saves = sum(result["saves"] for result in results)
        figures.append(Figure(f"{name}: web process, all it does per save", used / saves * 1000, "ms of CPU"))
        figures.append(Figure(f"{name}: machine busy with others before", busy * 100, "%"))
    return figures


def _panelists(world: data.World) -> list[Panelist]:
    """Panels of five, one interview each, begun just now."""
    people = data.interviewers(world, PEOPLE)
    now = timezone.now()
    for number in range(0, PEOPLE, PANEL):
        plan_interview(
            data.application(world, f"Crowd {number}"),
            round=world.round,
            starts_at=now,
            due_at=now,
            leads=people[number : number + PANEL],
            shadows=[],
            by=world.recruiter,
        )
    return list(Panelist.objects.filter(user__in=people).select_related("user"))


def _person(world: data.World, panelist: Panelist, port: int) -> Person:
    token = "".join(secrets.choice(string.ascii_letters) for _ in range(32))
    dimensions = list(world.round.dimensions.values_list("pk", flat=True))
    return Person(
        "127.0.0.1", port, f"/panelists/{panelist.pk}/scorecard/", data.cookie(panelist.user), token, dimensions
    )


def _typed(people: list[Person], gust: tuple[float, float]) -> list[dict[str, Any]]:
    """In a process of its own, which shares no interpreter with anything that is measured."""
    plan = {"seconds": SECONDS, "gust": gust, "people": [asdict(person) for person in people]}
    command = [sys.executable, "-m", "tests.bench.typists"]
    ran = subprocess.run(command, cwd=ROOT, env=os.environ, input=json.dumps(plan), capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)


def _lost(card: int, acknowledged: dict[str, str]) -> int:
    """Acknowledged words that the database lacks. A text only grows, and its last save may have had no answer."""
    stored = draft_values(Scorecard.objects.get(pk=card))
    missing = [text for field, text in acknowledged.items() if not stored.get(field, "").startswith(text)]
    return sum(len(text.split()) for text in missing)


def _figures(name: str, results: list[dict[str, Any]], lost: int, bound: float | None) -> list[Figure]:
    seconds = [took for result in results for took in result["seconds"]]
    errors = [error for result in results for error in result["errors"]]
    for error in errors[:3]:
        print(f"{name}: {error}")
    points = quantiles(seconds, n=100)
    words = sum(len(text.split()) for result in results for text in result["acknowledged"].values())
    return [
        Figure(f"{name}: acknowledged words lost, of {words}", lost, most=0),
        Figure(f"{name}: saves refused or unanswered", len(errors), most=0),
        Figure(f"{name}: saves a second", len(seconds) / SECONDS),
        Figure(f"{name}: a save, p50", points[49] * 1000, "ms"),
        Figure(f"{name}: a save, p95 (machine else idle)", points[94] * 1000, "ms", most=bound),
        Figure(f"{name}: a save, p99", points[98] * 1000, "ms"),
    ]
