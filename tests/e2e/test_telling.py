"""A preview is told what a table's columns are, with the keyboard alone, and follows at once."""

from playwright.sync_api import expect

from tests.e2e.accessibility import no_violations

CARD = (
    "<h1>Interview scorecard: Lamplighter</h1>"
    + "<p>Walk the street first.</p>" * 30
    + "<table><tr><th>Criterion</th><th>Dim</th><th>Bright</th></tr>"
    "<tr><td>Steady hand</td><td>Spills oil</td><td>Never spills</td></tr></table>"
)


def test_a_preview_follows_what_it_is_told(sign_in):
    page = sign_in("recruiter", viewport={"width": 1280, "height": 700}, at="/rubrics/import/")
    file = {"name": "lamps.html", "mimeType": "text/html", "buffer": CARD.encode()}
    page.set_input_files("input[type=file]", [file])  # type: ignore[list-item]
    page.click("main button[type=submit]")
    page.get_by_text("column “Bright” is not a level").wait_for()
    no_violations(page)

    bright = page.get_by_label("Bright", exact=True)
    bright.focus()
    scrolled = page.locator("#document").evaluate("pane => pane.scrollTop")
    page.keyboard.type("Level 5")

    page.locator("#read").get_by_text("Never spills").wait_for()
    expect(page.get_by_text("column “Bright” is not a level")).to_have_count(0)
    expect(page.locator("#preview-status")).to_contain_text("Read again: 1 dimension, ")
    expect(bright).to_be_focused()
    assert scrolled > 100
    assert page.locator("#document").evaluate("pane => pane.scrollTop") == scrolled
    no_violations(page)

    page.get_by_label("Where “Level 5” stands").or_(page.get_by_label("Where “Steady hand” stands")).first.click()
    expect(page.locator("tr:target")).to_contain_text("Never spills")
    page.get_by_role("button", name="Save as draft").click()
    page.get_by_text("Draft saved.").wait_for()
