"""How long somebody waits for a packet: from asking to the finished file, by a real worker and by the command."""

import os
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

from candidates.models import Application
from notices.waking import wake
from packets.life import new_packet
from packets.models import Packet, WorkerHeartbeat
from tests.bench import data
from tests.bench.figures import Figure
from tests.bench.packets import whole
from tests.config.processes import ROOT, eventually, running

WARM = 8
# What the command has to read whatever it does: the settings with their applications, and the engine.
IMPORTS = "import django; django.setup(); import weasyprint"


def measure(world: data.World) -> list[Figure]:
    ours = [_judged(world, number) for number in range(WARM + 3)]
    built = [whole(new_packet(row, profile="full", by=world.recruiter, wake=False)) for row in ours[-2:]]
    first, *warm = _by_worker(world, ours[: WARM + 1])
    command, imports = _by_command(ours[0])
    return [
        Figure("packet: asked of a warm worker to finished, of the build alone", median(warm) / min(built), most=2),
        Figure("packet: a fresh worker's first, of its later ones", first / median(warm), most=2.5),
        Figure("packet: cold command, of its imports alone", command / imports, most=2.5),
        Figure("packet: asked of a warm worker to finished", median(warm), "s"),
        Figure("packet: a fresh worker's first", first, "s"),
        Figure("packet: cold command", command, "s of CPU"),
    ]


def _judged(world: data.World, number: int) -> Application:
    whose = data.application(world, f"Waited For {number}")
    data.submitted(world, whose, data.interviewers(world, 5))
    return whose


def _by_worker(world: data.World, ours: list[Application]) -> list[float]:
    """Seconds for each, one after the other, of a worker that has just begun."""
    WorkerHeartbeat.objects.all().delete()
    command = [sys.executable, "-m", "celery", "-A", "config", "worker", "-c", "1", "-l", "WARNING"]
    log = Path(os.environ["EVENHAND_DATA"]) / "worker.log"
    with running(*command, env=os.environ, log=log):
        assert eventually(WorkerHeartbeat.objects.exists, within=60), log.read_text()[-2000:]
        _done_with_what_was_sent_before()
        return [_waited(world, row) for row in ours]


def _done_with_what_was_sent_before() -> None:
    """The interviews above sent mails, which no worker took; a heartbeat comes behind them all."""
    seen = WorkerHeartbeat.objects.get().at
    wake("scorecards.worker_heartbeat")
    assert eventually(WorkerHeartbeat.objects.filter(at__gt=seen).exists, within=60)


def _waited(world: data.World, whose: Application) -> float:
    started = time.perf_counter()
    packet = new_packet(whose, profile="full", by=world.recruiter, wake=True)
    ready = Packet.objects.filter(pk=packet.pk, state=Packet.State.READY)
    while not ready.exists():
        assert time.perf_counter() - started < 60, Packet.objects.get(pk=packet.pk).error
        time.sleep(0.02)
    return time.perf_counter() - started


def _by_command(whose: Application) -> tuple[float, float]:
    """CPU seconds of the command that builds a packet, and of what it imports; the best of three each."""
    target = Path(os.environ["EVENHAND_DATA"]) / "waited.pdf"
    manage = [str(ROOT / "manage.py"), "build_packet", str(whose.pk), "--output", str(target)]
    commands, imports = [], []
    for profile in ("totals", "no-interviewers", "no-candidate"):
        commands.append(_cpu(*manage, "--profile", profile))
        imports.append(_cpu("-c", IMPORTS))
    return min(commands), min(imports)


def _cpu(*arguments: str) -> float:
    before = os.times()
    subprocess.run([sys.executable, *arguments], check=True, cwd=ROOT, capture_output=True, timeout=300)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system
