"""The page on which several applications get another status."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render

from accounts.http import SignedInRequest, posted, sent_keys
from accounts.models import User
from accounts.once import once
from accounts.plural import counted
from accounts.refusals import add_errors
from candidates.bulk.forms import StatesForm
from candidates.bulk.states import named, set_states
from candidates.http import opening_to_run
from candidates.locks import lock_applications, lock_candidates, lock_openings
from candidates.models import Application, Interview, Opening
from candidates.policies import runnable
from files.forms import AlongOfManyForm
from files.moving import move_all_with
from workbench.views.applications import told_of_move

MOST = 250  # at a time


@once
def application_states(request: SignedInRequest, pk: int) -> HttpResponse:
    """Set how the applications stand that come as `application`, or move them to another opening."""
    opening = opening_to_run(request, pk)
    if request.method == "POST":
        lock_openings([pk, *sent_keys(request.POST, "to")])
    chosen = _chosen(request, opening)
    openings = runnable(request.user).filter(closed_at=None).exclude(pk=pk)
    form = StatesForm(posted(request), openings=openings, applications=chosen)
    if form.is_bound and not chosen:
        form.add_error(None, "Tick at least one application.")
    along = AlongOfManyForm(posted(request))
    if form.is_valid() and along.is_valid():
        try:
            done = _set(chosen, form, along.cleaned_data["takes"], request.user)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, done)
            return redirect("opening", pk)
    context = {
        "form": form,
        "along": along,
        "opening": opening,
        "applications": chosen,
        "coming": Interview.objects.to_come().filter(application__in=chosen).count(),
    }
    return render(request, "workbench/application_states.html", context, status=422 if form.is_bound else 200)


def _chosen(request: SignedInRequest, opening: Opening) -> list[Application]:
    """Those of the opening that were ticked and that this person may know, by name."""
    pks = sent_keys(posted(request) or request.GET, "application")
    run = Application.objects.run_by(request.user).filter(opening=opening, pk__in=pks, candidate__erased_at=None)
    if request.method == "POST":
        lock_candidates(run.values_list("candidate", flat=True))
        lock_applications(run.values_list("pk", flat=True))
    return list(run.select_related("candidate", "opening").order_by("candidate__sort_key", "pk")[:MOST])


def _set(chosen: list[Application], form: StatesForm, takes: str, by: User) -> str:
    """The words for what was done. Raises ValidationError."""
    wanted = form.cleaned_data
    if wanted["state"] == Application.State.MOVED:
        moved, taken = move_all_with(chosen, to=wanted["to"], takes=takes, reason=wanted["reason"], by=by)
        return told_of_move(f"{counted(len(moved), 'application')} moved", wanted["to"], taken)
    changed = set_states(chosen, state=wanted["state"], reason=wanted["reason"], by=by)
    label = Application.State(wanted["state"]).label
    done = f"{counted(len(changed), 'application')} set to “{label}”."
    stood_so = [application for application in chosen if application not in changed]
    return f"{done} It was so already for {named(stood_so)}." if stood_so else done
