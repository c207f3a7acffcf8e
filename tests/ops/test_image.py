"""The image, built and started by hand: there is no Docker engine in the suite, but its steps are only commands."""

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.config.processes import GOOD_KEY, ROOT, eventually, free_port, running
from tests.ops.pages import ask
from tests.ops.runner import Runner

INSTRUCTION = re.compile(r"^([A-Z]+) (.+)$", re.M)


@dataclass(frozen=True)
class Image:
    """What the Dockerfile says. `steps` are the commands after the source was copied in: those before install."""

    environment: dict[str, str] = field(default_factory=dict)
    steps: list[str] = field(default_factory=list)
    copied: list[str] = field(default_factory=list)
    user: str = ""
    folder: str = ""
    command: list[str] = field(default_factory=list)


def read_dockerfile() -> Image:
    text = re.sub(r"\\\n", " ", (ROOT / "Dockerfile").read_text())
    found = INSTRUCTION.findall(text)
    last_copy = max(number for number, (name, _) in enumerate(found) if name == "COPY")
    one = dict(found)
    return Image(
        environment=dict(word.split("=", 1) for name, rest in found if name in {"ENV", "ARG"} for word in rest.split()),
        steps=[rest for number, (name, rest) in enumerate(found) if name == "RUN" and number > last_copy],
        copied=[word for name, rest in found if name == "COPY" for word in rest.split()[:-1]],
        user=one["USER"],
        folder=one["WORKDIR"],
        command=json.loads(one["CMD"]),
    )


# --- what goes in ------------------------------------------------------------
def ignored_paths(folder: Path) -> list[str]:
    """The patterns of .dockerignore: names at the top, or `**/name` at any depth; other shapes this can't read."""
    patterns = (folder / ".dockerignore").read_text().split()
    assert all(re.fullmatch(r"(\*\*/)?[\w.-]+", pattern) for pattern in patterns)
    return patterns


def copy_source(target: Path) -> None:
    patterns = ignored_paths(ROOT)
    anywhere = {pattern.removeprefix("**/") for pattern in patterns if pattern.startswith("**/")}

    def ignore(folder: str, names: list[str]) -> set[str]:
        at_top = set(patterns) if Path(folder) == ROOT else set()
        return {name for name in names if name in anywhere | at_top}

    shutil.copytree(ROOT, target, ignore=ignore)


@dataclass(frozen=True)
class Build:
    """The image's file system: /app and /data stand in a folder of the test."""

    image: Image
    root: Path
    runner: Runner

    def here(self, text: str) -> str:
        """The text with the image's folders and user as this test has them."""
        moved = re.sub(r"(?<![\w./-])/(app|data)\b", rf"{self.root}/\1", text)
        return re.sub(rf"(?<![\w./-]){self.image.user}\b(?![./-])", self.runner.name, moved)

    @property
    def environment(self) -> dict[str, str]:
        """The image's, and of this machine nothing but where programs are."""
        own = {name: self.here(value) for name, value in self.image.environment.items()}
        return own | {"PATH": f"{self.runner.programs}:/usr/local/bin:/usr/bin:/bin"}


@pytest.fixture
def image_built(place: Path, runner_for: Callable[..., Runner]) -> Build:
    copy_source(place / "app")
    build = Build(read_dockerfile(), place, runner_for("gunicorn", "whitenoise", "allauth", reads=place / "app"))
    for step in build.image.steps:
        done = subprocess.run(
            ["/bin/sh", "-c", build.here(step)],
            cwd=build.here(build.image.folder),
            env=build.environment,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert done.returncode == 0, done.stderr
    return build


def test_what_is_copied_in_exists():
    image = read_dockerfile()

    assert [name for name in image.copied if not (ROOT / name).exists()] == []
    assert image.copied[-1] == "."
    assert image.user not in {"", "root", "0"}


def test_no_secret_and_no_data_go_in():
    assert {".env", ".git", ".venv", "var"} <= set(ignored_paths(ROOT))


def test_the_image_can_be_built_and_serves(image_built, database_address, redis_url, place):
    """Its steps run, the data folder is empty and its user's, and web answers with the static files that were built.

    On a machine that lets no other user run a Python with its packages all runs as the present one: whether the image's
    user may read what it needs is then not proved.
    """
    data, port, log = place / "data", free_port(), place / "web.log"
    assert data.owner() == image_built.runner.name
    assert list(data.iterdir()) == [], "building an image makes no key and no folder in what becomes a volume"
    served = image_built.environment | {
        "SECRET_KEY": GOOD_KEY,
        "ALLOWED_HOSTS": "hire.example.com",
        "CSRF_TRUSTED_ORIGINS": "https://hire.example.com",
        "DATABASE_URL": database_address,
        "CELERY_BROKER_URL": redis_url,
        "BEHIND_TLS_PROXY": "1",
        "BIND": f"127.0.0.1:{port}",
        "WEB_CONCURRENCY": "1",
    }
    command = image_built.runner.command(image_built.image.command)

    with running(*command, env=served, log=log, cwd=place / "app") as web:
        assert eventually(lambda: web.poll() is not None or ask(port, "/healthz").status == 200)
        assert web.poll() is None, log.read_text()
        health = ask(port, "/healthz")
        plain = ask(port, "/accounts/login/", Host="hire.example.com")
        page = ask(port, "/setup/", Host="hire.example.com", X_Forwarded_Proto="https")
        hashed = re.findall(r'"(/static/css/evenhand\.[0-9a-f]{12}\.css)"', page.text)
        style = ask(port, hashed[0] if hashed else "/none", Host="hire.example.com", X_Forwarded_Proto="https")

    assert (health.status, health.text) == (200, "ok")
    assert (plain.status, plain.headers["Location"]) == (301, "https://hire.example.com/accounts/login/")
    assert hashed, (page.status, page.text[:500], log.read_text())
    assert style.status == 200
    assert "immutable" in style.headers["Cache-Control"]
    assert "font-family" in style.text
