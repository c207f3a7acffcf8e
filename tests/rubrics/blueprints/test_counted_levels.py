"""Numbered lists whose order says the level."""

import pytest

from tests.rubrics.role_documents import codes, read


def counted(*items: str) -> str:
    return "<ol>" + "".join(f"<li>{item}</li>" for item in items) + "</ol>"


CARE = counted("Drops", "Holds", "Mends", "Restores")
ORDER = counted("Heaps", "Sorts", "Maps", "Teaches")


def guide(says: str, care: str = CARE, order: str = ORDER, label: str = "") -> str:
    return f"<h1>Interview rubric</h1>{says}<h2>Care</h2>{label}{care}<h2>Order</h2>{label}{order}"


def texts(markup: str) -> list[list[str]]:
    """The wording of each dimension's levels, the lowest first."""
    rows = read(markup)["dimensions"]
    return [[row["anchors"][level] for level in sorted(row["anchors"])] for row in rows]


RISING = [["Drops", "Holds", "Mends", "Restores"], ["Heaps", "Sorts", "Maps", "Teaches"]]


@pytest.mark.parametrize(
    "says",
    [
        "<p>Each is scored from 1 to 4.</p>",
        "<p>One area each, a number from 1 to 4.</p>",
        "<p>Levels are listed lowest to highest.</p>",
        "<p>Die Stufen stehen aufsteigend.</p>",
        "<p>Los niveles van de menor a mayor.</p>",
    ],
)
def test_numbered_lists_are_levels_where_the_document_says_so(says):
    found = read(guide(says))

    assert texts(guide(says)) == RISING
    assert "levels_by_order" in codes(found)


def test_a_label_above_each_list_says_that_it_has_levels():
    assert texts(guide("", label="<p>Levels:</p>")) == RISING


def test_a_list_with_the_best_first_is_read_from_its_end():
    falling = guide("<p>Scored 1 to 3, best first.</p>", counted("Mends", "Holds", "Drops"), counted("c", "b", "a"))

    assert texts(falling) == [["Drops", "Holds", "Mends"], ["a", "b", "c"]]


@pytest.mark.parametrize(
    "markup",
    [
        guide(""),
        guide("<p>Each is scored from 1 to 5.</p>"),
        guide("<p>Each is scored from 1 to 4.</p>", order=counted("Heaps", "Sorts", "Maps")),
        guide("<p>Each is scored from 1 to 4.</p>").replace("ol>", "ul>"),
        guide("<p>Each is scored from 1 to 4.</p>", counted("Why?", "How?", "Who?", "When?")),
        guide("<p>Each is scored from 1 to 4.</p>", label="<p>Look for:</p>"),
        guide("<p>Each is scored from 1 to 4.</p>", label="<p>Questions:</p>"),
    ],
)
def test_other_numbered_lists_word_no_level(markup):
    assert not any(row["anchors"] for row in read(markup)["dimensions"])


def test_one_numbered_list_alone_words_no_level():
    found = read(f"<h1>Interview rubric</h1><p>Scored 1 to 4.</p><h2>Care</h2>{CARE}<h2>Order</h2><p>Sorts.</p>")

    assert not any(row["anchors"] for row in found["dimensions"])
    assert "levels_by_order" not in codes(found)


BARE = "<h2>{}</h2><p>1 Drops all.</p><p>2 Holds on.</p><p>3 Mends it.</p>"


def test_lines_that_count_levels_with_a_mere_number_are_levels():
    markup = "<h1>Interview guide</h1>" + BARE.format("Care") + BARE.format("Order")

    assert texts(markup) == [["Drops all.", "Holds on.", "Mends it."]] * 2


@pytest.mark.parametrize(
    "second",
    [
        "<p>1 Clerk.</p><p>3 Cooks.</p><p>5 Drivers.</p>",
        "<p>7 Clerks.</p><p>8 Cooks.</p><p>9 Drivers.</p>",
        "<p>Sorts.</p>",
    ],
)
def test_other_lines_that_begin_with_a_number_are_none(second):
    found = read(f"<h1>Interview guide</h1>{BARE.format('Care')}<h2>Order</h2>{second}")

    assert not any(row["anchors"] for row in found["dimensions"])
