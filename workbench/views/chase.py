"""Going after scorecards that are owed: the list, a reminder, a new due time."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render

from accounts.http import SignedInRequest, posted, runners_only, sent_keys
from accounts.listing import listed
from accounts.once import once
from accounts.plural import counted
from accounts.refusals import add_errors
from accounts.replica import reads_lists
from candidates.models import Interview, Panelist
from scorecards import chasing
from workbench.chase import CHASE, GROUPS, chased, chosen, rows_of
from workbench.forms import DueForm, RemindForm

MOST = 250  # at a time
NOBODY = "Tick at least one scorecard."


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
    ticked = _ticked(request)
    form = RemindForm(posted(request))
    if form.is_bound and not ticked:
        form.add_error(None, NOBODY)
    if form.is_valid():
        done = chasing.remind(ticked, by=request.user, again=form.cleaned_data["again"])
        messages.success(request, _in_words(done))
        return redirect("chase")
    title, button = "Remind of scorecards", "Remind"
    return _form_page(request, {"form": form, "panelists": ticked, "title": title, "button": button})


@once
def chase_due(request: SignedInRequest) -> HttpResponse:
    """Set when the scorecards of those who come as `panelist` are due."""
    ticked = _ticked(request)
    form = DueForm(posted(request))
    if form.is_bound and not ticked:
        form.add_error(None, NOBODY)
    if form.is_valid():
        interviews: dict[int, Interview] = {panelist.interview_id: panelist.interview for panelist in ticked}
        try:
            changed = chasing.set_due(list(interviews.values()), by=request.user, **form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, f"New due time for {counted(len(changed), 'interview')}.")
            return redirect("chase")
    title, button = "New due time", "Set due time"
    return _form_page(request, {"form": form, "panelists": ticked, "title": title, "button": button})


def _form_page(request: SignedInRequest, context: dict[str, object]) -> HttpResponse:
    status = 422 if request.method == "POST" else 200
    return render(request, "workbench/chase_act.html", context, status=status)


def _ticked(request: SignedInRequest) -> list[Panelist]:
    """Those who were ticked and whom this person may go after, what is due first at the top."""
    runners_only(request)
    pks = sent_keys(posted(request) or request.GET, "panelist")
    return list(chosen(request.user, pks).order_by("interview__due_at", "pk")[:MOST])


def _in_words(done: chasing.Reminded) -> str:
    """Who was reminded, and who was not and why."""
    sentences = [f"{counted(len(done.told), 'reminder')} on the way."]
    if done.waiting:
        sentences.append(f"As quiet hours end: {_names(done.waiting)}.")
    if done.lately:
        sentences.append(f"Left alone, because they were reminded in the last four hours: {_names(done.lately)}.")
    if done.others:
        sentences.append(f"Left alone, because they owe nothing any more or cannot sign in: {_names(done.others)}.")
    return " ".join(sentences)


def _names(panelists: list[Panelist]) -> str:
    names = dict.fromkeys(panelist.user.display_name for panelist in panelists)
    return ", ".join(names)
