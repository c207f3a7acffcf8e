"""`bin/setup` where something is missing: it ends with one line that says what to do, and the next run mends it."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.config.processes import ROOT

NOWHERE = {"PIP_INDEX_URL": "http://127.0.0.1:9/simple", "UV_INDEX_URL": "http://127.0.0.1:9/simple"}


@pytest.fixture
def tree() -> Iterator[Path]:
    """What the script needs of a clone, in a folder that everybody may enter and nobody but its owner may write."""
    with tempfile.TemporaryDirectory(prefix="evenhand setup ") as outer:
        os.chmod(outer, 0o755)
        folder = Path(outer) / "a clone"
        (folder / "bin").mkdir(parents=True)
        for name in ("bin/setup", "requirements.lock"):
            shutil.copy(ROOT / name, folder / name)
        yield folder


def program(folder: Path, name: str, *lines: str) -> Path:
    path = folder / name
    path.write_text("\n".join(["#!/bin/sh", *lines, ""]))
    path.chmod(0o755)
    return path


def setup(tree: Path, *arguments: str, ordinary: bool = False, **values: str) -> tuple[int, list[str]]:
    """Exit status and the lines on standard error; as an ordinary user when asked for."""
    become = {"user": "nobody", "group": "nogroup", "extra_groups": []} if ordinary and os.geteuid() == 0 else {}
    done = subprocess.run(
        [tree / "bin" / "setup", *arguments],
        cwd=tree,
        env={**os.environ, "PYTHON": sys.executable, **values},
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
        timeout=120,
        **become,
    )
    return done.returncode, done.stderr.splitlines()


def test_an_index_out_of_reach_is_told_in_one_line_and_a_broken_environment_is_made_anew(tree):
    (tree / ".venv" / "bin").mkdir(parents=True)
    (tree / ".venv" / "bin" / "python").symlink_to("/nowhere/python3")

    status, said = setup(tree, **NOWHERE)

    assert status == 1
    assert len(said) == 1, said
    assert said[0].startswith("The Python packages could not be installed (")
    assert said[0].endswith("then run the same command again.")
    assert subprocess.run([tree / ".venv" / "bin" / "python", "-c", ""], check=False).returncode == 0
    assert not (tree / ".venv" / "installed").exists()


def test_as_an_ordinary_user_missing_system_packages_are_named_with_the_command(tree):
    python = program(tree, "python", 'case "$*" in *ensurepip*) exit 1;; esac', "exit 0")
    program(tree, "dpkg-query", "exit 1")

    status, said = setup(tree, "test", ordinary=True, PYTHON=str(python), PATH=f"{tree}:{os.environ['PATH']}")

    wanted = "python3-venv libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core fonts-noto-core"
    wanted += " chromium chromium-headless-shell redis-server postgresql poppler-utils mupdf-tools fonts-droid-fallback"
    assert (status, said) == (1, [f"System packages are missing. Run: sudo apt-get install -y {wanted}"])


def test_a_python_that_is_too_old_or_missing_is_told(tree):
    old = program(tree, "python", "exit 1")

    assert setup(tree, PYTHON=str(old)) == (1, ["Python 3.11 or newer is needed; set PYTHON to one."])
    assert setup(tree, PYTHON="/nowhere/python3") == (
        1,
        ["Python 3.11 or newer is needed: install python3, or set PYTHON to one."],
    )


def test_a_folder_that_cannot_be_written_is_named(tree):
    python = program(tree, "python", "exit 0")
    if os.geteuid() != 0:
        tree.chmod(0o555)

    status, said = setup(tree, ordinary=True, PYTHON=str(python))

    assert status == 1
    assert said == [
        f"This folder cannot be written: {tree}. Clone Evenhand to a folder of your own, or run as its owner."
    ]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can mount a small disk")
def test_a_full_disk_is_told_with_what_is_needed(tree):
    disk = tree / "small"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", disk], check=False, capture_output=True)
    if mounted.returncode:
        pytest.skip("this machine does not let root mount")
    try:
        for name in ("bin", "requirements.lock"):
            subprocess.run(["cp", "-r", tree / name, disk], check=True)

        status, said = setup(disk)

        assert (status, len(said)) == (1, 1), said
        assert said[0].startswith("The disk is full: about 700 MB are needed for .venv in ")
    finally:
        subprocess.run(["umount", disk], check=True)
