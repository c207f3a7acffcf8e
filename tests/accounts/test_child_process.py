"""A module in a process of its own: its output, its end by the clock, and its failure without words."""

import pytest

from accounts.child_process import ChildFailed, ChildTookTooLong, run_module

ECHO = "import sys; sys.stdout.buffer.write(sys.stdin.buffer.read() + sys.argv[1].encode())"


@pytest.fixture
def folder(tmp_path):
    """A folder with modules to run."""
    (tmp_path / "echo.py").write_text(ECHO)
    (tmp_path / "fails.py").write_text("raise SystemExit(3)")
    (tmp_path / "sleeps.py").write_text("import time; time.sleep(60)")
    (tmp_path / "grows.py").write_text(
        "from accounts.child_process import confine\nconfine(megabytes=300, cpu_seconds=5)\nx = bytearray(900_000_000)"
    )
    return tmp_path


def test_a_module_gets_its_data_and_gives_its_output(folder):
    assert run_module("echo", "b", data=b"a", seconds=30, folder=folder) == b"ab"


def test_a_failure_is_told_without_its_words(folder):
    with pytest.raises(ChildFailed, match=r"^the process failed$"):
        run_module("fails", data=b"", seconds=30, folder=folder)


def test_a_child_ends_when_its_time_is_over(folder):
    with pytest.raises(ChildTookTooLong):
        run_module("sleeps", data=b"", seconds=0.2, folder=folder)


def test_a_child_that_bounds_itself_cannot_grow(folder, monkeypatch):
    monkeypatch.syspath_prepend(".")
    monkeypatch.setenv("PYTHONPATH", ".")

    with pytest.raises(ChildFailed):
        run_module("grows", data=b"", seconds=30, folder=folder)
