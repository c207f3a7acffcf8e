"""Documents that are read as they were told: headings, tables and columns, with what the rules find beside them."""

import re

from hypothesis import given
from hypothesis import strategies as st

from rubrics.blueprints.directions import Directions
from rubrics.blueprints.documents import load
from rubrics.blueprints.plan import ImportPlan, plan
from rubrics.blueprints.sections import Block
from rubrics.blueprints.told import in_page_order
from tests.rubrics.role_documents import table


def told(markup: str, **said: str) -> ImportPlan:
    """The plan of a document of whose headings and tables something was said, by the words that each begins with."""
    document = load(markup.encode(), filename="told.html")
    blocks: dict[int, str] = {}
    for words, telling in said.items():
        [number] = [block.number for block in document.blocks if _begins(block).startswith(words)]
        blocks[number] = telling
    return plan(document, Directions(blocks))


def _begins(block: Block) -> str:
    if block.rows:
        return block.rows[0][0].text
    return block.text or block.lines[0].text


def names(found: ImportPlan) -> list[str]:
    return [row.name for row in found.dimensions]


GUIDE = (
    "<h1>Gardener</h1><h2>Hedges</h2><p>Cut them in one morning.</p><h3>Hopes</h3><ul><li>Sharp shears</li></ul>"
    "<h2>Joys</h2><ul><li>Whistles</li><li>Weeds unasked</li></ul>"
    "<h2>Woes</h2><p>Tramples beds.</p>"
    "<h2>Tools</h2><ul><li><strong>Scythe:</strong> Mows.</li></ul>"
)


def test_headings_that_no_rule_knows_are_what_they_were_told():
    found = told(GUIDE, Hedges="exercise", Hopes="look_for", Joys="strong", Woes="red_flag", Tools="skills")

    [exercise] = found.exercises
    assert (exercise.title, exercise.prompt, exercise.look_for) == (
        "Hedges",
        "Cut them in one morning.",
        ("Sharp shears",),
    )
    assert found.signals == {"strong": ("Whistles", "Weeds unasked"), "weak": (), "red_flag": ("Tramples beds.",)}
    assert [(skill.name, skill.description) for skill in found.skills] == [("Scythe", "Mows.")]


def test_warnings_that_are_settled_are_gone():
    codes = {row.code for row in told(GUIDE, Hedges="exercise", Joys="strong", Tools="skills").warnings}

    assert "hiring_section_missing" not in codes
    assert not codes & {"exercises_missing", "strong_signals_missing", "skills_missing"}
    assert {"scorecard_missing", "red_flags_missing", "soft_skills_missing"} <= codes


CARD = table("Criterion|1|5", "Tact|Shouts|Listens", "Care|Forgets|Checks")


def test_a_table_that_is_left_out_leaves_room_for_another():
    other = table("Skill|1|5", "Zeal|Waits|Begins")
    markup = f"<h1>Interview scorecard</h1><h2>Last year</h2>{CARD}<h2>Now</h2>{other.replace('|1|', '|2|')}"

    assert names(told(markup)) == ["Tact", "Care", "Zeal"]
    assert names(told(markup, Criterion="nothing")) == ["Zeal"]


def test_a_table_that_no_rule_takes_is_the_scorecard_when_told():
    markup = f"<h1>Gardener</h1><h2>Ways</h2>{table('Path|Note', 'Tact|Always', 'Care|Often')}"
    document = markup + "<h2>Interview questions</h2><p>Why roses?</p>"

    assert names(told(document, Path="scorecard")) == ["Tact", "Care"]


def test_a_heading_that_was_told_to_be_a_dimension_stands_beside_those_of_a_table():
    markup = f"<h1>Interview scorecard</h1>{CARD}<h2>Patience</h2><ul><li>3: Waits</li><li>5: Calms others</li></ul>"

    found = told(markup, Patience="dimension")

    assert names(found) == ["Tact", "Care", "Patience"]
    assert found.dimensions[2].anchors == {3: "Waits", 5: "Calms others"}


def test_headings_that_were_told_stand_beside_those_that_rules_find():
    levels = "<ul><li>3: Waits</li><li>5: Calms others</li></ul>"
    markup = f"<h1>Interview scorecard</h1><h2>Patience</h2>{levels}<h2>Zeal</h2><p>Begins unasked.</p>"

    assert names(told(markup)) == ["Patience"]
    assert names(told(markup, Zeal="dimension")) == ["Patience", "Zeal"]


def test_the_head_of_levels_goes_on_with_the_dimension_above():
    levels = "<h2>Rated so</h2><ul><li>3: Waits</li><li>5: Calms others</li></ul>"
    markup = f"<h1>Interview scorecard</h1><h2>Patience</h2><p>With trees.</p>{levels}"

    assert names(told(markup)) == ["Rated so"]
    found = told(markup, Patience="dimension", Rated="levels")
    assert [(row.name, row.anchors) for row in found.dimensions] == [("Patience", {3: "Waits", 5: "Calms others"})]


def test_what_is_left_out_takes_all_below_it_but_what_was_told_itself():
    markup = (
        "<h1>Interview guide</h1><h2>Old</h2><h3>Red flags</h3><ul><li>Lies</li></ul>"
        "<h3>Good</h3><ul><li>Sings</li></ul><h2>Strong signals</h2><ul><li>Laughs</li></ul>"
    )

    found = told(markup, Old="nothing", Good="strong")

    assert found.signals == {"strong": ("Laughs", "Sings"), "weak": (), "red_flag": ()}


def test_a_bold_line_can_be_told_too():
    markup = (
        "<h1>Interview guide</h1><p>Hello.</p><p><strong>Joys</strong></p><p>Whistles.</p><p><b>Other</b></p><p>x</p>"
    )

    assert told(markup, Joys="weak").weak == ("Whistles.",)


def test_a_list_of_names_is_the_dimensions_when_its_heading_says_so():
    markup = "<h1>Gardener</h1><h2>We care for</h2><ul><li>Tact</li><li>Zeal</li></ul>"

    assert names(told(markup, We="scorecard")) == ["Tact", "Zeal"]


def test_questions_and_focus_areas_are_read_as_told():
    markup = (
        "<h1>Gardener</h1><h2>Ways</h2><ul><li>Pruning: when, how</li></ul>"
        "<h2>Roses</h2><ul><li>Why do they die?</li></ul>"
    )

    found = told(markup, Ways="focus")
    asked = told(markup, Roses="questions")

    assert [(row.name, row.topics) for row in found.focus_areas] == [("Pruning", ("when", "how"))]
    [roses] = asked.dimensions
    assert (roses.name, [question.text for question in roses.questions]) == ("Roses", ["Why do they die?"])


def test_a_heading_that_names_a_group_of_skills_still_does():
    markup = "<h1>Gardener</h1><h2>Nice to have</h2><ul><li><strong>Scythe:</strong> Mows.</li></ul>"

    assert [(row.group, row.name) for row in told(markup, Nice="skills").skills] == [("good-to-have", "Scythe")]


def test_all_left_out_is_an_empty_plan_and_no_error():
    assert told(GUIDE, Gardener="nothing").is_empty


def test_headings_of_ours_stay_before_what_they_head():
    ours, first, second = Block("heading", 1, "Ours"), Block("list", number=2), Block("list", number=1)

    assert [block.number for block in in_page_order([first, ours, second])] == [-1, 1, 2]


# --- whatever is left out ---

SUBJECTS = {
    "Red flags": "<ul><li>Blames lifts</li></ul>",
    "Strong signals": "<p>Greets twice.</p>",
    "Exercises": "<h3>Exercise A: Stairs</h3><p>Carry trunks upstairs.</p>",
    "Interview questions": "<h3>Strength</h3><p>What weighs most?</p>",
    "Scorecard": table("Criterion|1|3|5", "Balance|wobbles|stands|dances", "Haste|runs|walks|waits"),
    "Patience": "<ul><li>1: sighs</li><li>3: hums</li><li>5: whistles</li></ul>",
    "What to assess": "<ul><li>Routes: alleys, bridges</li></ul>",
}


def texts_in(found: ImportPlan) -> str:
    """All that a plan says of a role's interview, in small letters."""
    parts = (found.dimensions, found.focus_areas, found.exercises, found.signals)
    return repr(parts).casefold()


@given(titles=st.permutations(list(SUBJECTS)), count=st.integers(1, len(SUBJECTS)), data=st.data())
def test_nothing_below_a_heading_that_is_left_out_comes_in(titles, count, data):
    """Whatever stands before and behind it, and whatever the rules would have made of it."""
    chosen = titles[:count]
    out = data.draw(st.sampled_from(chosen))
    markup = "".join(f"<h2>{title}</h2>{SUBJECTS[title]}" for title in chosen)

    found = told(f"<h1>Interview with a porter</h1>{markup}", **{out: "nothing"})

    own = re.findall(r"[a-z]{4,}", re.sub(r"<[^>]*>|criterion|exercise", " ", SUBJECTS[out].casefold()))
    assert [word for word in own if word in texts_in(found)] == []
