"""The document beside its preview: what was made of each block, and what it can be told to be."""

import pytest

from rubrics import shown_document
from rubrics.blueprints.directions import UNTOLD, Directions
from rubrics.blueprints.documents import load
from rubrics.blueprints.plan import plan
from rubrics.blueprints.sources import groups_of
from tests.rubrics.role_documents import table

GUIDE = (
    "<p>Company news</p><h1>Interview scorecard</h1><p>Be kind.</p><h2>Criteria</h2>"
    + table("Criterion|1|5", "Tact|Shouts|Listens", "Care|Forgets|Checks")
    + "<h2>Red flags</h2><ul><li>Lies</li></ul>"
)


def shown(markup: str = GUIDE):
    document = load(markup.encode(), filename="guide.html")
    return shown_document.shown_document(document, groups_of(plan(document), document))


def test_each_block_says_what_was_made_of_it():
    said = [(block.block.kind, block.used, [made.words for made in block.made]) for block in shown().blocks]

    assert said == [
        ("text", False, []),
        ("heading", False, ["2 dimensions", "1 red flag"]),
        ("text", False, []),
        ("heading", False, ["2 dimensions"]),
        ("table", True, ["2 dimensions"]),
        ("heading", False, ["1 red flag"]),
        ("list", True, ["1 red flag"]),
    ]


def test_what_was_made_leads_to_its_first_item():
    card = shown().blocks[4]

    assert [made.key for made in card.made] == ["dimension-tact"]
    assert [row.used for row in card.rows] == [False, True, True]


def test_a_long_document_says_how_much_is_not_shown(monkeypatch):
    monkeypatch.setattr(shown_document, "MOST_ROWS", 4)

    found = shown()

    assert (sum(max(len(block.rows), 1) for block in found.blocks), found.left) == (4, 5)


def test_a_form_has_no_more_controls_than_can_be_sent(monkeypatch):
    monkeypatch.setattr(shown_document, "MOST_CONTROLS", 6)

    found = shown()

    assert [block.can_be_told for block in found.blocks if block.heads or block.is_table] == [True, True, True, False]
    assert found.fields == {"told-1", "told-3", "told-4", "told-4-0", "told-4-1", "told-4-2"}
    assert found.untellable == 1


def test_columns_say_what_they_were_read_as_and_what_was_told():
    document = load(GUIDE.encode(), filename="guide.html")
    told = Directions({}, {(4, 1): "level-2"})
    plain, mended = (
        shown_document.shown_document(document, groups_of(plan(document, said), document), said).blocks[4].columns
        for said in (UNTOLD, told)
    )

    assert [column.untold for column in plain] == ["Read as: name", "Read as: level 1", "Read as: level 5"]
    assert [(column.telling, column.read_as) for column in mended] == [
        ("", "name"),
        ("level-2", "level 2"),
        ("", "level 5"),
    ]


def test_columns_of_a_table_whose_rows_are_levels_are_read_as_nothing():
    turned = "<h1>Interview scorecard</h1>" + table("Level|SQL|Ops", "1|a|b", "3|c|d", "5|e|f")

    card = shown(turned).blocks[1]

    assert {column.untold for column in card.columns} == {"Say what it is"}


def block_of(markup: str, number: int, told: Directions = UNTOLD):
    """The block of this number, as the page shows it."""
    document = load(markup.encode(), filename="guide.html")
    groups = groups_of(plan(document, told), document)
    return shown_document.shown_document(document, groups, told).blocks[number]


BEHIND = 7  # the number of the first block behind the guide


def test_what_a_heading_heads_ends_with_the_next_one_of_its_rank():
    signals = "<h3>Strong signals</h3><ul><li>Asks</li></ul><h3>Weak signals</h3><ul><li>Waits</li></ul>"

    found = shown(f"{GUIDE}<h2>Signals</h2>{signals}").blocks[BEHIND:]

    assert [[made.words for made in block.made] for block in found if block.heads] == [
        ["1 strong signal", "1 weak signal"],
        ["1 strong signal"],
        ["1 weak signal"],
    ]


def test_a_bold_line_heads_what_stands_below_it_and_ranks_below_all_headings():
    markup = "<h1>Signals</h1><p><b>Strong signals</b></p><ul><li>Asks</li></ul><h1>Notes</h1><ul><li>Old</li></ul>"

    found = shown(GUIDE + markup).blocks[BEHIND:]

    assert [shown_document.heading_level(block.block) for block in found] == [1, 7, 0, 1, 0]
    assert [made.words for made in found[1].made] == ["1 strong signal"]
    assert found[3].made == ()


@pytest.mark.parametrize(("rank", "level"), [(1, 3), (3, 5), (4, 6), (6, 6)])
def test_a_heading_stands_below_those_of_the_page_itself(rank, level):
    assert block_of(f"{GUIDE}<h{rank}>Notes</h{rank}><p>Be kind.</p>", BEHIND).level == level


@pytest.mark.parametrize(
    ("markup", "title"),
    [
        ("<h2>Notes</h2><p>x</p>", "Notes"),
        ("<p><b>Notes</b></p><p>x</p>", "Notes"),
        (table("Day|From", "Monday|9"), "this table"),
    ],
)
def test_a_block_is_called_by_its_words_beside_its_control(markup, title):
    assert block_of(GUIDE + markup, BEHIND).title == title


def test_a_block_is_marked_as_used_or_left_out():
    left_out = Directions({4: "nothing"}, {})

    assert block_of(GUIDE, 0).classes == "eh-block"
    assert block_of(GUIDE, 4).classes == "eh-block eh-block-used"
    assert block_of(GUIDE, 4, left_out).classes == "eh-block eh-block-out"


def test_a_table_that_is_left_out_has_a_control_and_no_columns():
    card = block_of(GUIDE, 4, Directions({4: "nothing"}, {}))

    assert (card.can_be_told, card.telling, card.columns) == (True, "nothing", ())


def test_only_a_table_that_is_the_scorecard_offers_its_columns():
    hours = f"{GUIDE}<h2>Opening hours</h2>" + table("Day|From|To", "Monday|9|17", "Friday|9|12")
    told_so = Directions({BEHIND + 1: "scorecard"}, {})

    plain, told = block_of(hours, BEHIND + 1), block_of(hours, BEHIND + 1, told_so)

    assert (plain.columns, plain.can_be_told) == ((), True)
    assert [column.heading for column in told.columns] == ["Day", "From", "To"]


def test_columns_are_read_as_weight_question_or_nothing_and_may_lack_a_heading():
    markup = "<h1>Scorecard</h1>" + table("Criterion|Weight||1|5|Seen by", "Tact|60|x|a|b|c", "Care|40|x|a|b|c")
    told = Directions({}, {(1, 2): "asked"})

    plain, mended = block_of(markup, 1).columns, block_of(markup, 1, told).columns

    assert [column.heading for column in plain] == ["Criterion", "Weight", "Column 3", "1", "5", "Seen by"]
    assert [column.read_as for column in plain] == ["name", "weight", "not read", "level 1", "level 5", "not read"]
    assert mended[2].read_as == "what to ask"
    assert [column.name for column in mended] == [f"told-1-{index}" for index in range(6)]


def test_what_was_told_may_be_taken_back():
    card = block_of(GUIDE, 4, Directions({}, {(4, 1): "level-2"}))

    assert card.columns_told
    assert [column.untold for column in card.columns][1] == "As Evenhand reads it"
    assert not block_of(GUIDE, 4).columns_told


def test_lines_say_how_deep_they_stand_and_which_were_used():
    deep = "".join(f"<ul><li>{name}" for name in "abcdef") + "</li></ul>" * 6
    found = shown(f"{GUIDE}<h2>Notes</h2>{deep}").blocks

    assert [(row.anchor, row.text, row.used) for row in found[6].rows] == [("block-6-0", "Lies", True)]
    assert [row.depth for row in found[-1].rows] == [1, 2, 3, 4, 4, 4]
    assert not any(row.used for row in found[-1].rows)


def test_a_cell_over_several_columns_is_shown_once():
    card = (
        "<table><tr><th>Criterion</th><th>1</th><th>5</th></tr><tr><td>Tact</td><td colspan=2>Listens</td></tr></table>"
    )

    rows = block_of(f"<h1>Scorecard</h1>{card}", 1).rows

    assert [[cell.text for cell in row.cells] for row in rows] == [["Criterion", "1", "5"], ["Tact", "Listens"]]


def test_a_document_of_exactly_what_is_shown_leaves_nothing_out(monkeypatch):
    monkeypatch.setattr(shown_document, "MOST_ROWS", 9)

    assert (shown().left, len(shown().blocks)) == (0, 7)
