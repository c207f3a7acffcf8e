"""The trail as a page and as a file, for administrators."""

import csv
import io
import json
from collections.abc import Iterable, Iterator

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render

from audit.filters import asked, narrowed, whole
from audit.limits import costly
from audit.models import Event, EventQuerySet, names_of
from audit.presenters import SENTENCES, sentence
from audit.services import record
from audit.spreadsheets import cell

PAGE = 100
COLUMNS = [
    "number",
    "at",
    "person",
    "name",
    "kind",
    "words",
    "subject",
    "subject_number",
    "detail",
    "request",
    "address",
]


def _events(request: HttpRequest) -> EventQuerySet:
    if not (request.user.is_authenticated and request.user.is_administrator):
        raise PermissionDenied
    return Event.objects.visible_to(request.user)


def trail(request: HttpRequest) -> HttpResponse:
    """The newest events before `?before=ID`, a hundred at a time, narrowed by the other parts of the address."""
    events, wanted = _events(request), asked(request.GET)
    if before := whole(request.GET.get("before", "")):
        events = events.filter(pk__lt=int(before))
    found = list(narrowed(events, wanted)[:PAGE])
    names = names_of({event.actor_id for event in found if event.actor_id})
    context = {
        "rows": [(event, sentence(event.kind), names.get(event.actor_id or 0, "")) for event in found],
        "kinds": SENTENCES,
        "asked": wanted,
        "next": found[-1].pk if len(found) == PAGE else None,
    }
    return render(request, "audit/trail.html", context)


@costly
def export(request: HttpRequest) -> StreamingHttpResponse:
    """What the page shows under the same filters, all of it, as CSV. The export is an event itself."""
    events = narrowed(_events(request), asked(request.GET))
    record("audit.exported", by=request.user)  # type: ignore[arg-type]  # somebody signed in, see _events
    response = StreamingHttpResponse(_lines(events), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="audit.csv"'
    return response


def _lines(events: EventQuerySet) -> Iterator[str]:
    yield _line(COLUMNS)
    people = {number for number in events.order_by().values_list("actor_id", flat=True).distinct() if number}
    names = names_of(people)
    for event in events.iterator(chunk_size=2_000):
        yield _line(_cells(event, names))


def _cells(event: Event, names: dict[int, str]) -> list[object]:
    return [
        event.pk,
        event.at.isoformat(),
        event.actor_id or "",
        names.get(event.actor_id or 0, ""),
        event.kind,
        sentence(event.kind),
        event.subject_type,
        event.subject_id or "",
        json.dumps(event.detail, sort_keys=True) if event.detail else "",
        event.request_id,
        event.ip or "",
    ]


def _line(cells: Iterable[object]) -> str:
    written = io.StringIO(newline="")
    csv.writer(written).writerow(map(cell, cells))
    return written.getvalue()
