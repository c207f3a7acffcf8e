"""Whether a debrief has changed since it was shown."""

from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from accounts.compiled import compiled
from candidates.models import Application, Panelist
from debriefs.models import Attendee, Decision, MeetingNote, Reopening, ReRating
from scorecards.models import Amendment, PanelistRelease, Scorecard, Withdrawal


def debrief_revision(application: Application) -> str:
    """What a debrief shows, as counts joined by dots: scorecards, amendments,
    withdrawals, releases, re-ratings, notes, decisions, reopenings, attendees. Shadows
    count for nothing. One query.

    A page asks for it before it reads what it shows: what comes in between is then
    news, and nothing is missed.
    """
    counts = _counts.first(application.pk)
    if counts is None:
        raise Application.DoesNotExist
    return ".".join(map(str, counts))


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
        "ratings": ReRating.objects.filter(meeting__application=OuterRef("pk")),
        "notes": MeetingNote.objects.filter(meeting__application=OuterRef("pk")),
        "decisions": Decision.objects.filter(application=OuterRef("pk")),
        "reopenings": Reopening.objects.filter(decision__application=OuterRef("pk")),
        "attendees": Attendee.objects.filter(meeting__application=OuterRef("pk")),
    }
    counts = {name: _count(rows) for name, rows in parts.items()}
    return Application.objects.filter(pk=application).order_by().values_list(*counts.values())


def _count(rows: QuerySet[Any]) -> Coalesce:
    counted = rows.order_by().annotate(one=Value(1)).values("one").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)
