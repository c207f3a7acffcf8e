"""`make drill`: workers that are killed, databases that restart, disks that fill up, random worlds and hostile input.

Rows of drills run side by side, each in a data folder of its own, and a report of all stands at the end. The exit
status is 1 where anything was lost, doubled or leaked, or where a drill did not end in its time. With `--longer` only
those run whose long form asks more than the suite does.
"""

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from tests.config.processes import ROOT, mentioning

WORKERS, WORLDS = "tests/config", "tests/architecture"
PROPERTIES = ("tests", "-m", "hypothesis", "--hypothesis-profile")


@dataclass(frozen=True)
class Drill:
    """What it shows, where its tests are, how many seconds it may take, and whether the suite has a shorter form.

    One without tests is the program `module` with these `options`.
    """

    shows: str
    tests: tuple[str, ...]
    within: int
    longer: bool = False
    module: str = ""
    options: tuple[str, ...] = ()

    def command(self) -> list[str]:
        if self.module:
            return [sys.executable, "-m", self.module, *self.options]
        return [sys.executable, "-m", "pytest", "-n", "0", *self.tests]


# The longest of each row first; those of one row wait for each other.
ROWS = [
    [
        Drill(
            "Workers killed twenty times, on files and on Redis",
            (f"{WORKERS}/test_killed_workers.py",),
            2400,
            longer=True,
        ),
        Drill("A database that restarts while packets are built", (f"{WORKERS}/test_database_restart.py",), 600),
        Drill("Renders beyond their limits, a worker that hangs", (f"{WORKERS}/test_worker_limits.py",), 600),
        Drill("A broker of files under many processes", (f"{WORKERS}/test_broker_files.py",), 300),
        Drill("Disks that are full", ("tests/packets/test_full_disk.py",), 300),
        Drill("Hostile input of every kind in every form", (f"{WORLDS}/test_hostile_inputs.py",), 2400, longer=True),
    ],
    [
        Drill(
            "Two hundred random worlds, to whoever owes a scorecard",
            (f"{WORLDS}/test_blind_worlds.py",),
            2400,
            longer=True,
        ),
        Drill("Properties, with many examples", (*PROPERTIES, "many"), 900, longer=True),
        Drill("Properties, with examples never tried before", (*PROPERTIES, "new"), 1800),
    ],
    [
        Drill("Every part falls in turn while people work", (), 1200, longer=True, module="tests.drill.whole"),
        Drill("The next version is deployed while people work", (), 400, longer=True, module="tests.drill.upgrade"),
        Drill(
            "Documents of one piece, of very many lines and of one endless line",
            ("tests/rubrics/blueprints/test_markup.py", "tests/rubrics/blueprints/test_plan.py"),
            1200,
            longer=True,
        ),
    ],
    [
        Drill(
            "Many people in the same few openings at the same moment",
            (),
            600,
            longer=True,
            module="tests.drill.side_by_side",
            options=("--seconds", "40"),
        ),
        Drill("A demo from closed folders, as root and as nobody", (f"{WORKERS}/test_anywhere.py",), 900, longer=True),
        Drill(
            "Every cell of the table of permissions, in its other opening",
            (f"{WORLDS}/test_permissions.py",),
            1200,
            longer=True,
        ),
    ],
]


@dataclass(frozen=True)
class Outcome:
    """How a drill ended: `words` are pytest's last line, `seconds` what it took."""

    drill: Drill
    passed: bool
    seconds: float
    words: str


def run(drill: Drill, folder: Path) -> Outcome:
    """The drill's tests in a process of their own; what they said is printed only where they failed."""
    begun = time.monotonic()
    values = os.environ | {"EVENHAND_DATA": str(folder), "EVENHAND_DRILL": "1", "EVENHAND_DRILL_FOLDER": str(folder)}
    pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    with subprocess.Popen(drill.command(), cwd=ROOT, env=values, text=True, **pipes) as process:
        try:
            said, _ = process.communicate(timeout=drill.within)
        except subprocess.TimeoutExpired:
            end_all(folder)
            said, _ = process.communicate()
            said += f"\nnot finished within {drill.within} seconds"
    if process.returncode:
        print(f"\n--- {drill.shows}\n{said}", flush=True)
    last = said.strip().splitlines()[-1].strip("= ") if said.strip() else "said nothing"
    return Outcome(drill, process.returncode == 0, time.monotonic() - begun, re.sub(r" in [\d.]+s.*", "", last))


def end_all(folder: Path) -> None:
    """Every process of the drill, also those that lead a group of their own: the folder is in their environment."""
    for pid in mentioning(str(folder)):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def run_row(drills: list[Drill]) -> list[Outcome]:
    with tempfile.TemporaryDirectory(prefix="evenhand-drill-", ignore_cleanup_errors=True) as folder:
        return [run(drill, Path(folder)) for drill in drills]


def main(*, only_longer: bool) -> int:
    rows = [[drill for drill in row if drill.longer or not only_longer] for row in ROWS]
    print(f"{sum(map(len, rows))} drills, side by side in {len(rows)} rows; a few minutes.", flush=True)
    with ThreadPoolExecutor(len(rows)) as pool:
        outcomes = [outcome for row in pool.map(run_row, rows) for outcome in row]
    print()
    for outcome in outcomes:
        result = "held" if outcome.passed else "FAILED"
        print(f"{result:6} {outcome.seconds:5.0f} s  {outcome.drill.shows} ({outcome.words})")
    failed = sum(not outcome.passed for outcome in outcomes)
    print(f"Something was lost, doubled or leaked in {failed}." if failed else "Nothing was lost, doubled or leaked.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(only_longer=sys.argv[1:] == ["--longer"]))
