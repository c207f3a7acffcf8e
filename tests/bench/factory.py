"""Real workers on a hundred packets: whether a second process helps, and whether one keeps its size."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from debriefs.profiles import VALUES
from packets.life import new_packet, requeue, wake_worker
from packets.models import Packet, WorkerHeartbeat
from tests.bench import data, server
from tests.bench.figures import Figure
from tests.bench.memory import held
from tests.config.processes import eventually, running

PANEL = 2  # interviewers of each packet
APPLICATIONS = 20  # each with a packet of every profile: a hundred in all
WARM = 20  # packets after which a process has met everything it keeps


def measure(world: data.World) -> list[Figure]:
    ours = []
    for number in range(APPLICATIONS):
        whose = data.application(world, f"One of many {number}")
        data.submitted(world, whose, data.interviewers(world, PANEL))
        ours += [new_packet(whose, profile=profile, by=world.recruiter, wake=False).pk for profile in VALUES]
    with _worker(1) as parent:
        _build(ours[:WARM])
        before = _resident(parent)
        one = _build(ours)
        _build(ours)
        after = _resident(parent)
    with _worker(2):
        _build(ours[:WARM])
        two = _build(ours)
    return [
        Figure(f"{len(ours)} packets: rate of two worker processes, of one's", two / one, least=1.8),
        Figure(f"{len(ours)} packets: rate of one worker process", one, "a second"),
        Figure(f"worker memory after {WARM + 2 * len(ours)} packets, of after {WARM}", after / before, most=1.1),
    ]


@contextmanager
def _worker(processes: int) -> Iterator[int]:
    """The process id of a worker, whose children build."""
    command = [sys.executable, "-m", "celery", "-A", "config", "worker", "-c", str(processes), "-l", "WARNING"]
    WorkerHeartbeat.objects.all().delete()
    with running(*command, env=os.environ, log=Path(os.environ["EVENHAND_DATA"]) / "worker.log") as parent:
        assert eventually(WorkerHeartbeat.objects.exists)
        yield parent.pid


def _build(ours: list[int]) -> float:
    """Have these built again, all at once; packets a second between the first that is finished and the last."""
    for packet_id in ours:
        requeue(Packet(pk=packet_id), from_state=Packet.State.READY)
        wake_worker(packet_id)
    waiting = Packet.objects.filter(pk__in=ours).exclude(state=Packet.State.READY)
    assert eventually(lambda: not waiting.exists(), within=600), list(waiting.values("pk", "state", "error"))
    finished: list[datetime] = sorted(Packet.objects.filter(pk__in=ours).values_list("finished_at", flat=True))
    return (len(ours) - 1) / (finished[-1] - finished[0]).total_seconds()


def _resident(parent: int) -> float:
    """MB that the worker's building process holds now."""
    (builder,) = server.children(parent)
    return held(builder)
