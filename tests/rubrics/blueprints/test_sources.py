from rubrics.blueprints.documents import load
from rubrics.blueprints.plan import plan
from rubrics.blueprints.sources import Group, Item, groups_of
from tests.rubrics.role_documents import SAMPLE, START, table

GUIDE = (
    START + "<h2>3) Technical Skills</h2><ul><li><strong>Cataloguing:</strong> Orders books.</li></ul>"
    "<h2>4) Hiring</h2><h3>Exercises</h3><p><strong>Exercise A: The lost book</strong></p>"
    "<ul><li>Prompt: Find a lost book.</li><li>Look for:<ul><li>Asks who had it</li></ul></li></ul>"
    "<h3>Red flags</h3><ul><li>Blames readers</li></ul>"
    "<h3>Scorecard</h3>"
    + table("Dimension|3|5", "Cataloguing|Follows rules|Improves rules", "Tact|Stays calm|Calms others")
    + "<h2>5) Final Role Scorecard Summary</h2>"
    + table("Dimension|Why", "Tact|Red flags: blames readers")
)


def groups(markup: str) -> dict[str, Group]:
    document = load(markup.encode(), filename="guide.html")
    return {group.title: group for group in groups_of(plan(document), document)}


def said(markup: str, item: Item) -> str:
    """The text of an item's block."""
    assert item.place is not None
    block = load(markup.encode(), filename="guide.html").blocks[item.place.block]
    rows = [" ".join(cell.text for cell in row) for row in block.rows] or [line.text for line in block.lines]
    return rows[item.place.row] if item.place.row >= 0 else block.text


def test_a_name_that_stands_twice_comes_from_its_own_part():
    found = groups(GUIDE)
    skill, dimension = found["Technical skills"].items[0], found["Dimensions"].items[0]

    assert said(GUIDE, skill) == "Cataloguing: Orders books."
    assert said(GUIDE, dimension) == "Cataloguing Follows rules Improves rules"


def test_each_fact_has_a_place_of_its_own():
    [exercise] = groups(GUIDE)["Exercises"].items

    assert [(passage.label, passage.text) for passage in exercise.passages] == [
        ("Prompt", "Find a lost book."),
        ("Look for", "Asks who had it"),
    ]
    assert len({passage.place for passage in exercise.passages}) == 2


def test_a_closing_summary_is_no_source():
    document = load(GUIDE.encode(), filename="guide.html")
    summary = max(block.number for block in document.blocks)

    places = [item.place for group in groups(GUIDE).values() for item in group.items]

    assert all(place is not None and place.block < summary for place in places)


def test_levels_below_a_heading_are_found_behind_it():
    levels = "<ul><li>3 – Good: asks</li><li>5 – Great: listens</li></ul>"
    markup = f"<h1>Interview scorecard</h1><h2>Tact</h2>{levels}<h2>Care</h2>{levels.replace('asks', 'checks')}"

    care = groups(markup)["Dimensions"].items[1]

    assert care.place is not None
    assert [passage.place and passage.place.block for passage in care.passages] == [care.place.block + 1] * 2


def test_every_fact_of_the_sample_is_found_again():
    document = load(SAMPLE.read_bytes(), filename=SAMPLE.name)
    items = [item for group in groups_of(plan(document), document) for item in group.items]

    assert len(items) > 30
    assert [item.name for item in items if item.place is None] == []
    assert [passage.text for item in items for passage in item.passages if passage.place is None] == []


def test_what_to_ask_is_found_in_another_part():
    markup = (
        f"<h1>Interview scorecard</h1><h2>Criteria</h2>{table('Criterion|3', 'Tact|Asks')}"
        "<h2>Interview questions</h2><h3>Tact</h3><ul><li>Who was rude to you?</li></ul>"
    )

    [tact] = groups(markup)["Dimensions"].items
    ask = tact.passages[-1]

    assert (ask.label, ask.text) == ("Ask", "Who was rude to you?")
    assert ask.place is not None
    assert tact.place is not None
    assert ask.place.block > tact.place.block


def test_without_a_document_there_are_facts_and_no_places():
    document = load(GUIDE.encode(), filename="guide.html")

    found = groups_of(plan(document), None)

    assert [group.title for group in found][:2] == ["Dimensions", "Exercises"]
    assert {item.place for group in found for item in group.items} == {None}


# --- what stands beside each name ----------------------------------------------------------
FULL = (
    START
    + "<h2>3) Technical Skills</h2><h3>Must-have</h3>"
    + table("Skill|Description|Use|Importance", "Shelving|Orders books|Daily|High", "Scanning|||")
    + "<h2>4) Soft Skills</h2>"
    + table("Skill|Why it matters|How it shows|Strong performance", "Patience|Readers wait|Listens|Smiles")
    + "<h2>5) Hiring</h2><h3>What to assess</h3><ul><li>Order: shelves, lists.</li><li>Tact</li></ul>"
    "<h3>Exercises</h3><p><strong>Exercise B: Sort a cart (30 minutes)</strong></p><ul><li>Prompt: Sort it.</li></ul>"
    "<h3>Strong signals</h3><ul><li>Asks</li></ul><h3>Weak signals</h3><ul><li>Waits</li><li>Sighs</li></ul>"
    "<h3>Scorecard</h3>" + table("Dimension|Weight|3|5", "Order|60%|Follows|Improves", "Tact|40%|Calm|Calms")
)


def test_each_item_says_what_its_kind_says_beside_the_name():
    found = groups(FULL)

    said_beside = {
        title: [(item.key, item.name, item.detail) for item in group.items] for title, group in found.items()
    }
    assert said_beside["Dimensions"] == [("dimension-order", "Order", "60 %"), ("dimension-tact", "Tact", "40 %")]
    assert said_beside["Exercises"] == [("exercise-1", "B: Sort a cart", "30 minutes")]
    assert said_beside["Weak signals"] == [("weak-1", "Waits", ""), ("weak-2", "Sighs", "")]
    assert said_beside["Focus areas"] == [("focus-1", "Order", ""), ("focus-2", "Tact", "")]
    assert said_beside["Technical skills"] == [
        ("skill-1", "Shelving", "must-have, High"),
        ("skill-2", "Scanning", "must-have"),
    ]
    assert said_beside["Soft skills"] == [("soft-1", "Patience", "")]


def test_facts_that_are_not_said_are_no_passages():
    found = groups(FULL)

    labels = {
        item.key: [passage.label for passage in item.passages] for group in found.values() for item in group.items
    }
    assert labels["skill-1"] == ["Description", "Use"]
    assert labels["skill-2"] == []
    assert labels["soft-1"] == ["Why it matters", "How it shows", "Strong"]
    assert labels["focus-1"] == ["Detail"]
    assert labels["focus-2"] == []
    assert labels["dimension-order"] == ["Level 3", "Level 5"]


def test_groups_count_themselves_in_words():
    found = groups(FULL)

    counted = [group.counted for group in found.values()]
    assert counted == [
        "2 dimensions",
        "1 exercise",
        "1 strong signal",
        "2 weak signals",
        "0 red flags",
        "2 focus areas",
        "2 technical skills",
        "1 soft skill",
    ]
    assert found["Exercises"].count(3) == "3 exercises"


def test_of_two_places_of_a_name_the_one_nearest_to_its_first_fact_is_its_own():
    markup = "<h1>Interview scorecard</h1><h2>Tact</h2><p>All of us need it.</p><h2>Criteria</h2>" + table(
        "Criterion|3|5", "Care|Checks|Mends", "Tact|Stays calm|Calms others"
    )

    tact = next(item for item in groups(markup)["Dimensions"].items if item.name == "Tact")

    assert said(markup, tact) == "Tact Stays calm Calms others"


def test_of_places_that_say_a_name_alone_the_one_before_its_first_fact_is_meant():
    twice = "<h3>Tact</h3><p>We value it.</p><h3>Scorecard</h3><h4>Tact</h4><ul><li>3: Waits</li><li>5: Calms</li></ul>"
    markup = f"<h1>Interview scorecard</h1>{twice}<h4>Care</h4><ul><li>3: Checks</li><li>5: Mends</li></ul>"

    tact, _ = groups(markup)["Dimensions"].items

    blocks = load(markup.encode(), filename="guide.html").blocks
    assert tact.place is not None
    assert [block.text for block in blocks if block.number == tact.place.block] == ["Tact"]
    assert tact.place.block > next(block.number for block in blocks if block.text == "Scorecard")
