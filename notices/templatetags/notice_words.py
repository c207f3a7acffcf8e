"""What pages call a kind of notice."""

from django import template

from notices.services import label_of

register = template.Library()


@register.filter
def kind_label(kind: str) -> str:
    """The label of a notice's or mail's kind."""
    return label_of(kind)
