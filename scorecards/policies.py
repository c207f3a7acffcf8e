"""Submit before you see: who may be shown others' judgement of an application."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import User
from candidates.models import Application, Opening, Panelist
from candidates.policies import decidable, may_decide, may_run, runnable
from scorecards.models import Override, Scorecard


def unblinded(applications: QuerySet[Application], user: User) -> QuerySet[Application]:
    """Without those whose panel this person is on and has not finished, unless overridden."""
    seats = Panelist.objects.filter(interview__application=OuterRef("pk"), user=user)
    owed = seats.filter(Q(scorecard__isnull=True) | Q(scorecard__state=Scorecard.State.DRAFT))
    override = Override.objects.filter(application=OuterRef("pk"), user=user)
    return applications.filter(~Exists(owed) | Exists(override))


def debriefs(user: User) -> QuerySet[Application]:
    """Applications whose debrief this person may read: those they run, and those they scored; never blind."""
    runs = Q(opening__in=Opening.objects.visible_to(user))
    scored = Exists(
        Scorecard.objects.filter(
            panelist__interview__application=OuterRef("pk"),
            panelist__user=user,
            state=Scorecard.State.SUBMITTED,
        )
    )
    let_in = Exists(Override.objects.filter(application=OuterRef("pk"), user=user))
    return unblinded(Application.objects.visible_to(user).filter(runs | Q(scored) | Q(let_in)), user)


def with_rights(applications: QuerySet[Application], user: User) -> QuerySet[Any]:
    """The applications with `sees`, `runs` and `decides`: what this person may do with the debrief of each."""
    same = Q(pk=OuterRef("opening"))
    return applications.annotate(
        sees=Exists(debriefs(user).filter(pk=OuterRef("pk"))),
        runs=Exists(runnable(user).filter(same)),
        decides=Exists(decidable(user).filter(same)),
    )


def may_see_debrief(user: User, application: Application) -> bool:
    return debriefs(user).filter(pk=application.pk).exists()


def may_record_decision(user: User, application: Application) -> bool:
    return may_decide(user, application.opening) and may_see_debrief(user, application)


def may_request_packet(user: User, application: Application) -> bool:
    return may_run(user, application.opening) and may_see_debrief(user, application)


def may_override(user: User, application: Application) -> bool:
    """A recruiter of the opening who is not on the application's panel."""
    on_panel = Panelist.objects.filter(interview__application=application, user=user).exists()
    return user.is_recruiter and may_run(user, application.opening) and not on_panel
