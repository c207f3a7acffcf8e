"""The main job as people do it: import, publish, open, plan, score blind, debrief, decide, packet."""

import re
import subprocess
from datetime import datetime, timedelta

from rubrics.blueprints.documents import load
from tests.e2e.accessibility import no_violations

BLUEPRINT = """<h1>Data Engineer: Role Blueprint</h1>
<h2>1) Role Summary</h2><p>Moves data where it is needed.</p>
<h2>2) Hiring evaluation criteria</h2>
<h3>What to assess in interviews</h3><ul><li>Modelling: keys, types.</li></ul>
<h3>Practical exercises</h3><p><strong>Exercise A: Join two tables</strong>
– Prompt: Join orders with customers.
– What to look for:
  – Right keys</p>
<h3>Strong candidate signals</h3><ul><li>Asks about volume</li></ul>
<h3>Red flags</h3><ul><li>Invents numbers</li></ul>
<h3>Scorecard</h3><table><tr><th>Dimension</th><th>Meets bar</th><th>Exceeds bar</th></tr>
<tr><td>Modelling</td><td>Sound keys</td><td>Foresees change</td></tr>
<tr><td>Care</td><td>Checks work</td><td>Builds checks</td></tr></table>"""
PLANTED = "Quokka insight"


def fill_scorecard(page, score: int, words: str) -> None:
    for rating in page.locator(".eh-rating").all():
        rating.locator(f"input[value='{score}']").check()
        rating.locator("textarea").fill(f"{words} on this")
    page.locator("input[name=recommendation][value=yes]").check()
    page.fill("textarea[name=summary]", words)
    no_violations(page)
    page.click("button[name=submit]")
    page.locator("text=Submitted").first.wait_for()


def test_the_whole_loop_as_three_people(sign_in, tmp_path):
    assert load(BLUEPRINT.encode(), filename="x.html").sections
    file = tmp_path / "data-engineer.html"
    file.write_text(BLUEPRINT)
    recruiter = sign_in("recruiter")
    no_violations(recruiter)

    application = set_up(recruiter, file)
    first, second = sign_in("interviewer"), sign_in("interviewer2")
    open_scorecard(first)
    no_violations(first)
    fill_scorecard(first, 4, PLANTED)
    for path in ("/", f"{application}debrief/", application):
        second.goto(path)
        assert PLANTED not in second.content()
    open_scorecard(second)
    assert PLANTED not in second.content()
    fill_scorecard(second, 1, "Platypus view")

    manager = sign_in("manager", at=f"{application}debrief/")
    no_violations(manager)
    assert PLANTED in manager.content()
    assert "disagreement" in manager.content().lower()
    decide(manager)
    text = packet_text(manager, tmp_path)
    for words in (PLANTED, "Platypus view", "Dana Example", "Reason enough", "Join orders with customers", "Page 1 of"):
        assert words in text


def set_up(page, file) -> str:
    """Import and publish the rubric, create opening, round, candidate, interviews; returns the application's path."""
    page.goto("/rubrics/import/")
    no_violations(page)
    page.set_input_files("input[type=file]", file)
    page.click("main button[type=submit]")
    page.locator("h1", has_text="Data Engineer").wait_for()
    no_violations(page)
    page.click("text=Save as draft")
    page.click("text=Check and publish")
    no_violations(page)
    page.check("[name=sure]")
    page.click("main [type=submit]")
    page.locator("text=will never change").wait_for()
    no_violations(page)
    page.goto("/openings/new/")
    page.fill("[name=title]", "Data Engineer, Lisbon")
    page.select_option("[name=rubric_version]", label="Data Engineer, version 1")
    page.locator("[name=hiring_managers]").first.check()
    no_violations(page)
    page.click("main [type=submit]")
    page.fill("[name=name]", "Working session")
    page.select_option("[name=exercise]", index=1)
    page.wait_for_load_state()
    for box in page.locator("[name=dimensions]").all():
        box.check()
    page.click("main [type=submit]")
    no_violations(page)
    page.locator(".eh-tabs a", has_text="Applications").click()
    page.locator("a[href$='/candidates/new/']").first.click()
    page.fill("[name=name]", "Dana Example")
    page.fill("[name=email]", "dana@example.org")
    page.click("main [type=submit]")
    application = re.sub(r"^.*?//[^/]+", "", page.url)
    page.click("text=Plan an interview")
    start = datetime.now() - timedelta(hours=5)  # when no other test has planned anything for these two
    page.fill("[name=starts_at]", start.strftime("%Y-%m-%dT%H:%M"))
    page.wait_for_load_state()
    for name in ("Ines Keller", "Tomas Brandt"):
        found = page.locator("#find_leads")
        if found.count():  # where there are many people
            found.fill(name)
        page.locator("#div_id_leads").get_by_label(name).check()
    no_violations(page)
    page.click("main [type=submit]")
    page.locator("text=Interview planned").wait_for()
    no_violations(page)
    return application


def open_scorecard(page) -> None:
    """As its link on the home page does; afterwards the whole page is there, and what is on it can be counted."""
    page.goto("/")
    page.locator("main a", has_text="Dana Example").first.click()
    page.wait_for_url("**/scorecard/")


def decide(page) -> None:
    page.locator("input[name=outcome][value=hire]").check()
    page.fill("textarea[name=rationale]", "Reason enough")
    page.click("button:has-text('Record decision')")
    page.locator("text=Decision recorded").wait_for()


def packet_text(page, tmp_path) -> str:
    page.click("button:has-text('Build packet')")
    link = page.locator("a:has-text('Download PDF')")
    link.wait_for(timeout=60_000)
    no_violations(page)
    with page.expect_download() as download:
        link.click()
    path = tmp_path / "packet.pdf"
    download.value.save_as(path)
    return subprocess.run(["pdftotext", str(path), "-"], capture_output=True, text=True, check=True).stdout


def test_phone_width_has_no_sideways_scroll(sign_in):
    page = sign_in("interviewer", viewport={"width": 320, "height": 700})
    page.locator("main .eh-list-name").first.click()
    page.locator(".eh-rating").first.wait_for()

    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")

    assert wide == 0
    no_violations(page)
