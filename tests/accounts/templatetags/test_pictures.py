"""A state is told in words, by a picture and by a colour; nothing in its words is markup."""

import pytest
from django.template import Context, Template

CHECK = '<path d="M3 8.5l3.2 3.2L13 4.8"/>'
DOT = '<circle cx="8" cy="8" r="2" fill="currentColor"/>'


def shown(text: str, **context: str) -> str:
    return Template(text).render(Context(context))


@pytest.mark.parametrize(("kind", "picture"), [("ready", CHECK), ("hire", CHECK), ("nothing-known", DOT)])
def test_a_pill_has_the_picture_of_its_kind(kind, picture):
    body = shown("{% pill kind label %}", kind=kind, label="In words")

    assert picture in body
    assert f'<span class="eh-pill eh-pill-{kind}">' in body
    assert "In words" in body


def test_the_words_of_a_pill_are_words():
    assert "&lt;b&gt;" in shown("{% pill 'ready' label %}", label="<b>")


def test_a_picture_is_the_same_each_time():
    assert shown("{% icon 'check' %}{% icon 'check' %}").count(CHECK) == 2
