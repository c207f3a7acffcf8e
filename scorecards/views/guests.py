"""External interviewers: put on a panel by those who run the opening; and the door that their link opens."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.http import SignedInRequest, keyed_link
from accounts.invitations import MailNotSent
from accounts.limits import too_many
from candidates.forms import add_errors
from candidates.models import Panelist
from scorecards import guests
from scorecards.forms import GuestForm
from scorecards.middleware import SESSION_KEY
from scorecards.views.applications import interview_to_run

NOT_MAILED = "The link could not be mailed, so nothing was changed. Look at the mail server, then try again."


def guest_new(request: SignedInRequest, pk: int) -> HttpResponse:
    """Put somebody without an account on the panel of one interview."""
    interview = interview_to_run(request, pk)
    form = GuestForm(request.POST or None)
    if form.is_valid():
        try:
            guests.add_guest(interview, by=request.user, link=keyed_link(request, "guest"), **form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error)
        except MailNotSent:
            form.add_error(None, NOT_MAILED)
        else:
            messages.success(request, f"On the panel; a link is on its way to {form.cleaned_data['email']}.")
            return redirect("interview_edit", pk)
    context = {"form": form, "interview": interview, "application": interview.application}
    return render(request, "scorecards/guest_new.html", context, status=422 if form.is_bound else 200)


def _seat(request: SignedInRequest, pk: int, seat_id: int) -> Panelist:
    interview = interview_to_run(request, pk)
    seats = interview.panelists.filter(user__is_external=True).select_related("user", "interview__application")
    return get_object_or_404(seats, pk=seat_id)


@require_POST
def guest_renew(request: SignedInRequest, pk: int, seat_id: int) -> HttpResponse:
    seat = _seat(request, pk, seat_id)
    try:
        guests.renew_link(seat, by=request.user, link=keyed_link(request, "guest"))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    except MailNotSent:
        messages.error(request, NOT_MAILED)
    else:
        messages.success(request, f"A new link is on its way to {seat.user.email}; the earlier one has ended.")
    return redirect("interview_edit", pk)


@require_POST
def guest_revoke(request: SignedInRequest, pk: int, seat_id: int) -> HttpResponse:
    seat = _seat(request, pk, seat_id)
    guests.revoke_link(seat, by=request.user)
    messages.success(request, f"The link of {seat.user.display_name} has ended.")
    return redirect("interview_edit", pk)


@never_cache
@login_not_required
def guest(request: HttpRequest) -> HttpResponse:
    """Where a link leads. It takes a click to open, so that a mail scanner that follows links opens nothing."""
    if refused := too_many(request, "guest"):
        return refused
    try:
        link = guests.find_link(request.GET.get("key", ""))
    except guests.GuestLinkEnded:
        return render(request, "scorecards/guest_ended.html", status=404)
    if request.method != "POST" or request.user.is_authenticated:
        return render(request, "scorecards/guest.html", {"link": link, "seat": link.panelist})
    request.session.cycle_key()
    request.session[SESSION_KEY] = link.pk
    guests.note_opened(link)
    return redirect("scorecard", link.panelist_id)


@require_POST
@login_not_required
def guest_leave(request: HttpRequest) -> HttpResponse:
    """For a device that others use: what the link opened in this browser is closed; the link itself still works."""
    request.session.pop(SESSION_KEY, None)
    return render(request, "scorecards/guest_left.html")
