"""What a packet's templates ask about a text before they set it."""

import re
import unicodedata
from collections.abc import Mapping

from django import template
from django.utils.safestring import SafeString

register = template.Library()
UNBROKEN = re.compile(r"\S{36}")  # as many of the widest letters fill the narrowest column of a text, 120 mm
LONG = 900  # signs of evidence from which a row may go on over the page; shorter ones stay together


@register.filter
def typeset(text: str) -> SafeString:
    """The attributes of how a text is set.

    From right to left, where its first letter belongs to such a script; and broken inside words, where one could be
    longer than the column: the engine pays for that with each line.
    """
    first = next((kind for sign in text if (kind := unicodedata.bidirectional(sign)) in {"L", "R", "AL"}), "L")
    direction = "" if first == "L" else ' dir="rtl"'
    return SafeString(direction + (" data-long" if UNBROKEN.search(text) else ""))


@register.filter
def at(names: Mapping[str, str], key: str) -> str:
    """What the names say for this key; nothing where they do not know it."""
    return names.get(key, "")


@register.filter
def row_class(text: str) -> SafeString:
    return SafeString(' class="long"' if len(text) > LONG else "")
