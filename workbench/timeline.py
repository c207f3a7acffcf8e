"""What became of one application, from the trail, as far as its reader may know."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Case, CharField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, NullIf

from accounts.listing import Column, Listing
from accounts.models import User
from audit.models import Event
from audit.presenters import sentence
from candidates.models import Application, Interview, looked_up_first
from scorecards.models import Scorecard

# What says nothing of anybody's judgement, not even that there is any.
OPEN = (
    "application.created",
    "application.state_set",
    "candidate.edited",
    "candidate.merged",
    "interview.planned",
    "interview.changed",
    "interview.cancelled",
    "panelist.added",
    "panelist.removed",
)
# What only those read who owe no scorecard; of one's own acts everybody reads these too.
JUDGED = (
    "scorecard.submitted",
    "scorecard.declined",
    "scorecard.decline_taken_back",
    "scorecard.withdrawn",
    "panelist.released",
    "interview.due_set",
    "scorecard.amended",
    "scorecard.imported",
    "debrief.opened",
    "debrief.reopened",
    "decision.recorded",
    "override.granted",
)
TIMELINE = Listing(
    one="event",
    noun="events",
    columns=(
        Column("at", "When", order="at", falls=True, fixed=True),
        Column("who", "Who"),
        Column("what", "What"),
        Column("round", "Interview"),
    ),
    order="-at",
)


CALLED = Coalesce(NullIf("name", Value("")), "email", output_field=CharField())  # as `User.display_name` says it


class Entry(NamedTuple):
    """An event in words. `who` is empty where nobody was signed in; `round` names the
    interview that it is about."""

    at: datetime
    who: str
    what: str
    round: str


def timeline(application: Application, reader: User, *, blind: bool) -> QuerySet[Any]:
    """The events of this application, in no order; `blind` where others' scorecards are
    hidden from the reader.

    Each has `who`, what its actor is called today, null where nobody was signed in, and
    `round`, what the round of its interview is called, null where it is about none.
    """
    interviews = Interview.objects.filter(application=application)
    cards = Scorecard.objects.filter(panelist__interview__application=application)
    events = Event.objects.filter(
        Q(subject_type="application", subject_id=application.pk)
        | Q(subject_type="candidate", subject_id=application.candidate_id)
        | Q(looked_up_first("subject_id", interviews), subject_type="interview")
        | Q(looked_up_first("subject_id", cards), subject_type="scorecard")
    )
    actors = User.objects.filter(pk=OuterRef("actor_id")).order_by()
    events = events.annotate(who=Subquery(actors.values(called=CALLED)), round=_round())
    if blind:
        return events.filter(Q(kind__in=OPEN) | Q(kind__in=JUDGED, actor_id=reader.pk))
    return events.filter(kind__in=OPEN + JUDGED)


def _round() -> Case:
    """What the round is called that an event's interview or scorecard is of."""
    interviews = Interview.objects.filter(pk=OuterRef("subject_id")).order_by()
    cards = Scorecard.objects.filter(pk=OuterRef("subject_id")).order_by()
    return Case(
        When(subject_type="interview", then=Subquery(interviews.values("round__name"))),
        When(subject_type="scorecard", then=Subquery(cards.values("panelist__interview__round__name"))),
    )


def entries(events: Iterable[Any]) -> list[Entry]:
    """These events of `timeline` in words, in their order."""
    shown = []
    for event in events:
        what = sentence(event.kind)
        shown.append(Entry(event.at, event.who or "", what, event.round or ""))
    return shown
