"""A real browser (Debian's Chromium) against a real gunicorn and a real Celery worker of their own data folder."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.config.processes import open_folder

_sessions: dict[tuple[str, str], list] = {}
ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def folder() -> Iterator[Path]:
    with open_folder("demo data") as found:
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
    names = ("DATABASE_URL", "CELERY_BROKER_URL", "DJANGO_SETTINGS_MODULE", "SECRET_KEY", "DEBUG")
    environment = {name: value for name, value in os.environ.items() if name not in names}
    environment |= {"EVENHAND_DATA": str(folder), "PORT": str(port)}
    launcher = subprocess.Popen([sys.executable, "-m", "config.demo"], cwd=ROOT, env=environment)
    address = f"http://127.0.0.1:{port}"
    try:
        _await_ready(launcher, address)
        yield address
    finally:
        launcher.terminate()
        launcher.wait(60)


def _await_ready(launcher: subprocess.Popen[bytes], address: str) -> None:
    for _ in range(300):
        assert launcher.poll() is None, "the launcher ended early"
        try:
            with urllib.request.urlopen(f"{address}/readyz", timeout=5):
                return
        except OSError:
            time.sleep(0.3)
    raise AssertionError("the site did not become ready")


@pytest.fixture(scope="session")
def chromium():
    from playwright.sync_api import sync_playwright

    program = shutil.which("chromium")
    assert program, "Debian's chromium is needed: make setup test"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=CHROMIUM)
        yield browser
        browser.close()


@pytest.fixture
def sign_in(site, chromium):
    """A page of a fresh browser session, signed in as one of the sample accounts."""
    with signing_in(chromium, site) as signed_in:
        yield signed_in


@contextmanager
def signing_in(chromium, site):
    """A way to sign in there; a session that an earlier test has left open is taken up."""
    contexts = []

    def signed_in(name: str, **options):
        context = chromium.new_context(base_url=site, **options)
        contexts.append(context)
        context.add_cookies(_sessions.get((site, name), []))
        page = context.new_page()
        page.goto("/")
        if "/accounts/login/" in page.url:
            give_password(page, name)
            page.wait_for_url(f"{site}/")
            _sessions[site, name] = context.cookies()
        return page

    yield signed_in
    for context in contexts:
        context.close()


def give_password(page, name: str) -> None:
    page.fill("[name=login]", f"{name}@example.com")
    page.fill("[name=password]", "evenhand-demo")
    page.click("main button[type=submit]")


@pytest.fixture
def planned(sign_in):
    """The path of a fresh scorecard of the first sample interviewer, for a candidate of that name."""
    return lambda name: plan(sign_in, name)


def plan(sign_in, name: str) -> str:
    page = sign_in("recruiter")
    page.goto("/openings/1/candidates/new/")
    page.fill("[name=name]", name)
    page.fill("[name=email]", f"{name.lower()}@example.org")
    page.click("main [type=submit]")
    page.click("text=Plan an interview")
    page.fill("[name=starts_at]", (datetime.now() - timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M"))
    page.locator("#div_id_leads").get_by_label("Ines Keller").check()
    page.click("main [type=submit]")
    page.locator("text=The interview is planned").wait_for()
    interviewer = sign_in("interviewer")
    return interviewer.get_by_role("main").get_by_role("link", name=name, exact=True).first.get_attribute("href")
