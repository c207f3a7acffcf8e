"""An application's coverage: planned for everybody who runs it, what came in only where the debrief is open."""

import pytest
from django.urls import reverse
from django.utils import timezone

from candidates.models import Panelist
from scorecards import drafts
from scorecards.services import decline_scorecard
from scorecards.withdrawing import withdraw_scorecard
from workbench.coverage import coverage_of


@pytest.fixture
def both(two_panelists, person):
    """The application whose first interviewer has submitted and whose second has not."""
    return two_panelists[0].interview.application


def test_leads_count_by_dimension_and_shadows_do_not(both, person):
    before = {row.dimension: row.planned for row in coverage_of(both, person("recruiter")).rows}
    interview = both.interviews.first()
    Panelist.objects.create(interview=interview, user=person("admin"), role=Panelist.Role.SHADOW)
    Panelist.objects.create(interview=interview, user=person("manager"), role=Panelist.Role.LEAD)

    after = {row.dimension: row.planned for row in coverage_of(both, person("recruiter")).rows}

    of_round = set(interview.round.dimensions.all())
    assert {dimension: after[dimension] - before[dimension] for dimension in after} == {
        dimension: int(dimension in of_round) for dimension in after
    }


def test_what_came_in_is_for_those_who_may_read_the_debrief(both, person, client_of):
    panelist = Panelist.objects.create(interview=both.interviews.first(), user=person("recruiter"))

    blind, reader = coverage_of(both, person("recruiter")), coverage_of(both, person("manager"))

    assert {row.came_in for row in blind.rows} == {None}
    assert max(row.came_in for row in reader.rows) == 1
    page = client_of("recruiter").get(reverse("application_coverage", args=[both.pk])).content.decode()
    assert "Scores in" not in page
    assert panelist.pk


def test_who_declined_is_not_counted_only_for_those_who_may_know(both, two_panelists, person):
    decline_scorecard(drafts.open_scorecard(two_panelists[1]), reason="Was ill", by=two_panelists[1].user)
    Panelist.objects.create(interview=two_panelists[0].interview, user=person("recruiter"))

    blind, reader = coverage_of(both, person("recruiter")), coverage_of(both, person("manager"))

    dimension = two_panelists[1].interview.round.dimensions.first()
    planned = [next(row.planned for row in found.rows if row.dimension == dimension) for found in (blind, reader)]
    assert planned[0] == planned[1] + 1


def test_what_is_thin_comes_with_the_smallest_change(both, client_of):
    page = client_of("manager").get(reverse("application_coverage", args=[both.pk])).content.decode()

    assert "The smallest change that helps: one more interviewer in" in page


def planned(application, reader) -> int:
    """How many judgements of dimensions are planned in all."""
    return sum(row.planned for row in coverage_of(application, reader).rows)


def test_a_withdrawn_scorecard_covers_nothing(both, two_panelists, person, client_of):
    before = coverage_of(both, person("manager"))
    card = two_panelists[0].scorecard

    withdraw_scorecard(card, reason="The wrong candidate", by=two_panelists[0].user)

    after = coverage_of(both, person("manager"))
    of_round = two_panelists[0].interview.round.dimensions.count()
    assert planned(both, person("manager")) == sum(row.planned for row in before.rows) - of_round
    assert set(before.thin) < set(after.thin)
    page = client_of("manager").get(reverse("application_coverage", args=[both.pk])).content.decode()
    assert after.change in page


def test_that_a_scorecard_was_withdrawn_is_only_for_those_who_may_know(both, two_panelists, person):
    Panelist.objects.create(interview=two_panelists[0].interview, user=person("recruiter"))
    before = planned(both, person("recruiter"))

    withdraw_scorecard(two_panelists[0].scorecard, reason="The wrong candidate", by=two_panelists[0].user)

    assert planned(both, person("recruiter")) == before


def test_whoever_left_after_submitting_covers_what_they_judged(both, two_panelists, person):
    before = planned(both, person("manager"))

    Panelist.objects.filter(pk=two_panelists[0].pk).update(ended_at=timezone.now())

    assert planned(both, person("manager")) == before
