"""What every list, search and home page takes among many candidates, beside what it takes among few."""

import io
import json
import os
import subprocess
import sys
import time
from dataclasses import asdict
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import Client

from accounts.models import User
from candidates.models import Opening
from candidates.services import create_opening
from config import embedded
from rubrics.models import RubricVersion
from tests.bench.cost import in_session
from tests.bench.figures import Figure
from tests.bench.pages import queries, signed_in

FEW = 1_000
MANY = int(os.environ.get("BENCH_CANDIDATES", "10000"))
OPENINGS = 60  # without candidates, so that pages of openings have as many rows among few as among many
PER_INTERVIEWER = 80  # candidates: a company that sees more people has more who see them
SEED = 77
LONG_AGO = datetime(2025, 1, 1, tzinfo=UTC)
ROUNDS = 8
APART = "import django; django.setup(); from tests.bench import scale; scale.main()"
PAGES = {
    "home, recruiter": ("recruiter", "/"),
    "home, hiring manager": ("manager", "/"),
    "home, administrator": ("admin", "/"),
    "home, interviewer": ("panelist", "/"),
    "own interviews": ("panelist", "/interviews/"),
    "own interviews, owed": ("panelist", "/interviews/?show=owed"),
    "candidates": ("recruiter", "/candidates/"),
    "candidates, last page": ("recruiter", "/candidates/?end=1"),
    "candidates by name": ("recruiter", "/candidates/?sort=name"),
    "candidates found": ("recruiter", "/candidates/?q=zeynep&rows=10"),
    "candidates, active": ("recruiter", "/candidates/?status=active"),
    "candidates, late": ("recruiter", "/candidates/?late=yes"),
    "candidates, to plan": ("recruiter", "/candidates/?step=plan"),
    "candidates, scorecards owed": ("recruiter", "/candidates/?step=scorecards"),
    "candidates, ready": ("recruiter", "/candidates/?step=debrief"),
    "candidates, with an interview": ("recruiter", "/candidates/?step=interview"),
    "candidates, on hold": ("recruiter", "/candidates/?status=on_hold"),
    "candidates, hired": ("recruiter", "/candidates/?status=hired"),
    "candidates, withdrawn": ("recruiter", "/candidates/?status=withdrawn"),
    "candidates by opening": ("recruiter", "/candidates/?sort=opening"),
    "opening": ("recruiter", "/openings/{opening}/"),
    "opening, plan": ("recruiter", "/openings/{opening}/plan/"),
    "opening, people": ("recruiter", "/openings/{opening}/people/"),
    "opening, packets": ("recruiter", "/openings/{opening}/packets/"),
    "opening, scorecards owed": ("recruiter", "/openings/{opening}/owed/"),
    "application": ("recruiter", "/applications/{application}/"),
    "application, timeline": ("recruiter", "/applications/{application}/timeline/"),
    "openings": ("recruiter", "/openings/"),
    "openings by title": ("recruiter", "/openings/?sort=title"),
    "openings found": ("recruiter", "/openings/?q=analyst"),
    "rubrics": ("recruiter", "/rubrics/"),
    "late scorecards": ("recruiter", "/chase/"),
    "ready for debrief": ("recruiter", "/waiting/ready/"),
    "in progress": ("recruiter", "/waiting/underway/"),
    "packets": ("recruiter", "/waiting/packets/"),
    "search": ("recruiter", "/search/?q=zeynep"),
    "people": ("admin", "/people/"),
    "people found": ("admin", "/people/?q=zeynep"),
    "retention": ("admin", "/retention/"),
    "trail": ("admin", "/audit/"),
    "outbox": ("admin", "/outbox/"),
    "notices": ("recruiter", "/notices/"),
}

# Sorted by what is worked out for each row, or by what another table says: these go through all rows.
THROUGH_ALL = {
    "candidates by next step": ("recruiter", "/candidates/?sort=step"),
    "candidates by scorecards": ("recruiter", "/candidates/?sort=-scorecards"),
    "late scorecards by interviewer": ("recruiter", "/chase/?sort=person"),
    "late scorecards by opening": ("recruiter", "/chase/?sort=opening"),
    "ready for debrief by name": ("recruiter", "/waiting/ready/?sort=name"),
}


def measure(folder: Path) -> list[Figure]:
    """In a process and on a database of their own in this folder, among nobody else's candidates."""
    apart = folder / "scale"
    try:
        environment = os.environ | {"EVENHAND_DATA": str(apart)}
        environment["DATABASE_URL"] = embedded.database_url(apart, keep=True)
        command = [sys.executable, "-c", APART]
        told = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout
    finally:
        embedded.stop(apart)
    return [Figure(**row) for row in json.loads(told.splitlines()[-1])]


def figures() -> list[Figure]:
    """Fill up to FEW, ask each page; fill up to MANY, ask each again."""
    _add_openings()
    first = _fill(FEW, SEED)
    few = taken()
    second = _fill(MANY - FEW, SEED + 1)
    many = taken()
    each = second / (MANY - FEW)
    found = [
        Figure("scale: sample_data, time of a candidate among many, of one among few", each * FEW / first, most=1.5),
        Figure("scale: sample_data, processor's time for 500 candidates", each * 500, "s"),
    ]
    for name, (seconds, asked) in many.items():
        found.append(Figure(f"scale, {name}: queries", asked, most=12))
        ratio = seconds / few[name][0]
        most = 1.5 if name in PAGES else None
        found.append(Figure(f"scale, {name}: time among {MANY:,}, of among {FEW:,}", ratio, most=most))
        found.append(Figure(f"scale, {name}: time among {MANY:,}", seconds * 1000, "ms"))
    return found


def _add_openings() -> None:
    """Older than the sample's, so that these are on top where the newest are."""
    version = RubricVersion.objects.published().latest("pk")
    for number in range(OPENINGS):
        create_opening(f"Analyst of earlier years {number}", rubric_version=version, by=None)
    Opening.objects.update(created_at=LONG_AGO)


def _fill(candidates: int, seed: int) -> float:
    """Seconds that it took as `_worked` counts them."""
    before = _worked()
    people = max(12, candidates // PER_INTERVIEWER)
    call_command(
        "sample_data",
        f"--candidates={candidates}",
        f"--interviewers={people}",
        f"--seed={seed}",
        "--force",
        stdout=io.StringIO(),
    )
    worked = _worked() - before
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")  # as the database does by itself in time
    return worked


def taken() -> dict[str, tuple[float, int]]:
    """Of each page the seconds that the process and its database session worked for one answer, and its queries.

    What others do on the machine lengthens neither.
    """
    readers = _readers()
    clients = {name: signed_in(user) for name, user in readers.items()}
    opening = Opening.objects.visible_to(readers["recruiter"]).latest("pk")  # the last one may be confidential
    decided = opening.applications.exclude(decided="").latest("pk")  # so that both have about as many events
    keys = {"opening": opening.pk, "application": decided.pk}
    found = {}
    for name, (reader, path) in (PAGES | THROUGH_ALL).items():
        ask = partial(_ask, clients[reader], path.format(**keys))
        ask()  # the first look may fill a cache
        before = _worked()
        for _ in range(ROUNDS):
            ask()
        found[name] = ((_worked() - before) / ROUNDS, queries(ask))
    return found


def _readers() -> dict[str, User]:
    readers = {name: User.objects.get(email=f"{name}@example.com") for name in ("recruiter", "manager", "admin")}
    readers["panelist"] = User.objects.filter(email__endswith=f".interviewer-{SEED}-0@example.com").get()
    return readers


def _ask(client: Client, address: str) -> None:
    cache.clear()  # so that no limit of the page's rate is met
    assert client.get(address).status_code == 200, address


def _worked() -> float:
    """Seconds of the processor in this process and in its session of the database."""
    return time.process_time() + in_session()


def main() -> None:
    """Print the figures as JSON, on the last line."""
    call_command("migrate", verbosity=0)
    call_command("load_sample")
    call_command("collectstatic", verbosity=0, interactive=False)
    print(json.dumps([asdict(figure) for figure in figures()]))
