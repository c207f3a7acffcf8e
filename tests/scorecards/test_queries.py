"""Reads that pages share: how far each panelist is, for whom, and what is laid side by side."""

from datetime import timedelta

import pytest
from django.utils import timezone

from candidates.models import Panelist
from scorecards import drafts, services
from scorecards.models import Scorecard
from scorecards.queries import comparable, panel_overview, state_of


@pytest.fixture
def panelist(unscored_application) -> Panelist:
    """The first interviewer of the fresh application."""
    return Panelist.objects.filter(interview__application=unscored_application).order_by("pk").first()


@pytest.fixture
def shadow(panelist, person) -> Panelist:
    """Somebody who sits beside the first interviewer to learn."""
    return Panelist.objects.create(interview=panelist.interview, user=person("admin"), role="shadow")


def due(panelist: Panelist, **ago: int) -> Panelist:
    """The panelist read afresh, their scorecard due so long ago."""
    moment = timezone.now() - timedelta(**ago)
    interviews = type(panelist.interview).objects.filter(pk=panelist.interview_id)
    interviews.update(starts_at=moment - timedelta(hours=1), due_at=moment)
    return Panelist.objects.get(pk=panelist.pk)


# --- how far a panelist is ---------------------------------------------------
def test_a_scorecard_not_begun_is_missing_and_late_once_due(panelist):
    early = state_of(due(panelist, hours=-1), known=True)
    late = state_of(due(panelist, hours=1), known=True)

    assert (early.state, early.late) == ("missing", False)
    assert (late.state, late.late) == ("missing", True)


def test_a_draft_is_late_and_a_finished_scorecard_is_not(panelist):
    card = drafts.open_scorecard(due(panelist, hours=1))

    begun = state_of(Panelist.objects.get(pk=panelist.pk), known=True)
    services.decline_scorecard(card, reason="They did not come", by=panelist.user)
    finished = state_of(Panelist.objects.get(pk=panelist.pk), known=True)

    assert (begun.state, begun.late) == ("draft", True)
    assert (finished.state, finished.late) == ("declined", False)


def test_that_a_scorecard_was_imported_is_told_to_whoever_may_know_of_it(panelist):
    Scorecard.objects.create(panelist=panelist, imported=True)
    stored = Panelist.objects.get(pk=panelist.pk)

    assert state_of(stored, known=True).imported
    assert not state_of(stored, known=False).imported


def test_who_may_not_know_reads_neither_state_nor_lateness(panelist):
    hidden = state_of(due(panelist, hours=1), known=False)

    assert (hidden.state, hidden.late) == ("", False)
    assert hidden.name == panelist.user.display_name


# --- a whole panel -----------------------------------------------------------
def test_a_panel_stands_in_the_order_of_its_interviews(unscored_application, person):
    overview = panel_overview(unscored_application, person("recruiter"))

    starts = [row.starts_at for row in overview.panelists]
    assert starts == sorted(starts)
    assert not overview.blind


def test_a_blind_reader_is_told_their_own_state_alone(unscored_application, panelist, hand_in):
    first, second = Panelist.objects.filter(interview__application=unscored_application).order_by("pk")
    hand_in(first)

    overview = panel_overview(unscored_application, second.user)

    assert overview.blind
    assert {row.user_id: row.state for row in overview.panelists} == {first.user_id: "", second.user_id: "missing"}


# --- side by side ------------------------------------------------------------
def test_nothing_stands_beside_a_draft(panelist):
    assert comparable(drafts.open_scorecard(panelist)) == []


def test_nothing_stands_beside_a_scorecard_that_nobody_shadowed(panelist, hand_in):
    assert comparable(hand_in(panelist)) == []


def test_nothing_stands_there_until_the_shadow_has_submitted(panelist, shadow, hand_in):
    card = hand_in(panelist)
    drafts.open_scorecard(shadow)

    assert comparable(card) == []


def test_a_lead_and_a_shadow_stand_beside_each_other(panelist, shadow, hand_in):
    of_lead, of_shadow = hand_in(panelist), hand_in(shadow)

    assert comparable(of_lead) == [of_lead, of_shadow]
    assert comparable(of_shadow) == [of_shadow, of_lead]


def test_two_leads_are_not_laid_beside_each_other(panelist, person, hand_in):
    second = Panelist.objects.create(interview=panelist.interview, user=person("admin"))

    card = hand_in(panelist)
    hand_in(second)

    assert comparable(card) == []
    assert Scorecard.objects.filter(panelist__interview=panelist.interview_id).count() == 2
