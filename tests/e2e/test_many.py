"""Forty candidates and one with a long name are brought in from a pasted list and planned, the clicks counted."""

import time

from playwright.sync_api import expect

from tests.e2e.accessibility import no_violations

FORTY = "\n".join(
    f"Crowd {letter}{number} <crowd.{letter}{number}@example.org>" for letter in "abcd" for number in range(10)
)
ONE_WORD = f"Crowd {'Wolfeschlegelstein' * 6} <crowd.word@example.org>"
MOST_CLICKS = 40
WIDER = "[...document.querySelectorAll('.eh-scroll')].map((e) => e.scrollWidth - e.clientWidth)"

WIDTH = "(which) => document.querySelector(which).getBoundingClientRect().width"


class Hand:
    """What somebody does with a page, counted: clicks, and fields that are typed into."""

    def __init__(self, page) -> None:
        self.page, self.clicks, self.typed = page, 0, 0

    def click(self, what: str) -> None:
        self.clicks += 1
        self.page.locator(what).first.click()

    def fill(self, what: str, text: str) -> None:
        self.typed += 1
        self.page.fill(what, text)


def opening_with_two_rounds(page) -> None:
    page.goto("/openings/new/")
    page.fill("[name=title]", "Crowd welcome")
    page.select_option("[name=rubric_version]", index=1)
    page.locator("[name=hiring_managers]").first.check()
    page.click("main [type=submit]")
    opening = page.url.removesuffix("rounds/new/")
    for name in ("First talk", "Second talk"):
        page.goto(f"{opening}rounds/new/")
        page.fill("[name=name]", name)
        page.locator("[name=dimensions]").first.check()
        for box in page.locator("[name=panel]").all()[:3]:
            box.check()
        no_violations(page)
        page.click("main [type=submit]")
    page.goto(opening)


def test_forty_candidates_are_brought_in_and_planned(sign_in):
    page = sign_in("recruiter")
    opening_with_two_rounds(page)
    hand, begun = Hand(page), time.monotonic()

    hand.click("text=Import candidates")
    hand.fill("[name=pasted]", f"{FORTY}\n{ONE_WORD}")
    hand.click("text=Check the list")
    hand.click("text=Import all of them")
    hand.click("text=Plan interviews")
    hand.click("summary:has-text('Hours and interviewers')")
    hand.fill("[name=first_day]", "2030-03-04")  # when no other test has planned anything
    hand.click("text=Propose again")
    hand.click("text=Plan these interviews")

    expect(page.locator("main")).to_contain_text("82 interviews planned.")
    page.wait_for_load_state()
    print(f"{hand.clicks} clicks, {hand.typed} typed fields, {time.monotonic() - begun:.0f} seconds")
    assert hand.clicks <= MOST_CLICKS
    assert page.evaluate(WIDER) == [0], "a name of one word leaves the other columns their room"
    for box in page.locator("[name=application]").all()[:2]:
        box.check()
    page.locator("text=Set status").first.click()
    no_violations(page)


def test_the_pages_of_a_list_and_of_a_proposal_can_be_used_by_everybody(sign_in):
    page = sign_in("recruiter", viewport={"width": 320, "height": 700}, at="/openings/1/candidates/import/")
    no_violations(page)
    page.fill(
        "[name=pasted]", "Name;E-mail\nUsed Byall;used@example.org\n12345;no@example.org\nNoor Haddad;other@example.org"
    )
    page.click("text=Check the list")
    no_violations(page)
    for control in ("[name=first]", "[name=column_0]"):
        assert page.evaluate(WIDTH, control) > 80, "what is chosen can be read"
    page.goto("/openings/1/loops/")
    no_violations(page)

    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0


MORE_MANAGERS = """async (names) => {
  const found = '#find_hiring_managers';  // there already where other tests have added many managers
  for (const old of document.querySelectorAll(`[for=find_hiring_managers], ${found}, ${found} + p`)) old.remove();
  const first = document.querySelector('[name=hiring_managers]').closest('.form-check');
  for (const [at, name] of names.entries()) {
    const more = first.cloneNode(true);
    Object.assign(more.querySelector('input'), { id: `more_${at}`, value: String(10000 + at), checked: false });
    Object.assign(more.querySelector('label'), { htmlFor: `more_${at}`, textContent: name });
    first.parentElement.append(more);
  }
  await import(`${document.querySelector('script[src*=people]').src}?again`);
}"""


def test_a_manager_is_found_by_name_among_many(sign_in):
    page = sign_in("recruiter", at="/openings/new/")
    page.evaluate(MORE_MANAGERS, [*(f"Somebody Number {number}" for number in range(9)), "Renée Çelik"])

    page.get_by_placeholder("Find people").fill("celik ren")

    expect(page.locator("[name=hiring_managers]:visible")).to_have_count(1)
    expect(page.get_by_text("Renée Çelik")).to_be_visible()
    no_violations(page)
