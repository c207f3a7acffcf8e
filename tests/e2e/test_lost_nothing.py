"""Nothing typed is lost: whatever fails, every acknowledged and every queued word is compared with the database."""

import pytest
from playwright.sync_api import Error

from config import embedded
from tests.config.processes import eventually
from tests.e2e.accessibility import no_violations
from tests.e2e.conftest import give_password
from tests.e2e.test_scoring import WORDS, arrived, evidence, kept, stored

SHIFTED = """
  window.shift = %d;
  const Right = Date;
  Date = class extends Right {
    constructor(...given) { given.length ? super(...given) : super(Right.now() + window.shift); }
    static now() { return Right.now() + window.shift; }
  };
"""
HOSTILE = "<img src=x onerror=alert(1)><script>alert(2)</script> & </textarea>"
SCRIPTS = (
    "\u05e9\u05dc\u05d5\u05dd \u200f(\u05d0)\u200e \u0645\u0631\u062d\u0628\u0627 "
    "\U0001fae8 \U0001f469\u200d\U0001f4bb \U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"
)


def status(page) -> str:
    return page.locator("[data-save-status]").inner_text()


@pytest.fixture
def open_card(sign_in, planned):
    """The page of a fresh scorecard."""

    def opened(name: str, **options):
        path = planned(name)
        page = sign_in("interviewer", **options, at=path)
        return page, path

    return opened


# --- servers, networks and sessions that go away ------------------------------
def test_a_database_that_stops_and_is_started_by_the_launcher_loses_no_word(open_card, folder):
    page, path = open_card("Datia")
    evidence(page, 0).fill("acknowledged before")
    arrived(page)
    embedded.stop(folder)
    evidence(page, 0).press_sequentially(" and typed while it was down")
    evidence(page, 1).fill(WORDS)
    arrived(page)

    assert stored(page, path, 0) == "acknowledged before and typed while it was down"
    assert stored(page, path, 1) == WORDS


def test_a_lost_network_is_made_good_without_a_reload(open_card):
    page, path = open_card("Netta")
    page.context.set_offline(True)
    evidence(page, 0).fill(WORDS)
    page.locator("text=Offline, kept on this device").wait_for()
    page.locator("input[name=recommendation][value=yes]").check()
    page.click("button[name=submit]")
    page.locator("text=Not submitted yet. Offline").wait_for()

    page.context.set_offline(False)
    arrived(page)

    page.locator("[data-save-status=saved]", has_text="Not submitted yet").wait_for()
    assert stored(page, path) == WORDS


def test_an_answer_that_got_lost_is_no_conflict(open_card):
    page, path = open_card("Ansa")
    lost = []

    def swallow(route):
        lost.append(route.fetch().status)
        route.abort() if len(lost) == 1 else route.continue_()

    page.route("**/draft/", swallow, times=1)
    evidence(page).fill(WORDS)
    page.locator("[data-save-status=offline]").wait_for()
    evidence(page).fill(f"{WORDS}, and more")
    arrived(page)

    assert lost == [200]
    assert page.locator("[data-conflict]").count() == 0
    assert stored(page, path) == f"{WORDS}, and more"


def test_a_laptop_that_sleeps_sends_when_it_wakes(open_card):
    page, path = open_card("Sleva")
    life = page.context.new_cdp_session(page)
    evidence(page).fill(WORDS)
    life.send("Page.setWebLifecycleState", {"state": "frozen"})
    page.context.set_offline(True)
    life.send("Page.setWebLifecycleState", {"state": "active"})
    page.context.set_offline(False)
    arrived(page)

    assert stored(page, path) == WORDS


def test_back_and_forward_bring_the_words_and_overwrite_nobody(open_card, sign_in):
    page, path = open_card("Backa")
    evidence(page, 0).fill("first words")
    arrived(page)
    evidence(page, 1).fill(WORDS)
    page.goto("/")
    phone = sign_in("interviewer", at=path)
    evidence(phone, 0).fill("rewritten on the phone")
    arrived(phone)

    page.go_back()
    page.locator("[data-save-status]").wait_for()
    evidence(page, 2).fill("after coming back")
    arrived(page)
    page.go_forward()
    page.go_back()

    assert [stored(page, path, number) for number in range(3)] == ["rewritten on the phone", WORDS, "after coming back"]
    assert [evidence(page, number).input_value() for number in range(3)] == [
        "rewritten on the phone",
        WORDS,
        "after coming back",
    ]


def test_a_page_out_of_the_browsers_memory_sends_what_it_holds(open_card):
    page, path = open_card("Memora")
    page.context.set_offline(True)
    evidence(page).fill(WORDS)
    page.evaluate("window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))")
    page.locator("[data-save-status=offline]").wait_for()
    page.context.set_offline(False)
    page.evaluate("window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    arrived(page)

    assert stored(page, path) == WORDS


def test_an_expired_session_ends_in_the_same_place_after_signing_in(open_card):
    page, path = open_card("Expira")
    evidence(page, 0).fill("acknowledged before")
    arrived(page)
    page.context.clear_cookies()
    evidence(page, 1).fill(WORDS)
    link = page.get_by_role("link", name="sign in to save it")
    link.focus()
    page.wait_for_timeout(6_000)  # longer than the page waits before it looks again whether somebody signed in
    assert link.evaluate("(found) => found === document.activeElement")

    link.press("Enter")
    page.wait_for_url("**/accounts/login/**")
    give_password(page, "interviewer")
    page.wait_for_url(f"**{path}")
    arrived(page)

    assert stored(page, path, 0) == "acknowledged before"
    assert stored(page, path, 1) == WORDS


def test_submitting_after_the_session_expired_says_so_and_keeps_the_page(open_card):
    page, _ = open_card("Subita")
    page.context.clear_cookies()

    page.click("button[name=submit]")
    page.locator("text=Not submitted yet. Signed out").wait_for()
    no_violations(page)


@pytest.mark.parametrize("ending", ["closed", "crashed"])
def test_a_tab_that_goes_at_once_keeps_what_was_typed(open_card, ending):
    page, path = open_card(f"Tabia{ending}")
    evidence(page).fill(WORDS)
    context = page.context
    if ending == "crashed":
        with page.expect_event("crash"), pytest.raises(Error):
            page.goto("chrome://crash")
    page.close()
    again = context.new_page()
    again.goto(path)
    arrived(again)

    assert evidence(again).input_value() == WORDS
    assert stored(again, path) == WORDS


# --- several places at once ---------------------------------------------------
def test_a_text_that_goes_on_elsewhere_is_shown_as_it_is_now(open_card):
    page, path = open_card("Goena")
    other = page.context.new_page()
    other.goto(path)
    evidence(other).fill("one")
    arrived(other)
    evidence(page).fill("mine")
    page.locator("[data-conflict]").wait_for()
    evidence(other).fill("one and two")
    assert eventually(lambda: stored(other, path) == "one and two")
    page.fill("textarea[name=summary]", "something else")
    page.locator("[data-conflict]", has_text="one and two").wait_for()

    page.get_by_role("button", name="Keep both").click()
    arrived(page)

    assert stored(page, path) == "mine\n\none and two"


@pytest.mark.parametrize("arrived_late", [None, "typed first", "typed second"])
def test_two_queued_texts_are_both_offered_whatever_the_clock_said(open_card, sign_in, arrived_late):
    """The last request of a closing tab may still reach the server, whatever that tab was told."""
    page, path = open_card(f"Queua{len(arrived_late or '')}")
    context = page.context
    second = context.new_page()
    second.add_init_script(SHIFTED % -3_600_000)
    second.goto(path)
    context.set_offline(True)
    for tab, words in ((page, "typed first"), (second, "typed second")):
        evidence(tab).fill(words)
        tab.locator("[data-save-status=offline]").wait_for()
        tab.close()
    if arrived_late:
        phone = sign_in("interviewer", at=path)
        evidence(phone).fill(arrived_late)
        arrived(phone)
    context.set_offline(False)

    again = context.new_page()
    again.goto(path)
    conflict = again.locator("[data-conflict]")
    conflict.wait_for()
    no_violations(again)
    assert {"typed first", "typed second"} <= set(conflict.inner_text().split("\n"))
    conflict.get_by_role("button", name="Keep both").click()
    arrived(again)

    assert again.locator("[data-conflict]").count() == 0
    assert sorted(stored(again, path).split("\n\n")) == ["typed first", "typed second"]


def test_words_for_a_scorecard_finished_elsewhere_stay_in_sight(open_card, sign_in):
    page, path = open_card("Fina")
    page.context.set_offline(True)
    evidence(page).fill(WORDS)
    page.locator("[data-save-status=offline]").wait_for()
    phone = sign_in("interviewer", at=path.rstrip("/") + "/decline/")
    phone.fill("[name=decline_reason]", "They did not come")
    phone.click("main button[type=submit]")
    phone.locator("text=Scorecard declined. Thank you").wait_for()

    page.context.set_offline(False)
    page.get_by_role("link", name="view scorecard").click()
    left = page.locator("[data-leftovers]")
    left.locator(f"text={WORDS}").wait_for()
    no_violations(page)
    page.reload()
    left.get_by_role("button", name="Discard this text").click()

    assert kept(page) == 0


# --- clocks -------------------------------------------------------------------
@pytest.mark.parametrize("hours", [-1, 1])
def test_a_clock_that_is_an_hour_wrong_misleads_nobody(open_card, hours):
    page, path = open_card(f"Clocka{hours}")
    page.add_init_script(SHIFTED % (hours * 3_600_000))
    page.goto(path)
    evidence(page).fill(WORDS)
    arrived(page)
    shown = status(page)
    page.reload()

    assert shown.endswith(" UTC")
    assert status(page) == shown  # what the server itself says
    assert stored(page, path) == WORDS


def test_the_timer_goes_on_when_the_clock_is_set_back(open_card):
    page, path = open_card("Tima")
    page.add_init_script(SHIFTED % 0)
    page.goto(path)
    page.click("text=Start timer")
    page.locator("[data-timer-shown]", has_text="0:01").wait_for()

    page.evaluate("window.shift = -3_600_000")

    page.locator("[data-timer-shown]", has_text="0:03").wait_for()


# --- pages and texts that do not fit ------------------------------------------
def test_a_page_from_before_an_update_says_so_and_keeps_its_words(open_card):
    page, path = open_card("Stala")
    gone = evidence(page, 1).get_attribute("name")

    def older(route):
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace(gone, "evidence_99999999"))

    page.route(f"**{path}", older)
    page.reload()
    page.locator("[name=evidence_99999999]").fill("words without a place")
    page.locator("text=This page may be out of date. Reload it").first.wait_for()
    evidence(page, 0).fill(WORDS)
    page.locator("input[name=recommendation][value=yes]").check()
    assert eventually(lambda: stored(page, path, 0) == WORDS)
    assert "Not saved" in status(page)
    no_violations(page)

    page.unroute(f"**{path}")
    page.reload()
    page.locator("[data-leftovers]", has_text="words without a place").wait_for()
    page.reload()
    page.locator("[data-leftovers]", has_text="words without a place").wait_for()
    no_violations(page)
    assert evidence(page, 0).input_value() == WORDS


def test_without_its_script_the_page_says_how_to_save(open_card):
    page, path = open_card("Scripta")
    page.route("**/autosave*.js", lambda route: route.fulfill(status=404))
    page.reload()
    evidence(page).fill(WORDS)
    page.locator("text=use “Save draft”").wait_for()
    assert eventually(lambda: page.locator("[data-save-by-hand]").is_visible(), within=90)

    page.click("button[name=save]")
    page.locator("text=Draft saved").wait_for()

    assert stored(page, path) == WORDS


def test_one_text_that_is_too_long_holds_up_no_other(open_card):
    page, path = open_card("Holda")
    evidence(page, 0).fill("x" * 100_000)
    evidence(page, 1).fill(WORDS)

    page.locator(".eh-rating", has_text="the limit is 20,000").first.wait_for()
    assert eventually(lambda: stored(page, path, 1) == WORDS)
    assert evidence(page, 0).get_attribute("aria-invalid") == "true"
    no_violations(page)
    page.click("button[name=submit]")
    page.locator("text=Not submitted yet. Not saved").wait_for()
    page.reload()
    assert len(evidence(page, 0).input_value()) == 100_000
    evidence(page, 0).fill("short")
    arrived(page)
    assert page.locator(".eh-rating", has_text="the limit is 20,000").count() == 0


def test_html_and_every_script_stay_plain_text(open_card):
    page, path = open_card("Plaina")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    other = page.context.new_page()
    other.goto(path)
    evidence(other, 0).fill(f"{HOSTILE} elsewhere")
    arrived(other)
    evidence(page, 0).fill(HOSTILE)
    page.locator("[data-conflict]", has_text=HOSTILE).wait_for()
    page.get_by_role("button", name="Keep mine").click()
    evidence(page, 1).fill(f"a\x07{SCRIPTS}\x1b")
    arrived(page)
    for rating in page.locator("[data-rating]:visible").all():
        rating.locator("input[value='3']").check()
    page.locator("input[name=recommendation][value=yes]").check()
    page.click("button[name=submit]")
    page.locator("text=Scorecard submitted. Thank you").wait_for()

    shown = page.locator(".eh-prewrap").all_text_contents()
    assert shown[:2] == [HOSTILE, f"a{SCRIPTS}"]
    assert page.locator("main img, main script").count() == 0
    assert asked == []


# --- what a screen reader hears -----------------------------------------------
def test_only_changes_of_state_are_spoken(open_card):
    page, _ = open_card("Spoka")
    page.evaluate("""() => {
      window.heard = [];
      const line = document.querySelector("[data-save-spoken]");
      new MutationObserver(() => window.heard.push(line.textContent)).observe(line, { childList: true });
    }""")
    for words in ("one", "one two", "one two three"):
        evidence(page).fill(words)
        arrived(page)
    page.context.set_offline(True)
    for words in ("four", "four five"):
        evidence(page).fill(words)
        assert eventually(lambda: "Offline, kept on this device" in page.evaluate("window.heard"))
        page.wait_for_timeout(1_500)  # past the pause after which it tries to send
    page.context.set_offline(False)
    arrived(page)

    assert page.evaluate("window.heard") == ["Saved", "Offline, kept on this device", "Saved"]
    assert page.get_by_role("status").filter(has_text="Saved").count() == 1
