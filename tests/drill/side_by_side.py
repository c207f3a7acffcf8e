"""Many people, the worker and beat act upon the same few openings at the same moment, each on a connection of its own.

python -m tests.drill.side_by_side [--seconds 60] [--hands 10] [--seed 1] [--only WORD ...]

PostgreSQL looks for circles of waiting transactions after DEADLOCK_MS instead of a second, so that more of them are
found. Whatever an act raises that no page tells in words of its own is a fault, printed with the statements that
waited for each other. At the end nothing may be doubled, half done or out of step.
"""

import argparse
import faulthandler
import os
import random
import re
import sys
import tempfile
import threading
import time
import traceback
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import django
import psycopg

from config import embedded, postgres
from tests.config import prepared
from tests.config.processes import GOOD_KEY, environment
from tests.drill.parts import Database

if TYPE_CHECKING:
    from tests.drill.acts import Act, Lot

DEADLOCK_MS = 20
OPENINGS, CANDIDATES, INTERVIEWERS = 3, 6, 5
STUCK = 300  # seconds in which the last act ends on the busiest machine
LONGEST = 20  # lines of a fault that are printed
MORE = re.compile(r"\t|.*? (DETAIL|HINT|CONTEXT|STATEMENT):  ")  # lines of the server that belong to the one before
# What is there twice, half done or out of step; each counts rows, of which there are none.
BROKEN = {
    "interviews planned twice or by nobody": """
        SELECT count(*) FROM candidates_interview i
         WHERE 1 <> (SELECT count(*) FROM audit_event e
                      WHERE e.kind = 'interview.planned' AND e.subject_id = i.id)
           AND EXISTS (SELECT 1 FROM candidates_application a WHERE a.id = i.application_id AND a.opening_id = ANY(%s))
           AND NOT EXISTS (SELECT 1 FROM scorecards_importedrow r WHERE r.kind = 'interview' AND r.number = i.id)""",
    "interviews without anybody": """
        SELECT count(*) FROM candidates_interview i JOIN candidates_application a ON a.id = i.application_id
         WHERE a.opening_id = ANY(%s)
           AND NOT EXISTS (SELECT 1 FROM candidates_panelist p WHERE p.interview_id = i.id)""",
    "scorecards submitted twice or by nobody": """
        SELECT count(*) FROM scorecards_scorecard s JOIN candidates_panelist p ON p.id = s.panelist_id
          JOIN candidates_interview i ON i.id = p.interview_id
          JOIN candidates_application a ON a.id = i.application_id
         WHERE a.opening_id = ANY(%s) AND s.state = 'submitted' AND NOT s.imported
           AND 1 <> (SELECT count(*) FROM audit_event e
                      WHERE e.kind = 'scorecard.submitted' AND e.subject_id = s.id)""",
    "candidates added to an opening that was closed": """
        SELECT count(*) FROM candidates_application a JOIN candidates_opening o ON o.id = a.opening_id
         WHERE o.id = ANY(%s) AND o.closed_at < a.created_at
           AND NOT EXISTS (SELECT 1 FROM scorecards_importedrow r WHERE r.kind = 'application' AND r.number = a.id)""",
    "applications whose first due time is another": """
        SELECT count(*) FROM candidates_application a
         WHERE a.opening_id = ANY(%s) AND a.owed_by IS DISTINCT FROM (
               SELECT min(p.owes_by) FROM candidates_interview i JOIN candidates_panelist p ON p.interview_id = i.id
                WHERE i.application_id = a.id AND p.role = 'lead')""",
    "panelists whose due time is another": """
        SELECT count(*) FROM candidates_panelist p JOIN candidates_interview i ON i.id = p.interview_id
          JOIN candidates_application a ON a.id = i.application_id
         WHERE a.opening_id = ANY(%s) AND p.owes_by IS NOT NULL AND p.owes_by <> i.due_at""",
    "applications with another outcome than their decision's": """
        SELECT count(*) FROM candidates_application a
         WHERE a.opening_id = ANY(%s) AND a.decided <> COALESCE((
               SELECT d.outcome FROM debriefs_decision d
                WHERE d.application_id = a.id
                  AND NOT EXISTS (SELECT 1 FROM debriefs_reopening r WHERE r.decision_id = d.id)), '')""",
    "panelists with two links that open": """
        SELECT count(*) FROM (
            SELECT l.panelist_id FROM scorecards_guestlink l JOIN candidates_panelist p ON p.id = l.panelist_id
              JOIN candidates_interview i ON i.id = p.interview_id
              JOIN candidates_application a ON a.id = i.application_id
             WHERE a.opening_id = ANY(%s) AND l.revoked_at IS NULL GROUP BY 1 HAVING count(*) > 1) twice""",
    "drafts of erased candidates that can be written": """
        SELECT count(*) FROM candidates_panelist p JOIN candidates_interview i ON i.id = p.interview_id
          JOIN candidates_application a ON a.id = i.application_id JOIN candidates_candidate c ON c.id = a.candidate_id
         WHERE a.opening_id = ANY(%s) AND c.erased_at IS NOT NULL AND p.owes_by IS NOT NULL""",
    "rubrics with two drafts or two published versions": """
        SELECT count(*) FROM (
            SELECT v.rubric_id FROM rubrics_rubricversion v, (SELECT %s::bigint[]) unused
             WHERE v.state <> 'retired' GROUP BY v.rubric_id, v.state HAVING count(*) > 1) twice""",
}


@dataclass
class Seen:
    """What became of the acts, by their names."""

    done: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    refusals: dict[str, str] = field(default_factory=dict)  # the last of each act
    faults: Counter[tuple[str, str]] = field(default_factory=Counter)
    examples: dict[tuple[str, str], str] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def saw(self, name: str, error: Exception | None, *, refused: bool) -> None:
        with self.lock:
            if error is None:
                self.done[name] += 1
            elif refused:
                self.refused[name] += 1
                self.refusals[name] = f"{type(error).__name__} {error}"[:150]
            else:
                fault = name, f"{type(error).__name__} {_line_of(error)}"
                self.faults[fault] += 1
                self.examples.setdefault(fault, "".join(traceback.format_exception(error)))


def _line_of(error: Exception) -> str:
    """Where in our code it was raised last, and its first words."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "site-packages" not in frame.filename and "tests" not in frame.filename]
    where = f"{Path(ours[-1].filename).name}:{ours[-1].lineno}" if ours else "at the commit"
    return f"{where} {str(error).strip().splitlines()[0] if str(error).strip() else ''}"[:150]


class Hand(threading.Thread):
    """One of those who act, again and again until it is over."""

    def __init__(self, acts: Mapping[str, "Act"], lot: "Lot", seen: Seen, over: threading.Event, *, page: bool) -> None:
        super().__init__(daemon=True)
        self.acts, self.lot, self.seen, self.over, self.page = acts, lot, seen, over, page

    def run(self) -> None:
        from django.db import connection

        names = list(self.acts)
        while not self.over.is_set():
            self._act(self.lot.chance.choice(names))
        connection.close()

    def _act(self, name: str) -> None:
        from django.db import transaction

        from config.overtaken import overtaken_by
        from tests.drill.acts import REFUSALS, NothingToDo

        try:
            if self.page:
                with transaction.atomic():  # as ATOMIC_REQUESTS does
                    self.acts[name](self.lot)
            else:
                self.acts[name](self.lot)
        except NothingToDo:
            return
        except Exception as error:
            told = isinstance(error, REFUSALS) or bool(overtaken_by(error))  # a page tells that as 409
            self.seen.saw(name, error, refused=self.page and told)
        else:
            self.seen.saw(name, None, refused=False)


class Drill:
    """The installation, its openings and those who act upon them."""

    def __init__(self, folder: Path, *, hands: int, seed: int, only: list[str]) -> None:
        self.data, self.hands, self.seed, self.only = folder / "data", hands, seed, only
        self.database, self.seen = Database(self.data), Seen()

    @contextmanager
    def running(self) -> Iterator[None]:
        self.data.mkdir(mode=0o700)
        os.environ.setdefault("EVENHAND_DATA", str(self.data.parent))  # where the copy is made that is filled in
        prepared.fill(self.data)
        address = self.database.start()
        try:
            self._look_for_circles()
            env = environment(
                DATABASE_URL=address,
                EMAIL_URL="dummymail://",
                SECRET_KEY=GOOD_KEY,
                EVENHAND_DATA=str(self.data),
                EVENHAND_DEMO="1",
                LOG_LEVEL="CRITICAL",
                DJANGO_SETTINGS_MODULE="config.settings",
            )
            os.environ.update(env)
            sys.argv = ["manage.py", "drill"]  # the settings of a command: no page of this process is anybody's
            django.setup()
            yield
        finally:
            self.database.stop()

    def _look_for_circles(self) -> None:
        socket = str(postgres.socket_folder(self.data / "postgres"))
        with psycopg.connect(host=socket, user="postgres", dbname=embedded.NAME, autocommit=True) as session:
            session.execute(f"ALTER SYSTEM SET deadlock_timeout = '{DEADLOCK_MS}ms'")
            session.execute("SELECT pg_reload_conf()")

    def build(self) -> None:
        """A few openings on one rubric, whose people and candidates are nearly all the same."""
        from accounts.models import User
        from accounts.services import add_person
        from candidates.models import Candidate
        from candidates.services import add_candidate, plan_interview, save_round
        from rubrics.services import copy_version, publish_version
        from tests.bench import data

        chance = random.Random(self.seed)
        by = User.objects.get(email="recruiter@example.com")
        add_person("second.recruiter@example.com", by=None, name="Second Recruiter", is_recruiter=True)
        panel = [
            add_person(f"panelist{number}@example.com", by=None, name=f"Interviewer {number}")
            for number in range(INTERVIEWERS)
        ]
        worlds = [data.build()]
        for number in range(OPENINGS - 1):
            worlds.append(data.another(worlds[0], f"Measured role {number}"))
        self.openings = [world.opening.pk for world in worlds]
        draft = copy_version(worlds[0].opening.rubric_version, "Written by many", by=by)
        self.rubric = publish_version(draft, by=by).rubric_id
        for world in worlds:
            second = type(world.round)(opening=world.opening, order=2, name="Second")
            save_round(second, dimensions=list(world.round.dimensions.all()), by=by)
            for number in range(CANDIDATES):
                known = Candidate.objects.filter(name=f"Shared {number}").first() if number < 3 else None
                name = f"Shared {number}" if number < 3 else f"Only {world.opening.pk} {number}"
                application = add_candidate(world.opening, name=name, email="", known=known, by=by)
                starts = data.timezone.now() - timedelta(minutes=chance.choice([90, -60]))
                due = starts + timedelta(minutes=120)
                leads = chance.sample(panel, 2)
                for round_ in (world.round, second):
                    plan_interview(
                        application, round=round_, starts_at=starts, due_at=due, leads=leads, shadows=[], by=by
                    )

    def act(self, seconds: float) -> None:
        from tests.drill.acts import OF_PAGES, OF_THE_WORKER, Lot

        over, hands = threading.Event(), []
        for number in range(self.hands):
            page = number >= max(1, self.hands // 5)
            acts = _wanted(OF_PAGES if page else OF_THE_WORKER, self.only)
            lot = Lot(random.Random(f"{self.seed} {number}"), self.openings, self.rubric)
            if acts:
                hands.append(Hand(acts, lot, self.seen, over, page=page))
        for hand in hands:
            hand.start()
        over.wait(seconds)
        over.set()
        for hand in hands:
            hand.join()

    def broken(self) -> dict[str, int]:
        """What is there twice, half done or out of step, and whether the audit trail is whole."""
        from django.db import connection

        from audit.chain import verify

        found = {}
        with connection.cursor() as cursor:
            for what, sql in BROKEN.items():
                cursor.execute(sql, [self.openings])
                found[what] = cursor.fetchone()[0]
        verdict = verify()
        found[f"faults in the audit trail {verdict.problem}".strip()] = int(not verdict.ok)
        return found

    def circles(self) -> list[str]:
        """The server's words on each deadlock: who waited for whom, and with which statements."""
        found: list[str] = []
        goes_on = False
        for line in (self.data / "postgres" / "server.log").read_text(errors="replace").splitlines():
            if "deadlock detected" in line:
                found.append(line)
                goes_on = True
            elif goes_on and MORE.match(line):
                found[-1] += f"\n{line}"
            else:
                goes_on = False
        return found


def _wanted(acts: Mapping[str, "Act"], only: list[str]) -> Mapping[str, "Act"]:
    if not only:
        return acts
    return {name: act for name, act in acts.items() if any(word in name for word in only)}


def report(drill: Drill, broken: Mapping[str, int], seconds: float) -> str:
    seen = drill.seen
    lines = [f"{drill.hands} side by side for {seconds:.0f} s; seed {drill.seed}.", ""]
    lines += ["| act | done | refused |", "|---|---|---|"]
    for name in sorted({*seen.done, *seen.refused}):
        lines.append(f"| {name.replace('_', ' ')} | {seen.done[name]} | {seen.refused[name]} |")
    lines += ["", *[f"- {what}: {number}" for what, number in broken.items()], ""]
    lines.append(f"{sum(seen.done.values())} acts done, {sum(seen.refused.values())} refused in words.")
    lines += [f"Never done: {name}, as {words}" for name, words in seen.refusals.items() if not seen.done[name]]
    for circle in drill.circles():
        lines += ["", "--- waited for each other", *circle.splitlines()[:LONGEST]]
    for fault, count in seen.faults.most_common():
        lines += ["", f"--- {count} × {fault[0]}: {fault[1]}", *seen.examples[fault].splitlines()[-LONGEST:]]
    return "\n".join(lines)


def main() -> int:
    options = argparse.ArgumentParser(prog="python -m tests.drill.side_by_side")
    options.add_argument("--seconds", type=float, default=60)
    options.add_argument("--hands", type=int, default=10, help="how many act at the same time")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--only", nargs="*", default=[], help="the acts with one of these words")
    options.add_argument("--report", type=Path)
    given = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="evenhand-side-", ignore_cleanup_errors=True) as place:
        folder = Path(place)
        folder.chmod(0o755)
        drill = Drill(folder, hands=given.hands, seed=given.seed, only=given.only)
        with drill.running():
            drill.build()
            begun = time.monotonic()
            faulthandler.dump_traceback_later(given.seconds + STUCK)  # where everybody is, should somebody not end
            drill.act(given.seconds)
            faulthandler.cancel_dump_traceback_later()
            broken = drill.broken()
            words = report(drill, broken, time.monotonic() - begun)
    print(words)
    if given.report:
        given.report.write_text(words + "\n")
    faults = sum(drill.seen.faults.values()) + sum(broken.values())
    print("Nobody stood in anybody's way." if not faults else "Somebody stood in somebody's way.", flush=True)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
