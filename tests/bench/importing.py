"""What ten thousand candidates cost to bring in as a list, beside the reading of the list and a bare COPY of its rows;
and what a rating of imported scorecards costs among many, beside one among few.

Both count the processor's time in this process and in its session of the database.
"""

import csv
import io
import time
from collections.abc import Callable
from hashlib import sha256

from django.db import transaction
from django.utils import timezone
from psycopg.types.json import Jsonb

from accounts.folding import sort_key, terms
from accounts.texts import is_address
from audit.models import Event
from candidates.code_names import draw_many
from candidates.importing.bringing import Listed, bring_in
from candidates.importing.roster import Person, layout_of, people
from candidates.models import Application, Candidate, Opening
from candidates.services import create_opening
from rubrics.readers.choice import read_rows
from samples.drawing import name_of
from samples.storing import put
from scorecards.import_files import Reading, read
from scorecards.import_rows import CARD_COLUMNS
from scorecards.imports import preview
from tests.bench import data
from tests.bench.cost import in_session
from tests.bench.figures import Figure

MANY = 10_000  # candidates
CARDS = (500, 5_000)  # of four ratings each
RATED = 4


def measure(world: data.World) -> list[Figure]:
    return [*_candidates(world), *_scorecards(world)]


def _worked(call: Callable[[], object]) -> float:
    before = time.process_time() + in_session()
    call()
    return time.process_time() + in_session() - before


# --- candidates --------------------------------------------------------------
def _candidates(world: data.World) -> list[Figure]:
    """The list comes from a file; the COPY brings as many other people, with their events."""
    ours = create_opening("Imported by list", rubric_version=world.opening.rubric_version, by=world.recruiter)
    bare = create_opening("Imported by COPY", rubric_version=world.opening.rubric_version, by=world.recruiter)
    listed: list[Person] = []
    reading = _worked(lambda: listed.extend(_read(_list("list"))))
    bringing = _worked(
        lambda: bring_in(Listed(listed, sha256().hexdigest()), ours, choices={}, all_of_it=True, by=world.recruiter)
    )
    copying = _copied(_read(_list("copy")), bare, world)
    ratio = (reading + bringing) / (reading + copying)
    return [
        Figure(f"import of {MANY:,} candidates, of reading the list and a bare COPY of its rows", ratio, most=3),
        Figure(f"import of {MANY:,} candidates: reading", reading, "s"),
        Figure(f"import of {MANY:,} candidates: bringing in", bringing, "s"),
        Figure(f"import of {MANY:,} candidates: a bare COPY", copying, "s"),
    ]


def _list(kind: str) -> bytes:
    """As many rows as one list may have, without a heading."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    for number in range(MANY):
        writer.writerow([f"{name_of(kind, number, 1)} {kind} {number}", f"{kind}.{number}@example.org"])
    return text.getvalue().encode()


def _read(content: bytes) -> list[Person]:
    rows = read_rows(content, filename="list.csv").rows
    return people(rows, layout_of(rows), is_address=is_address)


def _copied(listed: list[Person], opening: Opening, world: data.World) -> float:
    """Seconds of the COPY alone: keys, terms and code names are there before."""
    now = timezone.now()
    columns = ("name", "email", "sort_key", "search_terms", "created_at")
    rows = []
    for person in listed:
        called = (person.name, person.email)
        rows.append((*called, sort_key(*called), terms(*called), now))
    names = draw_many(set(), len(listed))
    with transaction.atomic():
        taken = _worked(lambda: put(Candidate, columns, rows))
        keys = Candidate.objects.filter(email__startswith="copy.").order_by("pk").values_list("pk", flat=True)
        applied = [(key, opening.pk, name, now) for key, name in zip(keys, names, strict=True)]
        taken += _worked(lambda: put(Application, ("candidate_id", "opening_id", "code_name", "created_at"), applied))
        events = []
        for key in opening.applications.order_by("pk").values_list("pk", flat=True):
            events.append(("application.created", now, world.recruiter.pk, "application", key, Jsonb({})))
        told = ("kind", "at", "actor_id", "subject_type", "subject_id", "detail")
        return taken + _worked(lambda: put(Event, told, events))


# --- scorecards --------------------------------------------------------------
def _scorecards(world: data.World) -> list[Figure]:
    """Historic scorecards of people whom nobody knows, stored and taken back."""
    few, many = (_a_rating(world, cards) for cards in CARDS)
    name = "import of scorecards: time of a rating"
    return [
        Figure(f"{name} among {CARDS[1] * RATED:,}, of one among {CARDS[0] * RATED:,}", many / few, most=1.5),
        Figure(f"{name} among {CARDS[1] * RATED:,}", many * 1000, "ms"),
    ]


def _a_rating(world: data.World, cards: int) -> float:
    version = world.opening.rubric_version
    dimensions = list(version.dimensions.values_list("name", flat=True)[:RATED])
    content = _history(dimensions, cards)
    readings: list[Reading] = []
    taken = _worked(lambda: readings.append(read(content)))
    taken += _worked(lambda: preview(readings[0], rubric_version=version, by=None))
    return taken / (cards * len(dimensions))


def _history(dimensions: list[str], cards: int) -> bytes:
    """Two scorecards of each candidate, fifty candidates of each opening."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(CARD_COLUMNS)
    for number in range(cards):
        candidate, half = divmod(number, 2)
        who = [f"history-{candidate // 50}", f"Person {candidate}", f"history.{candidate}@example.org"]
        author = f"history.author.{half}.{candidate % 25}@example.com"
        for dimension in dimensions:
            said = [dimension, 1 + number % 5, "", data.EVIDENCE, "yes", "2024-05-06T10:00:00+02:00"]
            writer.writerow([*who, "On site", author, *said])
    return text.getvalue().encode()
