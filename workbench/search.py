"""One search over all that has a name: candidates, openings, rubrics and, for
administrators, people."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.urls import reverse

from accounts.models import User
from accounts.searching import asked_text, best_found
from candidates.models import Application, Opening
from rubrics.models import RubricVersion


@dataclass(frozen=True)
class Hit:
    """One row as a link, and what tells it from others of its name."""

    label: str
    beside: str
    url: str


@dataclass(frozen=True)
class Kind:
    """What was found of one kind. `url` leads to all of it, where the kind has a
    list."""

    name: str
    hits: list[Hit]
    total: int
    url: str

    @property
    def is_cut(self) -> bool:
        return self.total > len(self.hits)


def search(request: HttpRequest, reader: User, *, shown: int) -> list[Kind]:
    """Of each kind that has any the best few, `shown` at most, and how many there are.

    Nothing where nothing was asked. Two queries for each kind that has any, one for
    others.
    """
    text = asked_text(request.GET)
    if not text:
        return []
    kinds = []
    if reader.runs_openings:
        kinds.append(_found(text, CANDIDATES, Application.objects.run_by(reader), shown))
        kinds.append(_found(text, OPENINGS, Opening.objects.visible_to(reader), shown))
    if reader.is_administrator:
        kinds.append(_found(text, PEOPLE, User.objects.visible_to(reader), shown))
    kinds.append(_found(text, RUBRICS, RubricVersion.objects.visible_to(reader), shown))
    return [kind for kind in kinds if kind.hits]


def _of_application(row: Application) -> Hit:
    return Hit(
        row.candidate.name, f"{row.opening.title} · {row.candidate.email}", reverse("application", args=[row.pk])
    )


def _of_opening(row: Opening) -> Hit:
    return Hit(row.title, "confidential" if row.confidential else "", reverse("opening", args=[row.pk]))


def _of_person(row: User) -> Hit:
    return Hit(row.display_name, row.email, reverse("person", args=[row.pk]))


def _of_version(row: RubricVersion) -> Hit:
    beside = f"version {row.number}, {row.get_state_display().lower()}"
    return Hit(row.rubric.title, beside, reverse("rubric_version", args=[row.pk]))


@dataclass(frozen=True)
class Sought:
    """A kind before it is searched: the `page` with all of it, and how a row becomes a
    hit.

    `way` leads from a row to what bears its name, `order` is that of the list.
    `related` is read with a row, and `columns` are all that is read of both.
    """

    name: str
    page: str
    hit: Callable[[Any], Hit]
    order: tuple[str, ...]
    columns: tuple[str, ...]
    way: str = ""
    related: tuple[str, ...] = ()


NEWEST = ("-created_at", "-pk")
CANDIDATES = Sought(
    "Candidates",
    "candidate_list",
    _of_application,
    NEWEST,
    ("candidate__name", "candidate__email", "opening__title"),
    way="candidate__",
    related=("candidate", "opening"),
)
OPENINGS = Sought("Openings", "opening_list", _of_opening, NEWEST, ("title", "confidential"))
PEOPLE = Sought("People", "people", _of_person, ("sort_key", "pk"), ("name", "email"))
RUBRICS = Sought(
    "Rubrics",
    "rubric_list",
    _of_version,
    ("rubric__sort_key", "rubric", "-number"),
    ("number", "state", "rubric__title"),
    way="rubric__",
    related=("rubric",),
)


def _found(text: str, kind: Sought, rows: QuerySet[Any], shown: int) -> Kind:
    keys, total = best_found(rows, text, kind.way, kind.order)
    read = rows.model._default_manager.only(*kind.columns)
    if kind.related:
        read = read.select_related(*kind.related)
    by_key = read.in_bulk(keys[:shown]) if keys else {}
    hits = [kind.hit(by_key[key]) for key in keys[:shown] if key in by_key]
    query = QueryDict(mutable=True)
    query["q"] = text
    return Kind(kind.name, hits, total, f"{reverse(kind.page)}?{query.urlencode()}")
