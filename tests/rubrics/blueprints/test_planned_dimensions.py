"""Keys, twins and drafts of dimensions."""

import pytest

from rubrics.blueprints.planned_dimensions import PlannedDimension, keyed
from rubrics.blueprints.rated_rows import DimensionRow
from tests.rubrics.cards import HEADING
from tests.rubrics.role_documents import codes, read_hiring, table


def test_twins_by_case_or_white_space_are_left_out_with_a_warning():
    found = read_hiring(HEADING + table("Dimension|Meets", "SQL|m", "sql |x", "S Q L|p", "SQL&nbsp;|q"))

    assert [row["name"] for row in found["dimensions"]] == ["SQL", "S Q L"]
    assert codes(found).count("dimension_duplicate") == 2


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
