"""Showing a blueprint's sections: cleaned again at the door, whatever the database holds."""

import nh3
from django import template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()
TAGS = {
    "h3", "h4", "h5", "h6", "p", "ul", "ol", "li", "strong", "em", "b", "i", "code", "pre", "blockquote",
    "table", "thead", "tbody", "tr", "th", "td", "br", "hr", "dl", "dt", "dd",
}  # fmt: skip


@register.filter
def cleaned(html: str) -> SafeString:
    """The structural tags of an allow list, without any attribute; everything else is dropped or escaped."""
    return mark_safe(nh3.clean(html, tags=TAGS, attributes={}))  # noqa: S308 - nh3 has just cleaned it
