"""The controls of forms: their attributes and options in one piece, instead of a template for each."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms, template
from django.forms import BoundField
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def kind_of_control(field: BoundField) -> str:
    """How the field is laid out: `ticked` for one box, `choices` for several boxes or radio buttons, `file`, `select`,
    or `typed` for all others."""
    widget = field.field.widget
    if isinstance(widget, forms.CheckboxInput):
        return "ticked"
    if isinstance(widget, forms.RadioSelect):
        return "choices"
    if isinstance(widget, forms.FileInput):
        return "file"
    return "select" if isinstance(widget, forms.Select) else "typed"


@register.filter
def as_attributes(values: Mapping[str, object]) -> SafeString:
    """Attributes of a tag, each with a space before it: True has no value, False is left out."""
    parts = []
    for name, value in values.items():
        if value is True:
            parts.append(format_html(" {}", name))
        elif value is not False:
            parts.append(format_html(' {}="{}"', name, value))
    return SafeString("".join(parts))


@register.filter
def as_value(value: object) -> SafeString:
    """What a control holds, as an attribute with a space before it; nothing for None."""
    return SafeString("") if value is None else format_html(' value="{}"', value)


@register.filter
def as_options(choices: Iterable[Mapping[str, Any]]) -> SafeString:
    """The options of a `<select>`, from what Django's widgets tell of each."""
    rows = [(choice["value"], as_attributes(choice["attrs"]), choice["label"]) for choice in choices]
    return format_html_join("\n", '<option value="{}"{}>{}</option>', rows)
