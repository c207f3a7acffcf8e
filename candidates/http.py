"""The opening or application that an address names, as far as the reader may know of it and change it."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from accounts.http import SignedInRequest
from candidates.models import Application, Opening
from candidates.policies import may_run


def seen_opening(request: SignedInRequest, pk: int) -> Opening:
    """The opening if visible; else 404."""
    openings = Opening.objects.visible_to(request.user).select_related("rubric_version__rubric")
    return get_object_or_404(openings, pk=pk)


def opening_to_run(request: SignedInRequest, pk: int) -> Opening:
    """The opening if visible (else 404) and this person may change it (else 403)."""
    opening = seen_opening(request, pk)
    if not may_run(request.user, opening):
        raise PermissionDenied
    return opening


def run_application(request: SignedInRequest, pk: int) -> Application:
    """The application if this person sees its opening, not as an interviewer alone; else 404."""
    applications = Application.objects.run_by(request.user).select_related("candidate", "opening")
    return get_object_or_404(applications, pk=pk)


def application_to_run(request: SignedInRequest, pk: int) -> Application:
    """The same if this person may change it (else 403)."""
    application = run_application(request, pk)
    if not may_run(request.user, application.opening):
        raise PermissionDenied
    return application
