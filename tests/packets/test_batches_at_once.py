"""Two workers at one item of a batch, on two database connections."""

import pytest

from candidates.models import Application
from packets import batches, life
from packets.models import BatchItem, Packet
from packets.tasks import build_batch_item
from scorecards.models import Scorecard
from scorecards.withdrawing import withdraw_scorecard
from tests.concurrently import meanwhile
from tests.packets.conftest import SHORTEST

pytestmark = pytest.mark.django_db(transaction=True)


def test_who_waited_for_an_item_sees_the_packet_that_it_was_given(scored_application, person):
    """Also where none could be asked for any more by then."""
    by = person("manager")
    batch = batches.request_batch(
        scored_application.opening, applications=[scored_application.pk], profile=SHORTEST, by=by
    )
    item = batch.items.get()

    def give_it_a_packet() -> int:
        application = Application.objects.get(pk=scored_application.pk)
        packet = life.new_packet(application, profile=SHORTEST, by=by, wake=False)
        BatchItem.objects.filter(pk=item.pk).update(packet=packet)
        for card in Scorecard.objects.filter(panelist__interview__application=application, state="submitted"):
            withdraw_scorecard(card, reason="Wrong candidate", by=card.panelist.user)
        return packet.pk

    packet, outcome = meanwhile(
        give_it_a_packet,
        lambda: build_batch_item(item_id=item.pk),
        behind=BatchItem.objects.filter(pk=item.pk),
    )

    item.refresh_from_db()
    assert outcome is None
    assert (item.packet_id, item.left_out) == (packet, "")
    assert Packet.objects.count() == 1
