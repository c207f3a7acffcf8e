"""As whom, and with which Python, an installation runs in a test: unprivileged wherever this machine lets it."""

import os
import pwd
import shlex
import shutil
import stat
import subprocess
import sys
import sysconfig
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

VENV = Path(sys.executable).parent
PACKAGES = sysconfig.get_path("purelib")
# The programs that an installation's commands start with, by the module that each of them runs.
PROGRAMS = {"python": "", "gunicorn": "-m gunicorn", "celery": "-m celery"}


@dataclass(frozen=True)
class Runner:
    """`user` is empty for the present one; `programs` is a folder with python, gunicorn and celery."""

    user: str
    programs: Path

    def command(self, words: Sequence[str]) -> list[str]:
        """The words as this user's command, the program looked for among these programs."""
        program = shutil.which(words[0], path=f"{self.programs}:/usr/bin:/bin")
        assert program, f"{words[0]} is no program here"
        return [*_becoming(self.user), program, *words[1:]]

    @property
    def name(self) -> str:
        return self.user or pwd.getpwuid(os.geteuid()).pw_name

    def give(self, folder: Path) -> None:
        if self.user:
            shutil.chown(folder, self.user)


def find_runner(folder: Path, *, socket: str, reads: Path, packages: Sequence[str]) -> Runner:
    """Who may run an installation: `folder` takes programs for them, `socket` is a folder that they have to enter.

    As root that is the user who owns the database's socket, or nobody, as long as a Python of this version with these
    packages runs for them and they can read `reads`. Else it is the present user.
    """
    if os.geteuid() != 0:
        return Runner("", VENV)
    owner = pwd.getpwuid(Path(socket).stat().st_uid).pw_name if socket.startswith("/") else "nobody"
    runs = f"import os, sys, django, psycopg, {', '.join(packages)}; os.listdir(sys.argv[1])"
    for python in [sys.executable, _other_python()]:
        programs = VENV if python == sys.executable else _programs(folder, python)
        tried = [*_becoming(owner), str(programs / "python"), "-c", runs, str(reads)]
        if owner != "root" and subprocess.run(tried, check=False, capture_output=True, cwd="/").returncode == 0:
            return Runner(owner, programs)
    return Runner("", VENV)


def _becoming(user: str) -> list[str]:
    if not user:
        return []
    return ["setpriv", "--reuid", user, "--regid", str(pwd.getpwnam(user).pw_gid), "--clear-groups", "--no-new-privs"]


def _other_python() -> str:
    """The system's Python of this very version: a home folder may hold ours, which is closed to others."""
    return f"/usr/bin/python{sys.version_info.major}.{sys.version_info.minor}"


def _programs(folder: Path, python: str) -> Path:
    """Programs of the given Python with this environment's packages, in a folder that everybody may enter."""
    folder.mkdir(exist_ok=True)
    for name, module in PROGRAMS.items():
        program = folder / name
        program.write_text(f'#!/bin/sh\nPYTHONPATH={shlex.quote(PACKAGES)} exec {python} {module} "$@"\n')
        program.chmod(0o755)
    assert stat.S_IMODE(folder.stat().st_mode) & 0o005
    return folder
