"""The scorecard's table: which rows are dimensions, in the shapes that files of the family bring."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rubrics.blueprints.plan import ImportPlan
from rubrics.blueprints.rated_rows import DimensionRow
from rubrics.blueprints.reading import Read
from rubrics.blueprints.scorecard import (
    PlannedDimension,
    Scorecard,
    has_room_for_scores,
    is_scorecard,
    keyed,
    rates_something,
    read_scorecard,
    tables_left_out,
    weighs_something,
)
from tests.rubrics.role_documents import (
    START,
    bare_table,
    blocks_of,
    codes,
    hiring_page,
    plan_of,
    read_hiring,
    read_post,
    scorecard,
    table,
)

CARD = START + "<h2>19) Hiring Evaluation Criteria</h2><h3>Scorecard dimensions</h3>"


def weights(found: ImportPlan) -> list[tuple[str, float | None]]:
    return [(row.name, row.weight) for row in found.dimensions]


HEADING = "<h3>Scorecard dimensions</h3>"
BAR = {"3": "m", "5": "e"}


def dimensions(inner: str) -> list[tuple]:
    return [(row["name"], row["weight"], row["anchors"]) for row in read_hiring(HEADING + inner)["dimensions"]]


def names(inner: str) -> list[str]:
    return [row[0] for row in dimensions(inner)]


def test_five_levels_in_any_order_and_weights():
    head = ["Criterion", "Weight (%)", "5", "Level 4", "3", "2 – Weak", "1"]
    found = read_post(
        hiring_page(
            scorecard(head, ["SQL", "60 %", "e", "d", "c", "b", "a"], ["Team", "40,0", "E", "D", "C", "B", "A"])
        )
    )

    assert found["dimensions"][0] == {
        "key": "sql",
        "name": "SQL",
        "weight": 60,
        "anchors": {"1": "a", "2": "b", "3": "c", "4": "d", "5": "e"},
    }
    assert found["dimensions"][1]["weight"] == 40


def test_groups_totals_and_twins_are_no_dimensions():
    head = ["Dimension", "Below bar", "Meets bar", "Exceeds bar"]
    rows = [["Technical", "", "", ""], ["SQL", "a", "b", "c"], ["sql ", "x", "y", "z"], ["Total", "", "", "100"]]
    found = read_post(hiring_page(scorecard(head, *rows)))

    assert [row["name"] for row in found["dimensions"]] == ["SQL"]
    assert found["dimensions"][0]["anchors"] == {"1": "a", "3": "b", "5": "c"}
    assert "dimension_duplicate" in codes(found)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (("A|12,5|x|y", "B|87.5 %|x|y", "Total|100||"), [("A", 12.5), ("B", 87.5)]),
        (("A|0.4|x|y", "B|0,6|x|y"), [("A", 40), ("B", 60)]),
        (("A|40|x|y", "B|60|x|y", "Gesamtwert|100||"), [("A", 40), ("B", 60)]),
        (("Overall calm|50|x|y", "Total cost|50|x|y"), [("Overall calm", 50), ("Total cost", 50)]),
    ],
)
def test_weights_and_totals(rows, expected):
    found = plan_of(CARD + bare_table("Dimension|Weight|Meets|Exceeds", *rows))

    assert weights(found) == expected
    assert "weights_sum" not in [row.code for row in found.warnings]


def test_a_title_row_and_a_category_column_are_no_dimensions():
    head = "<tr><th colspan=4>Card</th></tr><tr><th>Category</th><th>Dimension</th><th>Meets</th><th>Exceeds</th></tr>"
    rows = "<tr><td rowspan=2>T</td><td>A</td><td>x</td><td>y</td></tr><tr><td>B</td><td>x</td><td>y</td></tr>"
    found = plan_of(CARD + f"<table>{head}{rows}</table>")

    assert [row.name for row in found.dimensions] == ["A", "B"]


def test_a_column_that_is_not_read_is_named():
    found = read_hiring(HEADING + table("Dimension|Partially meets|Meets|Exceeds|Notes", "SQL|p|m|e|"))

    messages = [row["message"] for row in found["warnings"] if row["code"] == "scorecard_column_unread"]
    assert len(messages) == 1
    assert "“Partially meets”" in messages[0]


@pytest.mark.parametrize(
    "total",
    ["Total", "TOTAL:", "Total (100%)", "Σ", "Overall rating (1–5)", "<strong>Grand total</strong>", "Composite score"],
)
def test_a_total_row_is_no_dimension(total):
    rows = ["A|40%|m|e", "B|60%|m|e", f"{total}|100%|—|—"]

    assert names(table("Dimension|Weight|Meets|Exceeds", *rows)) == ["A", "B"]


def test_names_that_only_begin_like_a_total_are_dimensions():
    rows = ["Overall judgement|m|e", "Total cost of ownership|m|e"]

    assert names(table("Dimension|Meets|Exceeds", *rows)) == ["Overall judgement", "Total cost of ownership"]


@pytest.mark.parametrize(
    "rows",
    [
        ["Technical|||", "A|40%|m|e", "People|&nbsp;|—|-", "B|60%|m|e"],
        ["Technical|70%||", "A|40%|m|e", "C|30%|m|e", "People|30%||", "B|30%|m|e"],
        ["A|40%|m|e", "C|30%|m|e", "Subtotal technical|70%||", "B|30%|m|e"],
    ],
)
def test_group_and_subtotal_rows_are_no_dimensions(rows):
    found = names(table("Dimension|Weight|Meets|Exceeds", *rows))

    assert [name for name in found if name != "C"] == ["A", "B"]


def test_spanning_group_rows_caption_and_foot_are_no_dimensions():
    head = "<caption>Card</caption><thead><tr><th>Dimension</th><th>Meets</th><th>Exceeds</th></tr></thead>"
    rows = "<tr><th colspan=3>People</th></tr><tr><th scope=row>A</th><td>m</td><td>e</td></tr><tr><td>Alone</td></tr>"
    foot = "<tfoot><tr><td>Total</td><td></td><td></td></tr></tfoot>"

    assert dimensions(f"<table>{head}<tbody>{rows}</tbody>{foot}</table>") == [("A", None, BAR)]


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        (table("#|Dimension|Meets|Exceeds", "1|A|m|e", head="td"), [("A", None, BAR)]),
        (table("Meets|Exceeds|Dimension", "m|e|2) A"), [("A", None, BAR)]),
        (table("Dimension|Description|Weight", "A|what|100"), [("A", 100, {})]),
        (table("Dimension|Description", "A|what"), [("A", None, {})]),
        (
            table("Dimension|3|5", "A|<ul><li>x</li><li>y</li></ul>|– e<br>– f"),
            [("A", None, {"3": "x; y", "5": "e; f"})],
        ),
        (table("Dimension|3|5", "A|<ul><li>\nx</li><li><p>y</p></li></ul>|e"), [("A", None, {"3": "x; y", "5": "e"})]),
        (
            "<table><tr></tr><tr><th>Dimension</th><th>3</th></tr><tr></tr><tr><td>A</td><td>m</td></tr></table>",
            [("A", None, {"3": "m"})],
        ),
        (table("البعد|1|5", "المعرفة|ا|ب"), [("المعرفة", None, {"1": "ا", "5": "ب"})]),
        (table("Dimension|3|5", "Teamwork 🤝|m 👩‍💻|e"), [("Teamwork 🤝", None, {"3": "m 👩‍💻", "5": "e"})]),
    ],
)
def test_tables_of_other_shapes(markup, expected):
    assert dimensions(markup) == expected


def test_a_legend_is_skipped_and_tables_of_the_same_columns_are_joined():
    legend = table("Score|Meaning", "1|Poor", "3|Meets bar")
    parts = [f"<h4>{group}</h4>" + table("Dimension|Meets|Exceeds", f"{group}|m|e") for group in ("Craft", "People")]

    assert names(legend + "".join(parts)) == ["Craft", "People"]


def test_twins_by_case_or_white_space_are_left_out_with_a_warning():
    found = read_hiring(HEADING + table("Dimension|Meets", "SQL|m", "sql |x", "S Q L|p", "SQL&nbsp;|q"))

    assert [row["name"] for row in found["dimensions"]] == ["SQL", "S Q L"]
    assert codes(found).count("dimension_duplicate") == 2


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        (HEADING + table("Dimension (weight)|Meets", "A (40%)|m", "B (60%)|m"), [("A", 40), ("B", 60)]),
        (
            HEADING + table("Dimension|Meets", "A|m") + "<h3>Final summary</h3>" + table("Dimension|3", "Z|m"),
            [("A", None)],
        ),
        (
            "<h3>Red flags</h3><p>– x</p><table><caption>Scorecard</caption>" + table("Dimension|3", "A|m")[7:],
            [("A", None)],
        ),
        ("<h3>Exercises</h3><h4>Exercise A: x</h4>" + table("Criterion|1|3", "Z|a|b"), []),
    ],
)
def test_only_the_section_s_own_scorecard_is_read(inner, expected):
    assert [(row["name"], row["weight"]) for row in read_hiring(inner)["dimensions"]] == expected


# --- one table, read alone ---


def read_table(*rows: str, titled: bool = True) -> Read[Scorecard]:
    return read_scorecard(blocks_of(table(*rows)), titled=titled)


def test_a_row_without_a_name_is_left_out_and_told_by_its_number():
    found = read_table("Dimension|Meets", "SQL|m", "|n", "Care|o")

    assert [row.name for row in found.value.dimensions] == ["SQL", "Care"]
    (warning,) = found.warnings
    assert warning.code == "dimension_unnamed"
    assert warning.message == "Row 2 of the scorecard has no name in column “Dimension” and was left out."


def test_warnings_come_row_by_row_then_columns_then_twins_then_sums():
    rows = ("SQL|High|m|x", "|5|m|", "Care|20|m|", "care|30|m|")
    found = read_table("Dimension|Weight|Meets|Notes", *rows)

    assert [row.code for row in found.warnings] == [
        "weight_unreadable",
        "dimension_unnamed",
        "scorecard_column_unread",
        "dimension_duplicate",
        "weights_sum",
        "weights_incomplete",
    ]


def test_a_column_of_dimensions_alone_is_enough_only_below_a_heading():
    rows = ("Dimension|Description", "SQL|joins")

    assert len(read_table(*rows, titled=True).value.dimensions) == 1
    assert read_table(*rows, titled=False) == Read(Scorecard())


def test_warnings_of_a_table_without_any_dimension_are_kept():
    found = read_table("Dimension|Meets", "|m")

    assert found.value == Scorecard()
    assert [row.code for row in found.warnings] == ["dimension_unnamed"]


def test_columns_of_a_table_without_any_dimension_are_not_told():
    found = read_table("Dimension|Meets|Notes", "Total||100 words")

    assert found == Read(Scorecard())


def test_a_second_table_of_other_columns_is_another_matter():
    blocks = blocks_of(table("Dimension|Meets", "SQL|m") + table("Dimension|1|5", "Care|a|b"))

    found = read_scorecard(blocks)

    assert [row.name for row in found.value.dimensions] == ["SQL"]
    assert found.value.levels == (3,)
    assert found.value.levels_assumed is True


def test_weights_of_joined_tables_are_one_sum():
    blocks = blocks_of(table("Dimension|Weight|3", "SQL|0.4|m") + table("Dimension|Weight|3", "Care|0.6|m"))

    found = read_scorecard(blocks)

    assert [row.weight for row in found.value.dimensions] == [40, 60]
    assert found.warnings == ()


def test_a_column_without_words_is_for_scores_and_is_not_told():
    found = read_table("Dimension|Meets|Score|Notes", "SQL|m|1–5|", "Care|m|____|…")

    assert found.warnings == ()


def test_a_column_without_a_title_is_told_by_its_place():
    (warning,) = read_table("Dimension|Meets|", "SQL|m|ask twice").warnings

    assert "column “3”" in warning.message


@pytest.mark.parametrize(
    ("rows", "names"),
    [
        (("A|40", "B|60", "All|100"), ["A", "B"]),
        (("All|100", "A|40", "B|60"), ["All", "A", "B"]),
        (("A|50", "B|50"), ["A", "B"]),
        (("A|40", "B|60", "C|0"), ["A", "B", "C"]),
    ],
)
def test_without_level_columns_only_the_last_row_may_be_a_sum(rows, names):
    found = read_table("Dimension|Weight", *rows)

    assert [row.name for row in found.value.dimensions] == names


@pytest.mark.parametrize(
    ("markup", "is_one"),
    [
        (table("Dimension|Meets", "SQL|m"), True),
        (table("Skill|Meets|Exceeds", "SQL|m|e"), True),
        (table("Skill|Meets", "SQL|m"), False),
        (table("Skill|Weight", "SQL|100"), False),
        ("<table><caption>Scorecard</caption>" + table("Dimension|Notes", "SQL|x")[7:], True),
        (table("Dimension|Notes", "SQL|x"), False),
        (table("Dimension|Meets"), False),
        ("<p>Dimension</p>", False),
    ],
)
def test_a_table_is_a_scorecard_by_two_levels_or_by_saying_dimension(markup, is_one):
    (block,) = blocks_of(markup)

    assert is_scorecard(block) is is_one


# --- keys ---


def test_keys_are_unique_and_in_order():
    rows = [DimensionRow("S Q L"), DimensionRow("S-Q-L"), DimensionRow("设计")]

    assert [row.key for row in keyed(rows).value] == ["s-q-l", "s-q-l-2", "dimension-3"]


@pytest.mark.parametrize("twin", ["sql", " SQL ", "ＳＱＬ"])
def test_a_name_that_differs_only_in_case_space_or_form_is_a_twin(twin):
    found = keyed([DimensionRow("SQL", 40), DimensionRow(twin, 60)])

    assert [(row.name, row.weight) for row in found.value] == [("SQL", 40)]
    assert [row.message for row in found.warnings] == [
        f"“{twin}” appears twice in the scorecard. The second row was left out."
    ]


def test_drafts_say_so_and_have_neither_weight_nor_anchors():
    (draft,) = keyed([DimensionRow("Care")], draft=True).value

    assert draft == PlannedDimension("care", "Care", None, {}, draft=True)


@pytest.mark.parametrize("cell", ["", "☐", "[ ]", "3", "&nbsp;"])
def test_a_matrix_to_tick_has_dimensions_without_wording(cell):
    found = read_table("Quality|1|2|3", f"Care|{cell}|{cell}|{cell}", f"Order|{cell}|{cell}|{cell}")

    assert [(row.name, row.anchors) for row in found.value.dimensions] == [("Care", {}), ("Order", {})]


def test_a_group_s_row_in_a_matrix_of_boxes_is_no_dimension():
    found = read_table("Quality|1|2|3", "People||| ", "Care|☐|☐|☐")

    assert [row.name for row in found.value.dimensions] == ["Care"]


def test_a_crossed_score_is_no_wording():
    found = read_table("Quality|1|2|3", "Care||x|", "Order|heaps|sorts|maps")

    assert [row.anchors for row in found.value.dimensions] == [{}, {1: "heaps", 2: "sorts", 3: "maps"}]


def test_tables_with_the_same_levels_are_read_together_whatever_their_other_columns():
    blocks = blocks_of(table("Quality|Weight|1|5", "Care|100%|a|b") + table("Value|1|5|Notes", "Candour|c|d|"))

    assert [(row.name, row.anchors) for row in read_scorecard(blocks).value.dimensions] == [
        ("Care", {1: "a", 5: "b"}),
        ("Candour", {1: "c", 5: "d"}),
    ]


def test_levels_are_assumed_where_one_table_of_several_names_them_in_words():
    blocks = blocks_of(table("Quality|1|3|5", "Care|a|b|c") + table("Quality|Poor|Good|Great", "Order|d|e|f"))

    assert read_scorecard(blocks).value.levels_assumed is True


def test_a_table_of_the_same_columns_under_another_first_heading_is_named_where_it_was_not_read():
    goals = table("Goal|Rating (1-5)|Notes", "Halve the waiting list||", "Open on Saturdays||")
    rated = table("Competency|Rating (1-5)|Notes", "Listens||", "Explains||")
    asked = table("Round|Length", "Phone|30 min")
    blocks = blocks_of(goals + rated + asked)
    dimensions = read_scorecard(blocks[1:]).value.dimensions

    (warning,) = tables_left_out(blocks, dimensions)

    assert (warning.code, len(dimensions)) == ("scorecard_table_unread", 2)
    assert "“Goal”" in warning.message
    assert "“Halve the waiting list”, “Open on Saturdays”" in warning.message


def test_a_table_with_other_levels_is_named_with_its_rows():
    blocks = blocks_of(table("Quality|1|5", "Care|a|b") + table("Value|1|2|3", "Candour|c|d|e", "Care|f|g|h"))
    (warning,) = read_scorecard(blocks).warnings

    assert warning.code == "scorecard_table_unread"
    assert warning.message.endswith("“Value”, has other levels than the scorecard. Its rows were left out: “Candour”.")


@pytest.mark.parametrize(
    ("rows", "code", "said"),
    [
        (("Criterion|0|1|2|3|4|5", "Care|none|a|b|c|d|e"), "level_zero_unread", "“0”"),
        (("Criterion|0|1|2|3", "Care|none|a|b|c"), "levels_mapped", "“0” was read as level 1"),
        (("Criterion|Max points|1|5", "Care|20|a|b"), "points_left_out", "“Max points”"),
        (("Criterion|1|5|Ann", "Care|a|b|4"), "scorecard_column_unread", "“Ann”"),
        (("Criterion|1|5|Candidate 1", "Care|a|b|4"), "columns_of_people", "“Candidate 1”"),
        (("Criterion|Junior|Senior", "Care|a|b"), "job_grades", "“Junior”, “Senior”"),
    ],
)
def test_what_a_column_holds_that_has_no_place_is_told_with_its_title(rows, code, said):
    (warning,) = read_table(*rows).warnings

    assert warning.code == code
    assert said in warning.message


@pytest.mark.parametrize(("head", "is_one"), [("Area|Weight", True), ("Area|Owner", False), ("Item|Weight", False)])
def test_weights_beside_areas_and_signs_make_a_scorecard(head, is_one):
    assert is_scorecard(blocks_of(table(f"{head}|Strong|Weak", "Care|40%|a|b"))[0]) is is_one


@pytest.mark.parametrize(
    ("rows", "has_room"),
    [
        (("Dimension|Notes|Score (1-5)", "Care||"), True),
        (("Dimension|Definition", "Care|Both hands"), False),
        (("Step|Notes|Score", "Care||"), False),
    ],
)
def test_room_for_scores_stands_beside_what_is_rated(rows, has_room):
    assert has_room_for_scores(blocks_of(table(*rows))[0]) is has_room


def test_a_table_that_explains_the_levels_is_no_scorecard():
    assert read_table("Rating|1|2|3", "Meaning|poor|fair|good").value == Scorecard()


@pytest.mark.parametrize(
    ("rows", "rates"),
    [
        (("Criterion|Poor|Good", "Care|a|b"), True),
        (("Plan|1|2", "Care|a|b"), True),
        (("Plan|Basic|Standard|Advanced", "Help|a|b|c"), False),
        (("Plan|Price", "Help|a"), False),
    ],
)
def test_a_scorecard_says_so_itself_by_numbers_or_by_its_first_heading(rows, rates):
    (block,) = blocks_of(table(*rows))

    assert rates_something(block) is rates


# --- Tables that complete each other ---


def completed(*tables: str) -> tuple[list[tuple], set[str]]:
    found = read_scorecard(blocks_of("".join(tables)))
    rows = [(row.name, row.weight, row.anchors) for row in found.value.dimensions]
    return rows, {row.code for row in found.warnings}


WEIGHTS = table("Criterion|Weight", "Care|60%", "Order|40%")


@pytest.mark.parametrize(
    "tables",
    [
        (WEIGHTS, table("Criterion|1|5", "Care|loses|restores", "Order|heaps|maps")),
        (table("Criterion|1|5", "Care|loses|restores", "Order|heaps|maps"), WEIGHTS),
        (WEIGHTS, table("Criterion|1|5", "Order|heaps|maps"), table("Criterion|1|5", "Care|loses|restores")),
    ],
)
def test_a_table_of_the_same_dimensions_adds_what_is_missing(tables):
    rows, warned = completed(*tables)

    assert rows == [("Care", 60, {1: "loses", 5: "restores"}), ("Order", 40, {1: "heaps", 5: "maps"})]
    assert "scorecard_table_unread" not in warned


def test_a_table_with_other_dimensions_adds_nothing():
    rows, warned = completed(WEIGHTS, table("Criterion|1|5", "Care|loses|restores", "Tact|barks|asks"))

    assert rows == [("Care", 60, {}), ("Order", 40, {})]
    assert "scorecard_table_unread" in warned


def test_wording_that_stands_already_is_kept():
    rows, _ = completed(table("Criterion|1|5", "Care|a|b"), table("Criterion|1|5", "Care|c|d"))

    assert rows == [("Care", None, {1: "a", 5: "b"})]


def test_percentages_that_make_a_hundred_are_weights_whatever_heads_them():
    found = read_hiring(HEADING + table("Criterion|Part of the whole|1|5", "Care|70 %|a|b", "Order|30 %|c|d"))

    assert [row["weight"] for row in found["dimensions"]] == [70, 30]
    assert "shares_as_weights" in codes(found)


def test_percentages_that_make_no_hundred_are_no_weights():
    found = read_hiring(HEADING + table("Criterion|Rate of success|1|5", "Care|70 %|a|b", "Order|90 %|c|d"))

    assert [row["weight"] for row in found["dimensions"]] == [None, None]


def test_a_table_of_blanks_has_no_header():
    assert names(table("Care|____ / 10", "Order|____ / 10", "Total|____ / 20")) == ["Care", "Order"]


def test_levels_that_hold_differing_figures_are_said():
    prices = HEADING + table("Criterion|Low|Mid|High", "A1|20|22|24", "A2|24|26|28")
    circles = HEADING + table("Criterion|Low|Mid|High", "Knots|1|2|3", "Nets|1|2|3")

    assert "levels_are_figures" in codes(read_hiring(prices))
    assert "levels_are_figures" not in codes(read_hiring(circles))


# --- several tables ---


def card(*tables: str, titled: bool = True) -> Read[Scorecard]:
    return read_scorecard(blocks_of("".join(tables)), titled=titled)


def test_a_list_of_yes_and_no_before_a_scorecard_is_no_part_of_it_and_said():
    found = card(table("Requirement|Yes|No", "Works nights||"), table("Criterion|1|3|5", "Care|a|b|c"))

    assert [row.name for row in found.value.dimensions] == ["Care"]
    assert [(row.code, "“Works nights”" in row.message) for row in found.warnings] == [("scorecard_table_unread", True)]


def test_questions_of_yes_and_no_alone_are_a_scorecard():
    assert [row.name for row in card(table("Requirement|Yes|No", "Works nights||")).value.dimensions] == [
        "Works nights"
    ]


@pytest.mark.parametrize(
    ("further", "both"),
    [
        (("Competency|Weight|Score", "Order|40|"), True),
        (("Criterion|Weight|Score", "Order|40|"), True),
        (("Criterion|Weight|Remarks", "Order|40|"), False),
        (("Step|Weight|Score", "Order|40|"), False),
    ],
)
def test_tables_without_levels_are_of_one_scorecard_where_their_heads_say_so(further, both):
    found = card(table("Competency|Weight|Score", "Care|60|"), table(*further)).value

    assert [row.name for row in found.dimensions] == (["Care", "Order"] if both else ["Care"])


def test_weights_on_a_scale_of_their_own_are_shares_over_all_tables():
    found = card(
        table("Criterion|Weight (1-10)|Score", "Care|6|", "Tact|2|"), table("Criterion|Weight (1-10)|Score", "Order|8|")
    )

    assert [(row.name, row.weight) for row in found.value.dimensions] == [("Care", 37.5), ("Tact", 12.5), ("Order", 50)]
    assert "weights_as_shares" in [row.code for row in found.warnings]


def test_a_weight_that_multiplies_says_that_it_is_no_percentage():
    found = card(table("Criterion|Weight|Score", "Care|x3|", "Tact|x1|")).value

    assert [row.weight for row in found.dimensions] == [75, 25]


# --- shapes of one table ---


def test_all_levels_of_a_dimension_may_stand_in_one_cell():
    levels = "<td>1: tears<br>3: keeps<br>5: mends</td>"
    rows = f"<tr><td>Care</td><td>60%</td>{levels}</tr><tr><td>Order</td><td>40%</td>{levels}</tr>"

    found = card(f"<table><tr><th>Criterion</th><th>Weight</th><th>Ratings</th></tr>{rows}</table>").value

    assert [(row.name, row.weight, row.anchors) for row in found.dimensions] == [
        ("Care", 60, {1: "tears", 3: "keeps", 5: "mends"}),
        ("Order", 40, {1: "tears", 3: "keeps", 5: "mends"}),
    ]


def test_a_cell_without_levels_makes_the_column_one_of_texts():
    levels, other = "<td>1: tears<br>5: mends</td>", "<td>as agreed<br>with the team</td>"
    rows = f"<tr><td>Care</td>{levels}</tr><tr><td>Order</td>{other}</tr>"

    found = card(f"<table><tr><th>Criterion</th><th>Ratings</th></tr>{rows}</table>").value

    assert [(row.name, row.anchors) for row in found.dimensions] == [("Care", {}), ("Order", {})]


def test_names_below_a_head_that_may_be_a_level_are_names_where_the_other_levels_are_to_be_ticked():
    found = card(table("Observed|Poor|Excellent", "Care||", "Order||")).value

    assert [row.name for row in found.dimensions] == ["Care", "Order"]


@pytest.mark.parametrize(
    "rows", [("1 Care|a|b", "2 Order|a|b"), ("A. Care|a|b", "B. Order|a|b"), ("1) Care|a|b", "2) Order|a|b")]
)
def test_what_counts_the_rows_is_no_part_of_their_names(rows):
    assert [row.name for row in card(table("Criterion|1|5", *rows)).value.dimensions] == ["Care", "Order"]


def test_a_number_that_counts_nothing_stays_in_a_name():
    found = card(table("Criterion|1|5", "2 Hands at once|a|b", "1 Voice|a|b")).value

    assert [row.name for row in found.dimensions] == ["2 Hands at once", "1 Voice"]


def test_the_card_of_a_question_is_no_scorecard():
    asked = bare_table("Competency|Care", "Question|What broke?", "Notes|")

    assert card(asked).value.dimensions == ()


@pytest.mark.parametrize(
    ("rows", "weighs"),
    [
        (("Criterion|Weight", "Care|60", "Order|40"), True),
        (("Criterion|Max points", "Care|60", "Order|40"), True),
        (("Criterion|Max points", "Care|6", "Order|4"), False),
        (("Criterion|Notes", "Care|", "Order|"), False),
    ],
)
def test_weights_and_points_that_make_a_hundred_weigh_something(rows, weighs):
    (block,) = blocks_of(table(*rows))

    assert weighs_something(block) is weighs


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (("Level|Care|Order", "1|a|b", "5|c|d"), True),
        (("Level|Meaning", "1|a", "3|b", "5|c"), False),
        (("Rating|Definition|Care|Order", "Poor|a|b|c", "Excellent|d|e|f"), True),
        (("Rating|Definition|Grade", "Poor|a|b", "Excellent|c|d"), False),
        (("Price|Shop", "1|a", "5|b"), False),
    ],
)
def test_a_table_says_by_itself_whether_it_is_a_scorecard(rows, expected):
    (block,) = blocks_of(table(*rows))

    assert is_scorecard(block) is expected


# --- whatever the order of rows and columns ---

ROWS = [
    ("Care", "30 %", "tears", "keeps", "mends"),
    ("Order", "20 %", "heaps", "sorts", "maps"),
    ("Tact", "25 %", "shouts", "waits", "calms"),
    ("Haste", "15 %", "runs", "walks", "plans"),
    ("Memory", "10 %", "forgets", "notes", "recalls"),
]
HEAD = ("Weight", "1", "3", "5")


@given(rows=st.permutations(ROWS), columns=st.permutations(range(len(HEAD))), count=st.integers(2, len(ROWS)))
def test_rows_and_columns_in_any_order_say_the_same_of_each_dimension(rows, columns, count):
    chosen = rows[:count]
    head = "|".join(("Criterion", *(HEAD[index] for index in columns)))
    cells = ["|".join((row[0], *(row[1 + index] for index in columns))) for row in chosen]

    found = card(table(head, *cells)).value.dimensions

    assert [(row.name, row.weight, row.anchors) for row in found] == [
        (name, float(weight.rstrip(" %")), {1: low, 3: middle, 5: high}) for name, weight, low, middle, high in chosen
    ]
