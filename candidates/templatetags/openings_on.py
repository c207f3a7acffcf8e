"""Which openings use a rubric version, on the pages of rubrics."""

from django import template
from django.template import Context

from candidates.models import Opening
from rubrics.models import RubricVersion

register = template.Library()
SHOWN = 50


@register.inclusion_tag("candidates/_openings_on.html", takes_context=True)
def openings_on(context: Context, version: RubricVersion) -> dict[str, object]:
    """Those that the page's reader may see, 50 at most, and how many there are."""
    user = context["request"].user
    visible = Opening.objects.visible_to(user).filter(rubric_version=version)
    openings = list(visible[: SHOWN + 1])
    total = len(openings) if len(openings) <= SHOWN else visible.count()
    runs_openings = user.is_recruiter or user.is_administrator or bool(openings)
    return {"openings": openings[:SHOWN], "total": total, "version": version, "shown": runs_openings}
