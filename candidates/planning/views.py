"""The page on which whole loops are planned: settings, the proposal they give, and planning what it says."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.http import SignedInRequest, posted, sent_keys
from accounts.limits import costly_to_send
from accounts.models import User
from accounts.once import once
from accounts.plural import counted
from accounts.refusals import add_errors
from accounts.searching import find
from candidates.http import closed_page, opening_to_run
from candidates.models import Application, Opening
from candidates.planning.forms import CellsForm, SettingsForm, StartField, proposed, usual_settings
from candidates.planning.people import busy
from candidates.planning.proposals import MOST, chosen_ones, open_ones, plan_all, propose, to_plan
from notices.services import as_told


@costly_to_send
@once
def loop_plan(request: SignedInRequest, pk: int) -> HttpResponse:
    """Settings and the proposal they give; its buttons propose anew, or plan.

    The applications come as `application`, as a list that was brought in (`brought`), or
    are all those that lack an interview.
    """
    opening = opening_to_run(request, pk)
    if closed := closed_page(request, "Plan interviews", opening):
        return closed
    rounds = list(opening.rounds.prefetch_related("panel"))
    act = request.POST.get("act", "")
    settings = SettingsForm(request.POST if act else usual_settings(rounds), rounds=rounds)
    asked = _applications(request, opening)
    applications = list(asked[:MOST])
    more = _left_out(request, asked, applications)
    applications = [application for application, _ in to_plan(applications, rounds)]
    if not applications:
        settings.errors.clear()
        return _page(request, opening, settings, applications, more)
    if not settings.is_valid():
        refused = bool(act)
        if not refused:
            settings.errors.clear()  # nobody has said anything yet
        return _page(request, opening, settings, applications, more, status=422 if refused else 200)
    wanted = to_plan(applications, settings.used)
    if act != "plan":
        slots = propose(wanted, settings.steps(), settings.hours(), by=request.user)
        sent = proposed(slots, settings.zone_info)
        cells = CellsForm(sent, wanted=wanted, settings=settings, by=request.user)
        return _page(request, opening, settings, applications, more, cells)
    cells = CellsForm(request.POST, wanted=wanted, settings=settings, by=request.user)
    answer = _planned(request, opening, settings, cells) if cells.is_valid() else None
    return answer or _page(request, opening, settings, applications, more, cells, status=422)


def colleagues_found(request: SignedInRequest, pk: int) -> JsonResponse:
    """For the boxes of a panel: whom `?q=` finds, and what is to be said of each at `?at=` in `?round=`.

    `?interview=` is the one that is being changed.
    `found` is null where nothing is asked for, so that everybody is meant.
    """
    opening = opening_to_run(request, pk)
    matching = find(request, User.objects.colleagues(), shown=MOST)
    found = list(matching.rows.values_list("pk", flat=True)) if matching.text else None
    rounds = opening.rounds.filter(pk__in=sent_keys(request.GET, "round"))
    minutes = rounds.values_list("minutes", flat=True).first() or 60
    changed = next(iter(sent_keys(request.GET, "interview")), None)
    known = busy(_asked_moment(request), minutes, by=request.user, but=changed)
    return JsonResponse({"found": found, "words": {pk: each.words for pk, each in known.items()}})


def _asked_moment(request: SignedInRequest) -> datetime | None:
    """The moment that `?at=` says in the company's time zone, where it says one."""
    zone = timezone.get_current_timezone()
    assert isinstance(zone, ZoneInfo)
    try:
        return StartField(zone, required=False).clean(request.GET.get("at", ""))
    except ValidationError:
        return None


def _applications(request: SignedInRequest, opening: Opening) -> QuerySet[Application]:
    """Those that were asked for."""
    sent = posted(request) or request.GET
    chosen = sent_keys(sent, "application")
    if chosen:
        return chosen_ones(opening, Q(pk__in=chosen), by=request.user)
    brought = sent_keys(sent, "brought")
    if brought:
        return chosen_ones(opening, Q(brought_by__in=brought), by=request.user)
    return open_ones(opening, by=request.user)


def _left_out(request: SignedInRequest, asked: QuerySet[Application], shown: list[Application]) -> int:
    """How many were asked for beyond these. The page's form sends those that it shows, and how many it left out."""
    said = next(iter(sent_keys(request.POST, "more")), 0)
    return said or (asked.count() - len(shown) if len(shown) == MOST else 0)


def _planned(
    request: SignedInRequest, opening: Opening, settings: SettingsForm, cells: CellsForm
) -> HttpResponse | None:
    """The way on once all is planned; None, with what was refused in the form, where nothing is."""
    hours = settings.cleaned_data["hours_to_score"]
    try:
        interviews = plan_all(opening, cells.wanted(), hours_to_score=hours, by=request.user)
    except ValidationError as error:
        add_errors(cells, ValidationError(error.messages))
        return None
    messages.success(request, as_told(f"{counted(len(interviews), 'interview')} planned."))
    return redirect("opening", opening.pk)


def _page(
    request: SignedInRequest,
    opening: Opening,
    settings: SettingsForm,
    applications: Sequence[Application],
    more: int,
    cells: CellsForm | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "opening": opening,
        "settings_form": settings,
        "form": cells,
        "applications": applications,
        "more": more,
        "total": len(applications) + more,
    }
    return render(request, "candidates/planning/loops.html", context, status=status)
