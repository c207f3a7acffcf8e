"""A recruiter's first hour: from an installation without any account to the first packet, everything counted."""

import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.config.processes import eventually, running
from tests.e2e.test_first_account import CODE, PHRASE, installation
from tests.e2e.test_main_job import BLUEPRINT

__all__ = ["installation"]
FIRST, SECOND = "first@example.com", "second@example.com"
MOST = {"clicks": 37, "typed": 18, "pages": 21}  # half of what it took in the first versions


class Hand:
    """What somebody does in a browser: clicks, fields that are typed into or given a file, pages that are loaded."""

    def __init__(self, page: Page) -> None:
        self.page, self.clicks, self.typed, self.pages = page, 0, 0, 0
        page.on("framenavigated", self._count)

    def _count(self, frame) -> None:
        self.pages += frame == self.page.main_frame

    def click(self, what: str) -> None:
        self.clicks += 1
        self.page.locator(what).first.click()

    def tick(self, what: str) -> None:
        self.clicks += 1
        self.page.locator(what).first.check()

    def choose(self, what: str, label: str) -> None:
        self.clicks += 1
        self.page.select_option(what, label=label)

    def fill(self, what: str, text: str) -> None:
        self.typed += 1
        self.page.locator(what).first.fill(text)

    def send(self) -> None:
        self.click("main [type=submit]")

    @property
    def counted(self) -> dict[str, int]:
        return {"clicks": self.clicks, "typed": self.typed, "pages": self.pages}


@pytest.fixture
def worker(installation):
    command = [sys.executable, "-m", "celery", "-A", "config", "worker", "-l", "INFO", "-c", "1"]
    with running(*command, env=installation.environment, log=installation.log.with_name("worker.log")):
        yield


def test_from_nothing_to_the_first_packet(installation, worker, chromium, tmp_path):
    [code] = eventually(lambda: CODE.findall(installation.log.read_text()))
    file = tmp_path / "data-engineer.html"
    file.write_text(BLUEPRINT)
    recruiter, interviewer = (Hand(chromium.new_context(base_url=installation.address).new_page()) for _ in range(2))

    walk(recruiter, interviewer, code=code, file=file)

    print(f"recruiter {recruiter.counted}, interviewer {interviewer.counted}")
    assert {name: count for name, count in recruiter.counted.items() if count > MOST[name]} == {}


def walk(recruiter: Hand, interviewer: Hand, *, code: str, file: Path) -> None:
    """The first account, an interviewer, a rubric, an opening, a candidate, an interview, a scorecard, a packet."""
    set_up(recruiter, code)
    publish(recruiter, file)
    plan(recruiter)
    score(interviewer)
    decide(recruiter)


def set_up(hand: Hand, code: str) -> None:
    hand.page.goto("/")
    for name, text in {
        "code": code,
        "name": "First Person",
        "email": FIRST,
        "password": PHRASE,
    }.items():
        hand.fill(f"[name={name}]", text)
    hand.tick("[name=hires]")
    hand.send()
    hand.click("a:has-text('Add people')")
    hand.fill("[name=name]", "Second Person")
    hand.fill("[name=email]", SECOND)
    hand.fill("[name=password]", PHRASE)
    hand.click("text=Add person")
    expect(hand.page.locator("main")).to_contain_text("Second Person added")


def publish(hand: Hand, file: Path) -> None:
    hand.click("a:has-text('Home')")
    hand.click("a:has-text('Publish a rubric')")
    hand.typed += 1
    hand.page.set_input_files("input[type=file]", file)
    hand.send()
    hand.click("text=Save as draft")
    hand.click("text=Check and publish")
    hand.tick("[name=sure]")
    hand.send()
    hand.click("text=Create an opening")


def plan(hand: Hand) -> None:
    hand.send()
    hand.fill("[name=name]", "Working session")
    hand.send()
    hand.click("text=Add a candidate")
    hand.fill("[name=name]", "Dana Example")
    hand.fill("[name=email]", "dana@example.org")
    hand.send()
    hand.click("text=Plan an interview")
    begun = datetime.now() - timedelta(hours=1)
    hand.fill("[name=starts_at]", begun.strftime("%Y-%m-%dT%H:%M"))
    hand.tick("#div_id_leads input[type=checkbox] >> nth=1")
    hand.send()
    expect(hand.page.locator("main")).to_contain_text("Interview planned")


def score(hand: Hand) -> None:
    hand.page.goto("/")
    hand.fill("[name=login]", SECOND)
    hand.fill("[name=password]", PHRASE)
    hand.send()
    hand.click("main a:has-text('Dana Example')")
    hand.page.wait_for_url("**/scorecard/")  # the whole page is there
    for number in range(hand.page.locator(".eh-rating").count()):
        rating = f".eh-rating >> nth={number} >> "
        hand.tick(f"{rating}input[value='4']")
        hand.fill(f"{rating}textarea", "Saw it in the session")
    hand.click("label[for=id_recommendation_2]")
    hand.fill("textarea[name=summary]", "Would gladly work with them")
    hand.click("button[name=submit]")
    hand.page.locator("button[name=submit]").wait_for(state="detached")
    expect(hand.page.locator("main")).to_contain_text("Submitted")


def decide(hand: Hand) -> None:
    hand.click("a:has-text('Home')")
    hand.page.locator("h1", has_text="Hello").wait_for()
    hand.click("main a:has-text('Dana Example')")
    hand.tick("input[name=outcome][value=hire]")
    hand.fill("textarea[name=rationale]", "Reason enough")
    hand.click("button:has-text('Record decision')")
    hand.click("button:has-text('Build packet')")
    hand.page.locator("a:has-text('Download PDF')").wait_for(timeout=60_000)
