"""The reading of contrast that leaves out what has passed: what is hard to read is found wherever it stands."""

import pytest

from tests.e2e.accessibility import CHANGING, violations

PAPER = "<html lang=en><title>A page</title><main style='background: #fff'><h1>Heading</h1>{}</main>"
WELL, BADLY = "<p style='color: #333'>Easily read.</p>", "<p style='color: #bbb'>Hardly read.</p>"


@pytest.fixture
def paper(chromium):
    """Gives the page of these words, in a window of its own."""
    context = chromium.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()

    def shown(words: str):
        page.set_content(PAPER.format(words))
        return page

    yield shown
    context.close()


def test_a_text_that_is_hard_to_read_is_found_on_every_page_that_has_it(paper):
    where = "on paper"

    assert violations(paper(WELL), where) == []
    assert violations(paper(WELL + BADLY), where) == [f"{where}: color-contrast [['p:nth-child(3)']]"]
    assert violations(paper(BADLY), where) == [f"{where}: color-contrast [['p']]"]
    assert violations(paper(WELL), where, only=CHANGING) == []


def test_what_is_no_matter_of_contrast_is_found_with_its_place(paper):
    page = paper(WELL + "<img src='data:,'>" + BADLY)

    found = violations(page, "on paper")

    assert found == ["on paper: color-contrast [['p:nth-child(4)']]", "on paper: image-alt [['img']]"]
    assert page.locator("[data-look-unknown]").count() == 0


@pytest.mark.parametrize(
    "elsewhere",
    [
        "<div style='background: #555'>{}</div>",
        "<div style='opacity: 0.4'>{}</div>",
        "<div style='background: #555; height: 5em'></div><div style='margin-top: -5em'>{}</div>",
        "<div style='background: #555; height: 5em'></div><div style='position: absolute; top: 6em'>{}</div>",
    ],
    ids=["on another ground", "fainter", "moved over another", "set over another"],
)
def test_a_text_that_passed_is_asked_again_where_it_looks_otherwise(paper, elsewhere):
    assert violations(paper(WELL), "on paper") == []

    [found] = violations(paper(WELL + elsewhere.format(WELL)), "on paper")

    assert "color-contrast" in found
