"""The lists as tables of plain values: the same rows, order and columns as the page
with the same address.

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
from debriefs.finalists import Comparison
from debriefs.sheets import rounded
from packets.models import Packet
from rubrics.models import RubricVersion
from scorecards.facts import CardFact
from scorecards.gathering import facts_of_panelists
from scorecards.import_rows import CARD_COLUMNS
from scorecards.models import Scorecard
from scorecards.policies import debriefs
from workbench.agenda import shown
from workbench.next_steps import describe

AT_A_TIME = 500
Values = list[object]
One = TypeVar("One")


@dataclass(frozen=True)
class Table:
    """A head, and rows of as many values; rows are read as they are written out."""

    head: Values
    rows: Iterator[Values]


# A row's values by their heads.
Cells = Callable[[Any], dict[str, object]]


def table_of(sent: QueryDict, rows: QuerySet[Any], listing: Listing, cells: Cells) -> Table:
    """The list that an address asks for, on all its pages; `cells` gives a row's values
    by their heads."""
    found = in_order(sent, narrowed(sent, rows, listing, whole=True), listing)
    first = found.first()
    head: Values = list(cells(first)) if first is not None else [column.label for column in listing.columns]
    return Table(head, _rows(found, cells))


def _rows(found: QuerySet[Any], cells: Cells) -> Iterator[Values]:
    for row in found.iterator(chunk_size=AT_A_TIME):
        yield list(cells(row).values())


# --- applications ------------------------------------------------------------
def application_table(sent: QueryDict, rows: QuerySet[Any], listing: Listing) -> Table:
    """Those of `workbench.next_steps.with_next_steps`, with who is late."""
    found = in_order(sent, narrowed(sent, rows, listing, whole=True), listing)
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
        describe(chunk)
        for row in chunk:
            scorecards: Values = [None, None, None]
            if not row.hidden:
                scorecards = [row.submitted, row.expected, row.owing]
            yield [
                row.pk,
                row.candidate.name,
                row.candidate.email,
                row.opening.slug,
                row.next_step.label,
                row.shown_status.label,
                *scorecards,
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


# --- one's own, and what waits -------------------------------------------------
def interview_cells(row: Any) -> dict[str, object]:
    """Of `workbench.agenda.panelists_of`; the candidate as one's own pages name them."""
    [entry] = shown([row])
    interview = row.interview
    return {
        "round": interview.round.name,
        "candidate": interview.application.called,
        "opening": interview.application.opening.title,
        "starts": interview.starts_at,
        "scorecard_due": interview.due_at,
        "place": interview.place,
        "scorecard": "late" if entry.state.late else entry.state.state,
    }


def owed_cells(row: Any) -> dict[str, object]:
    """Of `workbench.chase.chased`."""
    interview = row.interview
    return {
        "interviewer": row.user.display_name,
        "interviewer_email": row.user.email,
        **_applicant(interview.application),
        "round": interview.round.name,
        "due": interview.due_at,
        "last_reminded": row.reminded_at,
    }


def ready_cells(row: Application) -> dict[str, object]:
    return _applicant(row) | {"added": row.created_at}


def underway_cells(row: Any) -> dict[str, object]:
    return _applicant(row) | {
        "scorecards_in": row.done,
        "scorecards_expected": row.expected,
        "debrief_reopened": "yes" if row.reopened else "no",
        "next_due": row.owed_by,
    }


def packet_cells(row: Packet) -> dict[str, object]:
    return _applicant(row.application) | {
        "packet": row.pk,
        "profile": row.get_profile_display(),
        "state": row.get_state_display(),
        "asked_for": row.requested_at,
    }


def _applicant(application: Application) -> dict[str, object]:
    return {
        "application": application.pk,
        "candidate_name": application.candidate.name,
        "candidate_email": application.candidate.email,
        "opening": application.opening.slug,
    }


# By the name of a list of the home page, a row's values.
WAITING_CELLS: dict[str, Cells] = {
    "ready": ready_cells,
    "underway": underway_cells,
    "packets": packet_cells,
}


# --- rubrics, retention --------------------------------------------------------
def version_cells(row: RubricVersion) -> dict[str, object]:
    return {
        "rubric": row.rubric.slug,
        "title": row.rubric.title,
        "version": row.number,
        "state": row.get_state_display(),
        "language": row.language,
        "published": row.published_at,
    }


def retention_cells(row: Any) -> dict[str, object]:
    """Of `privacy.retention.kept_for`, with the applications that the reader knows
    of."""
    candidate = row.candidate
    return {
        "candidate_name": candidate.name,
        "candidate_email": candidate.email,
        "openings": ", ".join(application.opening.title for application in candidate.applications.all()),
        "period_ends": row.kept_until,
        "legal_hold": "yes" if row.held else "no",
    }


# --- finalists -----------------------------------------------------------------
FINALIST_HEAD = (
    "dimension",
    "candidate_name",
    "candidate_email",
    "n",
    "mean",
    "median",
    "min",
    "max",
    "sd",
    "not_assessed",
    "mean_after_re_ratings",
)


def finalist_table(comparison: Comparison) -> Table:
    """A line for each dimension and finalist, in the order of the page; figures as in
    the debrief's JSON."""
    return Table(list(FINALIST_HEAD), _finalists(comparison))


def _finalists(comparison: Comparison) -> Iterator[Values]:
    for row in comparison.rows:
        for cell in row.cells:
            facts, sheet = cell.finalist.sheet.facts, cell.sheet
            who: Values = [row.name, facts.candidate_name, facts.candidate_email]
            if sheet is None:
                yield [*who, 0, *[None] * 7]
                continue
            figures: Values = [sheet.n, rounded(sheet.mean), rounded(sheet.median), sheet.min, sheet.max]
            final = rounded(sheet.final.mean) if sheet.final else None
            yield [*who, *figures, rounded(sheet.sd), sheet.not_assessed, final]


# --- scores ------------------------------------------------------------------
SCORE_HEAD = (*CARD_COLUMNS, "imported")


def scored(opening: Opening, reader: User) -> QuerySet[Application]:
    """Its applications whose debrief the reader may see: none for which they still owe
    a scorecard."""
    runs = Application.objects.run_by(reader).filter(opening=opening)
    return debriefs(reader).filter(pk__in=runs)


def score_table(opening: Opening, applications: list[Application]) -> Table:
    """Every rating of their counted scorecards, in the columns that `import_scorecards`
    reads and one more.

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
