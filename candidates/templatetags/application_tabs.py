"""The tabs of an application, the same on each of its pages."""

from django import template

from accounts.templatetags.tabs import Tab, tabs
from candidates.models import Application

register = template.Library()


@register.inclusion_tag("components/tabs.html")
def application_tabs(
    application: Application, current: str, *, debrief: bool, privacy: bool = False
) -> dict[str, object]:
    """`current` is the key of a tab; `debrief` and `privacy` where the reader may open
    those pages."""
    key = application.pk
    offered = [Tab("overview", "Overview", "application", key)]
    if debrief:
        offered.append(Tab("debrief", "Debrief", "debrief", key))
    offered.append(Tab("timeline", "Timeline", "application_timeline", key))
    if privacy:
        offered.append(Tab("privacy", "Privacy", "candidate_erase", key))
    return tabs(offered, current, "Pages of this application")
