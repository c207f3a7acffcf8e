"""What stands in a document and nowhere in its rubric is told, with its place."""

import pytest

from tests.rubrics.role_documents import codes, read, table

TITLE = "<h1>Interview scorecard: Baker</h1>"
RATED = table("Criterion|1|3|5", "Dough|Dry|Even|Alive", "Oven|Burns|Bakes|Times it")
CARD = TITLE + RATED


def unread(markup: str) -> str:
    """The warning on texts that were not read; empty where there is none."""
    found = read(markup)
    return next((row["message"] for row in found["warnings"] if row["code"] == "texts_unread"), "")


def test_a_scorecard_that_is_read_whole_says_nothing():
    assert "texts_unread" not in codes(read(CARD))


@pytest.mark.parametrize(
    ("below", "told"),
    [
        ("<ul><li>Bring a jacket</li><li>Come by seven</li></ul>", ["“Bring a jacket”", "“Come by seven”"]),
        ("<ul><li>☐ Keeps a diary of loaves</li></ul>", ["“☐ Keeps a diary of loaves”"]),
        ("<p><b>Definition:</b> Works through the night.</p>", ["“Works through the night.”"]),
        (table("Stage|Who", "Trial bake|Head baker"), ["“Trial bake”", "“Head baker”"]),
        ("<ul><li>One crumb</li><li>Two crumbs</li><li>Third crumb</li></ul>", ["“One crumb”", "and 1 more"]),
    ],
)
def test_what_was_not_read_is_told_with_the_heading_that_it_stands_below(below, told):
    message = unread(f"{CARD}<h2>Our bakery</h2>{below}")

    assert "below “Our bakery”" in message
    assert all(text in message for text in told)


@pytest.mark.parametrize(
    "below",
    [
        "<p>A scorecard keeps a panel fair, and it takes two minutes.</p>",
        "<p>Name: ________</p><p>Comments:</p><ul><li>________</li></ul>",
        "<ul><li>☐ Yes</li><li>☐ Do not hire</li></ul><p>Outcome: ☐ hire the applicant ☐ second interview</p>",
        "<p>Rating: 1 2 3 4 5</p><ul><li>Excellent</li><li>Poor</li></ul>",
        "<p>Scale: 1 = poor, 3 = good, 5 = excellent</p>",
        "<ul><li>1 – Poor: no sign</li><li>5 – Excellent: clear signs</li></ul>",
        table("Candidate|", "Date|", "Total|____"),
    ],
)
def test_prose_forms_and_what_explains_the_scale_are_no_part_of_a_rubric(below):
    assert unread(f"{CARD}<h2>Our bakery</h2>{below}") == ""


@pytest.mark.parametrize("heading", ["Rating scale", "How to score", "Frequently asked", "At a glance"])
def test_what_stands_below_headings_on_the_sheet_itself_is_passed(heading):
    assert unread(f"{CARD}<h2>{heading}</h2><ul><li>Take your time</li></ul>") == ""


def test_a_column_that_has_a_warning_of_its_own_is_not_told_again():
    card = table("Criterion|1|3|5|Owner", "Dough|Dry|Even|Alive|Ann", "Oven|Burns|Bakes|Times it|Bo")
    found = read(TITLE + card)

    assert "scorecard_column_unread" in codes(found)
    assert "texts_unread" not in codes(found)


def test_a_scorecard_outside_the_section_on_hiring_is_told():
    other = table("Criterion|1|2|3", "Reach|Near|Far|Everywhere")
    sections = f"<h2>1) Role Summary</h2><p>Bakes.</p><h2>2) Hiring</h2>{RATED}<h2>3) Other</h2>{other}"
    found = unread(f"<h1>Notes</h1>{sections}")

    assert "below “3) Other”: “Reach”, “Near”" in found


def test_many_places_are_counted_and_long_texts_cut():
    parts = "".join(f"<h2>Part {number}</h2><ul><li>{'crumb ' * 30}{number}</li></ul>" for number in range(8))
    message = unread(CARD + parts)

    assert message.count("below “Part") == 5
    assert "and in 3 more places" in message
    assert len(message) < 800
