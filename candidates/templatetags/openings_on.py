"""Which openings use a rubric version, on the pages of rubrics."""

from django import template
from django.template import Context

from accounts.listing import Column, Listing, listed
from candidates.models import Opening
from rubrics.models import RubricVersion

register = template.Library()
OPENINGS_ON = Listing(
    one="opening",
    noun="openings",
    columns=(
        Column("title", "Opening", order="sort_key", fixed=True),
        Column("created", "Created", order="created_at", falls=True),
    ),
    order="-created",
)


@register.inclusion_tag("candidates/_openings_on.html", takes_context=True)
def openings_on(context: Context, version: RubricVersion) -> dict[str, object]:
    """Those that the page's reader may see, in pages."""
    request = context["request"]
    user = request.user
    openings = listed(request, Opening.objects.visible_to(user).filter(rubric_version=version), OPENINGS_ON)
    runs_openings = user.is_recruiter or user.is_administrator or bool(openings)
    return {"openings": openings, "version": version, "shown": runs_openings}
