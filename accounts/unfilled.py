"""Fields that nobody has filled in yet: they look the same to everybody, and are laid out once."""

from collections.abc import Callable, Collection, Iterable

from django import forms
from django.utils.safestring import SafeString


def is_unfilled(form: forms.BaseForm, names: Iterable[str]) -> bool:
    """Whether nobody has said anything in these fields of the form yet."""
    if form.is_bound:
        return False
    return not any(form.initial.get(name) for name in names)


def laid_out(
    form: forms.BaseForm, names: Collection[str], lay_out: Callable[[], str], *, apart: str = ""
) -> SafeString:
    """The markup that `lay_out` gives for these fields, asked once as long as they are unfilled.

    Only for fields that offer everybody the same, and begin in few ways. `apart` tells
    forms apart that look different for any other reason than how their fields begin.
    """
    if not is_unfilled(form, names):
        return SafeString(lay_out())
    beginnings = tuple((name, form.get_initial_for_field(form.fields[name], name)) for name in names)
    key = (type(form), form.auto_id, form.prefix, beginnings, apart)
    if key not in _kept:
        _kept[key] = SafeString(lay_out())
    return _kept[key]


_kept: dict[tuple[object, ...], SafeString] = {}
