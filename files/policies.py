"""Who may see and add a candidate's files, links and notes."""

from django.db.models import QuerySet

from accounts.models import User
from candidates.models import Application, Panelist
from candidates.policies import may_run
from files.models import Material
from scorecards.models import Scorecard
from scorecards.policies import nameless


def may_add(user: User, application: Application) -> bool:
    """Those who run the opening, until the candidate is erased."""
    return application.candidate.erased_at is None and may_run(user, application.opening)


def shown_to_panelist(panelist: Panelist, user: User) -> QuerySet[Material]:
    """What this panelist, one of the user's own, is shown beside the scorecard.

    Nothing where the opening keeps its files from interviewers, where it is anonymous and
    they have not submitted yet, or where they declined. Notes are never among it.
    """
    application = panelist.interview.application
    materials = Material.objects.filter(application=application)
    if not application.opening.files_for_panel or _declined(panelist) or _nameless(application, user):
        return materials.none()
    return materials


def _declined(panelist: Panelist) -> bool:
    card: Scorecard | None = getattr(panelist, "scorecard", None)
    return card is not None and card.state == Scorecard.State.DECLINED


def _nameless(application: Application, user: User) -> bool:
    """Whether the candidate is unknown to them; asked of the database where the page has not yet."""
    if not application.opening.anonymous:
        return False
    if application.nameless is not None:
        return application.nameless
    return Application.objects.filter(nameless(user), pk=application.pk).exists()
