"""A piece of a page is rendered once for each set of values, and for each as it has to be."""

import pytest
from django import forms
from django.template import Context, Template
from django.utils.safestring import mark_safe

from accounts.templatetags.pieces import _rendered

SCORE = '{% piece "components/score.html" score=score %}'
WORDS = '{% piece "components/rating_questions.html" legend=words %}'


def shown(text: str, **context: object) -> str:
    return Template(text).render(Context(context))


@pytest.fixture(autouse=True)
def nothing_kept():
    """A process that has shown no piece yet."""
    _rendered.cache_clear()


def test_a_piece_is_the_template_with_its_values_alone():
    assert '<span class="eh-score eh-score-4">4</span>' in shown(SCORE, score=4)
    assert "n/a" in shown(SCORE, score=None)
    assert "Not assessed</span>" not in shown(SCORE, score=None, spelled=True)


def test_it_is_rendered_once_for_the_same_values():
    shown(SCORE * 5, score=4)
    shown(SCORE, score=5)

    assert _rendered.cache_info().misses == 2


def test_words_that_are_equal_and_not_as_safe_are_two_pieces():
    assert "about <b>care</b>" in shown(WORDS, words=mark_safe("<b>care</b>"))
    assert "about &lt;b&gt;care&lt;/b&gt;" in shown(WORDS, words="<b>care</b>")


def test_values_that_are_equal_and_of_another_kind_are_two_pieces():
    assert ">1</span>" in shown(SCORE, score=1)
    assert ">True</span>" in shown(SCORE, score=True)


class Wish(forms.Form):
    """What somebody wants."""

    words = forms.CharField()


def test_unfilled_fields_are_shown_as_crispy_lays_them_out():
    text = shown("{{ form|unfilled }}", form=Wish({}))

    assert 'name="words"' in text
    assert "is-invalid" in text
