"""What a table says of an application after its name: a list has it on each of its rows,
so that it is written in one go instead of by a template's tags."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from django import template
from django.utils.safestring import SafeString

from accounts.addresses import address
from accounts.markup import filled, joined
from candidates.models import Status
from candidates.templatetags.moments import day, when
from candidates.templatetags.statuses import status_pill
from workbench.next_steps import Step

register = template.Library()
CELL = '<td data-column="{}">{}</td>\n'
NONE = '<td data-column="{}" class="eh-none"><span class="eh-meta">–</span></td>\n'
LINK = '<a href="{}">{}</a>'
TEXT = "<span>{}</span>"
META = '<span class="eh-meta">{}</span>'
COUNT = "<span>{} of {} in</span>"
OWED = ' <span class="eh-meta">{} owed</span>'
LATE = '<span class="eh-overdue">{}</span>'
NAME = "<bdi>{}</bdi>"
NO_COUNT = filled(META, "–")
HIDDEN = filled(META, "hidden until you submit yours")


class Described(Protocol):
    """An application of a table, as `next_steps` describes it."""

    pk: int
    next_step: Step
    hidden: bool
    expected: int
    submitted: int
    owing: int
    late_people: Sequence[str]
    next_at: datetime
    shown_status: Status
    changed_at: datetime
    created_at: datetime


@register.simple_tag
def application_cells(application: Described, shows: Mapping[str, bool], *, plans: bool) -> SafeString:
    """The cells of the columns that are shown; `plans` where the reader may plan the
    interviews."""
    return joined(cell(application, plans) for column, cell in CELLS.items() if shows.get(column))


def _step(application: Described, plans: bool) -> SafeString:
    step = application.next_step
    if step == Step.NONE:
        return filled(NONE, "Next step")
    if step in {Step.DEBRIEF, Step.DECISION}:
        return filled(CELL, "Next step", filled(LINK, address("debrief", application.pk), step.label))
    if step == Step.PLAN and plans:
        return filled(CELL, "Next step", filled(LINK, address("interview_new", application.pk), step.label))
    return filled(CELL, "Next step", filled(TEXT, step.label))


def _scorecards(application: Described, plans: bool) -> SafeString:
    return filled(CELL, "Scorecards", _counts(application))


def _counts(application: Described) -> SafeString:
    """Nothing of the others' judgement before the reader has given their own."""
    if application.hidden:
        return HIDDEN
    if not application.expected:
        return NO_COUNT
    came = filled(COUNT, application.submitted, application.expected)
    return came + filled(OWED, application.owing) if application.owing else came


def _late(application: Described, plans: bool) -> SafeString:
    if not application.late_people:
        return filled(NONE, "Late")
    names = [filled(NAME, name) for name in application.late_people]
    return filled(CELL, "Late", filled(LATE, SafeString(", ".join(names))))


def _next(application: Described, plans: bool) -> SafeString:
    if application.next_at.year == 9999:  # stands last where there is none
        return filled(NONE, "Next interview")
    return filled(CELL, "Next interview", filled(TEXT, when(application.next_at)))


def _status(application: Described, plans: bool) -> SafeString:
    return filled(CELL, "Status", status_pill(application.shown_status))


def _changed(application: Described, plans: bool) -> SafeString:
    return filled(CELL, "Last change", filled(TEXT, day(application.changed_at)))


def _applied(application: Described, plans: bool) -> SafeString:
    return filled(CELL, "Added", filled(TEXT, day(application.created_at)))


CELLS = {
    "step": _step,
    "scorecards": _scorecards,
    "late": _late,
    "next": _next,
    "status": _status,
    "changed": _changed,
    "applied": _applied,
}
