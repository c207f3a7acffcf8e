"""The lists as tables of plain values: the same rows, order and columns as the page with the same address.

What a row hides from its reader on the page is empty here.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeVar

from django.db.models import QuerySet
from django.http import QueryDict

from accounts.listing import Listing, in_order, narrowed
from accounts.models import User
from candidates.models import NEVER, Application, Candidate, Opening, Panelist
from scorecards.facts import CardFact
from scorecards.gathering import facts_of_panelists
from scorecards.import_files import CARD_COLUMNS
from scorecards.models import Scorecard
from scorecards.policies import debriefs
from workbench.standing import told

AT_A_TIME = 500
Values = list[object]
One = TypeVar("One")


@dataclass(frozen=True)
class Table:
    """A head, and rows of as many values; rows are read as they are written out."""

    head: Values
    rows: Iterator[Values]


def table_of(
    sent: QueryDict, rows: QuerySet[Any], listing: Listing, cells: Callable[[Any], dict[str, object]]
) -> Table:
    """The list that an address asks for, on all its pages; `cells` gives a row's values by their heads."""
    found = in_order(sent, narrowed(sent, rows, listing), listing)
    first = found.first()
    head: Values = list(cells(first)) if first is not None else [column.label for column in listing.columns]
    return Table(head, _rows(found, cells))


def _rows(found: QuerySet[Any], cells: Callable[[Any], dict[str, object]]) -> Iterator[Values]:
    for row in found.iterator(chunk_size=AT_A_TIME):
        yield list(cells(row).values())


# --- applications ------------------------------------------------------------
def application_table(sent: QueryDict, rows: QuerySet[Any], listing: Listing) -> Table:
    """Those of `workbench.standing.standing`, with who is late."""
    found = in_order(sent, narrowed(sent, rows, listing), listing)
    return Table(list(APPLICATION_HEAD), _applications(found))


APPLICATION_HEAD = (
    "application",
    "candidate_name",
    "candidate_email",
    "opening",
    "next_step",
    "status",
    "scorecards_in",
    "scorecards_expected",
    "scorecards_owed",
    "late",
    "next_interview",
    "last_change",
    "added",
)


def _applications(found: QuerySet[Any]) -> Iterator[Values]:
    for chunk in together(found.iterator(chunk_size=AT_A_TIME)):
        told(chunk)
        for row in chunk:
            yield [
                row.pk,
                row.candidate.name,
                row.candidate.email,
                row.opening.slug,
                row.next_step.label,
                row.shown_status.label,
                None if row.hidden else row.submitted,
                row.expected,
                None if row.hidden else row.owing,
                ", ".join(row.late_people),
                None if row.next_at == NEVER else row.next_at,
                row.changed_at,
                row.created_at,
            ]


def together(rows: Iterator[One]) -> Iterator[list[One]]:
    """The rows, AT_A_TIME of them together."""
    while chunk := list(islice(rows, AT_A_TIME)):
        yield chunk


# --- openings, people --------------------------------------------------------
def opening_cells(row: Any) -> dict[str, object]:
    return {
        "opening": row.slug,
        "title": row.title,
        "rubric": str(row.rubric_version),
        "confidential": "yes" if row.confidential else "no",
        "candidates": row.candidates,
        "created": row.created_at,
    }


def person_cells(row: User) -> dict[str, object]:
    roles = {"recruiter": row.is_recruiter, "hiring manager": row.is_hiring_manager}
    roles["administrator"] = row.is_administrator
    return {
        "name": row.name,
        "email": row.email,
        "roles": ", ".join(role for role, held in roles.items() if held),
        "may_sign_in": "yes" if row.is_active else "no",
        "added": row.date_joined,
    }


# --- scores ------------------------------------------------------------------
SCORE_HEAD = (*CARD_COLUMNS, "imported")


def scored(opening: Opening, reader: User) -> QuerySet[Application]:
    """Its applications whose debrief the reader may see: none for which they still owe a scorecard."""
    runs = Application.objects.run_by(reader).filter(opening=opening)
    return debriefs(reader).filter(pk__in=runs)


def score_table(opening: Opening, applications: list[Application]) -> Table:
    """Every rating of their counted scorecards, in the columns that `import_scorecards` reads and one more.

    The applications are the opening's, each with its candidate.
    """
    names = dict(opening.rubric_version.dimensions.values_list("key", "name"))
    return Table(list(SCORE_HEAD), _scores({row.pk: row for row in applications}, opening.slug, names))


def _scores(applications: dict[int, Application], slug: str, names: dict[str, str]) -> Iterator[Values]:
    cards = Scorecard.objects.counted().filter(panelist__interview__application__in=list(applications))
    numbers = cards.order_by("panelist__interview__application", "pk").values_list("panelist", flat=True)
    for chunk in together(numbers.iterator(chunk_size=AT_A_TIME)):
        panelists = Panelist.objects.filter(pk__in=chunk)
        for application, card in facts_of_panelists(panelists):
            yield from _ratings(applications[application].candidate, card, slug, names)


def _ratings(candidate: Candidate, card: CardFact, slug: str, names: dict[str, str]) -> Iterator[Values]:
    for row in card.ratings:
        if row.score is None and not row.not_assessed_reason:
            continue
        yield [
            slug,
            candidate.name,
            candidate.email,
            card.round_name,
            card.interviewer_email,
            names.get(row.dimension, row.dimension),
            row.score,
            row.not_assessed_reason,
            row.evidence,
            card.recommendation,
            card.submitted_at.isoformat() if card.submitted_at else "",
            "yes" if card.imported else "no",
        ]
