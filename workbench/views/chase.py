"""Going after scorecards that are owed: the list, a reminder, a new due time, a
release, an interview that did not take place."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render

from accounts.http import SignedInRequest, posted, runners_only, sent_keys
from accounts.listing import listed
from accounts.models import User
from accounts.once import once
from accounts.plural import counted
from accounts.refusals import add_errors
from accounts.replica import reads_lists
from candidates.models import Interview, Panelist
from notices.services import as_told
from scorecards import chasing, releasing
from scorecards.forms import OwedForm
from workbench.chase import CHASE, GROUPS, chased, names_of, rows_of, ticked
from workbench.forms import DueForm, MissedForm, RemindForm

NOBODY = "Tick at least one scorecard."


@dataclass(frozen=True)
class Act:
    """What may be done with ticked rows. `does` gives what became of them, in words.

    It raises ValidationError where nothing was done.
    """

    title: str
    button: str
    form: type[forms.Form]
    does: Callable[[list[Panelist], User, dict[str, Any]], str]
    lead: str = ""


@reads_lists
def chase(request: SignedInRequest) -> HttpResponse:
    """Who owes a scorecard; 403 for whoever runs no opening."""
    runners_only(request)
    page = listed(request, chased(request.user), CHASE)
    context = {
        "page": page,
        "rows": rows_of(page.rows, page.sort),
        "grouped": page.sort.removeprefix("-") in GROUPS,
        "may_chase": any(getattr(row, "may_chase", False) for row in page),
    }
    return render(request, "workbench/chase.html", context)


@once
def chase_remind(request: SignedInRequest) -> HttpResponse:
    """Remind those who come as `panelist`."""
    return _act(request, Act("Remind of scorecards", "Remind", RemindForm, _remind))


@once
def chase_due(request: SignedInRequest) -> HttpResponse:
    """Set when the scorecards of those who come as `panelist` are due."""
    return _act(request, Act("New due time", "Set due time", DueForm, _set_due))


@once
def chase_release(request: SignedInRequest) -> HttpResponse:
    """Wait no more for those who come as `panelist`, for a reason."""
    lead = (
        "For people who fell ill, have left, or cannot score. What they have written stays in their own draft and is "
        "shown to nobody else. If you put them back on the panel, they can continue it."
    )
    return _act(request, Act("Release interviewers", "Release", OwedForm, _release, lead))


@once
def chase_cancel(request: SignedInRequest) -> HttpResponse:
    """Cancel the interviews of those who come as `panelist`, for a reason."""
    lead = (
        "Each interview is cancelled for its whole panel, and nobody owes a scorecard for it any more. Drafts stay "
        "with those who wrote them. An interview that somebody has submitted a scorecard for stays."
    )
    return _act(request, Act("Interviews that did not take place", "Cancel interviews", MissedForm, _cancel, lead))


def _act(request: SignedInRequest, act: Act) -> HttpResponse:
    """The act's form, and what it did; 422 with the form where nothing was done."""
    runners_only(request)
    chosen = ticked(request.user, sent_keys(posted(request) or request.GET, "panelist"))
    form = act.form(posted(request))
    if form.is_bound and not chosen.panelists:
        form.add_error(None, NOBODY)
    if form.is_valid():
        try:
            done = act.does(chosen.panelists, request.user, form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, " ".join([done, *chosen.left_out]))
            return redirect("chase")
    context = {"form": form, "act": act, "panelists": chosen.panelists, "left_out": chosen.left_out}
    return render(request, "workbench/chase_act.html", context, status=422 if form.is_bound else 200)


def _remind(panelists: list[Panelist], by: User, said: dict[str, Any]) -> str:
    """Who was reminded, and who was not and why."""
    done = chasing.remind(panelists, by=by, again=said["again"])
    sentences = [done.outcome]
    if done.waiting and settings.MAIL_IS_SET_UP:
        sentences.append(f"As quiet hours end: {names_of(done.waiting)}.")
    if done.lately:
        sentences.append(f"Left alone, because they were reminded in the last four hours: {names_of(done.lately)}.")
    if done.others:
        sentences.append(f"Left alone, because they owe nothing any more or cannot sign in: {names_of(done.others)}.")
    return " ".join(sentences)


def _set_due(panelists: list[Panelist], by: User, said: dict[str, Any]) -> str:
    changed = chasing.set_due(_interviews(panelists), by=by, due_at=said["due_at"])
    return as_told(f"New due time for {counted(len(changed), 'interview')}.")


def _release(panelists: list[Panelist], by: User, said: dict[str, Any]) -> str:
    done = releasing.release_each(panelists, by=by, reason=said["reason"])
    why_not = [reason for _, reason in done.kept]
    if not done.panelists:
        raise ValidationError(why_not)
    return _each(counted(len(done.panelists), "interviewer") + " released", why_not)


def _cancel(panelists: list[Panelist], by: User, said: dict[str, Any]) -> str:
    done = releasing.cancel_each(_interviews(panelists), by=by, reason=said["reason"])
    why_not = [f"{_in_words(interview)}: {reason}" for interview, reason in done.kept]
    if not done.interviews:
        raise ValidationError(why_not)
    return as_told(_each(counted(len(done.interviews), "interview") + " cancelled", why_not))


def _each(done: str, why_not: list[str]) -> str:
    """“3 interviewers released, 1 not: ” and why."""
    if not why_not:
        return f"{done}."
    return f"{done}, {len(why_not):,} not: {' '.join(why_not)}"


def _interviews(panelists: list[Panelist]) -> list[Interview]:
    """Each interview once."""
    found = {panelist.interview_id: panelist.interview for panelist in panelists}
    return list(found.values())


def _in_words(interview: Interview) -> str:
    return f"{interview.round.name} with {interview.application.candidate.name}"
