"""Moments on a page: in the company's time zone, which is named."""

from datetime import UTC, datetime

import pytest
from django.template import Context, Template
from django.utils import timezone

from candidates.templatetags.moments import day, stamp, when

NOON = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)


def test_a_moment_is_told_with_its_zone_for_people_and_programs():
    with timezone.override("UTC"):
        told = when(NOON)

    assert told == (
        '<time datetime="2026-11-26T12:00:00+00:00">Thu 26 Nov 2026, 12:00 <span class="eh-zone">UTC</span></time>'
    )


def test_a_moment_for_programs_is_to_the_second_in_the_companys_zone():
    moment = NOON.replace(microsecond=123_456)

    with timezone.override("Asia/Kolkata"):
        assert stamp(moment) == "2026-11-26T17:30:00+05:30"
        assert 'datetime="2026-11-26T17:30:00+05:30"' in when(moment)


@pytest.mark.parametrize(
    ("zone", "words", "name"),
    [
        ("Europe/Berlin", "Thu 26 Nov 2026, 13:00", "CET"),
        ("America/New_York", "Thu 26 Nov 2026, 07:00", "EST"),
        ("Asia/Kolkata", "Thu 26 Nov 2026, 17:30", "IST"),
        ("Pacific/Kiritimati", "Fri 27 Nov 2026, 02:00", "+14"),
    ],
)
def test_a_moment_is_told_in_the_current_zone(zone, words, name):
    with timezone.override(zone):
        told = when(NOON)

    assert words in told
    assert f">{name}</span>" in told


@pytest.mark.parametrize(("zone", "words"), [("UTC", "30 Nov 2026"), ("Pacific/Kiritimati", "1 Dec 2026")])
def test_a_day_is_the_one_in_the_current_zone(zone, words):
    with timezone.override(zone):
        assert day(datetime(2026, 11, 30, 12, 0, tzinfo=UTC)) == words


def test_summer_has_its_own_name():
    with timezone.override("Europe/Berlin"):
        assert ">CEST</span>" in when(datetime(2026, 7, 1, tzinfo=UTC))


def test_the_tag_is_written_unescaped():
    page = Template("{% load moments %}{% when moment %}")

    with timezone.override("UTC"):
        assert page.render(Context({"moment": NOON})).startswith("<time datetime=")


def test_the_same_moment_is_told_anew_where_the_zone_is_another():
    told = []
    for zone in ("Asia/Kolkata", "UTC", "Asia/Kolkata"):
        with timezone.override(zone):
            told.append("17:30" in when(NOON))

    assert told == [True, False, True]
