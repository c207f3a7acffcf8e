"""All rows of a list's page are ticked at once, with the keyboard alone, and the page says how many are."""

from playwright.sync_api import expect

from tests.e2e.accessibility import no_violations


def test_one_box_ticks_the_page(sign_in, planned):
    for name in ("Kryssa", "Kryssbo", "Kryssia"):
        planned(name)
    page = sign_in("recruiter", viewport={"width": 360, "height": 740}, at="/openings/1/?q=kryss")
    boxes, told = page.locator("[name=application]"), page.locator("[data-ticked]")
    number = boxes.count()
    every = page.get_by_label(f"Tick all {number} on this page")
    assert number == 3

    every.focus()
    page.keyboard.press("Space")

    expect(page.locator("[name=application]:checked")).to_have_count(number)
    expect(told).to_have_text(f"{number} of {number} ticked.")
    no_violations(page)
    boxes.first.uncheck()
    expect(told).to_have_text(f"{number - 1} of {number} ticked.")
    assert every.evaluate("box => box.indeterminate")
    page.get_by_role("button", name="Set status").click()
    expect(page.locator("legend").first).to_have_text(f"{number - 1} applications")
    page.go_back()
    expect(told).to_have_text(f"{number - 1} of {number} ticked.")
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
