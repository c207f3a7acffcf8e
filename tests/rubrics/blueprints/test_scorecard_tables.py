"""One table: which rows are dimensions, in the shapes that files of the family bring."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rubrics.blueprints.reading import Read
from rubrics.blueprints.scorecard import Scorecard
from tests.rubrics.cards import CARD, HEADING, card, dimensions, names, read_table
from tests.rubrics.role_documents import (
    bare_table,
    codes,
    hiring_page,
    plan_of,
    read_hiring,
    read_post,
    scorecard,
    table,
)

BAR = {"3": "m", "5": "e"}


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


def test_a_column_without_words_is_for_scores_and_is_not_told():
    found = read_table("Dimension|Meets|Score|Notes", "SQL|m|1–5|", "Care|m|____|…")

    assert found.warnings == ()


def test_a_column_without_a_title_is_told_by_its_place():
    (warning,) = read_table("Dimension|Meets|", "SQL|m|ask twice").warnings

    assert "column “3”" in warning.message


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


def test_a_table_that_explains_the_levels_is_no_scorecard():
    assert read_table("Rating|1|2|3", "Meaning|poor|fair|good").value == Scorecard()


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


def test_a_weight_that_multiplies_says_that_it_is_no_percentage():
    found = card(table("Criterion|Weight|Score", "Care|x3|", "Tact|x1|")).value

    assert [row.weight for row in found.dimensions] == [75, 25]


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
