"""A piece of a page is rendered once for each set of values, and for each as it has to be."""

import pytest
from django import forms
from django.template import Context, Template
from django.utils.safestring import mark_safe

from accounts.templatetags.pieces import _rendered, _unfilled

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


FIELDS = "{{ form|unfilled }}"


class Wish(forms.Form):
    """What somebody wants."""

    words = forms.CharField()


@pytest.fixture
def laid_out():
    """A process that has shown no unfilled form yet; it forgets what this test had it keep."""
    _unfilled.clear()
    yield _unfilled
    _unfilled.clear()


def test_fields_that_nobody_has_filled_in_are_rendered_once(laid_out):
    first, second = shown(FIELDS, form=Wish()), shown(FIELDS, form=Wish())

    assert first == second
    assert 'name="words"' in first
    assert len(laid_out) == 1


def test_what_somebody_wrote_is_shown_and_not_kept(laid_out):
    sent = shown(FIELDS, form=Wish({"words": "more <time>"}))
    begun = shown(FIELDS, form=Wish(initial={"words": "more money"}))

    assert "more &lt;time&gt;" in sent
    assert "more money" in begun
    assert not laid_out


def test_what_was_refused_is_told(laid_out):
    shown(FIELDS, form=Wish())

    assert "is-invalid" in shown(FIELDS, form=Wish({}))


def test_fields_that_begin_otherwise_are_others(laid_out):
    other = Wish(auto_id="other_%s")
    begun = Wish()
    begun.fields["words"].initial = "as the settings have it"

    assert 'id="id_words"' in shown(FIELDS, form=Wish())
    assert 'id="other_words"' in shown(FIELDS, form=other)
    assert "as the settings have it" in shown(FIELDS, form=begun)
