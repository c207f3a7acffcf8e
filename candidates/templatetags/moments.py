"""Moments as people read them: in the company's time zone, which is always named."""

from datetime import datetime
from functools import lru_cache

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()
MOST = 5000  # moments whose words a process keeps: those of lists are written again and again


@register.filter
def stamp(moment: datetime) -> str:
    """The moment to the second, for `<time datetime>`, where HTML allows no microseconds."""
    return timezone.localtime(moment).isoformat(timespec="seconds")


@register.simple_tag
def day(moment: datetime) -> str:
    """“26 Nov 2026” in the current time zone, for where neither hour nor zone matters."""
    local = timezone.localtime(moment)
    return f"{local.day} {local:%b %Y}"


@register.simple_tag
def when(moment: datetime) -> SafeString:
    """“Thu 26 Nov 2026, 12:00 UTC” in the current time zone, which is the company's."""
    return _written(moment, timezone.get_current_timezone_name())


@lru_cache(maxsize=MOST)
def _written(moment: datetime, zone: str) -> SafeString:
    """`zone` names the current time zone: in another one the same moment is written otherwise."""
    local = timezone.localtime(moment)
    words = f"{local:%a} {local.day} {local:%b %Y, %H:%M}"
    return format_html(
        '<time datetime="{}">{} <span class="eh-zone">{}</span></time>',
        stamp(local),
        words,
        local.tzname(),
    )
