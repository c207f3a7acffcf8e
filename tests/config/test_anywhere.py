"""`make demo` from a clone that only its owner may enter, of a long path with blanks and other letters."""

import http.client
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from config import postgres
from tests.config.processes import ROOT, environment, eventually, free_port, kill_all, mentioning
from tests.drill import LONG

NAME = "a clone with blanks, ünïcödé und 日本語, in a folder whose name goes on and on " * 2
ADD = "from accounts.services import add_person; add_person('kept@example.com', by=None, name='Kept', password=None)"
LIST = "from accounts.models import User; print(User.objects.filter(email='kept@example.com').count())"
ME = pwd.getpwuid(os.geteuid()).pw_name
# For root, what nobody can start from a folder of theirs is short in test_demo.py; the drill starts it from a clone.
USERS = ["root", "nobody"] if LONG and os.geteuid() == 0 else [ME]


class Clone:
    """A copy of this tree with its packages, owned by the user that runs it."""

    def __init__(self, folder: Path, user: str) -> None:
        self.folder, self.port, self.log = folder, free_port(), folder.parent / "log"
        self.owner = pwd.getpwnam(user)

    def run(self, *command: str, **settings: str) -> subprocess.Popen[bytes]:
        """The command as the clone's owner, its output appended to the log."""
        given = {"PORT": str(self.port), "HOME": str(self.folder), "LANG": "C", **settings}
        become = {"user": self.owner.pw_uid, "group": self.owner.pw_gid, "extra_groups": []}
        with self.log.open("ab") as log:
            return subprocess.Popen(
                command,
                cwd=self.folder,
                env=environment(**given),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                **(become if os.geteuid() == 0 else {}),
            )

    def manage(self, *arguments: str) -> int:
        return self.run(".venv/bin/python", "manage.py", *arguments).wait(120)

    def start(self, **settings: str) -> subprocess.Popen[bytes]:
        """`make demo`, which `greets` waits for."""
        return self.run("make", "demo", **settings)

    def greets(self, *launchers: subprocess.Popen[bytes], times: int) -> None:
        """Wait until that many greetings stand in the log; none of the launchers may end meanwhile."""
        ended = lambda: [one for one in launchers if one.poll() is not None]  # noqa: E731 - asked again and again
        eventually(lambda: ended() or self.said().count("Ctrl-C stops") >= times, within=200)
        assert not ended(), self.said()
        assert self.said().count("Ctrl-C stops") == times, self.said()

    def answers(self, *pages: str) -> list[int]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        found = []
        for page in pages:
            connection.request("GET", page)
            answer = connection.getresponse()
            answer.read()
            found.append(answer.status)
        connection.close()
        return found

    def said(self) -> str:
        return self.log.read_text(errors="replace") if self.log.exists() else ""


def _usable_python(user: str) -> str | None:
    """A Python of this one's version that the user may run; the machine's own is often closed to others."""
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    probe = "import sys, ensurepip, venv; print('%d.%d' % sys.version_info[:2])"
    for python in (os.path.realpath(sys.executable), f"/usr/bin/python{version}", "/usr/bin/python3"):
        become = ["setpriv", "--reuid", user, "--clear-groups", "--regid", "nogroup"]
        tried = [*become, "sh", "-c", 'exec "$0" -c "$1"', python, probe]
        done = subprocess.run(tried, capture_output=True, text=True, check=False, cwd="/")
        if done.stdout.strip() == version:
            return python
    return None


def _use(python: str, environment_folder: Path) -> None:
    """Let the copied virtual environment run on this Python; its files are links that others use as well."""
    settings, program = environment_folder / "pyvenv.cfg", environment_folder / "bin" / "python"
    settings.unlink()
    settings.write_text(f"home = {Path(python).parent}\ninclude-system-site-packages = false\n")
    program.unlink()
    program.symlink_to(python)


def _give(top: Path, owner: pwd.struct_passwd) -> None:
    """Folders and what was copied belong to the owner; linked packages stay whose they are."""
    for folder, names, files in os.walk(top):
        os.chown(folder, owner.pw_uid, owner.pw_gid)
        if Path(folder).name == ".venv":
            names.clear()
            continue
        for name in files:
            os.chown(Path(folder) / name, owner.pw_uid, owner.pw_gid, follow_symlinks=False)


@pytest.fixture(params=USERS)
def clone(request) -> Iterator[Clone]:
    user = request.param
    python = _usable_python(user) if user != ME else sys.executable
    if python is None:
        pytest.skip(f"no Python of this version can be run by {user}")
    with tempfile.TemporaryDirectory(prefix="evenhand-", ignore_cleanup_errors=True) as outer:
        folder = Path(outer) / NAME[:150]
        kept = shutil.ignore_patterns("var", ".git", "__pycache__", ".*_cache", ".hypothesis", ".venv")
        shutil.copytree(ROOT, folder, ignore=kept)
        links = ["cp", "-aL" if _elsewhere(outer) else "-al", os.path.realpath(ROOT / ".venv"), str(folder / ".venv")]
        subprocess.run(links, check=True)
        if user != ME:
            _use(python, folder / ".venv")
            _give(Path(outer), pwd.getpwnam(user))
        found = Clone(folder, user)
        yield found
        kill_all(str(folder))


def _elsewhere(folder: str) -> bool:
    """Whether the folder is on another file system than the packages, so that no link leads there."""
    return os.stat(folder).st_dev != os.stat(ROOT / ".venv").st_dev


def _readable_by_others(data: Path) -> list[Path]:
    """What anybody but its owner might read, if they came as far; what every browser is sent is no secret."""
    return [path for path in data.iterdir() if path.stat().st_mode & 0o007 and path.name != "static"]


def stopped(make: subprocess.Popen[bytes], number: int) -> int:
    """The exit status of `make demo` after its launcher got the signal."""
    psutil.Process(make.pid).children()[0].send_signal(number)
    return make.wait(180)


def test_it_starts_in_a_closed_folder_and_the_drill_kills_it_and_starts_it_beside_another(clone):
    first = _started_as_a_newcomer_does(clone)

    running = _killed_and_started_beside_another(clone, first) if LONG else {first: signal.SIGINT}

    assert [stopped(make, number) for make, number in running.items()] == [0] * len(running)
    assert eventually(lambda: not mentioning(str(clone.folder))), mentioning(str(clone.folder))


def _started_as_a_newcomer_does(clone: Clone) -> subprocess.Popen[bytes]:
    """`make demo` in the clone: what it says, what answers, who may read what it stores."""
    data = clone.folder / "var"

    first = clone.start()
    clone.greets(first, times=1)

    steps = [line.split()[0] for line in clone.said().splitlines() if line.startswith("  ") and line.endswith(" s")]
    assert steps == ["packages", "database", "migrations", "sample", "static", "web", "worker"]
    assert f"Evenhand is ready at http://127.0.0.1:{clone.port}/" in clone.said()
    assert "import rubrics/samples/" in clone.said()
    assert clone.answers("/readyz", "/accounts/login/", "/") == [200, 200, 302]
    assert clone.manage("shell", "-v", "0", "-c", ADD) == 0, clone.said()
    assert clone.answers("/readyz") == [200], "a command that leaves must not take the server with it"
    assert _readable_by_others(data) == []
    owner = clone.owner if clone.owner.pw_uid else pwd.getpwnam(postgres.USER)
    assert {path.lstat().st_uid for path in (data / "postgres").rglob("*")} == {owner.pw_uid}
    return first


def _killed_and_started_beside_another(
    clone: Clone, first: subprocess.Popen[bytes]
) -> dict[subprocess.Popen[bytes], int]:
    """What runs now, with the signal that is to end it: the clone once more, and a copy of its data."""
    data = clone.folder / "var"

    kill_all(str(clone.folder))
    assert first.wait(180) != 0  # make is killed too, or says that its launcher was, whichever it was in time for
    (data / "broker" / "messages" / "half.msg").write_bytes(b'{"body": ')
    again = {clone.start(): signal.SIGINT}
    if clone.owner.pw_uid == os.geteuid():  # what another user starts beside it meets nothing else
        copy = clone.folder / "other"
        subprocess.run(["cp", "-r", str(data), str(copy)], check=True)
        again[clone.start(EVENHAND_DATA=str(copy), PORT=str(free_port()))] = signal.SIGTERM
    clone.greets(*again, times=1 + len(again))

    assert clone.manage("shell", "-v", "0", "-c", LIST) == 0
    assert clone.said().splitlines()[-1] == "1"
    return again
