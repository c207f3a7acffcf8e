"""Claims: free, ours, lost; and the heartbeat that keeps one."""

from datetime import timedelta

import pytest
from django.utils import timezone

from packets.leases import MAX_ATTEMPTS, free, ours, take
from packets.models import Packet
from tests.config.processes import GOOD_KEY, environment, manage


@pytest.fixture
def queued_packet(requested_packet):
    return requested_packet()


def row_of(packet: Packet):
    return Packet.objects.filter(pk=packet.pk)


def test_a_queued_row_is_taken_once_under_a_token_of_its_own(queued_packet):
    first, second = take(row_of(queued_packet)), take(row_of(queued_packet))

    now = row_of(queued_packet).get()
    assert (first, second) == (True, False)
    assert (now.state, now.attempts, now.token is None) == ("building", 1, False)
    assert now.lease_until > timezone.now()


def test_what_a_claim_changes_besides_is_changed_with_it(queued_packet):
    take(row_of(queued_packet), stage="Gathering")

    assert row_of(queued_packet).get().stage == "Gathering"


@pytest.mark.parametrize(
    ("state", "seconds", "attempts", "is_free"),
    [
        ("queued", 60, 0, True),
        ("building", -1, 1, True),
        ("building", 60, 1, False),
        ("building", -1, MAX_ATTEMPTS, False),
        ("failed", -1, 1, False),
    ],
)
def test_free_is_what_waits_or_was_lost_and_not_tried_too_often(queued_packet, state, seconds, attempts, is_free):
    until = timezone.now() + timedelta(seconds=seconds)
    row_of(queued_packet).update(state=state, lease_until=until, attempts=attempts)

    assert row_of(queued_packet).filter(free()).exists() is is_free


def test_a_row_is_ours_until_another_takes_it(queued_packet):
    take(row_of(queued_packet))
    claimed = row_of(queued_packet).get()
    before = ours(claimed).exists()
    row_of(queued_packet).update(lease_until=timezone.now() - timedelta(seconds=1))

    take(row_of(queued_packet))

    assert (before, ours(claimed).exists(), ours(row_of(queued_packet).get()).exists()) == (True, False, True)


@pytest.mark.parametrize("hours", [-2, 2])
def test_a_worker_whose_clock_is_wrong_takes_nothing_from_another_and_loses_nothing(queued_packet, monkeypatch, hours):
    take(row_of(queued_packet))
    strange = timezone.now() + timedelta(hours=hours)
    monkeypatch.setattr(timezone, "now", lambda: strange)

    assert not take(row_of(queued_packet))
    row_of(queued_packet).update(state="queued")
    take(row_of(queued_packet))
    monkeypatch.undo()
    assert not take(row_of(queued_packet))
    assert row_of(queued_packet).get().lease_until < timezone.now() + timedelta(hours=1)


BEYOND_ITS_MEMORY = """
import resource
from packets.leases import heartbeat
from packets.models import Packet
_, hardest = resource.getrlimit(resource.RLIMIT_DATA)
resource.setrlimit(resource.RLIMIT_DATA, (1, hardest))
with heartbeat(Packet(pk=1)):
    print("started, limit", resource.getrlimit(resource.RLIMIT_DATA)[0])
"""


def test_a_heartbeat_starts_where_the_memory_limit_is_reached():
    env = environment(DATABASE_URL="postgresql://127.0.0.1:1/none", SECRET_KEY=GOOD_KEY)
    done = manage("shell", "-v", "0", "-c", BEYOND_ITS_MEMORY, env=env)

    assert done.stdout.strip() == "started, limit 1", done.stderr
