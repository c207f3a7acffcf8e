"""Whose scorecards the ticked applications of an opening wait for: reminding them, and waiting no more."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render

from accounts.http import SignedInRequest, posted, sent_keys
from accounts.once import once
from accounts.plural import counted
from accounts.refusals import add_errors
from candidates.http import opening_to_run
from candidates.models import Application, Opening, Panelist
from scorecards import chasing
from scorecards.forms import OwedForm
from scorecards.models import owed, unblinded
from scorecards.releasing import release_panelists

MOST = 250  # at a time


@once
def opening_owed(request: SignedInRequest, pk: int) -> HttpResponse:
    """Who owes a scorecard on the applications that come as `application`; POST releases those sent
    as `panelist`, or reminds them with `act=remind`."""
    opening = opening_to_run(request, pk)
    sent = posted(request) or request.GET
    ticked = Application.objects.run_by(request.user).filter(opening=opening, pk__in=sent_keys(sent, "application"))
    all_owed = _owed(unblinded(ticked, request.user))
    panelists = list(all_owed[:MOST])
    wanted = set(sent_keys(sent, "panelist"))
    chosen = [panelist for panelist in panelists if panelist.pk in wanted]
    form = OwedForm(posted(request))
    if form.is_bound and not chosen:
        form.add_error(None, "Tick at least one scorecard that is owed.")
    elif form.is_bound and sent.get("act") == "remind":
        messages.success(request, _reminded(chasing.remind(chosen, by=request.user)))
        return redirect("opening", pk)
    if form.is_valid():
        try:
            released = release_panelists(chosen, by=request.user, reason=form.cleaned_data["reason"])
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _told(released, opening))
            return redirect("opening", pk)
    context = {
        "form": form,
        "opening": opening,
        "applications": ticked,
        "panelists": panelists,
        "total": len(panelists) if len(panelists) < MOST else all_owed.count(),
        "ticked": wanted if form.is_bound else {panelist.pk for panelist in panelists},
        "hidden": len(ticked) - unblinded(ticked, request.user).count(),
    }
    return render(request, "scorecards/owed.html", context, status=422 if form.is_bound else 200)


def _owed(applications: QuerySet[Application]) -> QuerySet[Panelist]:
    """The panelists whose scorecards these wait for, what is due first at the top."""
    panelists = Panelist.objects.filter(owed(), interview__application__in=applications)
    way = "interview__application"
    return panelists.select_related("user", "interview__round", f"{way}__candidate").order_by("interview__due_at", "pk")


def _reminded(done: chasing.Reminded) -> str:
    """How many are reminded, and how many were left alone and why."""
    words = [done.outcome]
    if done.lately:
        words.append(f"{counted(len(done.lately), 'interviewer')} left alone, reminded in the last four hours.")
    if done.others:
        words.append(f"{counted(len(done.others), 'interviewer')} left alone, with nothing to score yet.")
    return " ".join(words)


def _told(released: list[Panelist], opening: Opening) -> str:
    return f"{counted(len(released), 'interviewer')} released. “{opening.title}” waits for them no more."
