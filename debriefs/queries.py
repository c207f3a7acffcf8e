"""Whether a debrief has changed since it was shown, and what there is to be read of it."""

from typing import Any, NamedTuple

from django.db.models import Count, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from accounts.compiled import compiled
from candidates.models import Application, Panelist
from debriefs.models import Attendee, Decision, Meeting, MeetingNote, Reopening, ReRating
from scorecards.models import Amendment, Override, PanelistRelease, Scorecard, Withdrawal


class DebriefCounts(NamedTuple):
    """How many there are of what a debrief shows. Shadows count for nothing."""

    cards: int
    amendments: int
    withdrawals: int
    releases: int
    re_ratings: int
    notes: int
    decisions: int
    reopenings: int
    attendees: int
    meetings: int
    overrides: int

    @property
    def revision(self) -> str:
        """The counts joined by dots: another one once there is more to be shown."""
        return ".".join(map(str, self))


def debrief_counts(application: Application) -> DebriefCounts:
    """One query.

    A page asks for it before it reads what it shows: what comes in between is then
    news, and nothing is missed. Raises Application.DoesNotExist where the application
    was removed meanwhile.
    """
    counts = _counts.first(application.pk)
    if counts is None:
        raise Application.DoesNotExist
    return DebriefCounts(*counts)


def debrief_revision(application: Application) -> str:
    return debrief_counts(application).revision


@compiled
def _counts(application: int) -> QuerySet[Application, tuple[int, ...]]:
    of_leads = Scorecard.objects.filter(
        panelist__interview__application=OuterRef("pk"),
        panelist__role=Panelist.Role.LEAD,
    )
    parts = {
        "cards": of_leads.exclude(state=Scorecard.State.DRAFT),
        "amendments": Amendment.objects.filter(
            scorecard__panelist__interview__application=OuterRef("pk"),
            scorecard__panelist__role=Panelist.Role.LEAD,
        ),
        "withdrawals": Withdrawal.objects.filter(
            scorecard__panelist__interview__application=OuterRef("pk"),
            scorecard__panelist__role=Panelist.Role.LEAD,
        ),
        "releases": PanelistRelease.objects.filter(
            panelist__interview__application=OuterRef("pk"),
            panelist__role=Panelist.Role.LEAD,
        ),
        "re_ratings": ReRating.objects.filter(meeting__application=OuterRef("pk")),
        "notes": MeetingNote.objects.filter(meeting__application=OuterRef("pk")),
        "decisions": Decision.objects.filter(application=OuterRef("pk")),
        "reopenings": Reopening.objects.filter(decision__application=OuterRef("pk")),
        "attendees": Attendee.objects.filter(meeting__application=OuterRef("pk")),
        "meetings": Meeting.objects.filter(application=OuterRef("pk")),
        "overrides": Override.objects.filter(application=OuterRef("pk")),
    }
    counts = [_count(parts[name]) for name in DebriefCounts._fields]
    return Application.objects.filter(pk=application).order_by().values_list(*counts)


def _count(rows: QuerySet[Any]) -> Coalesce:
    counted = rows.order_by().annotate(one=Value(1)).values("one").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)
