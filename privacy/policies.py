"""Who may erase a candidate, and who may answer what is kept about them."""

from accounts.models import User
from candidates.models import Application, Candidate
from scorecards.models import blind


def may_erase(user: User, candidate: Candidate) -> bool:
    """Administrators and company recruiters who see every application of the candidate:
    an erasure spares none."""
    if not (user.is_administrator or user.is_recruiter):
        return False
    seen = Application.objects.run_by(user).filter(candidate=candidate).count()
    return 0 < seen == candidate.applications.count()


def may_answer_access(user: User, candidate: Candidate) -> bool:
    """Hand out all that is kept about the candidate: who may erase them, and owes no
    scorecard on them."""
    if not may_erase(user, candidate):
        return False
    return not candidate.applications.filter(blind(user)).exists()
