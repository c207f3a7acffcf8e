"""The scorecard that several tables are together."""

import pytest

from rubrics.blueprints.scorecard import read_scorecard, tables_left_out
from tests.rubrics.cards import HEADING, card, names
from tests.rubrics.role_documents import blocks_of, read_hiring, table


def test_a_legend_is_skipped_and_tables_of_the_same_columns_are_joined():
    legend = table("Score|Meaning", "1|Poor", "3|Meets bar")
    parts = [f"<h4>{group}</h4>" + table("Dimension|Meets|Exceeds", f"{group}|m|e") for group in ("Craft", "People")]

    assert names(legend + "".join(parts)) == ["Craft", "People"]


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
