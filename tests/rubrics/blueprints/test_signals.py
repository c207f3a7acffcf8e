"""Signals in every markup that the family uses."""

import pytest

from rubrics.blueprints.lines import Line
from rubrics.blueprints.reading import Read
from rubrics.blueprints.sections import Block
from rubrics.blueprints.signals import cut_at_signals, signals, signals_of_table
from tests.rubrics.role_documents import SIGNAL_LISTS, SIGNALS, blocks_of, read_hiring, signal_parts, table


@pytest.mark.parametrize(
    "markup",
    [
        signal_parts(*SIGNAL_LISTS, names="Strong candidate signals|Weak candidate signals|Red flags"),
        signal_parts(*SIGNAL_LISTS, names="Green flags|Yellow flags|Deal-breakers"),
        signal_parts(*SIGNAL_LISTS, names="What great looks like|Weaker signals|Red-flag behaviors"),
        signal_parts(
            *SIGNAL_LISTS, names="Signals of a strong candidate|Weak candidate signals / concerns|🚩 Red Flags"
        ),
        signal_parts(
            *SIGNAL_LISTS, names="What strong candidates demonstrate|What weak candidates show|Red flag behaviours"
        ),
        signal_parts(*SIGNAL_LISTS, names="Positive indicators|Negative indicators|Disqualifiers"),
        signal_parts(*SIGNAL_LISTS, names="Strong signals (hire)|Weak signals (probe)|Red flags 🚩", tag="h4"),
        "<h3>Candidate signals</h3>" + signal_parts(*SIGNAL_LISTS, names="Strong|Weak|Red flags", tag="h4"),
        signal_parts("<p>– a – b<br>– c</p>", "<p>They:\n– d</p>", "<p>* e</p>"),
        signal_parts("<p>✅ a – b<br>✓ c</p>", "<p>→ d</p>", "<p>1. e</p>"),
        signal_parts(
            "<ul><li>– a – b</li><li>• c</li></ul>", "<p>d</p>", "<p>Any of:</p><ul><li>e</li></ul><p>One will do.</p>"
        ),
        signal_parts("<p>a – b</p><p>c</p>", "<p>d</p>", table("Red flag", "e")),
        signal_parts("<ul><li><b>Craft</b><ul><li>a – b</li><li>c</li></ul></li></ul>", "<p>d</p>", "<p>e</p>"),
        "".join(
            f"<p><b>{name}:</b></p>{text}"
            for name, text in zip(["Strong", "Weak", "Red flags"], SIGNAL_LISTS, strict=True)
        ),
        "<p><b>Strong signals</b>\n– a – b\n– c</p><p><b>Weak signals:</b><br>– d</p><p><b>Red flags</b>\n– e</p>",
        "<p><b>Strong signals</b>\n– a – b\n– c\n<b>Weak signals:</b>\n– d\n<b>Red flags</b>\n– e</p>",
        "<ul><li>Strong signs{}</li><li><b>Weak signals</b>{}</li><li>Red flags:{}</li></ul>".format(*SIGNAL_LISTS),
        "<dl><dt>Strong</dt><dd>a – b</dd><dd>c</dd><dt>Weak signals</dt><dd>d</dd><dt>Red flags</dt><dd>e</dd></dl>",
        "<h3>Candidate signals</h3>" + table("Area|Strong|Weak|Red flags", "X|a – b|d|e", "Y|c||"),
        "<h3>Candidate signals</h3>" + table("Red flags|Strong signals|Weak signals", f"e|{SIGNAL_LISTS[0]}|– d"),
        table(f"Strong signals|{SIGNAL_LISTS[0]}", "Weak signals|d", "Red flags|e", head="td"),
        "<h3>Practical exercises</h3><p><b>Exercise A: x</b>\n– Prompt: q</p>" + signal_parts(*SIGNAL_LISTS, tag="h3"),
    ],
)
def test_signals_are_read_the_same_from_any_markup(markup):
    assert read_hiring(markup)["signals"] == SIGNALS


def test_what_stands_below_an_item_belongs_to_it():
    found = read_hiring("<h3>Red flags</h3><ul><li>e<ul><li>f</li><li>g</li></ul></li></ul>")

    assert found["signals"]["red_flag"] == ["e f g"]


# --- blocks, read alone ---


def read_signals(markup: str) -> list[str]:
    return list(signals(blocks_of(markup)).value)


def test_a_part_without_blocks_has_no_signals():
    assert signals([]) == Read(())


@pytest.mark.parametrize(
    ("markup", "items"),
    [
        ("<ul><li>a</li><li>b</li></ul>", ["a", "b"]),
        ("<p>a</p><p>b</p>", ["a", "b"]),
        ("<p>They:</p><ul><li>a</li></ul><p>So be it.</p>", ["a"]),
        ("<p>They:</p><p>a</p>", ["a"]),
        ("<ol><li>1. a</li></ol>", ["1. a"]),
        ("<p>1. a<br>2. b</p>", ["a", "b"]),
        ("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", ["a b", "c"]),
        ("<ul><li>Craft:<ul><li>a</li><li>b</li></ul></li><li>c</li></ul>", ["a", "b", "c"]),
        ("<ul><li><b>Craft</b><ul><li>a</li></ul></li><li><b>People</b><ul><li>b</li></ul></li></ul>", ["a", "b"]),
        (table("Red flags|Notes", "a|n", "b|"), ["a – n", "b"]),
        ("", []),
    ],
)
def test_items_are_found_in_any_list(markup, items):
    assert read_signals(markup) == items


def test_a_list_is_parted_where_its_lines_head_signals():
    (block,) = blocks_of(
        "<ul><li>Be kind</li><li>Red flags<ul><li>a</li></ul></li><li>Weak signals<ul><li>b</li></ul></li></ul>"
    )

    pieces = cut_at_signals(block)

    assert [piece.kind for piece in pieces] == ["list", "text", "list", "text", "list"]
    assert [[(line.depth, line.text) for line in piece.lines] for piece in pieces] == [
        [(1, "Be kind")],
        [(0, "Red flags")],
        [(1, "a")],
        [(0, "Weak signals")],
        [(1, "b")],
    ]


def test_the_line_that_heads_signals_becomes_a_bold_paragraph():
    (block,) = blocks_of("<p>Red flags\n– a</p>")

    heading, below = cut_at_signals(block)

    assert heading.lines == (Line("Red flags", 0, "Red flags"),)
    assert below.lines == (Line("a", 1),)


@pytest.mark.parametrize(
    "markup",
    [
        "<ul><li>Red flags</li><li>a</li></ul>",
        "<p>What to do about red flags that you see in somebody's work<br>– a</p>",
        "<ul><li>Care<ul><li>a</li></ul></li></ul>",
        "<h3>Red flags</h3>",
    ],
)
def test_a_block_without_lists_below_such_lines_is_left_whole(markup):
    (block,) = blocks_of(markup)

    assert cut_at_signals(block) == [block]


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        (("Strong signals|Weak signals", "a|b", "c|"), {"strong": ["a", "c"], "weak": ["b"]}),
        (("Area|Red flags", "Craft|a", "People|b"), {"red_flag": ["a", "b"]}),
        (("Red flags|Notes", "a|n"), {}),
        (("Strong signals|a|b", "Red flags|c|"), {"strong": ["a", "b"], "red_flag": ["c"]}),
        (("Strong signals|a", "Other|b"), {}),
        (("Strong signals|Red flags", "|"), {}),
        (("Area|Detail", "Craft|a"), {}),
    ],
)
def test_a_table_has_kinds_of_signals_as_columns_or_as_rows(rows, found):
    (block,) = blocks_of(table(*rows))

    lists = signals_of_table(block)

    assert {kind: [line.text for line in part.lines] for kind, part in lists.items()} == found


def test_only_a_table_with_rows_has_signals():
    (text,) = blocks_of("<p>Red flags</p>")

    assert signals_of_table(text) == {}
    assert signals_of_table(Block("table")) == {}


@pytest.mark.parametrize(
    ("rows", "strong"),
    [
        (("What to look for|Red flags", "waits|barks"), ["waits"]),
        (("Topic|Red flags", "waits|barks"), []),
        (("Look for|Strong signals|Weak", "waits|asks|barks"), ["asks"]),
    ],
)
def test_what_to_look_for_beside_what_is_bad_is_strong(rows, strong):
    (block,) = blocks_of(table(*rows))
    found = signals_of_table(block)

    assert [line.text for line in found["strong"].lines] == strong if strong else "strong" not in found


FLAGS = "<ul><li>Lies</li><li>Bribes</li></ul>"
CARD = table("Competency|1|5", "Care|Drops|Mends", "Order|Heaps|Maps")


@pytest.mark.parametrize(
    "label",
    ["Red flags:", "Motifs éliminatoires :", "Never hire", "Do not hire if:", "One more thing.<br>Red flags:"],
)
def test_a_plain_line_right_above_a_list_heads_red_flags(label):
    found = read_hiring(f"<h3>Scorecard</h3>{CARD}<p>{label}</p>{FLAGS}<p>Grade: two or three</p>")

    assert found["signals"]["red_flag"] == ["Lies", "Bribes"]
    assert len(found["dimensions"]) == 2


def test_a_further_label_behind_them_heads_something_else():
    inner = f"<p>Red flags:</p>{FLAGS}<p>Bring along:</p><ul><li>A pen</li></ul>"
    found = read_hiring(f"<h3>Scorecard</h3>{CARD}{inner}")

    assert found["signals"]["red_flag"] == ["Lies", "Bribes"]


@pytest.mark.parametrize("text", ["Red flags are rare.", "Ask more where a red flag was seen by somebody else."])
def test_a_sentence_above_a_list_heads_no_red_flags(text):
    assert read_hiring(f"<h3>Scorecard</h3>{CARD}<p>{text}</p>{FLAGS}")["signals"]["red_flag"] == []
