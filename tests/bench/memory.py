"""Peak memory of the real processes: gunicorn's after serving pages, the Celery worker's after building packets."""

import os
import re
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

from accounts.models import User
from accounts.published import PASSWORD
from candidates.models import Application, Panelist
from packets.life import new_packet
from packets.models import Packet, WorkerHeartbeat
from tests.bench import data, server
from tests.bench.figures import Figure
from tests.config.processes import eventually, running

ROUNDS = 40
PACKETS = 6
AT_ONCE = 8  # sign-ins


def measure(world: data.World, scored: Application, panelist: Panelist) -> list[Figure]:
    most = web(world, scored, panelist)
    return [Figure("peak memory: web process, with sign-ins", most, "MB", most=150), *worker(world, scored)]


def peak(pid: int) -> float:
    """The most that the process ever had resident."""
    return held(pid, "VmHWM")


def held(pid: int, what: str = "VmRSS") -> float:
    """MB of 1,000,000 bytes that the kernel states of the process: those resident now, unless another line is named."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith(f"{what}:"):
            return int(line.split()[1]) * 1024 / 1e6
    raise ValueError(f"process {pid} has no memory of its own")


def web(world: data.World, scored: Application, panelist: Panelist) -> float:
    """MB of the largest of the web processes, each of which has served every page many times, and sign-ins at once."""
    looker, recruiter = data.cookie(world.looker), data.cookie(world.recruiter)
    pages = [(f"/panelists/{panelist.pk}/scorecard/", looker), (f"/applications/{scored.pk}/debrief/", recruiter)]
    pages += [("/", looker), ("/", recruiter), ("/rubrics/", recruiter), ("/openings/", recruiter)]
    people = _with_passwords(data.interviewers(world, AT_ONCE))
    with server.serving() as (port, master):
        for _ in range(ROUNDS):
            for path, cookie in pages:
                assert server.get(port, path, cookie) == 200, path
        for _ in range(3):
            with ThreadPoolExecutor(len(people)) as pool:
                assert all(pool.map(partial(_sign_in, port), people))
        return max(peak(pid) for pid in server.children(master))


def _with_passwords(people: list[User]) -> list[str]:
    """Their addresses, by which and by the sample's password they can sign in from now on."""
    for person in people:
        person.set_password(PASSWORD)
        person.save(update_fields=["password"])
    return [person.email for person in people]


def _sign_in(port: int, email: str) -> bool:
    """Whether they got in, with a form as a browser sends it."""
    page = f"http://127.0.0.1:{port}/accounts/login/"
    browser = build_opener(HTTPCookieProcessor())
    form = browser.open(page, timeout=60).read().decode()
    token = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', form)[0]
    sent = {"login": email, "password": PASSWORD, "csrfmiddlewaretoken": token}
    request = Request(page, urlencode(sent).encode(), {"Referer": page})
    answer = browser.open(request, timeout=60)
    return answer.status == 200 and not answer.url.startswith(page)


def worker(world: data.World, scored: Application) -> list[Figure]:
    """The worker's child after packets of 5 interviewers, then after one of 50."""
    asked = []
    for number in range(PACKETS):
        whose = data.application(world, f"Memory {number}")
        data.submitted(world, whose, data.interviewers(world, 5))
        asked.append(new_packet(whose, profile="full", by=world.recruiter, wake=True))
    command = [sys.executable, "-m", "celery", "-A", "config", "worker", "-c", "1", "-l", "WARNING"]
    log = Path(os.environ["EVENHAND_DATA"]) / "worker.log"
    WorkerHeartbeat.objects.all().delete()
    with running(*command, env=os.environ, log=log) as parent:
        _await_ready(asked, log)
        usual = max(peak(pid) for pid in [parent.pid, *server.children(parent.pid)])
        builders = server.children(parent.pid)
        _await_ready([new_packet(scored, profile="full", by=world.recruiter, wake=True)], log)
        large = max(peak(pid) for pid in builders if Path(f"/proc/{pid}").exists())
    return [
        Figure("peak memory: worker, packets of 5 x 8", usual, "MB", most=350),
        Figure("peak memory: worker, a packet of 50 x 8", large, "MB"),
    ]


def _await_ready(asked: list[Packet], log: Path) -> None:
    built = Packet.objects.filter(pk__in=[packet.pk for packet in asked], state=Packet.State.READY)
    assert eventually(lambda: built.count() == len(asked), within=300), log.read_text()[-2000:]
