"""What a killed demo has left running: ended by its variable, and nobody else with it."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from config import leftovers

SLEEP = "import time; print('up', flush=True); time.sleep(120)"
DEAF = f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); {SLEEP}"
Launch = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def launch() -> Iterator[Launch]:
    """Starts a program as the demo of this data folder would, and waits until it runs."""
    begun: list[subprocess.Popen[str]] = []

    def launch(data: Path, program: str = SLEEP) -> "subprocess.Popen[str]":
        env = os.environ | leftovers.label(data)
        process = subprocess.Popen([sys.executable, "-c", program], env=env, stdout=subprocess.PIPE, text=True)
        begun.append(process)
        assert process.stdout
        assert process.stdout.readline() == "up\n"
        return process

    yield launch
    for process in begun:
        with process:
            process.kill()


def test_what_was_launched_for_the_folder_ends_and_what_was_for_another_goes_on(launch, tmp_path):
    left = [launch(tmp_path / "one"), launch(tmp_path / "one")]
    others = [launch(tmp_path / "one more"), launch(tmp_path / "on")]

    leftovers.end(tmp_path / "one")

    assert [process.poll() for process in left] == [-15, -15]
    assert [process.poll() for process in others] == [None, None]


def test_what_does_not_end_when_it_is_asked_to_is_killed(launch, tmp_path, monkeypatch):
    monkeypatch.setattr(leftovers, "ENDS_WITHIN", 0.3)
    deaf, polite = launch(tmp_path, DEAF), launch(tmp_path)

    leftovers.end(tmp_path)

    assert deaf.poll() == -9
    assert polite.poll() == -15


def test_one_whose_parent_never_asks_how_it_ended_holds_nothing_up(launch, tmp_path):
    left = launch(tmp_path)
    left.terminate()
    os.waitid(os.P_PID, left.pid, os.WEXITED | os.WNOWAIT)  # it has ended and is still in the list of processes

    leftovers.end(tmp_path)

    assert left.wait() == -15
