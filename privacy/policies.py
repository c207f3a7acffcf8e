"""Who may erase a candidate, and who may answer what is kept about them."""

from django.db.models import Exists, OuterRef, QuerySet

from accounts.compiled import among
from accounts.models import User
from candidates.models import Application, Candidate
from scorecards.models import blind


def erasable(user: User) -> QuerySet[Candidate]:
    """Candidates whom administrators and company recruiters may erase: those all of
    whose applications they see, since an erasure spares none."""
    if not (user.is_administrator or user.is_recruiter):
        return Candidate.objects.none()
    every = Application.objects.filter(candidate=OuterRef("pk"))
    seen = Application.objects.run_by(user).filter(pk=OuterRef("pk"))  # asked of each, never of all there are
    return Candidate.objects.filter(Exists(every), ~Exists(every.filter(~Exists(seen))))


def answerable(user: User) -> QuerySet[Candidate]:
    """Candidates of whom this person may hand out all that is kept: those whom they may
    erase, and of whom they owe no scorecard."""
    owing = Application.objects.filter(blind(user), candidate=OuterRef("pk"))
    return erasable(user).filter(~Exists(owing))


def may_erase(user: User, candidate: Candidate) -> bool:
    """Whether the candidate is `erasable` for this person."""
    return _erasable.any(user, candidate.pk)


_erasable = among(erasable)


def may_answer_access(user: User, candidate: Candidate) -> bool:
    """Whether the candidate is `answerable` for this person."""
    return _answerable.any(user, candidate.pk)


_answerable = among(answerable)
