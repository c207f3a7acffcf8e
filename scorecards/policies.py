"""Submit before you see: who may be shown others' judgement of an application."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import User
from candidates.models import Application, Candidate, Interview, Opening, Panelist
from candidates.policies import decidable, may_decide, runnable
from scorecards.models import Override, Packet, PacketBatch, Scorecard, blind, unblinded


def hidden_events(user: User) -> Q:
    """Others' acts on applications that this person is blind to, or that are their own: the trail leaves them out."""
    own = Q(candidate__email__iexact=user.email)
    hidden = Application.objects.filter(blind(user) | own)
    subjects = {
        "application": hidden,
        "interview": Interview.objects.filter(application__in=hidden),
        "scorecard": Scorecard.objects.filter(panelist__interview__application__in=hidden),
        "packet": Packet.objects.filter(application__in=hidden),
        "packetbatch": PacketBatch.objects.filter(items__application__in=hidden),
    }
    found = Q(pk__in=[])
    for name, rows in subjects.items():
        found |= Q(subject_type=name, subject_id__in=rows.values("pk"))
    return found & (Q(actor_id__isnull=True) | ~Q(actor_id=user.pk))


def nameless(user: User, *, application: str = "") -> Q:
    """Applications of anonymous openings whose candidate this person may not know: who owes a scorecard, and who
    neither runs the opening nor has submitted one. `application` leads there from the rows that are narrowed."""
    way = f"{application}__" if application else ""
    seats = Panelist.objects.filter(interview__application=OuterRef(application or "pk"), user=user)
    owed = seats.filter(Q(scorecard__isnull=True) | Q(scorecard__state=Scorecard.State.DRAFT))
    runs = Opening.objects.visible_to(user).filter(pk=OuterRef(f"{way}opening"))
    known = Exists(runs) | Exists(seats.filter(scorecard__state=Scorecard.State.SUBMITTED))
    return Q(**{f"{way}opening__anonymous": True}) & (Q(Exists(owed)) | ~Q(known))


def debriefs(user: User) -> QuerySet[Application]:
    """Applications whose debrief this person may read: those they run, and those they scored; never blind, and never
    somebody external."""
    if user.is_external:
        return Application.objects.none()
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
    """The applications with `sees`, `runs` and `decides`: what this person may do with the debrief of each; and with
    `nameless` where they may not know whose it is."""
    same = Q(pk=OuterRef("opening"))
    return applications.annotate(
        sees=Exists(debriefs(user).filter(pk=OuterRef("pk"))),
        runs=Exists(runnable(user).filter(same)),
        decides=Exists(decidable(user).filter(same)),
        nameless=nameless(user),
    )


def offered(opening: Opening, user: User) -> QuerySet[Any]:
    """The opening's applications for a batch of packets: `sees` and `scored` say whether each can be in it."""
    counted = Scorecard.objects.counted().filter(panelist__interview__application=OuterRef("pk"))
    rows = Application.objects.run_by(user).filter(opening=opening).select_related("candidate")
    return rows.annotate(sees=Exists(debriefs(user).filter(pk=OuterRef("pk"))), scored=Exists(counted))


def may_see_debrief(user: User, application: Application) -> bool:
    return debriefs(user).filter(pk=application.pk).exists()


def why_no_debrief(user: User, application: Application) -> str:
    """What to tell somebody on the panel who may not read the debrief; it says nothing of the others."""
    if Application.objects.filter(blind(user), pk=application.pk).exists():
        return "Submit your own scorecard first: then the debrief opens for you."
    return (
        "The debrief is for those who submitted a scorecard and for those who run the opening. You declined yours; "
        "whoever plans the interviews can put you on the panel again."
    )


def may_record_decision(user: User, application: Application) -> bool:
    return may_decide(user, application.opening) and may_see_debrief(user, application)


def run_debriefs(user: User) -> QuerySet[Application]:
    """Applications whose meeting this person may open and write down: those who run the opening and may read."""
    return debriefs(user).filter(opening__in=runnable(user))


def may_run_debrief(user: User, application: Application) -> bool:
    return run_debriefs(user).filter(pk=application.pk).exists()


def may_re_rate(user: User, card: Scorecard) -> bool:
    """A scorecard's own author, lead on that interview and no longer blind; nobody once the candidate was erased."""
    own = card.panelist.user_id == user.pk and card.panelist.role == Panelist.Role.LEAD and not card.erased
    return (
        own and card.state == Scorecard.State.SUBMITTED and may_see_debrief(user, card.panelist.interview.application)
    )


def hand_outs(user: User) -> QuerySet[Application]:
    """Applications whose packet this person may ask for and hand out: those whose meeting they run."""
    return run_debriefs(user)


def may_request_packet(user: User, application: Application) -> bool:
    return hand_outs(user).filter(pk=application.pk).exists()


def may_erase(user: User, candidate: Candidate) -> bool:
    """Administrators and company recruiters who see every application of the candidate: an erasure spares none."""
    seen = Application.objects.run_by(user).filter(candidate=candidate).count()
    return (user.is_administrator or user.is_recruiter) and 0 < seen == candidate.applications.count()


def may_answer_access(user: User, candidate: Candidate) -> bool:
    """Hand out all that is kept about the candidate: who may erase them, and owes no scorecard on them."""
    return may_erase(user, candidate) and not candidate.applications.filter(blind(user)).exists()


def may_override(user: User, application: Application) -> bool:
    """A company recruiter who sees the application and is not on its panel.

    A recruiter's role on the opening is not enough: its hiring manager may hand that out, also to let themselves in.
    """
    on_panel = Panelist.objects.filter(interview__application=application, user=user).exists()
    return user.is_recruiter and Application.objects.run_by(user).filter(pk=application.pk).exists() and not on_panel
