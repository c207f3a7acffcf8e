"""A candidate asks what is kept, is kept by a legal hold, and is erased: as an administrator does it in a browser."""

import json
import subprocess

import pytest

from tests.e2e.accessibility import no_violations

WORDS = "Anselm Prior, who taught her, would agree"


@pytest.fixture
def page_of_a_scored_candidate(sign_in, planned):
    """The administrator's page of a candidate of whom one interviewer has written."""
    path = planned("Perdita")
    author = sign_in("interviewer", at=path)
    for rating in author.locator(".eh-rating:visible").all():  # those of other rounds are folded
        rating.locator("input[value='4']").check()
        rating.locator("textarea").fill(WORDS)
    author.locator("input[name=recommendation][value=yes]").check()
    author.fill("textarea[name=summary]", WORDS)
    author.click("button[name=submit]")
    author.locator("text=Submitted").first.wait_for()
    page = sign_in("admin", at="/candidates/")
    page.get_by_role("main").get_by_role("link", name="Perdita", exact=True).first.click()
    page.get_by_role("heading", name="Privacy").wait_for()
    return page


def handed_out(page, button: str, path) -> bytes:
    with page.expect_download() as download:
        page.click(f"text={button}")
    download.value.save_as(path)
    return path.read_bytes()


def test_what_is_kept_is_handed_out_held_and_erased(page_of_a_scored_candidate, tmp_path):
    page = page_of_a_scored_candidate
    candidate = page.url
    page.click("text=Data held about them")
    page.get_by_role("heading", name="Names removed").wait_for()
    no_violations(page)
    before = page.get_by_label("The answer").inner_text()
    page.get_by_label("Also remove").fill("Anselm Prior")
    page.click("text=Update preview")
    page.get_by_label("The answer").get_by_text("[removed], who taught her").first.wait_for()
    no_violations(page)
    after = page.get_by_label("The answer").inner_text()
    data = json.loads(handed_out(page, "Download JSON", tmp_path / "kept.json"))
    handed_out(page, "Download PDF", tmp_path / "kept.pdf")
    printed = subprocess.run(["pdftotext", str(tmp_path / "kept.pdf"), "-"], capture_output=True, text=True, check=True)

    page.goto(candidate)
    page.click("text=Erase or hold")
    page.click("text=Prevent this candidate from being erased")
    page.get_by_label("Reason for the hold").fill("Case 12")
    page.click("text=Place hold")
    page.get_by_text("This candidate has a legal hold").wait_for()
    no_violations(page)
    held = page.get_by_role("button", name="Erase permanently").count()
    page.click("text=Lift hold")
    page.get_by_label("I have read what is erased").check()
    page.select_option("select[name=reason]", "asked")
    page.click("text=Erase permanently")
    page.get_by_text("Candidate erased.").wait_for()
    no_violations(page)
    page.goto(f"{candidate}debrief/")
    no_violations(page)

    assert WORDS in before
    assert "Anselm" not in after
    assert "Anselm" not in json.dumps(data)
    assert data["applications"][0]["scorecards"][0]["summary"] == "[removed], who taught her, would agree"
    assert "[removed], who taught her, would agree" in " ".join(printed.stdout.split())
    assert held == 0
    assert "Anselm" not in page.content()
    assert "[erased]" in page.content()
