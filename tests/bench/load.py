"""How many people at work one core holds: a mixed load from a process of its own, through real sessions.

One web process is kept on one core, what asks it and the database on the others. Everybody asks once in ten seconds on
average. The most people are told for whom 19 of 20 answers come within 300 ms.
"""

import json
import os
import subprocess
import sys
from statistics import median, quantiles
from typing import Any

from tests.bench import data, server
from tests.bench.figures import Figure
from tests.config.processes import ROOT

EVERY = 10.0  # seconds between two pages of one person
SECONDS = 25.0
WITHIN = 300.0  # ms
STEPS = [25, 50, 100, 150, 200, 250, 300, 350]


def measure(world: data.World) -> list[Figure]:
    pages = _pages(world)
    busy = server.busy_share()
    holds, figures = 0, []
    with server.serving(WEB_CONCURRENCY="1") as (port, master):
        _keep_on_one_core(master)
        _asked(port, pages, people=20, seconds=20.0, every=2.0)  # each thread meets each page, and its plans are kept
        for people in STEPS:
            before = server.cpu_seconds(master)
            found = _asked(port, pages, people=people)
            used = server.cpu_seconds(master) - before
            waits = [wait * 1000 for wait in found["waits"]]
            p95 = quantiles(waits, n=20)[-1]
            figures.append(Figure(f"load of {people} people: half of the answers within", median(waits), "ms"))
            figures.append(Figure(f"load of {people} people: p95", p95, "ms"))
            figures.append(
                Figure(f"load of {people} people: web, for a page", used / found["answers"] * 1000, "ms of CPU")
            )
            figures.append(Figure(f"load of {people} people: answers that were no page", len(found["failed"]), most=0))
            if p95 > WITHIN:
                break
            holds = people
    figures.append(Figure(f"load: people at work on one core, p95 within {WITHIN:g} ms", holds))
    figures.append(Figure("load: machine busy with others before", busy * 100, "%"))
    return figures


def _pages(world: data.World) -> list[dict[str, Any]]:
    """What is asked for, with who asks and how often among the others."""
    scored = data.application(world, "Asked For")
    data.submitted(world, scored, data.interviewers(world, 5))
    panelist = data.owed(world, data.application(world, "Asked For Owed"))
    recruiter, interviewer = data.cookie(world.recruiter), data.cookie(world.looker)
    mix = [
        (recruiter, "/", 3),
        (recruiter, "/candidates/", 2),
        (recruiter, f"/applications/{scored.pk}/", 4),
        (recruiter, f"/applications/{scored.pk}/debrief/", 2),
        (recruiter, "/openings/", 1),
        (interviewer, "/", 3),
        (interviewer, f"/panelists/{panelist.pk}/scorecard/", 4),
        (interviewer, "/interviews/", 1),
    ]
    return [{"cookie": cookie, "path": path, "weight": weight} for cookie, path, weight in mix]


def _keep_on_one_core(master: int) -> None:
    """The master too, so that a worker that it starts anew is there as well."""
    cores = sorted(os.sched_getaffinity(0))
    for pid in [master, *server.children(master)]:
        os.sched_setaffinity(pid, {cores[-1]})


def _asked(
    port: int, pages: list[dict[str, Any]], *, people: int, seconds: float = SECONDS, every: float = EVERY
) -> dict[str, Any]:
    plan = {"port": port, "pages": pages, "people": people, "seconds": seconds, "every": every, "seed": people}
    command = [sys.executable, "-m", "tests.bench.arrivals"]
    done = subprocess.run(
        command, cwd=ROOT, input=json.dumps(plan), capture_output=True, text=True, check=True, timeout=seconds + 90
    )
    return dict(json.loads(done.stdout))
