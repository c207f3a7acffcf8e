"""Overrides, and what was seen before submitting."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from audit.models import Event
from candidates.models import Panelist
from scorecards import services
from scorecards.models import Override, Scorecard, Sighting


@pytest.mark.parametrize("empty", ["", "  ", "\x00"])
def test_override_needs_a_reason(scored_application, person, two_panelists, empty):
    with pytest.raises(ValidationError):
        services.grant_override(scored_application, two_panelists[1].user, reason=empty, by=person("recruiter"))

    assert not Override.objects.exists()


@pytest.mark.parametrize("name", ["interviewer", "interviewer2", "manager", "admin"])
def test_only_a_recruiter_grants_an_override(scored_application, person, two_panelists, name):
    with pytest.raises(PermissionDenied):
        services.grant_override(scored_application, two_panelists[1].user, reason="because", by=person(name))


def test_second_override_changes_and_records_nothing(scored_application, person, two_panelists):
    first = services.grant_override(
        scored_application, two_panelists[1].user, reason="They lead round two", by=person("recruiter")
    )

    second = services.grant_override(
        scored_application, two_panelists[1].user, reason="Another reason", by=person("recruiter")
    )

    assert (second.pk, second.reason) == (first.pk, "They lead round two")
    assert Event.objects.filter(kind="override.granted").count() == 1


def test_sightings_keep_the_first_time_and_skip_ones_own(scored_application, person, two_panelists):
    services.note_sightings(scored_application, by=person("manager"), way="debrief")
    first = Sighting.objects.get(user=person("manager"))

    services.note_sightings(scored_application, by=person("manager"), way="debrief")
    services.note_sightings(scored_application, by=two_panelists[0].user, way="debrief")

    assert Sighting.objects.get(user=person("manager")).at == first.at
    assert not Sighting.objects.filter(user=two_panelists[0].user).exists()
    assert Event.objects.filter(kind="debrief.viewed", subject_id=scored_application.pk).count() == 3


def test_a_shadow_shows_nothing_so_nobody_has_seen_it(scored_application, person, two_panelists, hand_in):
    Panelist.objects.filter(pk=two_panelists[1].pk).update(role="shadow")
    two_panelists[1].refresh_from_db()
    shadow = hand_in(two_panelists[1])

    services.note_sightings(scored_application, by=person("manager"), way="debrief")

    assert not Sighting.objects.filter(scorecard=shadow).exists()
    assert Sighting.objects.filter(user=person("manager")).count() == 1


def test_a_packet_shows_only_what_was_submitted_by_then(scored_application, person):
    before = Scorecard.objects.filter(state="submitted").earliest("pk").submitted_at

    services.keep_sightings(scored_application, by=person("manager"), until=before - timedelta(seconds=1), way="packet")
    nothing = Sighting.objects.count()
    services.keep_sightings(scored_application, by=person("manager"), until=before, way="packet")

    assert (nothing, Sighting.objects.count()) == (0, 1)
