"""Two workers at one packet, on two database connections: one of them builds it."""

import pytest

from packets import life
from packets.models import Packet
from tests.concurrently import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_claims_at_once_give_one_worker_the_packet(requested_packet):
    packet = requested_packet()

    claims = at_once(
        lambda: life.claim(packet.pk),
        lambda: life.claim(packet.pk),
        behind=Packet.objects.filter(pk=packet.pk),
    )

    winner = next(claim for claim in claims if claim is not None)
    now = Packet.objects.get(pk=packet.pk)
    assert claims.count(None) == 1
    assert (now.token, now.attempts) == (winner.token, 1)


def test_two_retries_at_once_queue_once(requested_packet, person):
    from audit.models import Event

    packet = requested_packet()
    Packet.objects.filter(pk=packet.pk).update(state="failed", error="The disk is full.")
    by = person("manager")

    at_once(
        lambda: life.retry_packet(packet, by=by),
        lambda: life.retry_packet(packet, by=by),
        behind=Packet.objects.filter(pk=packet.pk),
    )

    assert Event.objects.filter(kind="packet.retried").count() == 1
