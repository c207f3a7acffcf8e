"""The trail as a page and as a file, for administrators."""

import json
from collections.abc import Iterator

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render

from accounts.limits import costly
from accounts.replica import reads_lists
from audit.filters import asked, narrowed
from audit.models import Event, EventQuerySet, names_of
from audit.paging import after, newest_first, page_from, start
from audit.presenters import SENTENCES, sentence
from audit.services import record
from scorecards.spreadsheets import line

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


@reads_lists
def trail(request: HttpRequest) -> HttpResponse:
    """The newest events up to a moment, a hundred at a time, narrowed by the other
    parts of the address."""
    wanted, begin = asked(request.GET), start(request.GET)
    events = narrowed(_events(request), wanted)
    found = page_from(events, begin, size=PAGE)
    names = names_of({event.actor_id for event in found if event.actor_id})
    rows = [(event, sentence(event.kind), _name(event, names)) for event in found]
    context = {
        "rows": rows,
        "kinds": SENTENCES,
        "asked": wanted,
        "next": after(found, begin) if len(found) == PAGE else None,
    }
    return render(request, "workbench/trail.html", context)


@costly
def export(request: HttpRequest) -> StreamingHttpResponse:
    """What the page shows under the same filters, all of it, as CSV, its rows counted
    from 1. The export is an event itself."""
    events = narrowed(_events(request), asked(request.GET))
    record("audit.exported", by=request.user)  # type: ignore[arg-type]  # somebody signed in, see _events
    response = StreamingHttpResponse(_lines(events), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="audit.csv"'
    return response


def _lines(events: EventQuerySet) -> Iterator[str]:
    yield line(COLUMNS)
    actors = events.order_by().values_list("actor_id", flat=True).distinct()
    names = names_of({actor for actor in actors if actor})
    rows = newest_first(events).iterator(chunk_size=2_000)
    for number, event in enumerate(rows, start=1):
        yield line([number, *_cells(event, names)])


def _name(event: Event, names: dict[int, str]) -> str:
    """Who did it; empty where nobody was signed in, or nobody of that id is there."""
    return "" if event.actor_id is None else names.get(event.actor_id, "")


def _cells(event: Event, names: dict[int, str]) -> list[object]:
    """In the order of COLUMNS without the number; None is an empty cell."""
    detail = json.dumps(event.detail, sort_keys=True) if event.detail else ""
    return [
        event.at.isoformat(),
        event.actor_id,
        _name(event, names),
        event.kind,
        sentence(event.kind),
        event.subject_type,
        event.subject_id,
        detail,
        event.request_id,
        event.ip,
    ]
