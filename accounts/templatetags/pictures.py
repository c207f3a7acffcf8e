"""Small pictures and the pills that they stand in, on nearly every page: each picture
is rendered once."""

from functools import cache

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from accounts.markup import filled

register = template.Library()
# Which picture stands before a state's words, so that colour is never alone; any other
# has a dot.
PICTURES = {
    "submitted": "check",
    "ready": "check",
    "published": "check",
    "hire": "check",
    "yes": "check",
    "strong_yes": "check",
    "late": "alert",
    "failed": "alert",
    "no_hire": "cross",
    "cancelled": "cross",
    "declined": "cross",
    "no": "cross",
    "strong_no": "cross",
    "draft": "pencil",
    "queued": "clock",
    "building": "work",
    "retired": "archive",
    "expired": "archive",
    "hold": "pause",
}


@register.simple_tag
def icon(name: str) -> SafeString:
    """The decorative picture of that name; a dot for a name that there is not."""
    return _picture("components/icon.html", name)


@register.simple_tag
def logo() -> SafeString:
    return _picture("components/logo.html", "")


@register.simple_tag
def pill(kind: str, label: str) -> SafeString:
    """A state in words, with its picture and colour."""
    picture = icon(PICTURES.get(kind, "dot"))
    return filled('<span class="eh-pill eh-pill-{}">{} {}</span>', kind, picture, label)


@cache
def _picture(file: str, name: str) -> SafeString:
    return render_to_string(file, {"name": name})
