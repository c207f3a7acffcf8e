"""A broker that nobody answers at: the packet waits in its row, and the person who asked sees no error."""

import pytest

from packets import life
from packets.models import Packet
from tests.config.processes import GOOD_KEY, connected_database, environment

PROGRAM = """
from packets.models import Packet
from packets import life
packet = Packet.objects.get()
life.retry_packet(packet, by=packet.requested_by)
life.sweep()
print(Packet.objects.get().state)
"""


@pytest.mark.django_db(transaction=True)
def test_unreachable_broker_delays_a_packet_and_loses_nothing(requested_packet, forking):
    packet = requested_packet()
    Packet.objects.filter(pk=packet.pk).update(state="failed", error="The disk is full.")
    env = environment(
        DATABASE_URL=connected_database(),
        CELERY_BROKER_URL="redis://127.0.0.1:9/0",
        SECRET_KEY=GOOD_KEY,
    )

    done = forking.manage("shell", "-v", "0", "-c", PROGRAM, env=env)

    assert (done.returncode, done.stdout) == (0, "queued\n"), done.stderr
    assert life.claim(packet.pk) is not None
