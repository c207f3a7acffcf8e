"""Markup that is written in one go."""

import pytest
from django.utils.functional import lazystr
from django.utils.html import format_html
from django.utils.safestring import SafeString

from accounts.markup import NOTHING, filled, joined

VALUES = ("plain", "<b>&\"'", "{} {0}", SafeString("<i>safe</i>"), 3, None, 2.5, lazystr("<lazy>"))


@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_a_value_stands_in_the_markup_as_django_writes_it(value: object):
    markup = '<p title="{}">{}</p>'

    written = filled(markup, value, value)

    assert written == format_html(markup, value, value)
    assert written.__html__() == written


def test_what_was_filled_stays_as_it_is_where_it_is_put_in():
    name = filled("<bdi>{}</bdi>", "Ada & Bo")

    assert filled("<p>{}</p>", name) == "<p><bdi>Ada &amp; Bo</bdi></p>"


def test_parts_follow_one_another():
    assert joined([filled("<b>{}</b>", number) for number in (1, 2)]) == "<b>1</b><b>2</b>"
    assert joined([]) == NOTHING
