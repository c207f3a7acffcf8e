"""The chase list: who owes, how late, when last reminded, and in groups."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from candidates.models import Panelist
from scorecards import chasing
from workbench.chase import chased, chosen, late_in_words, rows_of

NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("late", "words"),
    [
        (timedelta(minutes=-5), ""),
        (timedelta(seconds=20), "just now"),
        (timedelta(minutes=25), "25 minutes"),
        (timedelta(hours=1, minutes=20), "1 hour"),
        (timedelta(days=3, hours=4), "3 days 4 hours"),
        (timedelta(days=1), "1 day"),
    ],
)
def test_how_late_is_said_in_the_largest_units(late, words):
    assert late_in_words(NOON, NOON + late) == words


def test_a_row_says_when_its_interviewer_was_last_reminded_of_it(late_panelist, person):
    recruiter = person("recruiter")
    assert chased(recruiter).get(pk=late_panelist.pk).reminded_at is None

    chasing.remind([late_panelist], by=recruiter)

    assert timezone.now() - chased(recruiter).get(pk=late_panelist.pk).reminded_at < timedelta(minutes=1)
    others = chased(recruiter).exclude(pk=late_panelist.pk)
    assert not [row for row in others if row.reminded_at]


def test_who_has_handed_in_or_has_not_begun_is_not_on_it(late_panelist, person, hand_in):
    recruiter = person("recruiter")
    hand_in(late_panelist)

    assert not chased(recruiter).filter(pk=late_panelist.pk).exists()
    begun = chased(recruiter).values_list("interview__starts_at", flat=True)
    assert all(moment <= timezone.now() for moment in begun)


def test_an_administrator_sees_the_list_and_goes_after_nobody(late_panelist, person):
    admin = person("admin")

    assert chased(admin).get(pk=late_panelist.pk).may_chase is False
    assert not chosen(admin, [late_panelist.pk]).exists()
    assert chosen(person("recruiter"), [late_panelist.pk]).get() == late_panelist


def test_who_owes_a_scorecard_there_does_not_see_who_else_does(late_panelist, person):
    manager = person("manager")
    Panelist.objects.create(interview=late_panelist.interview, user=manager)

    assert not chased(manager).filter(interview__application=late_panelist.interview.application_id).exists()


def test_a_group_begins_where_the_person_or_the_opening_changes(late_panelist, person):
    rows = list(chased(person("recruiter")).order_by("user__sort_key", "pk"))

    heads = [row.group for row in rows_of(rows, "person") if row.group]

    assert heads == list(dict.fromkeys(row.user.display_name for row in rows))
    assert not [row for row in rows_of(rows, "due") if row.group]
