"""Who may ask for packets, and what the trail tells of them."""

import pytest

from audit.models import Event
from audit.services import record
from packets.batches import request_batch
from packets.policies import batch_choices, hand_outs, hidden_events, may_request_packet


@pytest.mark.parametrize(
    ("name", "may"),
    [("manager", True), ("recruiter", True), ("interviewer", False), ("interviewer2", False), ("admin", False)],
)
def test_packets_are_for_those_who_run_the_opening(scored_application, person, name, may):
    assert may_request_packet(person(name), scored_application) is may
    assert hand_outs(person(name)).filter(pk=scored_application.pk).exists() is may


def test_choices_for_a_batch_are_the_newest_first_and_say_what_is_left_out(
    scored_application, unscored_application, person
):
    every = scored_application.opening.applications.all()

    choices = batch_choices(every, person("manager"), most=100)

    left_out = {choice.application.pk: choice.left_out for choice in choices}
    assert list(left_out) == sorted(every.values_list("pk", flat=True), reverse=True)
    assert (left_out[scored_application.pk], left_out[unscored_application.pk]) == ("", "nothing")
    assert batch_choices(every, person("manager"), most=1) == choices[:1]
    assert batch_choices(every, person("interviewer"), most=100) == []


def test_the_trail_hides_others_packets_from_who_owes_a_scorecard(requested_packet, person):
    packet = requested_packet()
    events = Event.objects.filter(kind="packet.requested", subject_id=packet.pk)

    hidden = {name: events.filter(hidden_events(person(name))).exists() for name in ("interviewer2", "recruiter")}

    assert hidden == {"interviewer2": True, "recruiter": False}


def test_the_trail_hides_batches_with_an_application_that_one_owes_a_scorecard_of(scored_application, person):
    owing, others = person("interviewer2"), person("recruiter")
    batch = request_batch(
        scored_application.opening, applications=[scored_application.pk], profile="full", by=person("manager")
    )
    record("batch.downloaded", by=person("manager"), subject=batch)
    record("batch.downloaded", by=owing, subject=batch)
    events = Event.objects.filter(subject_type="packetbatch", subject_id=batch.pk)

    left = {
        user: set(events.exclude(hidden_events(user)).values_list("actor_id", flat=True)) for user in (owing, others)
    }

    assert left == {owing: {owing.pk}, others: {owing.pk, person("manager").pk}}
