"""Tables out: each list as its page shows it, an opening's scores, and its whole record."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from accounts.http import SignedInRequest, administrators_only
from accounts.limits import costly
from accounts.models import User
from accounts.views import PEOPLE
from audit.services import record
from candidates.http import opening_to_run, seen_opening
from candidates.models import Application
from candidates.views import OPENINGS, openings_with_candidates
from packets.files import in_ascii
from scorecards.models import Sighting
from scorecards.services import keep_sightings
from workbench.exports import (
    Table,
    application_table,
    opening_cells,
    person_cells,
    score_table,
    scored,
    table_of,
)
from workbench.record import Record
from workbench.standing import OF_ALL, OF_OPENING, standing
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


def _standing(rows: QuerySet[Application], reader: User) -> QuerySet[Any]:
    return standing(rows, reader).select_related("candidate", "opening")


@costly
def candidates(request: SignedInRequest, kind: str) -> HttpResponseBase:
    """The applications that this person runs, as the list of candidates shows them."""
    _known(kind)
    if not request.user.runs_openings:
        raise PermissionDenied
    rows = _standing(Application.objects.run_by(request.user), request.user)
    record("table.exported", by=request.user, table="candidates")
    table = application_table(request.GET, rows, OF_ALL)
    return _sent(request, table, name="candidates", kind=kind, back="candidate_list")


@costly
def openings(request: SignedInRequest, kind: str) -> HttpResponseBase:
    _known(kind)
    if not request.user.runs_openings:
        raise PermissionDenied
    rows = openings_with_candidates(request.user)
    record("table.exported", by=request.user, table="openings")
    table = table_of(request.GET, rows, OPENINGS, opening_cells)
    return _sent(request, table, name="openings", kind=kind, back="opening_list")


@costly
def people(request: SignedInRequest, kind: str) -> HttpResponseBase:
    _known(kind)
    administrators_only(request)
    record("table.exported", by=request.user, table="people")
    table = table_of(request.GET, User.objects.visible_to(request.user), PEOPLE, person_cells)
    return _sent(request, table, name="people", kind=kind, back="people")


@costly
def opening_applications(request: SignedInRequest, pk: int, kind: str) -> HttpResponseBase:
    _known(kind)
    opening = seen_opening(request, pk)
    rows = _standing(Application.objects.run_by(request.user).filter(opening=opening), request.user)
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
