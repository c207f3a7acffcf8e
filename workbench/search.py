"""One search over all that has a name: candidates, openings, rubrics and, for administrators, people."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

from accounts.models import User
from accounts.searching import Found, asked_text, find
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
    """What was found of one kind. `url` leads to all of it, where the kind has a list."""

    name: str
    hits: list[Hit]
    total: int
    summary: str
    url: str

    @property
    def is_cut(self) -> bool:
        return self.total > len(self.hits)


def search(request: HttpRequest, reader: User, *, shown: int) -> list[Kind]:
    """Of each kind that has any the best few, `shown` at most, and how many there are.

    Nothing where nothing was asked. Two queries for each kind that the reader has.
    """
    if not asked_text(request.GET):
        return []
    kinds = []
    if reader.runs_openings:
        kinds.append(_found(request, "Candidates", "candidate_list", _applications(reader), shown, _of_application))
        openings = Opening.objects.visible_to(reader)
        kinds.append(_found(request, "Openings", "opening_list", openings, shown, _of_opening))
    if reader.is_administrator:
        kinds.append(_found(request, "People", "people", User.objects.visible_to(reader), shown, _of_person))
    versions = RubricVersion.objects.visible_to(reader).select_related("rubric")
    kinds.append(_found(request, "Rubrics", "rubric_list", versions, shown, _of_version))
    return [kind for kind in kinds if kind.hits]


# What leads from a row to what bears its name, and what is read with it.
WAYS: dict[str, tuple[str, tuple[str, ...]]] = {
    "Candidates": ("candidate__", ("candidate", "opening")),
    "Rubrics": ("rubric__", ("rubric",)),
}


def _applications(reader: User) -> QuerySet[Application]:
    return Application.objects.run_by(reader)


def _found(
    request: HttpRequest, name: str, page: str, rows: QuerySet[Any], shown: int, hit: Callable[[Any], Hit]
) -> Kind:
    way, related = WAYS.get(name, ("", ()))
    found: Found[Any] = find(request, rows, shown=shown, way=way)
    read = found.rows.select_related(*related) if related else found.rows
    hits = [hit(row) for row in read[:shown]]
    query = request.GET.copy()
    query.clear()
    query["q"] = found.text
    return Kind(name, hits, found.total, found.summary, f"{reverse(page)}?{query.urlencode()}")


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
