from rubrics import shown_document
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
