"""Columns of a scorecard: which one names the dimension, and which level a heading names."""

import pytest

from rubrics.blueprints.columns import Columns, columns_of, header_and_body, names_levels_by_digit
from rubrics.blueprints.lines import Cell
from tests.rubrics.role_documents import START, bare_table, blocks_of, plan_of, read_hiring, table

CARD = START + "<h2>19) Hiring Evaluation Criteria</h2><h3>Scorecard dimensions</h3>"
HEADING = "<h3>Scorecard dimensions</h3>"
FIVE = {"1": "a", "2": "b", "3": "c", "4": "d", "5": "e"}
BAR = {"3": "m", "5": "e"}


def dimensions(inner: str) -> list[tuple]:
    return [(row["name"], row["weight"], row["anchors"]) for row in read_hiring(HEADING + inner)["dimensions"]]


def test_levels_come_in_any_order_and_spelling():
    found = plan_of(CARD + bare_table("Dimension|5 – Superb|Level 3|Score 4|2|1", "A|e|c|d|b|a"))

    assert found.dimensions[0].anchors == {1: "a", 2: "b", 3: "c", 4: "d", 5: "e"}
    assert found.levels_assumed is False


@pytest.mark.parametrize(
    "head",
    [
        "1|2|3|4|5",
        "Level 1|Level 2|Level 3|Level 4|Level 5",
        "1 - Poor|2 - Fair|3 - Good|4 - Very good|5 - Exceptional",
        "1 (Poor)|2 (Weak)|3 (Meets bar)|4 (Above bar)|5 (Exceptional)",
        "Poor (1)|Fair (2)|Solid (3)|Strong (4)|Exceptional (5)",
        "1/5|2 of 5|3 out of 5|4/5|5/5",
        "１|２|３|４|５",
        "1分|2分|3分|4分|5分",
    ],
)
@pytest.mark.parametrize("backwards", [False, True])
def test_a_digit_in_the_heading_is_the_level_in_either_order(head, backwards):
    step = -1 if backwards else 1
    head, cells = ("|".join(text.split("|")[::step]) for text in (head, "a|b|c|d|e"))

    assert dimensions(table(f"Dimension|{head}", f"SQL|{cells}")) == [("SQL", None, FIVE)]


@pytest.mark.parametrize(
    ("head", "cells", "anchors"),
    [
        ("What “meets bar” looks like|What “exceeds bar” looks like", "m|e", BAR),
        ("What 'meets bar' looks like|Exceptional", "m|e", BAR),
        ("Below bar|Meets bar|Exceeds bar", "b|m|e", {"1": "b", **BAR}),
        ("Below bar|Meets bar|Exceeds bar|Exceptional", "b|m|x|e", {"1": "b", **BAR}),
        ("Partially meets|Meets bar|Exceeds bar", "p|m|e", BAR),
        ("1–2|3|4–5", "b|m|e", {"1": "b", "3": "m", "5": "e"}),
        ("3|5", "—|e", {"5": "e"}),
        ("Description|Meets|Exceeds|Score (1–5)|Notes", "what|m|e||", BAR),
    ],
)
def test_anchors_hold_only_the_levels_that_the_document_gives(head, cells, anchors):
    assert dimensions(table(f"Dimension|{head}", f"SQL|{cells}")) == [("SQL", None, anchors)]


# --- one row of headings ---


def header(*texts: str, span: int = 1) -> tuple[Cell, ...]:
    return tuple(Cell(text, True, span) for text in texts)


def body(*texts: str) -> tuple[Cell, ...]:
    return tuple(Cell(text, False) for text in texts)


@pytest.mark.parametrize(
    ("texts", "columns"),
    [
        (("Dimension", "3", "5"), Columns(0, None, {3: 1, 5: 2}, False, "Dimension", numbers=(3, 5))),
        (("3", "5", "Dimension"), Columns(2, None, {3: 0, 5: 1}, False, "Dimension", numbers=(3, 5))),
        (("#", "Skill", "Weight", "Meets"), Columns(1, 2, {3: 3}, True, "Skill")),
        (("Area", "Weight"), Columns(0, 1, {}, False, "Area")),
        (("Dimension", "Description"), Columns(0, None, {}, False, "Dimension", look_for=(1,))),
        (
            ("Area", "1", "5", "Green flags"),
            Columns(0, None, {1: 1, 5: 2}, False, "Area", numbers=(1, 5), signs={3: "strong"}),
        ),
        (("Dimension (weight)", "Meets"), Columns(0, None, {3: 1}, True, "Dimension (weight)")),
        (("No.", "Fach", "1", "5"), Columns(1, None, {1: 2, 5: 3}, False, "Fach", numbers=(1, 5))),
        (("#", "1", "5"), Columns(0, None, {1: 1, 5: 2}, False, "#", numbers=(1, 5))),
    ],
)
def test_a_header_says_where_name_weight_and_levels_stand(texts, columns):
    assert columns_of(header(*texts)) == columns


@pytest.mark.parametrize(
    "texts",
    [
        ("Area", "What to assess"),
        ("Weight", "Meets"),
        ("Name", "Weight"),
        ("1", "2", "3"),
        (),
    ],
)
def test_a_header_of_something_else_is_no_scorecard_s(texts):
    assert columns_of(header(*texts)) is None


def test_of_two_columns_for_one_level_the_first_is_taken():
    found = columns_of(header("Dimension", "Meets", "At bar"))

    assert found is not None
    assert found.levels == {3: 1}


def test_exceptional_wins_level_five_over_exceeds_wherever_it_stands():
    found = columns_of(header("Dimension", "Meets bar", "Exceeds bar", "Exceptional"))

    assert found is not None
    assert found.levels == {3: 1, 5: 3}


def test_what_is_taken_is_name_weight_and_levels():
    found = columns_of(header("Dimension", "Weight", "3", "Notes", "5"))

    assert found is not None
    assert found.taken == {0, 1, 2, 4}


# --- where the header is ---


def test_a_title_above_the_header_is_skipped():
    rows = (header("The scorecard", ""), header("Dimension", "3"), body("a", "b"))

    assert header_and_body(rows) == (rows[1], rows[2:])


def test_levels_in_a_second_header_row_take_the_place_of_what_spans_them():
    upper = (Cell("Dimension", True), Cell("Levels", True, 2), Cell("", True, 0))
    lower = header("", "3", "5")

    found, rows = header_and_body((upper, lower, body("a", "b", "c")))

    assert [cell.text for cell in found] == ["Dimension", "3", "5"]
    assert len(rows) == 1


def test_a_group_s_row_of_header_cells_is_no_second_header():
    rows = (header("Dimension", "3"), header("People", ""), body("a", "b"))

    assert header_and_body(rows) == (rows[0], rows[1:])


@pytest.mark.parametrize(
    ("rows", "digits"),
    [
        ((header("Fach", "1", "5"), body("a", "b", "c")), True),
        ((header("Fach", "5"), body("a", "b")), False),
        ((header("Fach", "Meets", "Exceeds"), body("a", "b", "c")), False),
        ((header("Fach", "1", "5"),), False),
        ((), False),
    ],
)
def test_two_numbered_levels_say_scorecard_in_any_language(rows, digits):
    assert names_levels_by_digit(rows) is digits


def test_a_row_over_which_a_header_cell_spans_is_a_header_row_whatever_its_cells_are():
    name = Cell("Dimension", True)
    upper = (name, Cell("Levels", True, 2), Cell("", True, 0))
    found, rows = header_and_body((upper, (name, *body("3", "5")), body("a", "b", "c")))

    assert [cell.text for cell in found] == ["Dimension", "3", "5"]
    assert len(rows) == 1


def test_lines_to_fill_in_above_the_header_are_skipped():
    rows = (body("Candidate", "", "Date", ""), header("Criterion", "1", "3", "5"), body("a", "b", "c", "d"))

    assert header_and_body(rows) == (rows[1], rows[2:])


def test_a_row_of_scores_is_no_header():
    rows = (body("Skill", "Ann", "Bo"), body("Care", "4", "5"), body("Order", "3", "2"))

    assert header_and_body(rows) == (rows[0], rows[1:])


def test_columns_that_share_a_level_are_kept_together():
    found = columns_of(header("Criterion", "1", "2", "3", "4", "5", "6", "7"))

    assert found is not None
    assert found.anchored == {1: (1,), 2: (2, 3), 3: (4,), 4: (5, 6), 5: (7,)}


def test_strong_and_weak_signals_are_no_levels_and_among_other_levels_they_are():
    assert columns_of(header("Topic", "Weak signals", "Strong signals")) is None

    found = columns_of(header("Competency", "Weak", "Good", "Strong"))
    assert found is not None
    assert sorted(found.levels) == [1, 3, 5]


def test_room_for_a_score_is_enough_below_a_heading_that_says_scorecard():
    assert columns_of(header("Skill", "Score", "Comments"), titled=True) is not None
    assert columns_of(header("Skill", "Score", "Comments")) is None


def test_a_heading_of_several_lines_begins_with_the_level():
    best = "<td>Superb<br>Shows a high level of competency<br>3 pts</td>"
    head = f"<td></td>{best}<td>Poor<br>Shows little<br>1 pts</td>"
    found = plan_of(f"{CARD}<table><tr>{head}</tr><tr><td>Care</td><td>restores</td><td>loses</td></tr></table>")

    assert [(row.name, row.anchors) for row in found.dimensions] == [("Care", {1: "loses", 5: "restores"})]


@pytest.mark.parametrize("head", ["Unable to judge", "N/A", "Not applicable", "Keine Angabe", "No aplica"])
def test_a_column_for_what_was_not_rated_is_no_level_and_holds_no_names(head):
    (found,) = dimensions(table(f"|Good|Poor|{head}", "Care|b|a|x"))

    assert found == ("Care", None, {"1": "a", "5": "b"})


def test_columns_of_signals_hold_no_names():
    header = tuple(Cell(text, True) for text in ("Positive indicators", "Negative indicators"))

    assert columns_of(header, titled=True) is None


@pytest.mark.parametrize(
    ("second", "goes_on"),
    [
        (("", "1", "3", "5"), True),
        (("Care", "1", "3", "5"), False),
        (("", "a", "b", "c"), False),
        (("", "1", "1", "5"), False),
        (("", "", "", "5"), False),
    ],
)
def test_levels_below_one_heading_and_the_blanks_behind_it_are_a_second_header(second, goes_on):
    """As merged cells are exported, without a word of what they spanned."""
    first, below = header("Criterion", "Rating", "", ""), body(*second)
    rows = (first, below, body("Care", "a", "b", "c"))

    found, _ = header_and_body(rows)

    assert ([cell.text for cell in found] == ["Criterion", "1", "3", "5"]) is goes_on


def test_what_heads_what_is_scored_goes_on_about_the_names_before_it():
    columns = columns_of(header("No.", "Part", "What we score", "1", "5"))

    assert columns is not None
    assert columns.name == 1


def test_what_is_scored_holds_the_names_where_nothing_stands_before_it():
    columns = columns_of(header("What we score", "1", "5"))

    assert columns is not None
    assert columns.name == 0


@pytest.mark.parametrize(
    ("texts", "name"),
    [
        (("Theme", "Question", "1", "5"), 0),
        (("No.", "Question", "1", "5"), 1),
        (("Section", "Topic here", "Questions to ask", "1", "5"), 1),
    ],
)
def test_what_questions_are_about_names_the_dimension_else_they_do_themselves(texts, name):
    columns = columns_of(header(*texts), titled=True)

    assert columns is not None
    assert columns.name == name


@pytest.mark.parametrize(
    ("texts", "levels"),
    [
        (("Criterion", "Red flag", "Mixed", "Great"), 3),
        (("Criterion", "Great", "Mixed", "Red flag"), 3),
        (("Criterion", "Mixed", "Red flag", "Great"), 2),
        (("Criterion", "Red flag", "Poor", "Great"), 2),
    ],
)
def test_a_red_flag_is_the_lowest_level_only_where_that_is_missing(texts, levels):
    columns = columns_of(header(*texts))

    assert columns is not None
    assert len(columns.levels) == levels


def test_every_column_of_a_level_that_several_share_is_taken():
    columns = columns_of(header("Criterion", "1", "2", "3", "4", "5", "6", "7", "Notes"))

    assert columns is not None
    assert columns.taken == set(range(8))


@pytest.mark.parametrize(
    ("second", "goes_on"),
    [
        (("", "1", "3", "5"), True),
        (("", "Poor", "Fair", "Good"), True),
        (("", "calm", "quick", "loud"), False),
        (("", "1", "", ""), False),
        (("Care", "1", "3", "5"), False),
    ],
)
def test_levels_below_a_heading_that_spans_them_are_a_second_header(second, goes_on):
    above = "<tr><th>Criterion</th><th colspan='3'>Rating</th></tr>"
    below = "".join(f"<td>{text}</td>" for text in second)
    (block,) = blocks_of(f"<table>{above}<tr>{below}</tr><tr><td>Care</td><td>a</td><td>b</td><td>c</td></tr></table>")

    found, _ = header_and_body(block.rows)

    assert ([cell.text for cell in found][1:] == list(second[1:])) is goes_on


def test_a_word_between_the_levels_that_nobody_knows_holds_no_names():
    """Read as the names, it would make dimensions of one level's wording."""
    assert columns_of(header("Poor", "Wobbly", "Good")) is None


@pytest.mark.parametrize(
    ("beside", "signs"),
    [("Notes", {}), ("What bad looks like", {2: "strong", 3: "weak"})],
)
def test_what_good_looks_like_is_a_sign_only_beside_what_bad_looks_like(beside, signs):
    columns = columns_of(header("Criterion", "Score", "What good looks like", beside), titled=True)

    assert columns is not None
    assert columns.look_for == (2,)
    assert columns.signs == signs


def test_a_red_flag_beside_a_single_level_is_none_itself():
    found = read_hiring(HEADING + table("Criterion|Red flag|Good", "Care|tears maps|lifts them"))

    assert [row["anchors"] for row in found["dimensions"]] == [{}]
    assert "scorecard_column_unread" in [row["code"] for row in found["warnings"]]


def test_a_second_head_row_without_header_cells_names_the_levels():
    head = "<tr><td rowspan=2>Competency</td><td colspan=2>Level</td></tr><tr><td>Poor (1)</td><td>Superb (5)</td></tr>"
    [block] = blocks_of(f"<table>{head}<tr><td>Care</td><td>drops</td><td>mends</td></tr></table>")
    header, body = header_and_body(block.rows)

    assert [cell.text for cell in header] == ["Competency", "Poor (1)", "Superb (5)"]
    assert len(body) == 1


def test_names_stand_beside_their_category_and_not_in_it():
    [block] = blocks_of(table("Category|Skill|1|5", "Hands|Care|drops|mends"))
    columns = columns_of(block.rows[0])

    assert columns is not None
    assert columns.title == "Skill"
