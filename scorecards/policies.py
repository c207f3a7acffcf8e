"""Submit before you see: who may be shown others' judgement of an application."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Case, CharField, Exists, F, Model, OuterRef, Q, QuerySet, When

from accounts.compiled import among
from accounts.models import User
from candidates.models import Application, Interview, Opening, Panelist, Status, own
from candidates.states import status, status_of
from notices.kinds import OF_OTHERS
from notices.models import SEVERAL
from scorecards.models import Override, Scorecard, blind, unblinded, writable


def hidden_applications(user: User) -> QuerySet[Any]:
    """The keys of those that this person is blind to, and of their own.

    Begun with their panelists and joined as lists, so that the other applications are not gone through.
    """
    owing = Panelist.objects.filter(writable(), user=user)
    unread = Application.objects.filter(blind(user), pk__in=owing.values("interview__application"))
    themselves = Application.objects.filter(own(user))
    keys = themselves.order_by().values("pk")
    return unread.order_by().values("pk").union(keys, all=True)


def hidden_events(user: User) -> Q:
    """Others' acts on hidden applications and on what belongs to them."""
    hidden = hidden_applications(user)
    return others_acts(
        user,
        {
            "application": hidden,
            "interview": Interview.objects.filter(application__in=hidden),
            "scorecard": Scorecard.objects.filter(panelist__interview__application__in=hidden),
        },
    )


def hidden_mail(user: User) -> Q:
    """Mail to others about hidden applications: that one is late or all are in tells of their judgement."""
    hidden = hidden_applications(user)
    about = Q(about_type="application", about_id__in=hidden.values("pk"))
    if hidden.exists():
        about |= Q(about_type=SEVERAL)  # which applications those are, it does not say
    return about & (Q(receiver__isnull=True) | ~Q(receiver=user.pk))


def hidden_chat(user: User) -> Q:
    """Messages to channels that tell of others' judgement on hidden applications."""
    hidden = hidden_applications(user)
    return Q(kind__in=OF_OTHERS, about_type="application", about_id__in=hidden.values("pk"))


def withheld_notices() -> Q:
    """Notices of others' judgement whose receivers are `blind` to the application by now."""
    theirs = {"interview__application": OuterRef("about_id"), "user": OuterRef("receiver")}
    owing = Panelist.objects.filter(writable(), **theirs)
    let_in = Override.objects.filter(application=OuterRef("about_id"), user=OuterRef("receiver"))
    return Q(kind__in=OF_OTHERS, about_type="application") & Q(Exists(owing)) & ~Q(Exists(let_in))


def others_acts(user: User, subjects: Mapping[str, QuerySet[Model]]) -> Q:
    """Events that somebody else caused on these rows, by the trail's name of a model."""
    found = Q(pk__in=[])
    for name, rows in subjects.items():
        found |= Q(subject_type=name, subject_id__in=rows.values("pk"))
    return found & (Q(actor_id__isnull=True) | ~Q(actor_id=user.pk))


def shown_status(user: User) -> Case:
    """How applications stand, as this person may know it: a value of `Status`.

    Whoever is blind to one is not told what was decided.
    """
    return Case(When(blind(user), then=F("state")), default=status(), output_field=CharField())


def status_shown(user: User, application: Application) -> Status:
    """The same of one application."""
    if Application.objects.filter(blind(user), pk=application.pk).exists():
        return Status(application.state)
    return status_of(application)


def nameless(user: User, *, application: str = "") -> Q:
    """Applications of anonymous openings whose candidate this person may not know.

    That is who owes a scorecard, and who neither runs the opening nor has submitted
    one. `application` leads there from the rows that are narrowed.
    """
    way = f"{application}__" if application else ""
    panelists = Panelist.objects.filter(interview__application=OuterRef(application or "pk"), user=user)
    owing = Exists(panelists.filter(writable()))
    runs = Opening.objects.visible_to(user).filter(pk=OuterRef(f"{way}opening"))
    known = Exists(runs) | Exists(panelists.filter(scorecard__state=Scorecard.State.SUBMITTED))
    return Q(**{f"{way}opening__anonymous": True}) & (Q(owing) | ~Q(known))


def debriefs(user: User) -> QuerySet[Application]:
    """Applications whose debrief this person may read.

    Those they run, scored or were let in to, unless they are blind to it; for a guest
    none.
    """
    if user.is_guest:
        return Application.objects.none()
    runs = Q(opening__in=Opening.objects.visible_to(user))
    scored = Exists(
        Scorecard.objects.filter(
            panelist__interview__application=OuterRef("pk"),
            panelist__user=user,
            state=Scorecard.State.SUBMITTED,
            withdrawal=None,
        )
    )
    let_in = Exists(Override.objects.filter(application=OuterRef("pk"), user=user))
    visible = Application.objects.visible_to(user)
    return unblinded(visible.filter(runs | Q(scored) | Q(let_in)), user)


def may_see_debrief(user: User, application: Application) -> bool:
    """Whether the application is among this person's `debriefs`."""
    return _debrief.any(user, application.pk)


_debrief = among(debriefs)


def overridable(user: User) -> QuerySet[Application]:
    """Applications on which this person may let others see before submitting: those that
    a company recruiter sees and on whose panel they are not.

    A recruiter's role on the opening is not enough: its hiring manager may hand that
    out, also to let themselves in.
    """
    if not user.is_recruiter:
        return Application.objects.none()
    on_panel = Panelist.objects.filter(interview__application=OuterRef("pk"), user=user)
    return Application.objects.run_by(user).filter(~Exists(on_panel))


def may_override(user: User, application: Application) -> bool:
    """Whether the application is `overridable` for this person."""
    return _overridable.any(user, application.pk)


_overridable = among(overridable)
