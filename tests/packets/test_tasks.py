"""What a message wakes: the row decides whether there is anything to do."""

from datetime import timedelta

import pytest
from celery.signals import worker_ready
from django.utils import timezone

from packets.models import Packet, PacketBatch, WorkerHeartbeat
from packets.tasks import assemble_batch, build_packet, worker_heartbeat


@pytest.mark.django_db
def test_a_worker_is_seen_at_its_start_and_then_in_one_row_of_its_release(settings):
    settings.RELEASE = "0.12.10 (1a2b3c4d5e6f)"
    begin = timezone.now()
    WorkerHeartbeat.objects.create(name="0.1.0", at=begin - timedelta(days=2))
    worker_ready.send(sender=None)
    first = WorkerHeartbeat.objects.get().at

    worker_heartbeat()

    seen = WorkerHeartbeat.objects.get()
    assert begin <= first < seen.at
    assert seen.name == "0.12.10 1a2b3c4d5e6f"


@pytest.mark.parametrize("state", ["building", "ready", "failed", "expired"])
def test_a_message_that_comes_twice_or_late_builds_nothing(requested_packet, state):
    packet = requested_packet()
    later = timezone.now() + timedelta(minutes=5)
    Packet.objects.filter(pk=packet.pk).update(state=state, sha256="a" * 64, lease_until=later)

    build_packet(packet_id=packet.pk)

    assert Packet.objects.get().state == state
    assert Packet.objects.get().attempts == 0


@pytest.mark.django_db
def test_a_message_of_a_row_that_is_gone_is_no_error():
    build_packet(packet_id=2_000_000_000)
    assemble_batch(batch_id=2_000_000_000)


@pytest.mark.parametrize("state", ["cancelled", "expired"])
def test_a_batch_that_nobody_wants_any_more_is_not_put_together(scored_application, person, state):
    batch = PacketBatch.objects.create(
        opening=scored_application.opening, profile="full", requested_by=person("manager"), state=state
    )

    assemble_batch(batch_id=batch.pk)

    batch.refresh_from_db()
    assert (batch.state, batch.archive.name, batch.attempts) == (state, "", 0)
