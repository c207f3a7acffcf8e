"""How a page tells what was refused: at the fields of its form and, with links to
these, in a summary at its top; above the page where there is no form."""

from collections.abc import Iterable
from typing import cast

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest


def add_errors(form: forms.BaseForm, error: ValidationError) -> None:
    """At the fields that the error names; above all fields where it names none, or one
    that this form lacks."""
    by_field = getattr(error, "message_dict", {None: error.messages})
    for field, texts in by_field.items():
        for text in texts:
            form.add_error(field if field in form.fields else None, text)


def tell_refusal(request: HttpRequest, error: ValidationError) -> None:
    """In the messages of the page that comes next."""
    messages.error(request, " ".join(error.messages))


def refused(values: Iterable[object]) -> list[forms.BaseForm]:
    """The forms among these values that were sent and refused, each once."""
    found: dict[int, forms.BaseForm] = {}
    for value in values:
        # Not isinstance(), which looks into lazy values, and so reads the user or sets
        # a cookie.
        if issubclass(type(value), forms.BaseForm):
            form = cast(forms.BaseForm, value)
            found[id(form)] = form
    return [form for form in found.values() if form.errors]


def problems(form: forms.BaseForm) -> list[tuple[str, str]]:
    """What is wrong with a form: pairs of where it is mended and a sentence.

    Where is the id of the field's first control; empty for the form as a whole and for
    what its reader cannot see. A form whose page draws its own controls says both
    itself, by a method of this name.
    """
    if hasattr(form, "problems"):
        own: list[tuple[str, str]] = form.problems()
        return own
    found = [("", str(text)) for text in form.non_field_errors()]
    for field in form:
        found += [(_first_control(field), _sentence(str(field.label), str(text))) for text in field.errors]
    return found


def _sentence(label: str, text: str) -> str:
    """The label before what is wrong; a question is asked by its own sign."""
    return f"{label} {text}" if label.endswith("?") else f"{label}: {text}"


def _first_control(field: forms.BoundField) -> str:
    """The id of the field's control, of the first of a group, or of the place of an
    empty group."""
    if field.is_hidden:
        return ""  # nothing to lead to
    if not field.use_fieldset:
        return field.id_for_label
    return f"{field.auto_id}_0" if field.subwidgets else f"div_{field.auto_id}"
