"""Scoring as interviewers live it: by keyboard, in two tabs, offline, signed out, with a server that dies."""

import os
import re
import signal

from playwright.sync_api import expect
from selectolax.lexbor import LexborHTMLParser

from tests.config.processes import eventually, mentioning
from tests.e2e.accessibility import no_violations

WORDS = "Drew the system before explaining it, then named its limits"


def evidence(page, number: int = 0):
    return page.locator(".eh-rating textarea").nth(number)


def kept(page) -> int:
    """How many drafts this device keeps that the server has not acknowledged."""
    return page.evaluate("Object.keys(localStorage).filter((key) => /^evenhand:\\d+:\\d+:/.test(key)).length")


def arrived(page) -> None:
    """Wait until the server has acknowledged all that was typed on this device."""
    assert eventually(lambda: kept(page) == 0, within=90), page.locator("[data-save-status]").inner_text()


def stored(page, path: str, number: int = 0) -> str:
    """What the server holds: the page as it is sent, to which this device has brought nothing yet."""
    sent = LexborHTMLParser(page.context.request.get(path).text())
    return sent.css(".eh-rating textarea")[number].text()


def test_a_whole_scorecard_by_keyboard_alone(sign_in, planned):
    path = planned("Keya")
    page = sign_in("interviewer", at=path)
    ratings = page.locator("[data-rating]:visible")
    page.locator(".eh-level-input").first.focus()

    for number in range(ratings.count()):
        page.keyboard.press("n" if number == 1 else "4")
        if number == 1:
            page.keyboard.press("Tab")
            page.keyboard.press("r")
        page.keyboard.press("Tab")
        page.keyboard.type(f"{WORDS} {number}")
        if number < ratings.count() - 1:
            page.keyboard.press("Shift+Tab")
            if number == 1:
                page.keyboard.press("Shift+Tab")
            page.keyboard.press("j")
    page.locator("input[name=recommendation]").first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.locator("button[name=submit]").focus()
    page.keyboard.press("Enter")

    page.locator("text=Scorecard submitted. Thank you").wait_for()
    assert page.locator(f"text={WORDS} 0").count() == 1
    no_violations(page)


def test_what_saves_and_submits_is_always_in_sight(sign_in, planned):
    path = planned("Vidde")
    page = sign_in("interviewer", viewport={"width": 360, "height": 740}, at=path)

    for part in (0, 0.5, 1):
        page.evaluate("part => window.scrollTo(0, part * document.body.scrollHeight)", part)
        expect(page.locator("button[name=submit]")).to_be_in_viewport(ratio=1)
        expect(page.locator("[data-save-status]").first).to_be_in_viewport()


def test_words_typed_offline_survive_a_closed_tab_and_arrive(sign_in, planned):
    path = planned("Offa")
    page = sign_in("interviewer", at=path)
    page.context.set_offline(True)
    evidence(page).fill(WORDS)
    page.locator("text=Offline, kept on this device").wait_for()
    page.close()
    page.context.set_offline(False)

    again = page.context.new_page()
    again.goto(path)
    arrived(again)

    assert evidence(again).input_value() == WORDS
    assert stored(again, path) == WORDS


def test_two_tabs_merge_what_differs_and_ask_about_what_collides(sign_in, planned):
    path = planned("Twain")
    first = sign_in("interviewer", at=path)
    second = first.context.new_page()
    second.goto(path)

    evidence(first, 0).fill("from the first tab")
    arrived(first)
    evidence(second, 1).fill("from the second tab")
    arrived(second)
    assert evidence(second, 0).input_value() == "from the first tab"
    evidence(second, 0).fill("from the first tab, corrected in the second")
    arrived(second)
    evidence(first, 0).fill("from the first tab, gone on")
    conflict = first.locator("[data-conflict]")
    conflict.wait_for()

    assert "corrected in the second" in conflict.inner_text()
    assert "gone on" in conflict.inner_text()
    no_violations(first)
    conflict.get_by_role("button", name="Keep both").click()
    arrived(first)
    joined = stored(first, path)
    assert "gone on" in joined
    assert "corrected in the second" in joined


def test_signed_out_elsewhere_and_in_again_in_another_tab_is_enough(sign_in, planned):
    path = planned("Sina")
    page = sign_in("interviewer", at=path)
    other = page.context.new_page()
    other.goto("/")
    other.click("text=Sign out")
    other.wait_for_url(re.compile("/accounts/login/"))
    evidence(page).fill(WORDS)
    page.locator("text=sign in to save it").wait_for()

    other.fill("[name=login]", "interviewer@example.com")
    other.fill("[name=password]", "evenhand-demo")
    other.click("main button[type=submit]")
    arrived(page)

    assert stored(page, path) == WORDS


def test_a_killed_web_server_loses_no_word(sign_in, planned, folder):
    path = planned("Kilda")
    page = sign_in("interviewer", at=path)
    evidence(page).fill("before ")
    arrived(page)
    web = {pid for pid, command in mentioning(str(folder)).items() if "gunicorn" in command}
    for pid in sorted(web):  # the oldest first: it would replace the others at once
        os.kill(pid, signal.SIGKILL)
    evidence(page).fill(f"before {WORDS}")

    page.locator("[data-save-status=offline]").wait_for()
    arrived(page)

    assert stored(page, path) == f"before {WORDS}"


def test_a_text_that_is_too_long_is_refused_and_kept(sign_in, planned):
    path = planned("Longa")
    page = sign_in("interviewer", at=path)

    evidence(page).fill("x" * 100_000)
    page.locator("text=the limit is 20,000").first.wait_for()

    assert len(evidence(page).input_value()) == 100_000
    evidence(page).fill(WORDS)
    arrived(page)
    assert stored(page, path) == WORDS


def test_signing_out_leaves_nothing_of_the_draft_on_the_device(sign_in, planned):
    path = planned("Leva")
    page = sign_in("interviewer", at=path)
    page.route("**/draft/", lambda route: route.abort())
    evidence(page).fill(WORDS)
    page.locator("text=Offline, kept on this device").wait_for()
    before = kept(page)
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.accept()))

    page.click("text=Sign out")
    page.wait_for_url(re.compile("/accounts/login/"))

    left = page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('evenhand:')).length")
    assert before == 1
    assert left == 0
    assert len(asked) == 1
    assert "Sign out and lose it?" in asked[0]


def test_hints_are_private_and_follow_what_is_written(sign_in, planned):
    path = planned("Hinta")
    page = sign_in("interviewer", at=path)
    page.locator(".eh-level-input[value='4']").first.check()
    arrived(page)
    page.locator("#hints").scroll_into_view_if_needed()
    hints = page.locator(".eh-hints")
    hints.wait_for()
    assert "has a score but no evidence" in hints.inner_text()
    no_violations(page)

    evidence(page).fill("Spoke about her family and a divorce")
    hints.scroll_into_view_if_needed()

    page.locator(".eh-hints", has_text="“her family”").wait_for()
    no_violations(page)
    page.get_by_role("button", name="Dismiss the hint on “her family”").click()
    page.locator(".eh-hints", has_text="“her family”").wait_for(state="detached")
    page.locator("#hints-title:focus").wait_for()
    assert page.evaluate("document.activeElement.id") == "hints-title"
    page.reload()
    page.locator("#hints").scroll_into_view_if_needed()
    page.locator(".eh-hints", has_text="“divorce”").wait_for()
    assert "“her family”" not in page.locator("#hints").inner_text()


def test_scores_can_be_locked_and_evidence_written_later(sign_in, planned):
    path = planned("Loca")
    page = sign_in("interviewer", at=path)
    for rating in page.locator("[data-rating]:visible").all():
        rating.locator("input[value='3']").check()
    page.locator("input[name=recommendation][value=yes]").check()
    page.click("text=Need more time for the evidence?")
    page.click("button[name=lock]")
    page.locator("text=You locked your scores and recommendation").wait_for()
    no_violations(page)

    assert page.locator(".eh-level-input:not([disabled])").count() == 0
    evidence(page).fill(WORDS)
    arrived(page)
    page.click("button[name=submit]")
    page.locator("text=Scorecard submitted. Thank you").wait_for()
