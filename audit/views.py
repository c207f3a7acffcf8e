"""The trail as a page, for administrators."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from audit.models import Event
from audit.presenters import SENTENCES, sentence

PAGE = 100


def trail(request: HttpRequest) -> HttpResponse:
    """The newest events before `?before=ID`, a hundred at a time; `?kind=` narrows them."""
    if not (request.user.is_authenticated and request.user.is_administrator):
        raise PermissionDenied
    events = Event.objects.visible_to(request.user)
    if (before := request.GET.get("before", "")).isdecimal() and len(before) < 18:
        events = events.filter(pk__lt=int(before))
    kind = request.GET.get("kind", "")
    if kind in SENTENCES:
        events = events.filter(kind=kind)
    rows = [(event, sentence(event.kind)) for event in events[:PAGE]]
    context = {
        "rows": rows,
        "kinds": SENTENCES,
        "kind": kind,
        "next": rows[-1][0].pk if len(rows) == PAGE else None,
    }
    return render(request, "audit/trail.html", context)
