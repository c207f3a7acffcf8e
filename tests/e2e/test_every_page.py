"""Every page for everybody: no violation that axe finds in light, dark and at 320 px; focus seen; nothing sideways."""

import json
import subprocess
import sys

import pytest

from tests.e2e.accessibility import CHANGING, violations
from tests.e2e.conftest import ROOT, inside
from tests.e2e.tour import EARLY, ERRORS, Stop, stops

DESKTOP, PHONE, ZOOMED = {"width": 1280, "height": 800}, {"width": 320, "height": 700}, {"width": 640, "height": 400}
SIGN_IN = ("login/", "password/reset/", "password/reset/done/", "signup/", "inactive/")
OWN_ACCOUNT = (
    "logout/",
    "password/change/",
    "reauthenticate/",
    "2fa/",
    "2fa/totp/activate/",
    "2fa/webauthn/",
    "2fa/webauthn/add/",
    "sessions/",
)
# Forms that come back with what is missing: the page, whose it is, the button.
REFUSED = [
    (Stop("scorecard", "own scorecard", "owing"), "button[name=submit]"),
    (Stop("scorecard_decline", "own scorecard", "owing"), "main button[type=submit]"),
    (Stop("scorecard_amend", "own scorecard", "submitted", EARLY), "main button[type=submit]"),
    (Stop("blueprint_import", "", "recruiter"), "main button[type=submit]"),
    (Stop("debrief", "", "hiring manager", EARLY), "#decide-follows + button"),
    (Stop("candidate_new", "", "recruiter"), "main input[type=submit]"),
]
SIDEWAYS = """() => {
  const room = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= room) return [];
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  const wide = [];
  while (words.nextNode() && wide.length < 3) {
    range.selectNodeContents(words.currentNode);
    const out = range.getBoundingClientRect().right > room;
    const apart = '.eh-scroll > *, .eh-tabs, .eh-views, .visually-hidden, .eh-me-name';  // they scroll or are cut
    if (out && !words.currentNode.parentElement.closest(apart)) wide.push(range.toString().trim());
  }
  return [`sideways at ${room} px: ${wide}`];
}"""
UNSEEN = """() => {
  const styles = (e) => e ? getComputedStyle(e) : { outlineStyle: 'none' };
  const shows = (e) => styles(e).outlineStyle !== 'none' && parseFloat(styles(e).outlineWidth) >= 2;
  const wanted = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";
  const reachable = [...document.querySelectorAll(wanted)].filter((e) => e.checkVisibility() && !e.disabled);
  const unseen = reachable.filter((e) => {
    e.focus({ preventScroll: true });
    return document.activeElement === e && !shows(e) && !shows(e.nextElementSibling);
  });
  document.activeElement?.blur();
  return unseen.map((e) => `no visible focus: ${e.outerHTML.slice(0, 120)}`);
}"""


TWICE = """() => {
  const ids = [...document.querySelectorAll('[id]')].map((e) => e.id);
  return [...new Set(ids.filter((id, at) => ids.indexOf(id) !== at))].map((id) => `twice on the page: #${id}`);
}"""


class Visitor:
    """One browser for all; a session for each person."""

    def __init__(self, browser, site, way) -> None:
        self.browser, self.site, self.way = browser, site, way
        self.pages = {}

    def page(self, person):
        if person not in self.pages:
            context = self.browser.new_context(base_url=self.site, viewport=DESKTOP, reduced_motion="reduce")
            if person in self.way["sessions"]:
                cookie = {"name": "sessionid", "value": self.way["sessions"][person], "url": self.site}
                context.add_cookies([cookie])
            self.pages[person] = context.new_page()
        page = self.pages[person]
        dressed(page, DESKTOP, "light")
        return page

    def at(self, stop):
        page = self.page(stop.person)
        path = self.way["paths"][str(stop)]
        assert path, f"no such page: {stop}"
        page.goto(path)
        assert page.url == f"{self.site}{path}", "the page leads elsewhere"
        return page


@pytest.fixture(scope="module")
def visitor(site, folder, chromium):
    command = [sys.executable, "-m", "tests.e2e.tour"]
    done = subprocess.run(command, cwd=ROOT, env=inside(folder), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found = Visitor(chromium, site, json.loads(done.stdout.splitlines()[-1]))
    yield found
    for page in found.pages.values():
        page.context.close()


def dressed(page, size, scheme):
    """What is opened next is shown so; the page that is about to be left need not be painted anew."""
    page.set_viewport_size(size)
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")


def look(page, size, scheme):
    dressed(page, size, scheme)
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")  # it is painted


def check(page) -> None:
    """Everything that has to hold of the page that is shown, folded parts opened."""
    page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true")
    found = violations(page, "light at 1280 px")
    found += unseen_focus(page) + page.evaluate(TWICE)
    look(page, PHONE, "dark")
    page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true")
    found += violations(page, "dark at 320 px", only=CHANGING) + sideways(page)
    look(page, ZOOMED, "dark")
    found += sideways(page)

    assert found == [], page.url


def sideways(page) -> list[str]:
    """What makes the page wider than the window; a long word may stick out of a box that fits."""
    return page.evaluate(SIDEWAYS)


def unseen_focus(page) -> list[str]:
    """Controls that show nothing when the keyboard reaches them; a radio of a level shows it on its card."""
    page.keyboard.press("Tab")
    return page.evaluate(UNSEEN)


@pytest.mark.parametrize("stop", stops(), ids=str)
def test_every_page_is_open_to_everybody(visitor, stop):
    check(visitor.at(stop))


@pytest.mark.parametrize(("stop", "button"), REFUSED, ids=str)
def test_a_refused_form_is_as_open(visitor, stop, button):
    page = visitor.at(stop)

    page.click(button)
    summary = page.locator(".eh-error-summary")
    summary.wait_for()

    assert summary.evaluate("(found) => found === document.activeElement")
    link = summary.locator("a").first
    link.click()
    target = link.get_attribute("href").removeprefix("#")
    assert page.evaluate("document.activeElement.id") == target
    check(page)


@pytest.mark.parametrize("path", SIGN_IN)
def test_every_sign_in_page_is_open_to_everybody(visitor, path):
    page = visitor.page("anonymous")
    page.goto(f"/accounts/{path}")

    check(page)


@pytest.mark.parametrize("path", OWN_ACCOUNT)
def test_every_page_of_ones_account_is_open_to_everybody(visitor, signed_in, path):
    dressed(signed_in, DESKTOP, "light")
    signed_in.goto(f"/accounts/{path}")

    check(signed_in)


@pytest.fixture(scope="module")
def signed_in(visitor):
    """Somebody who has just given a password, as these pages ask for it."""
    page = visitor.page("one who has signed in")
    page.goto("/accounts/login/")
    page.fill("[name=login]", "interviewer2@example.com")
    page.fill("[name=password]", "evenhand-demo")
    page.click("main button[type=submit]")
    page.wait_for_url(f"{visitor.site}/")
    return page


@pytest.mark.parametrize("name", ERRORS)
def test_every_error_page_is_open_to_everybody(visitor, name):
    page = visitor.page("stranger")
    page.route(
        f"**/error/{name}", lambda route: route.fulfill(body=visitor.way["errors"][name], content_type="text/html")
    )
    page.goto(f"/error/{name}")

    check(page)


def test_a_page_that_is_not_there_is_open_to_everybody(visitor):
    page = visitor.page("stranger")

    assert page.goto("/nowhere/").status == 404
    check(page)
