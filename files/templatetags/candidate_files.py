"""A candidate's files for pages of other rooms: the application's, and the scorecard's
kit."""

from typing import Any

from django import template
from django.db.models import QuerySet

from accounts.compiled import compiled
from candidates.models import Application, Panelist
from files.models import Material
from files.policies import is_shown_files

register = template.Library()


@register.inclusion_tag("files/_of_application.html", takes_context=True)
def files_of_application(context: template.Context, application: Application) -> dict[str, Any]:
    """Files and links for those who run the application, and the way to more and to the
    notes."""
    return {
        "application": application,
        "materials": _materials(application.pk),
        "may_add": context.get("may_run", False),
    }


@compiled
def _materials(application: int) -> QuerySet[Material]:
    return Material.objects.filter(application=application)


@register.inclusion_tag("files/_of_panelist.html", takes_context=True)
def files_of_panelist(context: template.Context, panelist: Panelist) -> dict[str, Any]:
    """What the interviewer is shown beside the scorecard; nothing where there is
    nothing."""
    shown = is_shown_files(panelist, context["request"].user)
    materials = _materials(panelist.interview.application_id) if shown else []
    return {"panelist": panelist, "materials": materials}
