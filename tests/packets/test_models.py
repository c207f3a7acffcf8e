"""Rows of packets and batches: what the database holds of them, and whose they are."""

import pytest

from candidates.models import Panelist
from packets.models import BatchItem, Packet, PacketBatch
from tests.queries import saved


@pytest.fixture
def packet(scored_application, person) -> Packet:
    """One that waits, not built by anybody."""
    return Packet.objects.create(application=scored_application, fingerprint="f" * 64, requested_by=person("manager"))


@pytest.fixture
def batch(packet, unscored_application) -> PacketBatch:
    """The manager's, with one packet and one application that is left out."""
    batch = PacketBatch.objects.create(
        opening=packet.application.opening, profile="full", requested_by=packet.requested_by
    )
    batch.items.create(application=packet.application, packet=packet)
    batch.items.create(application=unscored_application, left_out="nothing")
    return batch


def test_one_packet_per_content_of_those_that_are_not_expired(packet):
    again = Packet(application=packet.application, fingerprint=packet.fingerprint, requested_by=packet.requested_by)

    assert not saved(again)
    again.profile = "totals"
    assert saved(again)
    again.profile, again.pk, again._state.adding = "full", None, True
    Packet.objects.filter(pk=packet.pk).update(state="expired")
    assert saved(again)


def test_what_is_ready_has_a_file(packet, batch):
    packet.state = batch.state = "ready"
    batch.archive_sha256 = "a" * 64

    assert (saved(packet), saved(batch)) == (False, False)
    packet.sha256 = batch.document_sha256 = "b" * 64
    assert (saved(packet), saved(batch)) == (True, True)


def test_an_application_is_in_a_batch_once_and_what_is_left_out_has_no_packet(packet, batch):
    assert not saved(BatchItem(batch=batch, application=packet.application))
    item = batch.items.get(left_out="nothing")
    item.packet = packet
    assert not saved(item)


def test_a_packet_goes_out_of_sight_while_its_reader_owes_a_scorecard_there(packet, person):
    manager = person("manager")
    before = Packet.objects.visible_to(manager).exists()

    Panelist.objects.create(interview=packet.application.interviews.first(), user=manager)

    assert (before, Packet.objects.visible_to(manager).exists()) == (True, False)
    assert Packet.objects.visible_to(person("recruiter")).exists()


@pytest.mark.parametrize(("owing_on", "stays"), [("packet", False), ("left out", True)])
def test_a_batch_goes_out_of_sight_with_one_of_the_debriefs_that_are_in_it(
    batch, packet, unscored_application, owing_on, stays
):
    manager = batch.requested_by
    application = packet.application if owing_on == "packet" else unscored_application

    Panelist.objects.create(interview=application.interviews.first(), user=manager)

    assert PacketBatch.objects.visible_to(manager).exists() is stays


def test_a_batch_is_its_askers_alone(batch, person):
    assert PacketBatch.objects.visible_to(batch.requested_by).get() == batch
    assert not PacketBatch.objects.visible_to(person("recruiter")).exists()
