"""Fields are laid out once until somebody fills them in."""

import pytest
from django import forms
from django.template import Context, Template

from accounts.unfilled import _kept, is_unfilled, laid_out


class Wish(forms.Form):
    """What somebody wants."""

    words = forms.CharField()
    urgent = forms.BooleanField(required=False)


FIELDS = "{{ form|unfilled }}"


def shown(text: str, **context: object) -> str:
    return Template(text).render(Context(context))


@pytest.fixture(autouse=True)
def kept():
    """A process that has laid out nothing yet; it forgets what this test had it keep."""
    _kept.clear()
    yield _kept
    _kept.clear()


def test_fields_that_nobody_has_filled_in_are_rendered_once(kept):
    first, second = shown(FIELDS, form=Wish()), shown(FIELDS, form=Wish())

    assert first == second
    assert 'name="words"' in first
    assert len(kept) == 1


def test_what_somebody_wrote_is_shown_and_not_kept(kept):
    sent = shown(FIELDS, form=Wish({"words": "more <time>"}))
    begun = shown(FIELDS, form=Wish(initial={"words": "more money"}))

    assert "more &lt;time&gt;" in sent
    assert "more money" in begun
    assert not kept


def test_of_a_form_that_offers_each_something_else_one_field_is_kept(kept):
    form = Wish()
    form.fields["urgent"].label = "Urgent for Ada"

    field = shown('{{ form|unfilled:"words" }}', form=form)

    assert shown('{{ form|unfilled:"words" }}', form=Wish()) == field
    assert field.strip() in shown("{% load crispy_forms_tags %}{{ form|crispy }}", form=Wish())
    assert "Ada" not in field
    assert len(kept) == 1


def test_what_was_refused_is_told():
    shown(FIELDS, form=Wish())

    assert "is-invalid" in shown(FIELDS, form=Wish({}))


def test_fields_that_begin_otherwise_are_others():
    other = Wish(auto_id="other_%s")
    begun = Wish()
    begun.fields["words"].initial = "as the settings have it"

    assert 'id="id_words"' in shown(FIELDS, form=Wish())
    assert 'id="other_words"' in shown(FIELDS, form=other)
    assert 'name="a-words"' in shown(FIELDS, form=Wish(prefix="a"))
    assert "as the settings have it" in shown(FIELDS, form=begun)


def test_a_beginning_that_is_taken_away_is_another():
    begun, emptied = Wish(), Wish(initial={"words": ""})
    for form in (begun, emptied):
        form.fields["words"].initial = "as the settings have it"

    assert "as the settings have it" in shown(FIELDS, form=begun)
    assert "as the settings have it" not in shown(FIELDS, form=emptied)


def test_forms_that_are_told_apart_are_laid_out_each():
    texts = iter(["<p>Words</p>", "<p>Slova</p>"])

    found = [laid_out(Wish(), ["words"], lambda: next(texts), apart=language) for language in ("en", "cs", "en")]

    assert found == ["<p>Words</p>", "<p>Slova</p>", "<p>Words</p>"]


@pytest.mark.parametrize(
    ("form", "names", "unfilled"),
    [
        (Wish(), ["words", "urgent"], True),
        (Wish(initial={"words": "", "urgent": False}), ["words", "urgent"], True),
        (Wish(initial={"words": "time"}), ["words"], False),
        (Wish(initial={"words": "time"}), ["urgent"], True),
        (Wish({}), ["words"], False),
    ],
)
def test_fields_are_unfilled_until_somebody_says_something_in_them(form, names, unfilled):
    assert is_unfilled(form, names) is unfilled
