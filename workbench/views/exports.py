"""Tables out: each list as its page shows it, an opening's scores, and its whole record."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from accounts.http import SignedInRequest, administrators_only, runners_only
from accounts.limits import costly
from accounts.listing import Listing
from accounts.models import User
from accounts.views import PEOPLE
from audit.services import record
from candidates.http import opening_to_run, seen_opening
from candidates.models import Application
from candidates.views import OPENINGS, openings_with_candidates
from debriefs.finalists import BY_NAME, FEWEST, compare
from debriefs.gathering import finalist_facts
from debriefs.views.finalists import chosen_finalists
from packets.files import in_ascii
from privacy.views import RETENTION, retention_rows
from rubrics.models import RubricVersion
from rubrics.views.rubrics import VERSIONS
from scorecards.models import Sighting
from scorecards.services import keep_sightings
from workbench import waiting
from workbench.agenda import MINE, panelists_of
from workbench.chase import CHASE, chased
from workbench.exports import (
    WAITING_CELLS,
    Cells,
    Table,
    application_table,
    finalist_table,
    interview_cells,
    opening_cells,
    owed_cells,
    person_cells,
    retention_cells,
    score_table,
    scored,
    table_of,
    version_cells,
)
from workbench.next_steps import OF_ALL, OF_OPENING, with_next_steps
from workbench.record import Record
from workbench.tables import KINDS, TooManyRows, csv_lines, workbook

TOO_MANY = "This list has more rows than an Excel sheet holds. Narrow it, or export it as CSV."


def _sent(request: SignedInRequest, table: Table, *, name: str, kind: str, back: str) -> HttpResponseBase:
    """The table as an attachment of this kind."""
    filename = f"{name}-{timezone.localdate().isoformat()}.{kind}"
    if kind == "csv":
        response: HttpResponseBase = StreamingHttpResponse(csv_lines(table.head, table.rows), content_type=KINDS[kind])
        response["Content-Disposition"] = f'attachment; filename="{filename}"'
        return response
    try:
        file = workbook(table.head, table.rows)
    except TooManyRows:
        messages.error(request, TOO_MANY)
        return redirect(back)
    return FileResponse(file, as_attachment=True, filename=filename, content_type=KINDS[kind])


def _known(kind: str) -> None:
    if kind not in KINDS:
        raise Http404("Exports are csv or xlsx.")


def _list(
    request: SignedInRequest,
    kind: str,
    rows: QuerySet[Any],
    listing: Listing,
    cells: Cells,
    *,
    table: str,
    back: str,
    name: str = "",
) -> HttpResponseBase:
    """A list as its page shows it, audited as this table; `name` begins the file's, else the table's own."""
    record("table.exported", by=request.user, table=table)
    return _sent(request, table_of(request.GET, rows, listing, cells), name=name or table, kind=kind, back=back)


def _with_next_steps(rows: QuerySet[Application], reader: User) -> QuerySet[Any]:
    return with_next_steps(rows, reader, timezone.now()).select_related("candidate", "opening")


@costly
def candidates(request: SignedInRequest, kind: str) -> HttpResponseBase:
    """The applications that this person runs, as the list of candidates shows them."""
    _known(kind)
    runners_only(request)
    rows = _with_next_steps(Application.objects.run_by(request.user), request.user)
    record("table.exported", by=request.user, table="candidates")
    table = application_table(request.GET, rows, OF_ALL)
    return _sent(request, table, name="candidates", kind=kind, back="candidate_list")


@costly
def openings(request: SignedInRequest, kind: str) -> HttpResponseBase:
    _known(kind)
    runners_only(request)
    rows = openings_with_candidates(request.user)
    return _list(request, kind, rows, OPENINGS, opening_cells, table="openings", back="opening_list")


@costly
def people(request: SignedInRequest, kind: str) -> HttpResponseBase:
    _known(kind)
    administrators_only(request)
    rows = User.objects.visible_to(request.user)
    return _list(request, kind, rows, PEOPLE, person_cells, table="people", back="people")


@costly
def interviews(request: SignedInRequest, kind: str) -> HttpResponseBase:
    """The reader's own interviews."""
    _known(kind)
    rows = panelists_of(request.user)
    return _list(request, kind, rows, MINE, interview_cells, table="interviews", back="my_interviews")


@costly
def waiting_list(request: SignedInRequest, part: str, kind: str) -> HttpResponseBase:
    """One list of the home page; 404 for one that there is not."""
    _known(kind)
    if part not in waiting.PAGES:
        raise Http404
    runners_only(request)
    found = waiting.PAGES[part]
    rows = found.rows(request.user)
    return _list(request, kind, rows, found.listing, WAITING_CELLS[part], table=part, back="home")


@costly
def chase(request: SignedInRequest, kind: str) -> HttpResponseBase:
    """Who owes the reader's openings a scorecard."""
    _known(kind)
    runners_only(request)
    rows = chased(request.user)
    return _list(request, kind, rows, CHASE, owed_cells, table="owed", back="chase", name="scorecards-owed")


@costly
def rubrics(request: SignedInRequest, kind: str) -> HttpResponseBase:
    _known(kind)
    rows = RubricVersion.objects.visible_to(request.user).select_related("rubric")
    return _list(request, kind, rows, VERSIONS, version_cells, table="rubrics", back="rubric_list")


@costly
def retention(request: SignedInRequest, kind: str) -> HttpResponseBase:
    """Whose period ends when, of candidates whom this person may erase."""
    _known(kind)
    rows = retention_rows(request)
    return _list(request, kind, rows, RETENTION, retention_cells, table="retention", back="retention_list")


@costly
def finalists(request: SignedInRequest, pk: int, kind: str) -> HttpResponseBase:
    """The chosen finalists' figures; it counts as having seen their debriefs."""
    _known(kind)
    chosen = chosen_finalists(request, pk)
    if len(chosen.shown) < FEWEST:
        return redirect("finalists", pk)
    facts = finalist_facts(chosen.shown)
    keep_sightings(*chosen.shown, by=request.user, until=timezone.now(), way=Sighting.Way.EXPORT)
    record("scores.exported", by=request.user, subject=chosen.opening, debriefs=len(chosen.shown))
    table = finalist_table(compare(facts, order=request.GET.get("order", BY_NAME)))
    name = f"finalists-{in_ascii(chosen.opening.slug)}"
    return _sent(request, table, name=name, kind=kind, back="opening_list")


@costly
def opening_applications(request: SignedInRequest, pk: int, kind: str) -> HttpResponseBase:
    _known(kind)
    opening = seen_opening(request, pk)
    rows = _with_next_steps(Application.objects.run_by(request.user).filter(opening=opening), request.user)
    record("table.exported", by=request.user, subject=opening, table="applications")
    table = application_table(request.GET, rows, OF_OPENING)
    return _sent(request, table, name=in_ascii(opening.slug) or "opening", kind=kind, back="opening_list")


@costly
def opening_scores(request: SignedInRequest, pk: int, kind: str) -> HttpResponseBase:
    """Each rating of the debriefs that this person may see; it counts as having seen them."""
    _known(kind)
    opening = opening_to_run(request, pk)
    shown = list(scored(opening, request.user).select_related("candidate"))
    keep_sightings(*shown, by=request.user, until=timezone.now(), way=Sighting.Way.EXPORT)
    record("scores.exported", by=request.user, subject=opening, debriefs=len(shown))
    table = score_table(opening, shown)
    return _sent(request, table, name=f"scores-{in_ascii(opening.slug)}", kind=kind, back="opening_list")


@costly
def opening_record(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """All that is kept of the opening, as an archive that is written as it is sent."""
    whole = Record(opening_to_run(request, pk), request.user)
    whole.begin()
    response = StreamingHttpResponse(whole.parts(), content_type="application/zip")
    name = in_ascii(whole.opening.slug) or str(pk)
    response["Content-Disposition"] = f'attachment; filename="record-{name}.zip"'
    return response
