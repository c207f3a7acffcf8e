"""Loaded before the settings: the suite has a data folder of its own, in which the embedded server runs."""

import os
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def _data_folder() -> Path:
    """In the clone, so that two clones can be tested at once; elsewhere where this user may not write there."""
    if os.access(ROOT, os.W_OK):
        return ROOT / "var" / "tests"
    return Path(tempfile.gettempdir()) / f"evenhand-tests-{os.geteuid()}"


os.environ.setdefault("EVENHAND_DATA", str(_data_folder()))
# The hundreds of processes that tests start find compiled what an earlier one has compiled.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False
