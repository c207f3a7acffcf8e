"""The pages of one thing beside each other, such as those of an opening or of a
candidate."""

from dataclasses import dataclass

from django import template

from accounts.addresses import address

register = template.Library()


@dataclass(frozen=True)
class Tab:
    """One of the pages; `of` is the key in its address."""

    key: str
    label: str
    name: str
    of: int


@register.inclusion_tag("components/tabs.html")
def tabs(offered: list[Tab], current: str, label: str) -> dict[str, object]:
    """The tabs, `current` the key of the one that is shown. Raises NoReverseMatch for a
    page that there is not."""
    shown = [(tab.label, address(tab.name, tab.of), tab.key == current) for tab in offered]
    return {"tabs": shown, "label": label}
