"""Loaded before the settings: the suite has a data folder of its own, in which the embedded server runs."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("EVENHAND_DATA", str(Path(tempfile.gettempdir()) / f"evenhand-tests-{os.geteuid()}"))
