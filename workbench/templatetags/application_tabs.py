"""The tabs of an application, the same on each of its pages."""

from django import template

from accounts.templatetags.tabs import Tab, tabs
from candidates.models import Application
from privacy.policies import may_erase
from scorecards.policies import may_see_debrief

register = template.Library()


@register.inclusion_tag("components/tabs.html", takes_context=True)
def application_tabs(
    context: template.Context,
    application: Application,
    current: str,
    *,
    debrief: bool | None = None,
    privacy: bool | None = None,
) -> dict[str, object]:
    """`current` is the key of a tab. Only pages that the reader may open are offered;
    `debrief` and `privacy` where the page knows already whether they may open those."""
    reader, key = context["request"].user, application.pk
    if debrief is None:
        debrief = may_see_debrief(reader, application)
    if privacy is None:
        privacy = may_erase(reader, application.candidate)
    offered = [Tab("overview", "Overview", "application", key)]
    if debrief:
        offered.append(Tab("debrief", "Debrief", "debrief", key))
    offered.append(Tab("files", "Files and notes", "application_files", key))
    offered.append(Tab("timeline", "Timeline", "application_timeline", key))
    if privacy and not application.candidate.erased_at:
        offered.append(Tab("privacy", "Privacy", "candidate_erase", key))
    return tabs(offered, current, "Pages of this application")
