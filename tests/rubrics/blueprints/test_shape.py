"""Which documents have one shape, and what was told of one of them is told of the other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rubrics.blueprints.directions import Directions, is_heading
from rubrics.blueprints.documents import Document, load
from rubrics.blueprints.shape import shape_of, shaped, told_of_shape
from tests.rubrics.role_documents import table

CARD = table("Criterion|Meh|Wow", "Tact|Shouts|Listens")
GUIDE = f"<h1>Gardener</h1><p>Hello.</p><h2>Criteria</h2>{CARD}<h2>Joys</h2><p>Sings</p>"


def document(markup: str) -> Document:
    return load(markup.encode(), filename="guide.html")


@pytest.mark.parametrize(
    "markup",
    [
        GUIDE.replace("Gardener", "Shepherd"),
        GUIDE.replace("Tact", "Care").replace("Hello.", ""),
        GUIDE.replace("<h2>Criteria</h2>", "<p>More</p><p>words</p><h2>criteria </h2>"),
        GUIDE.replace("</table>", "<tr><td>Zeal</td><td>x</td><td>y</td></tr></table>"),
    ],
)
def test_content_and_title_are_no_part_of_the_shape(markup):
    assert shape_of(document(markup)) == shape_of(document(GUIDE))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Meh", "Fine"),
        ("|Meh|Wow", "|Wow|Meh"),
        ("<h2>Joys</h2>", "<h3>Joys</h3>"),
        ("Joys", "Woes"),
        (CARD, "<p>x</p>"),
    ],
)
def test_other_headings_and_columns_are_another_shape(old, new):
    swapped = {"|Meh|Wow": table("Criterion|Wow|Meh", "Tact|Shouts|Listens")}
    other = GUIDE.replace(CARD, swapped[old]) if old in swapped else GUIDE.replace(old, new)

    assert shape_of(document(other)) != shape_of(document(GUIDE))


def test_two_headings_of_the_highest_level_are_both_of_the_shape():
    two = "<h1>One</h1><p>x</p><h1>Two</h1><p>y</p>"

    assert shape_of(document(two)) != shape_of(document(two.replace("One", "Other")))


def test_what_was_told_is_told_of_the_next_document_in_its_own_places():
    first = document(GUIDE)
    next_one = document(GUIDE.replace("<h2>Criteria</h2>", "<p>More</p><p>words</p><h2>Criteria</h2>"))
    told = Directions({4: "strong"}, {(3, 1): "level-1"})

    stored = shaped(told, first)

    assert stored == {"blocks": {"3": "strong"}, "columns": {"2-1": "level-1"}}
    assert told_of_shape(stored, first) == told
    assert told_of_shape(stored, next_one) == Directions({6: "strong"}, {(5, 1): "level-1"})


def test_what_no_longer_fits_is_passed_over():
    stored = {"blocks": {"9": "strong", "0": "no such telling"}, "columns": {"2-7": "level-1"}}

    assert not told_of_shape(stored, document(GUIDE))


PIECES = (
    "<h1>Porter</h1>",
    "<h2>Joys</h2>",
    "<h3>Woes</h3>",
    "<p>Sings.</p>",
    "<p><b>Tools</b></p>",
    CARD,
    "<ul><li>a</li></ul>",
)


@given(pieces=st.lists(st.sampled_from(PIECES), min_size=1, max_size=12), data=st.data())
def test_what_was_told_of_a_document_is_what_its_own_shape_says_again(pieces, data):
    """However its parts stand, and whatever was said of any of them."""
    read = document("<h1>Hall</h1><p>Hello.</p>" + "".join(pieces))
    said: dict[int, str] = {}
    columns: dict[tuple[int, int], str] = {}
    for block in read.blocks:
        if block.kind == "table" and data.draw(st.booleans()):
            columns[block.number, data.draw(st.integers(0, 2))] = data.draw(
                st.sampled_from(["level-1", "name", "nothing"])
            )
        elif is_heading(block) and data.draw(st.booleans()):
            said[block.number] = data.draw(st.sampled_from(["exercise", "strong", "nothing"]))
    told = Directions(said, columns)

    assert told_of_shape(shaped(told, read), read) == told
