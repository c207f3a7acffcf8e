"""A rubric is written in the browser: nothing typed is lost, buttons act, other tabs are merged, rows are dragged."""

from playwright.sync_api import expect

from tests.e2e.accessibility import no_violations


def saved(page) -> None:
    page.locator("[data-save-status=saved]").wait_for()


def names(page) -> list[str]:
    return [control.input_value() for control in page.locator("[name^=dimension_][name$=_name]").all()]


def add_dimension(page, name: str) -> None:
    """Press the button and write the name where the focus goes."""
    before = len(names(page))
    page.click("button[value='add dimension']")
    page.locator("[name^=dimension_][name$=_name]").nth(before).wait_for()
    page.locator("[name^=dimension_][name$=_name]:focus").wait_for()
    page.keyboard.type(name)
    saved(page)


def test_a_rubric_is_written_moved_merged_and_published(sign_in):
    page = sign_in("recruiter", viewport={"width": 1280, "height": 2400}, at="/rubrics/new/")
    page.fill("[name=title]", "Beekeeper")
    page.click("main button[type=submit]")
    add_dimension(page, "Care")
    add_dimension(page, "Patience")

    # what it comes to is shown at each pause
    page.locator("[name$=_weight]").first.fill("30")
    page.locator("[name$=_weight_reason]").first.fill("Most of the work")
    page.locator("[data-share]", has_text="30 %").wait_for()
    page.locator("[data-share]", has_text="70 % (equal share of the rest)").wait_for()

    # another tab: a word that it writes comes here, a row that it adds is told
    other = page.context.new_page()
    other.goto(page.url)
    other.locator("[name$=_level_3]").first.fill("From another tab")
    saved(other)
    other.click("button[value='add area']")
    other.locator("[name^=area_][name$=_name]:focus").wait_for()
    page.locator("[name$=_level_5]").first.fill("From this tab")
    page.locator("[data-outdated]:not([hidden])").wait_for()
    expect(page.locator("[name$=_level_3]").first).to_have_value("From another tab")

    # without a network nothing is lost: it is sent once there is one again
    page.context.set_offline(True)
    page.fill("[name=summary]", "Written offline.")
    page.locator("text=Offline, kept on this device").wait_for()
    page.context.set_offline(False)
    saved(page)
    page.goto(page.url.partition("#")[0])
    expect(page.locator("[name=summary]")).to_have_value("Written offline.")

    # dragged by its grip, removed and put back
    grip = page.locator("[data-rows=dimension] [data-grip]").nth(1).bounding_box()
    first = page.locator("[data-rows=dimension] > [data-row]").first.bounding_box()
    page.mouse.move(grip["x"] + 5, grip["y"] + 5)
    page.mouse.down()
    page.mouse.move(grip["x"] + 5, grip["y"] - 30, steps=3)
    page.mouse.move(first["x"] + 60, first["y"] + 15, steps=5)
    page.mouse.up()
    page.wait_for_url("**#dimension_*")
    assert names(page) == ["Patience", "Care"]
    page.locator("button[value^='remove dimension']").first.click()
    page.locator("text=Removed: the dimension “Patience”").wait_for()
    page.click("button[value=undo]")
    page.locator("text=Put back: the dimension “Patience”").wait_for()
    assert names(page) == ["Patience", "Care"]
    no_violations(page)

    # the empty focus area hinders, its link leads to it
    page.click("button[value=publish]")
    page.wait_for_url("**/publish/")
    page.click("text=A focus area is empty")
    page.locator("[name^=area_][name$=_name]:focus").wait_for()
    page.keyboard.type("Seasons")
    saved(page)
    page.click("button[value=publish]")
    page.wait_for_url("**/publish/")
    no_violations(page)
    page.check("[name=sure]")
    page.click("main button[type=submit]")
    page.locator("text=It will never change").wait_for()
