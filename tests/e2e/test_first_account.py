"""From an empty database to the checklist: a real gunicorn without any account, its log, and a browser."""

import re
import sys
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.config import prepared
from tests.config.processes import (
    GOOD_KEY,
    connected_database,
    environment,
    eventually,
    free_port,
    running,
)
from tests.e2e.test_every_page import DESKTOP, check, look

CODE = re.compile(r"code='((?:[A-Z2-7]{4}-){3}[A-Z2-7]{4})'")
PHRASE = "a long and odd pass phrase"


@dataclass(frozen=True)
class Installation:
    address: str
    log: Path
    environment: dict[str, str]


@pytest.fixture
def installation(transactional_db, tmp_path) -> Iterator[Installation]:
    """A web server of two workers on a database that has its tables and nobody in them."""
    prepared.fill(tmp_path, "static")
    env = environment(
        DATABASE_URL=connected_database(),
        EVENHAND_DATA=str(tmp_path),
        EVENHAND_DEMO="1",
        SECRET_KEY=GOOD_KEY,
        WEB_CONCURRENCY="2",
    )
    yield from _served(env, tmp_path / "web.log")


def _served(env: dict[str, str], log: Path) -> Iterator[Installation]:
    address = f"127.0.0.1:{free_port()}"
    command = [sys.executable, "-m", "gunicorn", "-c", "config/gunicorn.py", "-b", address, "config.wsgi"]
    with running(*command, env=env, log=log):
        assert eventually(lambda: _answers(f"http://{address}/healthz")), log.read_text()
        yield Installation(f"http://{address}", log, env)


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=30):
            return True
    except OSError:
        return False


def test_the_first_account_comes_from_the_log_to_the_checklist(installation, chromium, forking):
    codes = eventually(lambda: CODE.findall(installation.log.read_text()))
    context = chromium.new_context(base_url=installation.address, viewport=DESKTOP, reduced_motion="reduce")
    page = context.new_page()
    page.goto("/people/")

    assert page.url == f"{installation.address}/setup/"
    assert forking.manage("setup_code", env=installation.environment).stdout == f"{codes[0]}\n"
    check(page)
    look(page, DESKTOP, "light")
    look_at_the_password(page)
    fill_in(page, code="AAAA-AAAA-AAAA-AAAA")
    page.locator("[aria-invalid=true]").first.wait_for()
    check(page)
    look(page, DESKTOP, "light")
    fill_in(page, code=codes[0])
    page.wait_for_url(f"{installation.address}/")
    check(page)
    page.get_by_role("link", name="Add people").click()
    page.get_by_role("heading", name="People", exact=True).wait_for()

    again = forking.manage("setup_code", env=installation.environment)
    assert context.request.get("/setup/").status == 404
    assert (again.returncode, again.stdout, len(again.stderr.splitlines())) == (1, "", 1)
    assert CODE.findall(installation.log.read_text()) == codes[:1]
    context.close()


def look_at_the_password(page) -> None:
    """By the keyboard alone; what is sent is hidden again."""
    field = page.locator("[name=password]")
    field.fill(PHRASE)
    field.press("Tab")
    button = page.get_by_role("button", name="Show password")
    expect(button).to_be_focused()
    expect(button).to_have_attribute("aria-pressed", "false")
    button.press("Enter")
    expect(field).to_have_attribute("type", "text")
    expect(button).to_have_attribute("aria-pressed", "true")
    check(page)
    page.route("**/setup/", lambda route: route.abort("aborted"))  # so that the page stays as it sends
    page.click("main button[type=submit]")
    expect(field).to_have_attribute("type", "password")
    expect(button).to_have_attribute("aria-pressed", "false")
    page.unroute("**/setup/")


def fill_in(page, *, code: str) -> None:
    page.fill("[name=code]", code)
    page.fill("[name=name]", "First Person")
    page.fill("[name=email]", "first@example.com")
    page.fill("[name=password]", PHRASE)
    page.click("main button[type=submit]")
