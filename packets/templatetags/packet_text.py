"""What a packet's templates ask about a text before they set it."""

import re
import unicodedata
from collections.abc import Mapping

from django import template
from django.utils.safestring import SafeString

register = template.Library()
# As many of the widest letters fill the narrowest column of a text, 120 mm.
UNBROKEN = re.compile(r"\S{36}")


@register.filter
def typeset(text: str) -> SafeString:
    """The attributes of how a text is set.

    From right to left, where its first letter belongs to such a script; and broken
    inside words, where one could be longer than the column: the engine pays for that
    with each line.
    """
    letters = (kind for kind in map(unicodedata.bidirectional, text) if kind in {"L", "R", "AL"})
    attributes = "" if next(letters, "L") == "L" else ' dir="rtl"'
    if UNBROKEN.search(text):
        attributes += " data-long"
    return SafeString(attributes)


@register.filter
def isolated(text: str) -> str:
    """The text for an attribute, between signs that keep its direction to itself."""
    return f"\u2068{text}\u2069"


@register.filter
def at(names: Mapping[str, str], key: str) -> str:
    """What the names say for this key; nothing where they do not know it."""
    return names.get(key, "")
