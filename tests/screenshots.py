"""`make screenshots`: the README's pictures, taken from the running demo."""

import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.config.processes import ROOT, closed_folder
from tests.e2e.conftest import CHROMIUM, running_demo

FOLDER = ROOT / "docs" / "screenshots"
DESKTOP, PHONE = {"width": 1280, "height": 860}, {"width": 390, "height": 844}


def main() -> int:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with closed_folder("demo data") as data, running_demo(data) as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium-headless-shell", args=CHROMIUM)

        def page_of(name: str, viewport: dict[str, int], scheme: str = "light") -> Page:
            context = browser.new_context(base_url=site, viewport=viewport, color_scheme=scheme)  # type: ignore[arg-type]
            page = context.new_page()
            page.goto("/accounts/login/")
            page.fill("[name=login]", f"{name}@example.com")
            page.fill("[name=password]", "evenhand-demo")
            page.click("main button[type=submit]")
            page.wait_for_url(f"{site}/")
            return page

        _scoring(page_of("interviewer", DESKTOP), FOLDER / "scoring.png", "Followed one slow request to the disk.")
        _scoring(page_of("interviewer", PHONE, "dark"), FOLDER / "scoring-phone.png", "Said what each step ruled out.")
        _debrief(page_of("manager", DESKTOP), FOLDER / "debrief.png")
        _opening(page_of("recruiter", DESKTOP), FOLDER / "opening.png")
        _people(page_of("admin", DESKTOP), FOLDER / "people.png")
        browser.close()
    return 0


def _scoring(page: Page, path: Path, words: str) -> None:
    page.click("main a:has-text('Noor Haddad')")
    page.locator(".eh-level-input[value='4']").first.check()
    page.locator(".eh-rating textarea").first.fill(words)
    page.locator("[data-save-status=saved]").wait_for()
    page.evaluate("window.scrollTo(0, 0)")
    page.screenshot(path=path)


def _debrief(page: Page, path: Path) -> None:
    page.click("main a:has-text('Sunniva Berg')")
    page.screenshot(path=path)


def _opening(page: Page, path: Path) -> None:
    page.goto("/openings/")
    page.click("main a:has-text('Platform Reliability Engineer')")
    page.screenshot(path=path)


def _people(page: Page, path: Path) -> None:
    page.goto("/people/")
    page.screenshot(path=path)


if __name__ == "__main__":
    sys.exit(main())
