"""The next version is deployed while people work: old and new code side by side on one schema.

python -m tests.drill.upgrade [--from REVISION] [--people 6] [--calm 5] [--report FILE]

The steps are those of docs/operations.md, “Without a pause”. The old version is the last tagged one; where there is
none, the one before the newest change of the schema.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tarfile
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller

from tests.config.processes import GOOD_KEY, ROOT, environment, eventually, free_port
from tests.drill.parts import Database, Keeper, Part, Proxy, installation, up
from tests.drill.people import Browser, Person, Typist, Watch
from tests.drill.sink import Sink

DRAINED_WITHIN = 480.0
BEFORE = "the old version at work"  # what people see there is its own fault, and no deployment's
LEFT_OUT = 2.0  # seconds between taking a web server out of the balancer and stopping it
LINES = 60  # of a server's log, where anything went wrong
# Both are run by the version that is at work: what they call is not this one's before it is deployed.
SET_UP = """
import json, sys
import django
django.setup()
from datetime import timedelta
from django.utils import timezone
from accounts.models import User
from accounts.services import add_person
from candidates.models import Application, Opening
from candidates.services import add_candidate, plan_interview
from tests.bench.data import cookie
by, opening = User.objects.get(email="recruiter@example.com"), Opening.objects.earliest("pk")
starts, due = timezone.now() + timedelta(days=1), timezone.now() + timedelta(days=3)
typists = []
for number in range(int(sys.argv[1])):
    person = add_person(f"typist{number}@example.com", by=None, name=f"Typist {number}")
    application = add_candidate(opening, name=f"Written About {number}", email="", by=by)
    interview = plan_interview(
        application, round=opening.rounds.first(), starts_at=starts, due_at=due, leads=[person], shadows=[], by=by
    )
    dimension = interview.round.dimensions.first()
    typists.append([cookie(person), interview.panelists.get().pk, dimension.pk])
scored = Application.objects.filter(candidate__name__in=["Elias Okafor", "Sunniva Berg"])
found = {"typists": typists, "scored": list(scored.values_list("pk", flat=True))}
for name in ("recruiter", "manager"):
    found[name] = cookie(User.objects.get(email=f"{name}@example.com"))
print(json.dumps(found))
"""
PLAN = """
import os, time
import django
django.setup()
from datetime import timedelta
from itertools import count
from django.utils import timezone
from accounts.models import User
from candidates.models import Opening
from candidates.services import add_candidate, plan_interview
by, told = User.objects.get(email="recruiter@example.com"), User.objects.get(email="manager@example.com")
opening = Opening.objects.earliest("pk")
for number in count():
    application = add_candidate(opening, name=f"Planned {os.getpid()} {number}", email="", by=by)
    starts, due = timezone.now() + timedelta(days=1), timezone.now() + timedelta(days=3)
    interview = plan_interview(
        application, round=opening.rounds.first(), starts_at=starts, due_at=due, leads=[told], shadows=[], by=by
    )
    print("planned", interview.pk, flush=True)
    time.sleep(1)
"""


def version_before() -> str:
    """The last tag before this commit, else the commit before the newest change of the schema."""
    tag = _git("describe", "--tags", "--abbrev=0", "HEAD^")
    if tag:
        return tag
    return _git("log", "-1", "--format=%H", "--", "*/migrations/*.py") + "^"


def _git(*arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout.strip() if done.returncode == 0 else ""


def _port(part: Part) -> int:
    """Where that web server listens; 0 for what is none."""
    if "-b" not in part.command:
        return 0
    return int(part.command[part.command.index("-b") + 1].rpartition(":")[2])


def unpack(revision: str, folder: Path) -> None:
    """The source of that revision; raises CalledProcessError where the clone does not have it."""
    packed = subprocess.run(["git", "archive", revision], cwd=ROOT, capture_output=True, check=True).stdout
    with tarfile.open(fileobj=BytesIO(packed)) as archive:
        archive.extractall(folder, filter="data")


class Upgrade:
    """An installation of the old version with its people, and the steps to the new one."""

    def __init__(self, folder: Path, *, revision: str, people: int, calm: float) -> None:
        self.folder, self.revision, self.people, self.calm = folder, revision, people, calm
        self.old, self.data = folder / "old", folder / "data"
        self.database, self.sink, self.watch = Database(self.data), Sink(), Watch()
        self.over = threading.Event()
        self.rows: list[tuple[str, int, float, str]] = []
        self.unfinished: list[str] = []

    # --- start and end ---
    @contextmanager
    def running(self) -> Iterator[None]:
        self.old.mkdir()
        self.data.mkdir(mode=0o700)
        unpack(self.revision, self.old)
        mail = Controller(self.sink, hostname="127.0.0.1", port=free_port(), ready_timeout=90)
        with ExitStack() as stack:
            address = self.database.start()
            stack.callback(self.database.stop)
            self.env = self._environment(address, mail.port)
            self._fill()
            mail.start()
            stack.callback(mail.stop)
            self._start_parts(stack)
            stack.callback(self.over.set)
            yield

    def _environment(self, database: str, mail_port: int) -> dict[str, str]:
        return environment(
            DATABASE_URL=database,
            CELERY_BROKER_URL=f"redis://127.0.0.1:{free_port()}/0",
            EMAIL_URL=f"smtp://127.0.0.1:{mail_port}",
            SECRET_KEY=GOOD_KEY,
            EVENHAND_DATA=str(self.data),
            EVENHAND_DEMO="1",
            PACKET_LEASE_SECONDS="3",
            WEB_CONCURRENCY="1",
            DJANGO_SETTINGS_MODULE="config.settings",
        )

    def _fill(self) -> None:
        for command in (["migrate"], ["load_sample"], ["sample_data", "--candidates", "50"]):
            self._manage(self.old, *command)
        for code in (self.old, ROOT):
            self._manage(code, "collectstatic", "--noinput")

    def _start_parts(self, stack: ExitStack) -> None:
        self.parts, ports, _ = installation(self._env_of(self.old), self.folder, self.old)
        self.planner = Part("planner", [sys.executable, "-c", PLAN], self.env, self.folder / "planner.log", self.old)
        self.keeper, self.proxy = Keeper([*self.parts, self.planner]), Proxy(ports)
        self.proxy.start()
        stack.callback(self.proxy.close)
        self.keeper.start()
        stack.callback(self.keeper.close)
        for port in [*ports, self.proxy.port]:
            assert up(port), "a part did not start"

    def _env_of(self, code: Path) -> Mapping[str, str]:
        """Each version serves its own static files."""
        return self.env | {"STATIC_ROOT": str(self.data / f"static-{code.name}")}

    def _manage(self, code: Path, *arguments: str) -> None:
        command = [sys.executable, "manage.py", *arguments, "-v", "0"]
        subprocess.run(command, cwd=code, env=self._env_of(code), stdout=subprocess.DEVNULL, check=True)

    # --- people ---
    def start_people(self) -> None:
        told = subprocess.run(
            [sys.executable, "-c", SET_UP, str(self.people)],
            cwd=self.old,
            env=self.env,
            stdout=subprocess.PIPE,
            check=True,
        )
        found = json.loads(told.stdout)
        self.typists = [Typist(self._browser(cookie), *keys) for cookie, *keys in found["typists"]]
        reader, manager = self._browser(found["recruiter"]), self._browser(found["manager"])
        Person(lambda: self._read(reader), self.over, pause=(0.1, 0.4)).start()
        Person(lambda: self._ask(manager, found["scored"]), self.over, pause=(1.0, 3.0)).start()
        for typist in self.typists:
            Person(typist.act, self.over, pause=(0.5, 2.0)).start()

    def _browser(self, cookie: str) -> Browser:
        return Browser(self.proxy.port, cookie, self.watch)

    def _read(self, reader: Browser) -> None:
        number = sum(self.watch.answers.values())
        pages = ["/", "/candidates/", "/openings/", "/rubrics/"]
        reader.ask("GET", pages[number % len(pages)])

    def _ask(self, manager: Browser, applications: list[int]) -> None:
        number = sum(self.watch.answers.values())
        profile = ["full", "totals", "summary", "no-interviewers"][number % 4]
        paper = ["a4", "letter"][number % 2]
        path = f"/applications/{applications[number % len(applications)]}/packets/"
        manager.ask("POST", path, {"profile": profile, "paper": paper})

    # --- the steps ---
    def deploy(self) -> None:
        webs = [part for part in self.parts if part.name.startswith("web")]
        workers = [part for part in self.parts if part.name.startswith("worker")]
        beats = [part for part in self.parts if part.name.startswith("beat")]
        self._step(BEFORE, lambda: None)
        self._step("the new version migrates; the old goes on", lambda: self._manage(ROOT, "migrate"))
        self._step("workers of both versions", lambda: self._renew(workers[0]))
        self._step("web servers of both versions", lambda: self._renew(webs[0]))
        self._step("the other worker and web server, the beats", lambda: self._renew(workers[1], webs[1], *beats))
        self._step("who plans is of the new version", lambda: self._renew(self.planner))

    def _renew(self, *parts: Part) -> None:
        for part in parts:
            port = _port(part)
            if port:
                self.proxy.leave_out(port)
                time.sleep(LEFT_OUT)
            part.end()
            part.code, part.env = ROOT, self._env_of(ROOT)
            part.start()
            part.held = False
            if port:
                fresh = Browser(port, "nobody=1", Watch())
                assert eventually(lambda fresh=fresh: fresh.ask("GET", "/readyz")[0] == 200)
                self.proxy.take_in(port)

    def _step(self, name: str, act: Callable[[], None]) -> None:
        print(name, flush=True)
        self.watch.begin()
        act()
        time.sleep(self.calm)
        errors = ", ".join(f"{count} × {answer}" for answer, count in self.watch.errors().items())
        answered = sum(self.watch.answers.values())
        self.rows.append((name, answered, self.watch.longest, errors or "none"))

    # --- what is seen ---
    def totals(self) -> dict[str, int]:
        """Seen by the new version once nothing waits any more."""
        self.over.set()
        self.planner.end()
        os.environ.update(self.env | {"LOG_LEVEL": "ERROR"})
        sys.argv = ["manage.py", "drill"]
        import django

        django.setup()
        from audit.models import Event
        from candidates.models import Interview
        from notices.models import Mail
        from packets.models import Packet
        from scorecards.models import Rating

        def drained() -> bool:
            waits = Packet.objects.filter(state__in=["queued", "building"]).exists()
            return not (waits or Mail.objects.filter(state__in=["waiting", "sending"]).exists())

        eventually(drained, within=DRAINED_WITHIN)
        for packet in Packet.objects.exclude(state="ready"):
            told = (packet.state, f"attempts {packet.attempts}", f"until {packet.lease_until}", packet.error)
            self.unfinished.append(f"packet {packet.pk}: {', '.join(told)}")
        lost = 0
        for typist in self.typists:
            with typist.lock:
                rows = Rating.objects.filter(scorecard__panelist=typist.panelist, dimension=typist.dimension)
                lost += typist.lost(rows.values_list("evidence", flat=True).first() or "")
        planned = {int(pk) for pk in re.findall(r"^planned (\d+)$", self.planner.log.read_text(), re.M)}
        known = Interview.objects.filter(pk__in=planned).count()
        ready = Counter(Event.objects.filter(kind="packet.ready").values_list("subject_id", flat=True))
        mails: list[Any] = list(Mail.objects.exclude(state="stopped").values_list("message_id", "state"))
        return {
            "acknowledged words": sum(typist.number for typist in self.typists),
            "interviews planned": len(planned),
            "packets": Packet.objects.count(),
            "mails": len(mails),
            "words lost": lost,
            "interviews lost": len(planned) - known,
            "packets lost": Packet.objects.exclude(state="ready").count(),
            "packets doubled": sum(count > 1 for count in ready.values()),
            "mails lost": sum(state != "sent" or not self.sink.taken[name] for name, state in mails),
            "mails doubled": sum(count > 1 for count in self.sink.taken.values()),
        }

    def report(self, totals: Mapping[str, int]) -> str:
        lines = [f"{self.people} people typing, one reading, one planning, one asking for packets; 50 candidates.", ""]
        lines.append("| step | answers | longest time without one, s | errors that people saw |")
        lines.append("|---|---|---|---|")
        lines += [f"| {name} | {count} | {longest:.1f} | {errors} |" for name, count, longest, errors in self.rows]
        lines += ["", *[f"- {name}: {number}" for name, number in totals.items()]]
        return "\n".join(lines)

    def mishaps(self) -> list[str]:
        """What people saw while the new version came, and the ends of the servers' logs."""
        told = [f"{name}: {errors}" for name, _, _, errors in self.rows if errors != "none"]
        ends = []
        for part in self.parts:
            lines = part.log.read_text(errors="replace").splitlines() if part.name.startswith("web") else []
            ends += [f"{part.name}: {line}" for line in lines[-LINES:]]
        seen = [*ends, *self.watch.mishaps, *told] if told else []
        return [*seen, *self.unfinished]


def main() -> int:
    options = argparse.ArgumentParser(prog="python -m tests.drill.upgrade")
    options.add_argument("--from", dest="revision", default="", help="the old version; a tag or commit of this clone")
    options.add_argument("--people", type=int, default=6)
    options.add_argument("--calm", type=float, default=5.0, help="seconds of work after each step")
    options.add_argument("--report", type=Path)
    given = options.parse_args()
    revision = given.revision or version_before()
    with tempfile.TemporaryDirectory(prefix="evenhand-upgrade-", ignore_cleanup_errors=True) as place:
        folder = Path(place)
        folder.chmod(0o755)
        drill = Upgrade(folder, revision=revision, people=given.people, calm=given.calm)
        with drill.running():
            drill.start_people()
            drill.deploy()
            totals = drill.totals()
        mishaps = drill.mishaps()
    words = drill.report(totals)
    print(words)
    print("\n".join(mishaps))
    if given.report:
        given.report.write_text(words + "\n")
    broken = sum(number for name, number in totals.items() if name.endswith(("lost", "doubled")))
    broken += sum(errors != "none" for name, *_, errors in drill.rows if name != BEFORE)
    print("Nobody noticed anything." if not broken else "Something was lost, doubled or refused.", flush=True)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
