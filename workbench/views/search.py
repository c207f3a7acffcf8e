"""The search in the head of every page: a page of results, and the list below its field."""

from django.http import HttpResponse
from django.shortcuts import render

from accounts.http import SignedInRequest
from accounts.replica import reads_lists
from accounts.searching import asked_text
from workbench.search import search as search_for

SHOWN, SHOWN_BELOW = 20, 5


@reads_lists
def search(request: SignedInRequest) -> HttpResponse:
    """What `?q=` finds among what the reader may see, as a piece of a page for the field."""
    below = bool(request.htmx)
    kinds = search_for(request, request.user, shown=SHOWN_BELOW if below else SHOWN)
    name = "workbench/_search_hits.html" if below else "workbench/search.html"
    return render(request, name, {"kinds": kinds, "asked": asked_text(request.GET)})
