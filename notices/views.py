"""One's notices and how one wants to be told; the outbox, for administrators."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from accounts.http import SignedInRequest, administrators_only, keyed_link, posted
from accounts.listing import Choice, Column, Filter, Listing, listed
from accounts.refusals import tell_refusal
from accounts.replica import reads_lists
from audit.services import record
from notices import feeds, outbox, services
from notices.forms import FeedForm, PreferencesForm
from notices.models import CalendarFeed, Mail, Notice

NOTICES = Listing(
    one="notice",
    noun="notices",
    columns=(Column("title", "Notice", fixed=True), Column("at", "Received", order="created_at", falls=True)),
    order="-at",
    filters=(Filter("read", "Read", (Choice("no", "Unread", Q(read_at=None)),)),),
)
MAILS = Listing(
    one="message",
    noun="messages",
    columns=(
        Column("subject", "Subject", fixed=True),
        Column("to", "To"),
        Column("written", "Written", order="created_at", falls=True),
        Column("state", "State", order="state"),
    ),
    order="-written",
    filters=(
        Filter(
            "state",
            "State",
            tuple(Choice(value, label, Q(state=value)) for value, label in Mail.State.choices),
        ),
    ),
)


def notice_list(request: SignedInRequest) -> HttpResponse:
    """One's own notices, newest first."""
    context = {
        "notices": listed(request, Notice.objects.visible_to(request.user), NOTICES),
        "unread": services.has_unread(request.user),
    }
    return render(request, "notices/list.html", context)


def notice_open(request: SignedInRequest, pk: int) -> HttpResponse:
    """Lead to what the notice speaks of, and mark it as read."""
    notice = get_object_or_404(Notice.objects.visible_to(request.user), pk=pk)
    services.mark_read(request.user, notice=notice)
    target = notice.path
    if not url_has_allowed_host_and_scheme(target, allowed_hosts=None):
        target = reverse("notice_list")
    return redirect(target)


@require_POST
def notices_read(request: SignedInRequest) -> HttpResponse:
    services.mark_read(request.user)
    return redirect("notice_list")


def notice_settings(request: SignedInRequest) -> HttpResponse:
    """How one wants to be told; 422 with the form where it is refused."""
    preferences = services.preferences_of(request.user)
    form = PreferencesForm(posted(request), instance=preferences)
    if form.is_valid():
        form.save()
        messages.success(request, "Notice settings saved.")
        return redirect("notice_settings")
    context = {
        "form": form,
        "feed_form": FeedForm(),
        "feed": CalendarFeed.objects.filter(user=request.user).first(),
    }
    return render(request, "notices/settings.html", context, status=422 if form.is_bound else 200)


def feed_make(request: SignedInRequest) -> HttpResponse:
    """Make a secret address for one's calendar, or a new one; the answer alone shows it."""
    form = FeedForm(posted(request))
    if not form.is_valid():
        return redirect("notice_settings")
    key = feeds.make_feed(by=request.user, with_names=form.cleaned_data["with_names"])
    address = keyed_link(request, "calendar_feed")(key)
    return render(request, "notices/feed_made.html", {"address": address})


@require_POST
def feed_end(request: SignedInRequest) -> HttpResponse:
    if feeds.end_feed(by=request.user):
        messages.success(request, "The calendar’s address no longer works.")
    return redirect("notice_settings")


@reads_lists
def mail_list(request: SignedInRequest) -> HttpResponse:
    """The outbox: to whom, why, when, and how it went; `?state=` narrows it."""
    administrators_only(request)
    mails = Mail.objects.visible_to(request.user).select_related("receiver")
    context = {"mails": listed(request, mails, MAILS)}
    return render(request, "notices/mail_list.html", context)


def mail_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """One mail with its words; those of a secret one are never shown."""
    administrators_only(request)
    mail = _mail(request, pk)
    record("mail.viewed", by=request.user, subject=mail)
    return render(request, "notices/mail.html", {"mail": mail})


@require_POST
def mail_again(request: SignedInRequest, pk: int) -> HttpResponse:
    administrators_only(request)
    try:
        outbox.send_again(_mail(request, pk), by=request.user)
    except ValidationError as error:
        tell_refusal(request, error)
    else:
        messages.success(request, "The message is in the outbox again.")
    return redirect("mail_detail", pk)


@require_POST
def mail_stop(request: SignedInRequest, pk: int) -> HttpResponse:
    administrators_only(request)
    try:
        outbox.stop(_mail(request, pk), by=request.user)
    except ValidationError as error:
        tell_refusal(request, error)
    else:
        messages.success(request, "The message will not be sent.")
    return redirect("mail_detail", pk)


def _mail(request: SignedInRequest, pk: int) -> Mail:
    mails = Mail.objects.visible_to(request.user).select_related("receiver")
    return get_object_or_404(mails, pk=pk)
