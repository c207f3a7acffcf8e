"""The opening or application that an address names, as far as the reader may know of it and change it."""

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render

from accounts.compiled import compiled
from accounts.http import SignedInRequest
from accounts.models import User
from candidates.models import Application, Opening
from candidates.policies import may_run


def seen_opening(request: SignedInRequest, pk: int) -> Opening:
    """The opening. Raises Http404 where it is not visible."""
    opening = _opening.first(request.user, pk)
    if opening is None:
        raise Http404("There is no such opening.")
    return opening


@compiled
def _opening(user: User, pk: int) -> QuerySet[Opening]:
    return Opening.objects.visible_to(user).filter(pk=pk).select_related("rubric_version__rubric")[:1]


def opening_to_run(request: SignedInRequest, pk: int) -> Opening:
    """The opening. Raises Http404 where it is not visible, PermissionDenied for whoever may not change it."""
    opening = seen_opening(request, pk)
    if not may_run(request.user, opening):
        raise PermissionDenied
    return opening


def run_application(request: SignedInRequest, pk: int) -> Application:
    """The application. Raises Http404 for whoever does not see its opening, or sees it as an interviewer alone."""
    application = _application.first(request.user, pk)
    if application is None:
        raise Http404("There is no such application.")
    return application


@compiled
def _application(user: User, pk: int) -> QuerySet[Application]:
    return Application.objects.run_by(user).filter(pk=pk).select_related("candidate", "opening")[:1]


def application_to_run(request: SignedInRequest, pk: int) -> Application:
    """The same. Raises PermissionDenied besides, for whoever may not change it."""
    application = run_application(request, pk)
    if not may_run(request.user, application.opening):
        raise PermissionDenied
    return application


def closed_page(
    request: SignedInRequest, title: str, opening: Opening, application: Application | None = None
) -> HttpResponse | None:
    """What stands instead of a form that could only be refused, as opening or application
    is closed; else None.

    Whoever sent the form nevertheless gets it back, with what they typed.
    """
    is_over = application is not None and application.is_over
    if request.method == "POST" or not (opening.closed_at or is_over):
        return None
    context = {"title": title, "opening": opening, "application": application}
    return render(request, "candidates/closed.html", context)
