"""Pieces of pages that look the same wherever they are given the same: each is rendered once."""

from functools import lru_cache

from crispy_forms.templatetags.crispy_forms_filters import as_crispy_field, as_crispy_form
from django import forms, template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from accounts.unfilled import laid_out

register = template.Library()
MOST = 2000  # pieces that a process keeps: the ones asked for last


@register.simple_tag
def piece(file: str, **values: object) -> SafeString:
    """`{% piece "components/score.html" score=3 %}`: the template with these values and nothing else of the page.

    Only for values that are hashable and belong to nobody: numbers, states, a rubric's wording; what is written about
    a person may not outlast their erasure.
    """
    # That texts are safe is no part of their being equal, and neither is that 1 is not True.
    given = tuple((name, type(value), value) for name, value in values.items())
    return _rendered(file, given)


@lru_cache(maxsize=MOST)
def _rendered(file: str, given: tuple[tuple[str, type, object], ...]) -> SafeString:
    return render_to_string(file, {name: value for name, _, value in given})


@register.filter
def unfilled(form: forms.BaseForm, name: str = "") -> SafeString:
    """`{{ form|unfilled }}`: the fields as `crispy` lays them out, rendered once as long as nobody has filled them in.

    Only for forms that offer everybody the same. Of another form
    `{{ form|unfilled:"reason" }}` is the one field that does.
    """
    if name:
        return laid_out(form, [name], lambda: as_crispy_field(form[name]), apart=name)
    return laid_out(form, form.fields, lambda: as_crispy_form(form))
