"""Decisions, overrides and what was seen before submitting."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from audit.models import Event
from candidates.models import Panelist
from scorecards import meetings, services
from scorecards.models import Decision, Override, Scorecard, Sighting

HIRE = {"outcome": "hire", "rationale": "Clear evidence on both must-haves."}


def test_decision_is_recorded_with_its_words(scored, person):
    decision = meetings.record_decision(
        scored, by=person("manager"), **HIRE, dissent="I saw no depth.", dissenter="Tomas Brandt", conditions="Visa"
    )

    stored = Decision.objects.get(pk=decision.pk)
    assert (stored.outcome, stored.rationale, stored.dissenter) == ("hire", HIRE["rationale"], "Tomas Brandt")
    assert stored.decided_by == person("manager")
    assert Event.objects.filter(kind="decision.recorded", subject_id=scored.pk).count() == 1


def test_a_second_decision_needs_a_reopening_with_a_reason_and_stands_beside_the_first(scored, person):
    manager = person("manager")
    first = meetings.record_decision(scored, by=manager, **HIRE)
    with pytest.raises(ValidationError):
        meetings.record_decision(scored, by=manager, **HIRE)
    for empty in ("", " \n", "\x07"):
        with pytest.raises(ValidationError) as caught:
            meetings.reopen_debrief(scored, reason=empty, by=manager)
        assert set(caught.value.message_dict) == {"reason"}

    meetings.reopen_debrief(scored, reason="Budget froze.", by=manager)
    second = meetings.record_decision(scored, by=manager, outcome="hold", rationale="Budget froze.")

    assert list(scored.decisions.all()) == [second, first]
    assert list(scored.decisions.standing()) == [second]


@pytest.mark.parametrize("name", ["interviewer", "interviewer2", "recruiter", "admin"])
def test_only_the_hiring_manager_decides(scored, person, name):
    with pytest.raises(PermissionDenied):
        meetings.record_decision(scored, by=person(name), **HIRE)

    assert not scored.decisions.exists()


def test_hiring_manager_who_owes_a_scorecard_does_not_decide(scored, person, seats):
    Panelist.objects.filter(pk=seats[1].pk).update(user=person("manager"))

    with pytest.raises(PermissionDenied):
        meetings.record_decision(scored, by=person("manager"), **HIRE)


@pytest.mark.parametrize(
    ("field", "value"),
    [("outcome", "maybe"), ("rationale", "  "), ("rationale", "\x00"), ("dissenter", "x" * 201)],
)
def test_decision_that_does_not_fit_is_refused_at_its_field(scored, person, field, value):
    with pytest.raises(ValidationError) as caught:
        meetings.record_decision(scored, by=person("manager"), **HIRE | {field: value})

    assert set(caught.value.message_dict) == {field}
    assert not scored.decisions.exists()


def test_override_needs_a_reason(scored, person, seats):
    for empty in ("", "  ", "\x00"):
        with pytest.raises(ValidationError):
            services.grant_override(scored, seats[1].user, reason=empty, by=person("recruiter"))

    assert not Override.objects.exists()


@pytest.mark.parametrize("name", ["interviewer", "interviewer2", "manager", "admin"])
def test_only_a_recruiter_grants_an_override(scored, person, seats, name):
    with pytest.raises(PermissionDenied):
        services.grant_override(scored, seats[1].user, reason="because", by=person(name))


def test_second_override_changes_and_records_nothing(scored, person, seats):
    first = services.grant_override(scored, seats[1].user, reason="They lead round two", by=person("recruiter"))

    second = services.grant_override(scored, seats[1].user, reason="Another reason", by=person("recruiter"))

    assert (second.pk, second.reason) == (first.pk, "They lead round two")
    assert Event.objects.filter(kind="override.granted").count() == 1


def test_sightings_keep_the_first_time_and_skip_ones_own(scored, person, seats):
    services.note_sightings(scored, by=person("manager"), way="debrief")
    first = Sighting.objects.get(user=person("manager"))

    services.note_sightings(scored, by=person("manager"), way="debrief")
    services.note_sightings(scored, by=seats[0].user, way="debrief")

    assert Sighting.objects.get(user=person("manager")).at == first.at
    assert not Sighting.objects.filter(user=seats[0].user).exists()
    assert Event.objects.filter(kind="debrief.viewed", subject_id=scored.pk).count() == 3


def test_a_shadow_shows_nothing_so_nobody_has_seen_it(scored, person, seats, submitted):
    Panelist.objects.filter(pk=seats[1].pk).update(role="shadow")
    seats[1].refresh_from_db()
    shadow = submitted(seats[1])

    services.note_sightings(scored, by=person("manager"), way="debrief")

    assert not Sighting.objects.filter(scorecard=shadow).exists()
    assert Sighting.objects.filter(user=person("manager")).count() == 1


def test_a_packet_shows_only_what_was_submitted_by_then(scored, person):
    before = Scorecard.objects.filter(state="submitted").earliest("pk").submitted_at

    services.keep_sightings(scored, by=person("manager"), until=before - timedelta(seconds=1), way="packet")
    nothing = Sighting.objects.count()
    services.keep_sightings(scored, by=person("manager"), until=before, way="packet")

    assert (nothing, Sighting.objects.count()) == (0, 1)
