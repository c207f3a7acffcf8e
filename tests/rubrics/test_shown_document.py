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
