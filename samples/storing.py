"""What the sample's openings share: rubrics, people, and how rows are put in."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from operator import attrgetter
from typing import Any, TypeVar

from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS, connection, connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper
from django.db.models import Field, Model
from django.utils.text import slugify
from psycopg.types.json import Jsonb

from accounts.models import User
from audit.frozen import all_frozen
from audit.models import Event
from candidates.models import Application, Candidate, Opening
from debriefs.models import Attendee, Decision, Meeting, MeetingNote, Reopening, ReRating
from rubrics.levels import LEVELS, level_wording
from rubrics.models import Dimension, Exercise, RubricVersion, Signal
from rubrics.services import import_plan, publish_version
from samples import drawing
from samples.roles import Role
from scorecards.models import Amendment, Override, Sighting

Row = TypeVar("Row", bound=Model)
# Columns whose values the driver takes as they stand in a row.
PLAIN = (
    models.BigAutoField,
    models.BooleanField,
    models.CharField,
    models.EmailField,
    models.ForeignKey,
    models.OneToOneField,
    models.PositiveIntegerField,
    models.PositiveSmallIntegerField,
    models.TextField,
)
TIMED: tuple[type[Model], ...] = (
    User,
    Candidate,
    Opening,
    Application,
    Override,
    Sighting,
    Amendment,
    Meeting,
    Attendee,
    MeetingNote,
    ReRating,
    Decision,
    Reopening,
    Event,
)


def slug_start(seed: int) -> str:
    """How the slugs of all openings of this seed begin, and of no other."""
    return f"sample-{seed}-"


@contextmanager
def own_times() -> Iterator[None]:
    """Rows keep the times they are given: `auto_now_add` would put the moment of
    loading on all of them."""
    every = [field for model in TIMED for field in model._meta.local_fields]
    fields = [field for field in every if getattr(field, "auto_now_add", False)]
    for field in fields:
        field.auto_now_add = False  # type: ignore[attr-defined]  # checked in the line above
    try:
        yield
    finally:
        for field in fields:
            field.auto_now_add = True  # type: ignore[attr-defined]  # as it was


@dataclass(frozen=True)
class Used:
    """A role's published version with its rows by position, and the wording kept with
    each rating."""

    version: RubricVersion
    dimensions: list[Dimension]
    exercises: list[Exercise]
    signals: dict[tuple[str, int], Signal]
    wording: dict[tuple[int, int], str]


@dataclass(frozen=True)
class People:
    interviewers: list[User]
    managers: list[User]
    recruiters: list[User]
    candidates: list[Candidate]


def create(model: type[Row], rows: Sequence[Row]) -> list[Row]:
    """The rows as stored, in their order, with their keys. Raises what the database
    refuses as IntegrityError or InternalError.

    They go in by COPY, which fires each trigger and asks each constraint as an insert
    does.
    """
    if not rows:
        return []
    table, fields = model._meta.db_table, model._meta.local_concrete_fields
    columns = ", ".join(_quoted(str(field.column)) for field in fields)
    readers = [_reader(field) for field in fields]
    with connection.cursor() as cursor:
        _number(cursor, table, rows)
        with connection.wrap_database_errors, cursor.copy(f"COPY {_quoted(table)} ({columns}) FROM STDIN") as sent:
            for row in rows:
                sent.write_row([reader(row) for reader in readers])
    return list(rows)


def put(model: type[Model], columns: Sequence[str], rows: Sequence[tuple[object, ...]]) -> None:
    """Store rows that nobody asks for again, each as its values of these columns; the
    database numbers them in their order. Every other column has its field's default.
    Raises as `create` does.

    Most rows of a sample come this way: as models they would take longer to make than
    to store.
    """
    if not rows:
        return
    others = {field.column: _default(field) for field in model._meta.local_concrete_fields if not field.primary_key}
    for column in columns:
        del others[column]
    table, names = _quoted(model._meta.db_table), ", ".join(map(_quoted, [*columns, *map(str, others)]))
    alike = tuple(others.values())
    into = f"COPY {table} ({names}) FROM STDIN"
    with connection.cursor() as cursor, connection.wrap_database_errors, cursor.copy(into) as sent:
        for row in rows:
            sent.write_row(row + alike)


def _default(field: "Field[Any, Any]") -> object:
    """What a row has where nobody says anything; a moment of its own is always said."""
    known: BaseDatabaseWrapper = connections[DEFAULT_DB_ALIAS]
    return field.get_db_prep_save(field.get_default(), known)


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def _number(cursor: CursorWrapper, table: str, rows: Sequence[Model]) -> None:
    """Give each row the next key of its table's sequence."""
    cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, len(rows)])
    for row, (pk,) in zip(rows, cursor.fetchall(), strict=True):
        row.pk, row._state.adding = pk, False


def _reader(field: "Field[Any, Any]") -> Callable[[Model], object]:
    """What gives the column's value of a row as the driver takes it: most are as they
    stand in the row."""
    is_given_time = isinstance(field, models.DateTimeField) and not (field.auto_now or field.auto_now_add)
    if type(field) not in PLAIN and not is_given_time:
        known: BaseDatabaseWrapper = connections[DEFAULT_DB_ALIAS]  # looked up once, not for each row
        return lambda row: field.get_db_prep_save(field.pre_save(row, add=True), known)
    return attrgetter(field.attname)


def check_now() -> None:
    """Check what the database would put off to the commit: what waits would grow with
    the load."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def plan_anew() -> None:
    """Let the database count its tables, so that its checks take the indexes of tables
    that have grown."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


# What an event of this kind freezes: the name of the key in its detail.
FREEZES = {
    "scorecard.submitted": "scorecard",
    "scorecard.declined": "scorecard",
    "scorecard.amended": "amendment",
    "rating.changed": "re-rating",
    "decision.recorded": "decision",
}


@dataclass(slots=True)
class Told:
    """An event before it is stored."""

    kind: str
    at: datetime
    actor_id: int
    subject_type: str
    subject_id: int
    detail: dict[str, object]


of_event = attrgetter("kind", "at", "actor_id", "subject_type", "subject_id")


class Trail:
    """The events of what is stored, put in together in the order in which they
    happened."""

    def __init__(self) -> None:
        self.events: list[Told] = []
        self.frozen: dict[str, list[tuple[Model, Told]]] = {}

    def tell(
        self, kind: str, at: datetime, subject: Model, by: User, *, row: Model | None = None, **detail: object
    ) -> None:
        """Note that `by` did this at that moment; `detail` holds ids and kinds only.

        `row` is what it froze, where that is not its subject; it may be stored later.
        """
        event = Told(kind, at, by.pk, subject._meta.model_name or "", subject.pk, detail)
        self.events.append(event)
        if kind in FREEZES:
            self.frozen.setdefault(FREEZES[kind], []).append((row or subject, event))

    def store(self) -> None:
        """Put the events in; everything that they tell of is stored by now."""
        for what, pairs in self.frozen.items():
            stated = all_frozen(what, [row.pk for row, _ in pairs])
            for row, event in pairs:
                event.detail |= stated[row.pk]
        columns = ("kind", "at", "actor_id", "subject_type", "subject_id", "detail")
        in_order = sorted(self.events, key=attrgetter("at"))
        put(Event, columns, [(*of_event(event), Jsonb(event.detail)) for event in in_order])


# --- rubrics and people ------------------------------------------------------
def store_role(role: Role) -> Used:
    """The role's rubric, imported and published like any other; known already, its
    published version is used.

    Raises ValidationError where its title has a draft of somebody else's, or its rubric
    was changed meanwhile.
    """
    version, new = import_plan(role.as_plan(), filename="", by=None)
    if new:
        keys = [row.key for row in role.dimensions if row.must_have]
        version.dimensions.filter(key__in=keys).update(must_have=True)
        publish_version(version, by=None)
    used = _used(version.rubric.versions.published().get())
    is_same = (
        [row.key for row in used.dimensions] == [row.key for row in role.dimensions]
        and len(used.exercises) == len(role.exercises)
        and len(used.signals) == len(role.strong + role.weak + role.red_flags)
    )
    if not is_same:
        raise ValidationError(f"The sample's rubric “{role.title}” was changed here and takes no more samples.")
    return used


def _used(version: RubricVersion) -> Used:
    dimensions = list(version.dimensions.prefetch_related("anchors"))
    return Used(
        version=version,
        dimensions=dimensions,
        exercises=list(version.exercises.all()),
        signals={(row.kind, row.order): row for row in version.signals.all()},
        wording=_wording(dimensions),
    )


def _wording(dimensions: list[Dimension]) -> dict[tuple[int, int], str]:
    """What each level says, by the dimension's index in the rubric and the level."""
    wording = {}
    for index, dimension in enumerate(dimensions):
        anchors = {anchor.level: anchor.text for anchor in dimension.anchors.all()}
        for level in LEVELS:
            wording[index, level] = level_wording(level, anchors.get(level))
    return wording


def store_people(plan: drawing.Plan) -> People:
    """Everybody, without a password: nobody can sign in as one of them."""
    since = plan.as_of - timedelta(days=400)
    managers = 1 + (plan.openings - 1) // 2
    candidates = [_candidate(plan, number) for number in range(plan.candidates)]
    return People(
        interviewers=_users(plan, "interviewer", plan.interviewers, since),
        managers=_users(plan, "manager", managers, since, is_hiring_manager=True),
        recruiters=_users(plan, "recruiter", 2, since, is_recruiter=True),
        candidates=create(Candidate, candidates),
    )


def _users(plan: drawing.Plan, kind: str, count: int, since: datetime, **roles: bool) -> list[User]:
    nobody = make_password(None)
    users = []
    for number in range(count):
        name = drawing.name_of(kind, number, plan.seed)
        email = f"{slugify(name)}.{kind}-{plan.seed}-{number}@example.com"
        user = User(email=email, name=name, password=nobody, date_joined=since, **roles)
        users.append(user)
    return create(User, users)


def _candidate(plan: drawing.Plan, number: int) -> Candidate:
    name = drawing.name_of("candidate", number, plan.seed)
    email = f"{slugify(name) or 'candidate'}.{plan.seed}-{number}@example.org"
    return Candidate(name=name, email=email, created_at=plan.as_of - timedelta(days=90))
