"""The guide: the same for everybody, signed in or not, because it says nothing about anyone."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from workbench import guide


@login_not_required
def guide_page(request: HttpRequest, name: str = "") -> HttpResponse:
    """A page of the guide, by default its first; 404 for one that there is not."""
    if name not in guide.DOCUMENTS:
        raise Http404
    context = {"page": guide.page(name), "contents": guide.contents()}
    return render(request, "workbench/guide.html", context)
