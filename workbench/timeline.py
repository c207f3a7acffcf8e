"""What became of one application, from the trail, as far as its reader may know."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, NullIf

from accounts.compiled import compiled
from accounts.listing import Column, Listing
from accounts.models import User
from audit.models import Event
from audit.presenters import sentence
from candidates.models import Application, Interview
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


@dataclass(frozen=True)
class Entry:
    """An event in words. `who` is empty where nobody was signed in; `round` names the
    interview that it is about."""

    event: Event
    who: str
    what: str
    round: str


def timeline(application: Application, reader: User, *, blind: bool) -> QuerySet[Any]:
    """The events of this application, in no order, each with `who`, what its actor is called
    today, null where nobody was signed in; `blind` where others' scorecards are hidden
    from the reader."""
    interviews = Interview.objects.filter(application=application)
    cards = Scorecard.objects.filter(panelist__interview__application=application)
    events = Event.objects.filter(
        Q(subject_type="application", subject_id=application.pk)
        | Q(subject_type="candidate", subject_id=application.candidate_id)
        | Q(subject_type="interview", subject_id__in=interviews.values("pk"))
        | Q(subject_type="scorecard", subject_id__in=cards.values("pk"))
    )
    actors = User.objects.filter(pk=OuterRef("actor_id")).order_by()
    events = events.annotate(who=Subquery(actors.values(called=CALLED)))
    if blind:
        return events.filter(Q(kind__in=OPEN) | Q(kind__in=JUDGED, actor_id=reader.pk))
    return events.filter(kind__in=OPEN + JUDGED)


def entries(events: Iterable[Any], application: Application) -> list[Entry]:
    """These events of `timeline` in words, in their order. One query."""
    rounds = _rounds(application)
    shown = []
    for event in events:
        key = (event.subject_type, event.subject_id)
        shown.append(Entry(event, event.who or "", sentence(event.kind), rounds.get(key, "")))
    return shown


def _rounds(application: Application) -> dict[tuple[str, int | None], str]:
    """What the round is called that an interview or a scorecard is of."""
    found: dict[tuple[str, int | None], str] = {}
    for name, interview, card in _interviews(application.pk):
        found["interview", interview] = name
        found["scorecard", card] = name  # of an interview without one under None, which nobody looks for
    return found


@compiled
def _interviews(application: int) -> QuerySet[Any]:
    """Each interview with each of its scorecards, if there is one."""
    rows = Interview.objects.filter(application=application).order_by()
    return rows.values_list("round__name", "pk", "panelists__scorecard")
