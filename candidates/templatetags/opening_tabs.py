"""The tabs of an opening, the same on each of its pages."""

from django import template

from accounts.templatetags.tabs import Tab, tabs
from candidates.models import Opening

register = template.Library()


@register.inclusion_tag("components/tabs.html")
def opening_tabs(opening: Opening, current: str, may_run: bool) -> dict[str, object]:
    """`current` is the key of a tab. Some pages are only for those who run the opening."""
    offered = [
        Tab("applications", "Applications", "opening", opening.pk),
        Tab("plan", "Plan", "opening_plan", opening.pk),
        Tab("people", "People", "opening_people", opening.pk),
    ]
    if may_run:
        offered += [
            Tab("rubric", "Rubric", "opening_rubric", opening.pk),
            Tab("packets", "Packets", "batch_new", opening.pk),
        ]
    offered.append(Tab("settings", "Settings", "opening_settings", opening.pk))
    return tabs(offered, current, f"Pages of {opening.title}")
