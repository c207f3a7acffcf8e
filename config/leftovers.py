"""What a killed demo has left running: found by a variable of its environment, and ended
before anything starts anew."""

from contextlib import suppress
from pathlib import Path

import psutil

from config.waiting import eventually

LAUNCHED_FOR = "EVENHAND_LAUNCHED_FOR"
ENDS_WITHIN = 20  # seconds; a packet that is being built may still be finished


def label(data: Path) -> dict[str, str]:
    """The variable that web server, worker and beat of this data folder carry."""
    return {LAUNCHED_FOR: str(data)}


def end(data: Path) -> None:
    """Ask what was launched for this data folder to end, and kill what does not."""
    left = [process for process in psutil.process_iter() if _was_launched_for(data, process)]
    for process in left:
        _signalled(process, "terminate")
    alive = _still_alive(left, within=ENDS_WITHIN)
    for process in alive:
        _signalled(process, "kill")
    _still_alive(alive, within=5)


def _still_alive(processes: list[psutil.Process], *, within: float) -> list[psutil.Process]:
    """Those that have not ended after so many seconds."""
    eventually(lambda: all(map(_has_ended, processes)), within=within)
    return [process for process in processes if not _has_ended(process)]


def _has_ended(process: psutil.Process) -> bool:
    """One that has ended and whose parent has not asked how, as in a container without
    an init, has ended too."""
    try:
        return not process.is_running() or process.status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def _was_launched_for(data: Path, process: psutil.Process) -> bool:
    try:
        return bool(process.environ().get(LAUNCHED_FOR) == str(data))
    except (psutil.Error, OSError):  # another user's, or it has just ended
        return False


def _signalled(process: psutil.Process, name: str) -> None:
    with suppress(psutil.NoSuchProcess):
        getattr(process, name)()
