"""Home: what is due for the one who looks, and each of its lists in full."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.http import SignedInRequest, runners_only
from accounts.listing import listed, pages_of
from accounts.replica import reads_lists
from workbench import waiting
from workbench.agenda import MINE, agenda, panelists_of, shown
from workbench.first_steps import first_steps


def home(request: SignedInRequest) -> HttpResponse:
    """The reader's own interviews; for those who run openings also who is late and what
    is ready; before the first scorecard, for administrators and recruiters, what leads
    to it."""
    user = request.user
    context: dict[str, object] = {
        "agenda": agenda(user),
        "runs": user.runs_openings,
        "first_steps": first_steps(user),
    }
    if context["runs"]:
        context |= waiting.first_rows(user, timezone.now())
    return render(request, "workbench/home.html", context)


@reads_lists
def interviews(request: SignedInRequest) -> HttpResponse:
    """All the reader's own interviews."""
    page = _own(request, request.user)
    return render(request, "workbench/interviews.html", {"interviews": page, "entries": shown(page)})


_own = pages_of(MINE)(panelists_of)


@reads_lists
def waiting_list(request: SignedInRequest, kind: str) -> HttpResponse:
    """All of one list of the home page; 404 for a list that there is not, 403 for whoever
    runs no opening."""
    if kind not in waiting.PAGES:
        raise Http404
    runners_only(request)
    found = waiting.PAGES[kind]
    page = listed(request, found.rows(request.user), found.listing)
    return render(request, "workbench/waiting.html", {"kind": kind, "title": found.title, "rows": page})
