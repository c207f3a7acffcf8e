"""Every part of an installation falls in turn while people work: what is lost, doubled, and for how long nothing works.

python -m tests.drill.whole [--seed 1] [--people 12] [--rounds 1] [--long] [--only WORD ...] [--report FILE]
"""

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import django
from aiosmtpd.controller import Controller

from tests.config import prepared
from tests.config.processes import GOOD_KEY, environment, eventually, free_port
from tests.drill.faults import Faults
from tests.drill.parts import Database, Keeper, Proxy, installation, up
from tests.drill.people import Browser, Person, Typist, Watch
from tests.drill.sink import Sink

CALM = 2.0  # seconds of work between two faults
BACK_WITHIN = 60.0
DRAINED_WITHIN = 480.0  # longer than what a killed worker had in hand stays its own, and than the second pause


@dataclass
class Seen:
    """What one fault did."""

    fault: str
    lost: int
    without_service: float
    errors: dict[str, int]


class Drill:
    """The installation with its people; `faults` by what they are called."""

    def __init__(self, folder: Path, *, people: int, seed: int) -> None:
        self.folder, self.count, self.chance = folder, people, random.Random(seed)
        self.data, self.store = folder / "data", folder / "files"
        self.database, self.sink, self.watch = Database(self.data), Sink(), Watch()
        self.over = threading.Event()
        self.asked: set[int] = set()
        self.planned: set[int] = set()
        self.decided: set[int] = set()
        self.erased: set[int] = set()  # applications
        self.kills = 0

    # --- start and end ---
    @contextmanager
    def running(self) -> Iterator[None]:
        self.data.mkdir(mode=0o700)
        os.environ.setdefault("EVENHAND_DATA", str(self.folder))  # where the copy is made that is filled in
        prepared.fill(self.data)
        self.mail_port = free_port()
        env = environment(
            DATABASE_URL=self.database.start(),
            CELERY_BROKER_URL=f"redis://127.0.0.1:{free_port()}/0",
            EMAIL_URL=f"smtp://127.0.0.1:{self.mail_port}",
            SECRET_KEY=GOOD_KEY,
            EVENHAND_DATA=str(self.data),
            EVENHAND_DEMO="1",
            MEDIA_ROOT=str(self.store),
            PACKET_LEASE_SECONDS="3",
            WEB_CONCURRENCY="1",
            DJANGO_SETTINGS_MODULE="config.settings",
        )
        os.environ.update(env | {"LOG_LEVEL": "ERROR"})  # of this process alone
        sys.argv = ["manage.py", "drill"]  # the settings of a command: no page of this process is anybody's
        django.setup()
        self.parts, ports, self.redis = installation(env, self.folder)
        self.keeper, self.proxy = Keeper(self.parts), Proxy(ports)
        self.start_mail()
        self.keeper.start()
        self.proxy.start()
        try:
            for port in [*ports, self.proxy.port]:
                assert up(port), "a part did not start"
            yield
        finally:
            self.over.set()
            self.keeper.close()
            self.proxy.close()
            self.mail.stop()
            self.database.stop()

    def start_mail(self) -> None:
        self.mail = Controller(self.sink, hostname="127.0.0.1", port=self.mail_port, ready_timeout=90)
        self.mail.start()

    # --- people ---
    def start_people(self) -> None:
        from candidates.models import Opening
        from tests.bench import data

        self.opening = Opening.objects.get()
        self.typists = self._typists()
        self.world = data.build()
        self.panel = data.interviewers(self.world, 2)
        self.debated = [self.scored(f"Debated {number}") for number in range(3)]
        reader = self._browser("recruiter@example.com")
        acts: list[tuple[Callable[[], None], tuple[float, float]]] = [(one.act, (0.5, 2.0)) for one in self.typists]
        pages = ["/", "/candidates/", "/openings/", "/rubrics/"]
        acts += [(lambda: reader.ask("GET", random.choice(pages)) and None, (0.1, 0.4))] * 2
        acts += [(self._ask_for_a_packet, (1.0, 3.0)), (self.plan, (1.0, 3.0)), (self._decide, (1.0, 3.0))]
        for act, pause in acts:
            Person(act, self.over, pause=pause).start()

    def _browser(self, email: str) -> Browser:
        from accounts.models import User
        from tests.bench.data import cookie

        return Browser(self.proxy.port, cookie(User.objects.get(email=email)), self.watch)

    def _typists(self) -> list[Typist]:
        from accounts.services import add_person

        found = []
        for number in range(self.count):
            address = f"typist{number}@example.com"
            person = add_person(address, by=None, name=f"Typist {number}")
            panelist = self._interview(f"Written About {number}", person).panelists.get()
            dimension = panelist.interview.round.dimensions.first()
            found.append(Typist(self._browser(address), panelist.pk, dimension.pk))
        return found

    def _interview(self, name: str, person: Any) -> Any:
        from django.utils import timezone

        from accounts.models import User
        from candidates.services import add_candidate, plan_interview

        opening, by = self.opening, User.objects.get(email="recruiter@example.com")
        application = add_candidate(opening, name=name, email="", by=by)
        starts, due = timezone.now() + timedelta(days=1), timezone.now() + timedelta(days=3)
        first = opening.rounds.first()
        return plan_interview(application, round=first, starts_at=starts, due_at=due, leads=[person], shadows=[], by=by)

    def plan(self) -> None:
        """An interview, whose interviewer gets a mail."""
        from django.db import close_old_connections, transaction

        from accounts.models import User

        close_old_connections()
        with suppress(Exception):  # away; what was stored is acknowledged below
            with transaction.atomic():
                interview = self._interview(
                    f"Planned {time.monotonic()}", User.objects.get(email="manager@example.com")
                )
            self.planned.add(interview.pk)

    def scored(self, name: str) -> Any:
        """A new application whose panel has submitted."""
        from tests.bench import data

        application = data.application(self.world, name)
        data.submitted(self.world, application, self.panel)
        return application

    def _decide(self) -> None:
        """A decision, or the reopening of the one that stands."""
        from django.db import close_old_connections

        from debriefs.meetings import record_decision, reopen_debrief

        close_old_connections()
        application, by = self.chance.choice(self.debated), self.world.manager
        with suppress(Exception):  # away
            application.refresh_from_db()
            if application.decided:
                reopen_debrief(application, reason="Another look", by=by)
                return
            decision = record_decision(application, outcome="hold", rationale="Not yet clear", by=by)
            self.decided.add(decision.pk)

    def _ask_for_a_packet(self) -> None:
        from django.db import close_old_connections

        from accounts.models import User
        from candidates.models import Application
        from debriefs.profiles import VALUES
        from packets import life

        close_old_connections()
        with suppress(Exception):
            by = User.objects.get(email="manager@example.com")
            scored = Application.objects.filter(candidate__name__in=["Elias Okafor", "Sunniva Berg"])
            application = self.chance.choice(list(scored))
            paper, archival = self.chance.choice(["a4", "letter"]), self.chance.choice([True, False])
            profile = self.chance.choice(VALUES)
            packet = life.request_packet(application.pk, profile=profile, by=by, paper=paper, archival=archival)
            self.asked.add(packet.pk)

    @property
    def store_is_small(self) -> bool:
        return os.path.ismount(self.store)

    # --- what is seen ---
    def suffer(self, name: str, fault: Callable[[], None]) -> Seen:
        print(name, flush=True)
        self.watch.begin()
        fault()
        probe = self._browser_of_nobody()
        back = eventually(lambda: probe.ask("GET", "/accounts/login/")[0] == 200, within=BACK_WITHIN)
        assert back, f"nothing works {BACK_WITHIN:g} s after this: {name}"
        time.sleep(CALM)
        without, errors = self.watch.longest, self.watch.errors()
        return Seen(name, self._lost(), without, errors)

    def _browser_of_nobody(self) -> Browser:
        return Browser(self.proxy.port, "nobody=1", self.watch)

    def _lost(self) -> int:
        """Acknowledged words, interviews and decisions that the database does not have."""
        from django.db import close_old_connections

        from candidates.models import Interview
        from debriefs.models import Decision
        from scorecards.models import Rating

        close_old_connections()
        lost = 0
        for typist in self.typists:
            with typist.lock:
                rows = Rating.objects.filter(scorecard__panelist=typist.panelist, dimension=typist.dimension)
                lost += typist.lost(rows.values_list("evidence", flat=True).first() or "")
        for model, known in ((Interview, set(self.planned)), (Decision, set(self.decided))):
            lost += len(known - set(model.objects.filter(pk__in=known).values_list("pk", flat=True)))
        return lost

    def drained(self) -> dict[str, int]:
        """Once nothing waits any more: packets and mails that were lost or doubled."""
        from accounts.models import User
        from audit.models import Event
        from notices.models import Mail
        from packets import files, life
        from packets.models import Packet

        manager = User.objects.get(email="manager@example.com")

        of_erased = Packet.objects.filter(application_id__in=self.erased)
        wanted = Packet.objects.exclude(application_id__in=self.erased)

        def done() -> bool:
            for packet in wanted.filter(state="failed"):
                life.retry_packet(packet, by=manager)  # as its page offers
            waits = wanted.exclude(state="ready").exists()
            return not (waits or Mail.objects.filter(state__in=["waiting", "sending"]).exists())

        eventually(done, within=DRAINED_WITHIN)
        files.remove_orphans()
        packets = list(wanted)
        stored = [path for path in (self.store / "packets").glob("*") if path.is_file()]
        ready = Counter(Event.objects.filter(kind="packet.ready").values_list("subject_id", flat=True))
        mails = list(Mail.objects.exclude(state="stopped").values_list("message_id", "state"))
        for mail in Mail.objects.exclude(state__in=["stopped", "sent"]):
            print(f"not sent: {mail.state} after {mail.attempts} tries, {mail.problem or 'no problem'}", flush=True)
        known = {packet.pk for packet in packets}
        return {
            "interviews planned": len(self.planned),
            "decisions recorded": len(self.decided),
            "packets asked for": len(self.asked),
            "packets lost": len(self.asked - known) + sum(packet.state != "ready" for packet in packets),
            "packets left of who was erased": of_erased.exclude(state="expired").count(),
            "packets doubled": sum(count > 1 for count in ready.values()) + max(0, len(stored) - len(packets)),
            "mails": len(mails),
            "mails lost": sum(state != "sent" or not self.sink.taken[name] for name, state in mails),
            "mails sent twice under one Message-ID": sum(count > 1 for count in self.sink.taken.values()),
        }


def small_disk(folder: Path) -> bool:
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", str(folder)]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def report(seen: list[Seen], totals: dict[str, int], *, people: int, seed: int) -> str:
    others = "two reading, one planning, one deciding, one asking for packets"
    lines = [f"{people} people typing, {others}; seed {seed}.", ""]
    lines.append("| fault | acknowledged writes lost | seconds without service | errors that people saw |")
    lines.append("|---|---|---|---|")
    for one in seen:
        errors = ", ".join(f"{count} × {answer}" for answer, count in one.errors.items()) or "none"
        lines.append(f"| {one.fault} | {one.lost} | {one.without_service:.1f} | {errors} |")
    lines += ["", *[f"- {name}: {number}" for name, number in totals.items()]]
    return "\n".join(lines)


def main() -> int:
    options = argparse.ArgumentParser(prog="python -m tests.drill.whole")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--people", type=int, default=12)
    options.add_argument("--rounds", type=int, default=1, help="how often each fault comes")
    options.add_argument("--long", action="store_true", help="parts stay away for longer: Redis for 30 s")
    options.add_argument("--only", nargs="*", default=[], help="the faults with one of these words")
    options.add_argument("--report", type=Path)
    given = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="evenhand-whole-", ignore_cleanup_errors=True) as place:
        folder = Path(place)
        folder.chmod(0o755)
        mounted = small_disk(folder / "files")
        drill = Drill(folder, people=given.people, seed=given.seed)
        try:
            with drill.running():
                drill.start_people()
                time.sleep(CALM)
                wanted = [*Faults(drill, long=given.long).named().items()]
                if given.only:
                    wanted = [(name, act) for name, act in wanted if any(word in name for word in given.only)]
                faults = wanted * given.rounds
                drill.chance.shuffle(faults)
                seen = [drill.suffer(name, fault) for name, fault in faults]
                drill.over.set()
                totals = drill.drained()
        finally:
            for log in folder.glob("*.log"):
                if os.environ.get("EVENHAND_DRILL_LOGS"):
                    shutil.copy(log, os.environ["EVENHAND_DRILL_LOGS"])
            if mounted:
                subprocess.run(["umount", str(folder / "files")], check=False)
    words = report(seen, totals, people=given.people, seed=given.seed)
    print(words)
    if given.report:
        given.report.write_text(words + "\n")
    broken = sum(one.lost + one.errors.get("500", 0) for one in seen)
    broken += totals["packets lost"] + totals["packets doubled"] + totals["mails lost"]
    broken += totals["packets left of who was erased"]
    broken += max(0, totals["mails sent twice under one Message-ID"] - drill.kills)
    print("Nothing was lost or doubled." if not broken else "Something was lost, doubled or failed.", flush=True)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
