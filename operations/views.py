"""How the installation runs, for administrators and for what watches it."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.http import SignedInRequest
from accounts.limits import costly
from operations.metrics import CONTENT_TYPE
from operations.policies import may_see_status
from operations.status import Status, current_status
from operations.testmail import MailRefused, send_test_mail


def _administrators_only(request: SignedInRequest) -> None:
    if not may_see_status(request.user):
        raise PermissionDenied


def _status(request: SignedInRequest) -> Status:
    _administrators_only(request)
    return current_status(viewer=request.user)


SPELLED = {"celery": "Celery", "django": "Django", "evenhand": "Evenhand", "postgresql": "PostgreSQL"}
SPELLED |= {"broker": "Broker", "python": "Python", "weasyprint": "WeasyPrint"}


@require_safe
def status(request: SignedInRequest) -> HttpResponse:
    found = _status(request)
    broken = [one for one in found.findings if one.state == "broken"]
    context = {
        "status": found,
        "broken": broken,
        "versions": [(SPELLED[name], value) for name, value in found.versions.items()],
        "metrics_token": bool(settings.METRICS_TOKEN),
    }
    return render(request, "operations/status.html", context)


@require_safe
def metrics(request: SignedInRequest) -> HttpResponse:
    """For administrators who look; what scrapes comes with a token (`operations.middleware`)."""
    return HttpResponse(_status(request).as_metrics(), content_type=CONTENT_TYPE)


@costly
@require_POST
def test_mail(request: SignedInRequest) -> HttpResponse:
    """Sends one to the reader's own address and says what became of it."""
    _administrators_only(request)
    try:
        send_test_mail(by=request.user)
    except MailRefused as error:
        messages.error(request, f"The test mail was not sent: {error}")
    else:
        messages.success(request, f"A test mail was handed over for {request.user.email}. Check that it arrives.")
    return redirect("status")
