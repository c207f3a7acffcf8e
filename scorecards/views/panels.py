"""What happens to a panel, for those who run the opening: edit, cancel, guests, override."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from accounts.compiled import compiled
from accounts.http import SignedInRequest, keyed_link, posted
from accounts.invitations import told_of
from accounts.meanwhile import as_it_is_now
from accounts.models import User
from accounts.once import once
from accounts.refusals import add_errors, tell_refusal
from candidates.forms import InterviewForm
from candidates.http import run_application
from candidates.models import Application, Interview, Panelist
from candidates.policies import may_run
from candidates.services import ERASED
from notices.services import as_told
from scorecards import guests, panels, policies, services
from scorecards.forms import GuestForm, GuestNameForm, OverrideForm, ReleaseForm, WithdrawForm
from scorecards.models import Scorecard
from scorecards.queries import panel_overview
from scorecards.releasing import release_panelists
from scorecards.withdrawing import may_withdraw, withdraw_scorecard


def panel_of(application: Application) -> QuerySet[User]:
    """The colleagues who interview for it."""
    colleagues = User.objects.colleagues()
    return colleagues.filter(panels__interview__application=application).distinct()


@compiled
def _panel(application: int) -> QuerySet[User]:
    return panel_of(Application(pk=application))


def unsent_override(application: Application) -> OverrideForm:
    """The form as a page first shows it: nothing chosen in it could be right."""
    return OverrideForm(people=User.objects.none(), known=_panel(application.pk))


def interview_to_run(request: SignedInRequest, pk: int) -> Interview:
    """The interview. Raises Http404 for whoever does not run it, PermissionDenied for whoever may not change it."""
    applications = Application.objects.run_by(request.user)
    interviews = Interview.objects.filter(application__in=applications)
    related = interviews.select_related("round", "application__candidate", "application__opening")
    interview = get_object_or_404(related, pk=pk)
    if not may_run(request.user, interview.application.opening):
        raise PermissionDenied
    if interview.application.candidate.erased_at:
        raise PermissionDenied(ERASED)
    return interview


def interview_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    interview = interview_to_run(request, pk)
    application = interview.application
    as_it_is_now(request, application, interview)
    form = InterviewForm(posted(request), application=application, by=request.user, interview=interview)
    if form.is_valid():
        try:
            panels.change_interview(interview, by=request.user, **form.plan())
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, as_told(form.said("Interview saved.")))
            return redirect("application", application.pk)
    context = {
        "form": form,
        "interview": interview,
        "application": application,
        "links": guests.newest_links(interview),
        "overview": panel_overview(application, request.user, interview=interview),
    }
    return render(request, "scorecards/interview.html", context, status=422 if form.is_bound else 200)


@require_POST
def interview_cancel(request: SignedInRequest, pk: int) -> HttpResponse:
    interview = interview_to_run(request, pk)
    try:
        panels.cancel_interview(interview, by=request.user)
    except ValidationError as error:
        tell_refusal(request, error)
        return redirect("interview_edit", pk)
    messages.success(request, as_told("Interview cancelled."))
    return redirect("application", interview.application_id)


@require_POST
@once
def override(request: SignedInRequest, pk: int) -> HttpResponse:
    application = run_application(request, pk)
    if not policies.may_override(request.user, application):
        raise PermissionDenied
    form = OverrideForm(request.POST, people=panel_of(application))
    if form.is_valid():
        try:
            services.grant_override(application, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error)
        else:
            return redirect("application", pk)
    return render(request, "scorecards/override.html", {"form": form, "application": application}, status=422)


@once
def guest_new(request: SignedInRequest, pk: int) -> HttpResponse:
    """Put somebody without an account on the panel of one interview."""
    interview = interview_to_run(request, pk)
    form = GuestForm(posted(request))
    if form.is_valid():
        try:
            link = guests.add_guest(interview, by=request.user, link=keyed_link(request, "guest"), **form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error)
        else:
            email = form.cleaned_data["email"]
            sent = f"Added to the panel. The link to {email} is on its way."
            messages.success(request, told_of(link, email, sent=sent))
            return redirect("interview_edit", pk)
    context = {"form": form, "interview": interview, "application": interview.application}
    return render(request, "scorecards/guest_new.html", context, status=422 if form.is_bound else 200)


def _panelist(request: SignedInRequest, pk: int, panelist_id: int) -> Panelist:
    interview = interview_to_run(request, pk)
    panelists = interview.panelists.filter(user__is_guest=True).select_related("user", "interview__application")
    return get_object_or_404(panelists, pk=panelist_id)


@once
def panelist_release(request: SignedInRequest, pk: int, panelist_id: int) -> HttpResponse:
    """Wait no more for somebody's scorecard, for a reason."""
    interview = interview_to_run(request, pk)
    panelists = interview.panelists.on_panel().select_related("user", "interview__application")
    panelist = get_object_or_404(panelists, pk=panelist_id)
    form = ReleaseForm(posted(request))
    if form.is_valid():
        try:
            release_panelists([panelist], by=request.user, **form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, f"{panelist.user.display_name} is released from this interview.")
            return redirect("interview_edit", pk)
    title = f"Release {panelist.user.display_name}"
    context = {"form": form, "title": title, "interview": interview, "panelist": panelist}
    return render(request, "scorecards/release.html", context, status=422 if form.is_bound else 200)


@once
def panelist_withdraw(request: SignedInRequest, pk: int, panelist_id: int) -> HttpResponse:
    """Take somebody's submitted scorecard out of every figure, where its author no longer can."""
    interview = interview_to_run(request, pk)
    cards = Scorecard.objects.select_related("panelist__user", "panelist__interview__application__opening")
    readable = cards.filter(panelist__interview__application__in=policies.debriefs(request.user))
    card = get_object_or_404(readable, panelist=panelist_id, panelist__interview=interview)
    if not may_withdraw(request.user, card):
        raise PermissionDenied("Until there is a decision to hire or not, only its author can withdraw a scorecard.")
    form = WithdrawForm(posted(request), panelists=[])
    if form.is_valid():
        try:
            withdraw_scorecard(card, by=request.user, reason=form.cleaned_data["reason"])
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, "Scorecard withdrawn. It no longer counts in any figure.")
            return redirect("application", interview.application_id)
    context = {"form": form, "title": "Withdraw scorecard", "interview": interview, "author": card.panelist.user}
    return render(request, "scorecards/withdraw.html", context, status=422 if form.is_bound else 200)


def guest_name(request: SignedInRequest, pk: int, panelist_id: int) -> HttpResponse:
    """Correct the name and the address of an external interviewer."""
    panelist = _panelist(request, pk, panelist_id)
    title = f"Correct {panelist.user.display_name}"
    if request.method == "POST":
        panelist.user = guests.hold_guest(panelist.user)
    form = GuestNameForm(posted(request), guest=panelist.user)
    if form.is_valid():
        to_guest = keyed_link(request, "guest")
        try:
            link = guests.correct_guest(panelist, by=request.user, link=to_guest, **form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error)
        else:
            email = form.cleaned_data["email"]
            sent = f"Saved. A new link to {email} is on its way. The earlier link no longer works."
            done = told_of(link, email, sent=sent) if link else "Saved."
            messages.success(request, form.said(done))
            return redirect("interview_edit", pk)
    context = {"form": form, "title": title, "interview": panelist.interview, "panelist": panelist}
    return render(request, "scorecards/guest_name.html", context, status=422 if form.is_bound else 200)


@require_POST
def guest_renew(request: SignedInRequest, pk: int, panelist_id: int) -> HttpResponse:
    panelist = _panelist(request, pk, panelist_id)
    try:
        link = guests.renew_link(panelist, by=request.user, link=keyed_link(request, "guest"))
    except ValidationError as error:
        tell_refusal(request, error)
    else:
        email = panelist.user.email
        sent = f"A new link to {email} is on its way. The earlier link no longer works."
        messages.success(request, told_of(link, email, sent=sent))
    return redirect("interview_edit", pk)


@require_POST
def guest_revoke(request: SignedInRequest, pk: int, panelist_id: int) -> HttpResponse:
    panelist = _panelist(request, pk, panelist_id)
    guests.revoke_link(panelist, by=request.user)
    messages.success(request, f"Link revoked. {panelist.user.display_name} can no longer use it.")
    return redirect("interview_edit", pk)
