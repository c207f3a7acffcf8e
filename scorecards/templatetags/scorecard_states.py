"""How the scorecard of a panelist stands, as a pill."""

from django import template
from django.utils.safestring import SafeString

from accounts.templatetags.pictures import pill
from scorecards.queries import PanelistState

register = template.Library()
# By the state what the pill looks like, and its words; of what is only owed any other.
PILLS = {
    "submitted": ("submitted", "Submitted"),
    "declined": ("declined", "Declined"),
    "withdrawn": ("cancelled", "Withdrawn"),
    "released": ("retired", "Released"),
    "draft": ("draft", "Draft"),
}
NOT_STARTED = ("draft", "Not started")
IMPORTED = SafeString(' <span class="eh-pill">Imported</span>')


@register.simple_tag
def state_pill(panelist: PanelistState) -> SafeString:
    """For whoever may know it; what is late says that alone."""
    if panelist.late:
        return pill("late", "Late")
    kind, words = PILLS.get(panelist.state, NOT_STARTED)
    is_imported = panelist.imported and panelist.state == "submitted"
    return pill(kind, words) + IMPORTED if is_imported else pill(kind, words)
