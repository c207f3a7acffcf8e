"""A real browser (Debian's Chromium) against a real gunicorn and a real Celery worker of their own data folder."""

import os
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from config import embedded, env
from tests.config import prepared
from tests.config.processes import closed_folder, environment, free_port

_sessions: dict[str, list] = {}
ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]


@pytest.fixture(scope="session")
def folder() -> Iterator[Path]:
    with closed_folder("demo data") as found:
        prepared.fill(found)
        yield found


@pytest.fixture(scope="session")
def site(folder: Path) -> Iterator[str]:
    """The address of a running `make demo` (its launcher), with the sample loaded."""
    with running_demo(folder) as address:
        yield address


@contextmanager
def running_demo(folder: Path) -> Iterator[str]:
    """The address of the demo, started with data in this folder and stopped at the end."""
    port = free_port()
    values = environment(EVENHAND_DATA=str(folder), PORT=str(port))
    launcher = subprocess.Popen([sys.executable, "-m", "config.demo"], cwd=ROOT, env=values)
    address = f"http://127.0.0.1:{port}"
    try:
        _await_ready(launcher, address)
        yield address
    finally:
        launcher.terminate()
        assert launcher.wait(180) == 0


def _await_ready(launcher: subprocess.Popen[bytes], address: str) -> None:
    for _ in range(1_000):  # the launcher itself ends where it takes too long
        assert launcher.poll() is None, "the launcher ended early"
        try:
            with urllib.request.urlopen(f"{address}/readyz", timeout=30):
                return
        except OSError:
            time.sleep(0.3)
    raise AssertionError("the site did not become ready")


@pytest.fixture(scope="session")
def chromium():
    from playwright.sync_api import sync_playwright

    # Chromium without a window's trimmings, which take two thirds of the work of a new page.
    program = shutil.which("chromium-headless-shell")
    assert program, "Debian's chromium-headless-shell is needed: bin/setup test"
    # Playwright leaves a loop running between its calls, and Django would take this process for an asynchronous one.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=CHROMIUM)
        yield browser
        browser.close()


@pytest.fixture
def sign_in(site, chromium):
    """A page of a fresh browser session, signed in as one of the sample accounts, at the path.

    A session that an earlier test has left open is taken up.
    """
    contexts = []

    def signed_in(name: str, *, at: str = "/", **options):
        context = chromium.new_context(base_url=site, **options)
        contexts.append(context)
        context.add_cookies(_sessions.get(name, []))
        page = context.new_page()
        page.goto(at)
        if "/accounts/login/" in page.url:
            give_password(page, name)
            page.wait_for_url(f"{site}{at}")
            _sessions[name] = context.cookies()
        return page

    yield signed_in
    for context in contexts:
        context.close()


def give_password(page, name: str) -> None:
    page.fill("[name=login]", f"{name}@example.com")
    page.fill("[name=password]", "evenhand-demo")
    page.click("main button[type=submit]")


def inside(folder: Path) -> dict[str, str]:
    """The environment of a process beside the demo's own ones, on its database."""
    return environment(
        DJANGO_SETTINGS_MODULE="config.settings",
        EVENHAND_DATA=str(folder),
        EVENHAND_DEMO="1",
        SECRET_KEY=env.kept_key(folder),
        DATABASE_URL=embedded.database_url(folder, keep=True),
    )


@pytest.fixture(scope="session")
def planner(site, folder) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "tests.e2e.planning"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, cwd=ROOT, env=inside(folder), text=True, **pipes) as process:
        yield process
        process.stdin.close()


@pytest.fixture
def planned(planner):
    """The path of a fresh scorecard of the first sample interviewer, for a candidate of that name."""

    def path(name: str) -> str:
        planner.stdin.write(f"{name}\n")
        planner.stdin.flush()
        return planner.stdout.readline().strip()

    return path
