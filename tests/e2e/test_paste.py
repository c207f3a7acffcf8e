"""The paste box: formatting is kept beside the words, and goes when the words are changed by hand."""

from tests.e2e.accessibility import no_violations

HTML = """<google-sheets-html-origin><table><tr><td>Skill</td><td>1</td><td>5</td></tr>
<tr><td>Care</td><td>asks nobody</td><td>asks early</td></tr></table><img src="http://127.0.0.1:9/tracked.png">
<img alt="" src="data:image/png;base64,iVBORw0KGgo=">"""
PASTE = """(box, [markup, text]) => {
  const data = new DataTransfer();
  data.setData("text/html", markup);
  data.setData("text/plain", text);
  box.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""


def test_a_table_that_is_pasted_is_read_with_its_columns(sign_in):
    page = sign_in("recruiter")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/rubrics/import/")
    box = page.get_by_label("Or paste it")

    box.evaluate(PASTE, [HTML, "Skill\t1\t5\nCare\tasks nobody\tasks early"])
    page.get_by_text("Pasted with its formatting: 1 table.").wait_for()
    no_violations(page)
    assert box.input_value().startswith("Skill\t1\t5\n")
    assert not any("tracked" in url for url in asked)
    assert "base64" not in page.locator("[name=pasted_html]").input_value()

    box.press("End")
    box.type("!")
    page.get_by_text("You changed the words").wait_for()
    assert page.locator("[name=pasted_html]").input_value() == ""

    box.fill("")
    box.evaluate(PASTE, [HTML, "Skill"])
    page.click("main button[type=submit]")
    page.get_by_text("This is what Evenhand found in what you pasted.").wait_for()
    assert page.locator("#read").get_by_text("asks early").is_visible()
    no_violations(page)
