"""Who may see and add a candidate's files, links and notes."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import JSONObject

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


def with_files(panelists: QuerySet[Any]) -> QuerySet[Any]:
    """The panelists, each with `files`: what a list tells of all that came from the
    candidate."""
    files = Material.objects.filter(application=OuterRef("interview__application"))
    told = files.order_by("pk").values(row=JSONObject(**{name: name for name in LISTED}))
    known: QuerySet[Any] = panelists.annotate(files=ArraySubquery(told))
    return known


def shown_to_panelists(panelists: Iterable[Any], user: User) -> dict[int, list[Material]]:
    """The same as `shown_to_panelist` of several of the user's own panelists, rows of
    `with_files`, by their keys.

    Those who are shown nothing are left out. It takes no query, where the page knows
    already who is nameless to the user, and who has a scorecard. Of each file only what a
    list tells has been read.
    """
    found: dict[int, list[Material]] = {}
    for panelist in panelists:
        if panelist.files and is_shown_files(panelist, user):
            found[panelist.pk] = [_listed(file) for file in panelist.files]
    return found


# What a list tells of a file, in the model's order.
LISTED = ("id", "application_id", "purpose", "name", "url")


def _listed(file: Mapping[str, object]) -> Material:
    return Material.from_db(None, LISTED, [file[name] for name in LISTED])


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
