"""Who may see and add a candidate's files, links and notes."""

from collections import defaultdict
from collections.abc import Iterable

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

    Nothing where the opening keeps its files from interviewers, where it is anonymous
    and they have not submitted yet, or where they declined. Notes are never among it.
    """
    materials = Material.objects.filter(application=panelist.interview.application_id)
    return materials if is_shown_files(panelist, user) else materials.none()


def shown_to_panelists(panelists: Iterable[Panelist], user: User) -> dict[int, list[Material]]:
    """The same of several of the user's own panelists, by their keys; those who are
    shown nothing are left out.

    One query, where the page knows already who is nameless to the user, and who has a
    scorecard.
    """
    seeing = [panelist for panelist in panelists if is_shown_files(panelist, user)]
    applications = {panelist.interview.application_id for panelist in seeing}
    found: dict[int, list[Material]] = defaultdict(list)
    for material in Material.objects.filter(application__in=applications):
        found[material.application_id].append(material)
    return {
        panelist.pk: found[panelist.interview.application_id]
        for panelist in seeing
        if panelist.interview.application_id in found
    }


def is_shown_files(panelist: Panelist, user: User) -> bool:
    """Whether this panelist, one of the user's own, is shown what `shown_to_panelist` tells."""
    application = panelist.interview.application
    return application.opening.files_for_panel and not _declined(panelist) and not _nameless(application, user)


def _declined(panelist: Panelist) -> bool:
    card: Scorecard | None = getattr(panelist, "scorecard", None)
    return card is not None and card.state == Scorecard.State.DECLINED


def _nameless(application: Application, user: User) -> bool:
    """Whether the candidate is unknown to them; asked of the database where the page
    has not yet."""
    if not application.opening.anonymous:
        return False
    if application.nameless is not None:
        return application.nameless
    return Application.objects.filter(nameless(user), pk=application.pk).exists()
