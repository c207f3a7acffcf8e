"""How each of many applications stands, as far as the reader may know: next step,
scorecards in and owed, who is late.

To whoever still owes a scorecard an application says nothing of what others handed in:
not in its row, its place in an order, a filter or a count.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    DateTimeField,
    IntegerChoices,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Greatest, Now
from django.utils import timezone

from accounts.listing import Choice, Column, Filter, Listing, SubqueryCount, View, at_most_one
from accounts.models import User
from candidates.models import HELD, NEVER, OPEN, STARTED, Application, Interview, Panelist, StateChange, Status
from debriefs.models import Decision
from scorecards.models import Scorecard, blind, counts, expected, owed
from scorecards.policies import shown_status

FINAL = (Application.Decided.HIRE, Application.Decided.NO_HIRE)  # nobody is late any more
MAY_BE_LATE = ~Q(decided__in=FINAL) & ~Q(state__in=Application.CLOSED)
PLANNED_FOR = Q(opening__closed_at=None)  # no interview is planned in a closed opening; what was begun there goes on


class Step(IntegerChoices):
    """What an application waits for, in the order of a hiring's way."""

    OWN = 0, "Your scorecard"
    PLAN = 1, "Plan interviews"
    INTERVIEW = 2, "Interview"
    SCORECARDS = 3, "Scorecards"
    DEBRIEF = 4, "Debrief"
    DECISION = 5, "Decision"
    NONE = 9, "None"


def with_next_steps(applications: QuerySet[Application], reader: User, now: datetime) -> QuerySet[Any]:
    """Each with `hidden` (others' scorecards are, from this reader), `step`, `status`,
    `expected`, `submitted`, `owing`, `late` and, never null, `next_at` and
    `changed_at`.

    `expected` counts those submitted and those that may still come. What is hidden
    counts as 0, and as no change but those that say nothing of judgement.
    """
    panelists = Panelist.objects.filter(interview__application=OuterRef("pk"))
    leads = panelists.filter(role=Panelist.Role.LEAD)
    counted = leads.filter(counts())
    interviews = Interview.objects.held().filter(application=OuterRef("pk"))
    ahead = interviews.filter(starts_at__gt=now)
    late = panelists.filter(owes_by__lt=now)
    nobody_late = When(~MAY_BE_LATE, then=Value(0))
    known = applications.annotate(
        hidden=Case(When(blind(reader), then=Value(True)), default=Value(False)),
        has_interviews=at_most_one(interviews),
        has_next=at_most_one(ahead),
        has_cards=at_most_one(counted),
        next_at=Coalesce(_least(ahead, "starts_at"), Value(NEVER)),
        expected=_unless_hidden(SubqueryCount(leads.filter(expected()))),
        submitted=_unless_hidden(SubqueryCount(counted)),
        owing=_unless_hidden(SubqueryCount(leads.filter(owed()))),
        late=_unless_hidden(SubqueryCount(late), nobody_late),
        status=shown_status(reader),
    )
    known = known.alias(
        has_own_cards=at_most_one(counted.filter(scorecard__imported=False)),
        has_late=at_most_one(late),
    )
    return known.annotate(step=_step(), changed_at=_changed_at())


def _least(rows: QuerySet[Any], column: str) -> Subquery:
    return Subquery(rows.order_by(column).values(column)[:1])


def _newest(rows: QuerySet[Any], column: str) -> Subquery:
    """Of those of one application; null where there is none."""
    dated = rows.filter(**{f"{column}__isnull": False})
    return Subquery(dated.order_by(f"-{column}").values(column)[:1])


def _unless_hidden(count: SubqueryCount, *others: When) -> Case:
    hidden = When(hidden=True, then=Value(0))
    return Case(hidden, *others, default=count, output_field=IntegerField())


# The first that holds says what an application waits for; else it is the decision.
WAYS = (
    (Q(state__in=(*Application.CLOSED, Application.State.ON_HOLD)), Step.NONE),
    (Q(hidden=True), Step.OWN),
    (~Q(decided=""), Step.NONE),
    (PLANNED_FOR & Q(has_interviews=0, owed_by=None), Step.PLAN),
    (Q(has_next=1), Step.INTERVIEW),
    (Q(owed_by__isnull=False), Step.SCORECARDS),
    (Q(debrief_opened_at=None, has_own_cards=1), Step.DEBRIEF),
    (PLANNED_FOR & Q(has_cards=0), Step.PLAN),
    (Q(debrief_opened_at=None), Step.NONE),  # imported ones wait for nobody
)


def _step() -> Case:
    whens = [When(condition, then=Value(step.value)) for condition, step in WAYS]
    return Case(*whens, default=Value(Step.DECISION.value), output_field=IntegerField())


def _is_step(sought: Step) -> Case:
    """Whether this is the step. The ways after the last one that leads there are not
    worked out."""
    steps = [step for _, step in WAYS]
    last = max((at for at, step in enumerate(steps) if step is sought), default=len(WAYS))
    whens = [When(condition, then=Value(step is sought)) for condition, step in WAYS[: last + 1]]
    return Case(*whens, default=Value(sought is Step.DECISION), output_field=BooleanField())


def _changed_at() -> Case:
    """When the application came in, was set to another state, was scored or decided."""
    application = OuterRef("pk")
    cards = Scorecard.objects.filter(panelist__interview__application=application)
    decisions = Decision.objects.filter(application=application)
    set_by_hand = _newest(StateChange.objects.filter(application=application), "at")
    judged = (_newest(cards, "submitted_at"), _newest(decisions, "decided_at"))
    told = When(hidden=True, then=Greatest("created_at", set_by_hand))
    return Case(
        told,
        default=Greatest("created_at", set_by_hand, "debrief_opened_at", *judged),
        output_field=DateTimeField(),
    )


def describe(applications: Iterable[Any]) -> None:
    """Give each of a page's rows the names of who is late, as `late_people`, and its
    step and status with their words. One query, where anybody is late."""
    rows = list(applications)
    late = [row.pk for row in rows if row.late]
    people = _late_people(late) if late else {}
    for row in rows:
        row.late_people = people.get(row.pk, [])
        row.next_step, row.shown_status = Step(row.step), Status(row.status)


def _late_people(applications: list[int]) -> dict[int, list[str]]:
    panelists = Panelist.objects.filter(
        owed(), interview__application__in=applications, interview__due_at__lt=timezone.now()
    )
    rows = panelists.order_by("interview__due_at", "pk").values_list(
        "interview__application", "user__name", "user__email"
    )
    people: dict[int, list[str]] = {}
    for application, name, email in rows:
        people.setdefault(application, []).append(name or email)
    return people


# --- the lists -----------------------------------------------------------------------
NAME = Column("name", "Candidate", order="candidate__sort_key", fixed=True)
OPENING = Column("opening", "Opening", order="opening__sort_key")
STEP = Column("step", "Next step", order="step")
SCORECARDS = Column("scorecards", "Scorecards", order="owing", falls=True)
LATE = Column("late", "Late", order="late", falls=True)
NEXT = Column("next", "Next interview", order="next_at")
STATUS = Column("status", "Status", order="status")
CHANGED = Column("changed", "Last change", order="changed_at", falls=True)
APPLIED = Column("applied", "Added", order="created_at", falls=True, chosen=False)


# No interview is due before it begins, and the time when it is due is indexed.
AHEAD = Interview.objects.held().filter(due_at__gt=Now())
# What holds of each application that waits for this step, said so that a narrower index is asked.
NARROWED = {
    Step.PLAN: OPEN & PLANNED_FOR & Q(owed_by=None),
    Step.INTERVIEW: OPEN & Q(pk__in=AHEAD.values("application")),
    Step.SCORECARDS: OPEN & Q(owed_by__isnull=False),
    Step.DEBRIEF: OPEN & STARTED & Q(owed_by=None, debrief_opened_at=None),
    Step.DECISION: OPEN & Q(owed_by=None, debrief_opened_at__isnull=False),
}


def _steps() -> Iterable[Choice]:
    """A step that somebody has to take is one of an open application.

    The planner takes an equation with something worked out for rare and reads all rows;
    of a truth it takes half to hold, and stops where the page is full.
    """
    for step in Step:
        yield Choice(step.name.lower(), step.label, Q(_is_step(step)) & NARROWED.get(step, Q()))


STEPS = Filter("step", "Next step", tuple(_steps()), "Any")
# Which applications have a status, by columns that are indexed: the planner takes what is worked out for rare.
IN_HAND = ~Q(state__in=Application.CLOSED)
KNOWN = IN_HAND & Q(hidden=False)
HAS_STATUS = {
    Status.ACTIVE: Q(state=Status.ACTIVE) & (Q(decided="") | Q(hidden=True)),
    Status.ON_HOLD: HELD & IN_HAND & (Q(hidden=True, state=Status.ON_HOLD) | Q(hidden=False) & ~Q(decided__in=FINAL)),
    Status.HIRED: Q(decided=Application.Decided.HIRE) & KNOWN,
    Status.NOT_HIRED: Q(decided=Application.Decided.NO_HIRE) & KNOWN,
    Status.WITHDRAWN: Q(state=Status.WITHDRAWN),
    Status.REJECTED: Q(state=Status.REJECTED),
    Status.MOVED: Q(state=Status.MOVED),
}


def _statuses() -> Iterable[Choice]:
    for status in Status:
        yield Choice(status.name.lower(), status.label, HAS_STATUS[status])


STATUSES = Filter("status", "Status", tuple(_statuses()), "Any")
# Where `late` is above 0, said so that whether it is hidden is asked last, and of few.
IS_LATE = Case(
    When(has_late=0, then=Value(False)),
    When(hidden=True, then=Value(False)),
    default=Value(True),
    output_field=BooleanField(),
)
LATES = Filter("late", "Late", (Choice("yes", "Late scorecards", MAY_BE_LATE & Q(IS_LATE)),), "Any")
VIEWS = (
    View("All"),
    View("Active", {"status": "active"}),
    View("To plan", {"step": "plan"}),
    View("Late", {"late": "yes"}),
    View("Ready for debrief", {"step": "debrief"}),
    View("To decide", {"step": "decision"}),
)
OF_OPENING = Listing(
    one="application",
    noun="applications",
    columns=(NAME, STEP, SCORECARDS, LATE, NEXT, STATUS, CHANGED, APPLIED),
    order="-applied",
    filters=(STEPS, STATUSES, LATES),
    views=VIEWS,
    way="candidate__",
    sought="Name or e-mail address",
)
OF_ALL = Listing(
    one="application",
    noun="applications",
    columns=(NAME, OPENING, STEP, SCORECARDS, LATE, NEXT, STATUS, CHANGED, APPLIED),
    order="-applied",
    filters=(STEPS, STATUSES, LATES),
    views=VIEWS,
    way="candidate__",
    sought="Name or e-mail address",
)
