"""On a phone a list is sorted and narrowed, and a proposal with two interviewers read, without a sideways look."""

from playwright.sync_api import expect

from tests.e2e.accessibility import no_violations

PHONE = {"width": 360, "height": 740}
TALLEST = """() => {
  const rows = [...document.querySelectorAll('.eh-loops tr')];
  return Math.max(...rows.map((row) => row.getBoundingClientRect().height));
}"""
APART = """() => {
  const selects = [...document.querySelectorAll('.eh-narrowing > div > div > select')];
  const lowest = Math.max(...selects.map((each) => each.getBoundingClientRect().bottom));
  return document.querySelector('.eh-list-buttons button').getBoundingClientRect().top - lowest;
}"""
SHARE = "(cell) => cell.querySelector('.eh-panel-selects').getBoundingClientRect().width / cell.clientWidth"


def test_a_list_is_sorted_and_narrowed(sign_in):
    page = sign_in("recruiter", viewport=PHONE, at="/openings/1/")

    page.locator(".eh-sorting > summary").click()
    no_violations(page)
    page.locator(".eh-sorting").get_by_role("link", name="Candidate").click()

    expect(page.locator(".eh-sorting > summary")).to_contain_text("Candidate")
    assert "sort=" in page.url
    page.locator(".eh-narrowing > summary").click()
    assert page.evaluate(APART) >= 8, "a finger meets one of them"
    no_violations(page)
    page.set_viewport_size({"width": 1280, "height": 800})
    expect(page.locator(".eh-sorting")).to_be_hidden()


def test_two_interviewers_are_read_beside_a_proposed_time(sign_in, planned):
    planned("Narrow")
    page = sign_in("recruiter", viewport=PHONE, at="/openings/1/loops/")
    for size in page.locator("[name^=panel_size_]").all():
        size.fill("2")
    for group in page.locator("fieldset.eh-round").all():
        for box in group.locator("[name^=pool_]").all()[:3]:
            box.check()
    page.get_by_role("button", name="Propose times").click()

    expect(page.locator(".eh-loops .eh-panel-selects select").first).to_be_visible()
    assert page.locator(".eh-panel-selects").first.locator("select").count() == 2
    assert page.evaluate(TALLEST) < 360
    cell = page.locator(".eh-loops td[data-column=Interviewers]").first
    assert cell.evaluate(SHARE) > 0.8, "what is chosen can be read"
    no_violations(page)
