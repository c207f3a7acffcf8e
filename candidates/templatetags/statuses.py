"""How an application stands, as a pill."""

from django import template
from django.utils.safestring import SafeString

from accounts.templatetags.pictures import pill
from candidates.models import Status

register = template.Library()
KINDS = {
    Status.ACTIVE: "active",
    Status.ON_HOLD: "hold",
    Status.HIRED: "hire",
    Status.NOT_HIRED: "no_hire",
    Status.REJECTED: "no_hire",
    Status.WITHDRAWN: "retired",
    Status.MOVED: "retired",
}


@register.simple_tag
def status_pill(status: Status) -> SafeString:
    """The status in words, with its picture and colour, as its reader may know it."""
    return pill(KINDS[status], status.label)
