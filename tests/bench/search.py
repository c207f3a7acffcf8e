"""What a search costs among many candidates, beside what it costs among few."""

import os
import time

from django.db import connection

from candidates.models import Application, Candidate, Opening
from candidates.services import create_opening
from samples.drawing import name_of
from tests.bench import data
from tests.bench.figures import Figure
from tests.bench.pages import signed_in

FEW = 1_000
MANY = int(os.environ.get("BENCH_CANDIDATES", "100000"))
OPENING = 50  # candidates of one opening
BATCH = 5_000
ROUNDS = 15
ASKED = {
    "full name": "Zeynep Nakata",
    "typing error": "Zeynpe Nakata",
    "first name": "zeynep",
    "first letter": "z",
    "address": "bench77@",
    "nobody": "Quetzalcoatl",
}


def measure(world: data.World) -> list[Figure]:
    """The page of the candidates as a recruiter asks for it."""
    _fill(world, 0, FEW)
    few = _seconds(world)
    _fill(world, FEW, MANY)
    many = _seconds(world)
    figures = []
    for name in ASKED:
        ratio = many[name] / few[name]
        figures.append(Figure(f"search, {name}: time among {MANY:,} candidates, of among {FEW:,}", ratio, most=2))
        figures.append(Figure(f"search, {name}: time among {MANY:,}", many[name] * 1000, "ms"))
    return figures


def _fill(world: data.World, first: int, last: int) -> None:
    for start in range(first, last, BATCH):
        _add(world, range(start, min(start + BATCH, last)))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _add(world: data.World, numbers: range) -> None:
    openings = [_opening(world, number) for number in numbers[::OPENING]]
    rows = [Candidate(name=name_of("bench", number, 1), email=f"bench{number}@example.org") for number in numbers]
    applications = []
    for index, candidate in enumerate(Candidate.objects.bulk_create(rows)):
        row = Application(candidate=candidate, opening=openings[index // OPENING], code_name=f"Code {index}")
        applications.append(row)
    Application.objects.bulk_create(applications)


def _opening(world: data.World, number: int) -> Opening:
    return create_opening(f"Measured opening {number}", rubric_version=world.opening.rubric_version, by=None)


def _seconds(world: data.World) -> dict[str, float]:
    """The least of each question, asked in turn, so that a slow moment meets all."""
    client = signed_in(world.recruiter)
    taken: dict[str, list[float]] = {name: [] for name in ASKED}
    for _ in range(ROUNDS):
        for name, text in ASKED.items():
            started = time.perf_counter()
            assert client.get("/candidates/", {"q": text}).status_code == 200
            taken[name].append(time.perf_counter() - started)
    return {name: min(times) for name, times in taken.items()}
