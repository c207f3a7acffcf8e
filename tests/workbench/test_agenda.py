"""One's own interviews by the day: what is held today, what this week, what later."""

from datetime import timedelta

import pytest
from django.utils import timezone

from candidates.models import Interview, Panelist
from workbench.agenda import agenda


@pytest.fixture
def keys_at(person, sample):
    """In which part an interview stands that begins so long from now."""
    panelist = Panelist.objects.get(user=person("interviewer"), scorecard__isnull=True)

    def look(after: timedelta) -> list[str]:
        begins = timezone.now() + after
        held = Interview.objects.filter(pk=panelist.interview_id)
        held.update(starts_at=begins, due_at=begins + timedelta(days=1))
        parts = agenda(person("interviewer"))
        return [part.key for part in parts if panelist in [seat.panelist for seat in part.seats]]

    return look


def test_each_interview_is_in_one_part(keys_at):
    spans = (timedelta(days=-2), timedelta(days=2), timedelta(days=20))

    assert [keys_at(after) for after in spans] == [["score"], ["week"], ["later"]]


def test_the_day_ends_where_the_company_is(keys_at, settings):
    """At any hour one zone of these two has another date than the other."""
    found = set()
    for zone in ("Pacific/Kiritimati", "Pacific/Niue"):  # 25 hours apart
        with timezone.override(zone):
            late = timezone.localtime().replace(hour=23, minute=59, second=30)
            found.update(keys_at(late - timezone.now()))

    assert found == {"today"}


def test_a_part_counts_also_what_it_does_not_show(person, sample, unscored_application):
    interview, user = unscored_application.interviews.first(), person("admin")
    begun = timezone.now() - timedelta(days=2)
    more = [
        Interview(application=unscored_application, round=interview.round, starts_at=begun, due_at=begun)
        for _ in range(51)
    ]
    seats = [Panelist(interview=each, user=user) for each in Interview.objects.bulk_create(more)]
    Panelist.objects.bulk_create(seats)

    [part] = agenda(user)

    assert (part.key, len(part.seats), part.total) == ("score", 50, 51)
