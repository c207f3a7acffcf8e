"""A data folder as the first start of `make demo` leaves it, made once a run and copied for whoever needs one."""

import fcntl
import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.config.processes import ROOT, environment

PREPARE = """
import os, sys
from pathlib import Path
from config import demo, embedded
data = Path(sys.argv[1])
os.environ.update(demo.environment_of(data, embedded.database_url(data, keep=True)))
try:
    demo.prepare(data)
finally:
    embedded.stop(data)
"""


def fill(data: Path, part: str = ".") -> None:
    """Copy into the folder what a first start makes: the database with the sample, the static files, the key; or the
    part of it that is named, as `static`.
    """
    place = Path(os.environ["EVENHAND_DATA"])
    place.mkdir(parents=True, exist_ok=True)
    with (place / "prepared.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        source = _prepared(place)
    # Owners are kept: as root the database is not root's.
    subprocess.run(["cp", "-a", f"{source}/{part}", str(data)], check=True)


def _prepared(place: Path) -> Path:
    """The folder that this run has prepared, by whichever of its processes came first."""
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID") or f"process {os.getpid()}"
    folder, made = place / "prepared", place / "prepared.run"
    if made.exists() and made.read_text() == run:
        return folder
    made.unlink(missing_ok=True)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    subprocess.run([sys.executable, "-c", PREPARE, str(folder)], cwd=ROOT, env=environment(), check=True)
    made.write_text(run)
    return folder
