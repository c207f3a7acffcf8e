"""Who may do what to an opening. Each predicate asks the query set beside it."""

from collections.abc import Collection

from django.db.models import Exists, OuterRef, QuerySet

from accounts.compiled import among
from accounts.models import User
from candidates.models import Application, Candidate, Opening, OpeningMember
from notices.models import Webhook


def runnable(user: User) -> QuerySet[Opening]:
    """Openings whose plan, candidates and interviews this person may change.

    Recruiters: those that they see. Anyone else: those that they have a role on.
    """
    openings = Opening.objects.visible_to(user)
    if user.is_recruiter:
        return openings
    return openings.filter(_member(user, OpeningMember.Role.values))


def decidable(user: User) -> QuerySet[Opening]:
    """Openings whose decisions this person may record: its hiring managers."""
    manages = _member(user, [OpeningMember.Role.HIRING_MANAGER])
    return Opening.objects.visible_to(user).filter(manages)


def may_run(user: User, opening: Opening) -> bool:
    """Whether the opening is `runnable` for this person."""
    return _runnable.any(user, opening.pk)


_runnable = among(runnable)


def may_decide(user: User, opening: Opening) -> bool:
    """Whether the opening is `decidable` for this person."""
    return _decidable.any(user, opening.pk)


_decidable = among(decidable)


def may_add_people(user: User) -> bool:
    """Whether the person may invite somebody who has no account: recruiters and administrators of the company."""
    return user.is_active and (user.is_recruiter or user.is_administrator)


def webhooks(user: User) -> QuerySet[Webhook]:
    """Those of openings that this person runs; for administrators those of the installation."""
    hooks = Webhook.objects.filter(opening_id__in=runnable(user).values("pk"))
    if user.is_active and user.is_administrator:
        hooks = hooks | Webhook.objects.filter(opening_id=None)
    return hooks


def may_edit_candidate(user: User, candidate: Candidate) -> bool:
    """Whoever sees every application of the candidate: what they correct holds for all."""
    seen = Application.objects.run_by(user).filter(candidate=candidate)
    return not candidate.applications.exclude(pk__in=seen.values("pk")).exists()


def editable(user: User, candidates: Collection[Candidate]) -> list[Candidate]:
    """Those of them that `may_edit_candidate`. One query."""
    seen = Application.objects.run_by(user)
    hidden = Application.objects.filter(candidate__in=candidates).exclude(pk__in=seen.values("pk"))
    in_part = set(hidden.values_list("candidate_id", flat=True))
    return [candidate for candidate in candidates if candidate.pk not in in_part]


def may_set_retention(user: User, opening: Opening) -> bool:
    """Administrators and company recruiters who see it say how long it is kept."""
    if not (user.is_administrator or user.is_recruiter):
        return False
    return Opening.objects.visible_to(user).filter(pk=opening.pk).exists()


def _member(user: User, roles: list[str]) -> Exists:
    """Whether the person has one of these roles on the opening."""
    members = OpeningMember.objects.filter(opening=OuterRef("pk"), user=user)
    return Exists(members.filter(role__in=roles))
