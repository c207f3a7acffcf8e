"""The door that an external interviewer's link opens."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.limits import too_many
from scorecards import guests
from scorecards.middleware import SESSION_KEY


@never_cache
@login_not_required
def guest(request: HttpRequest) -> HttpResponse:
    """Where a link leads. It takes a click, so that a mail scanner opens nothing."""
    if refused := too_many(request, "guest"):
        return refused
    try:
        link = guests.find_link(request.GET.get("key", ""))
    except guests.GuestLinkEnded:
        return render(request, "scorecards/guest_ended.html", status=404)
    if request.method != "POST" or request.user.is_authenticated:
        return render(request, "scorecards/guest.html", {"link": link, "panelist": link.panelist})
    request.session.cycle_key()
    request.session[SESSION_KEY] = link.pk
    guests.note_opened(link)
    return redirect("scorecard", link.panelist_id)


@require_POST
@login_not_required
def guest_leave(request: HttpRequest) -> HttpResponse:
    """Close what the link opened in this browser; the link itself still works."""
    request.session.pop(SESSION_KEY, None)
    return render(request, "scorecards/guest_left.html")
