"""What a packet's templates ask about a text before they set it."""

import unicodedata
from collections.abc import Mapping

from django import template
from django.utils.safestring import SafeString

register = template.Library()
LONG = 900  # signs of evidence from which a row may go on over the page; shorter ones stay together


@register.filter
def direction(text: str) -> SafeString:
    """The attribute that sets a text from right to left, where its first letter belongs to such a script."""
    first = next((kind for sign in text if (kind := unicodedata.bidirectional(sign)) in {"L", "R", "AL"}), "L")
    return SafeString("" if first == "L" else ' dir="rtl"')


@register.filter
def at(names: Mapping[str, str], key: str) -> str:
    """What the names say for this key; nothing where they do not know it."""
    return names.get(key, "")


@register.filter
def row_class(text: str) -> SafeString:
    return SafeString(' class="long"' if len(text) > LONG else "")
