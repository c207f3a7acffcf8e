"""Rows that are sums of others are no dimensions."""

import pytest

from rubrics.blueprints.plan import ImportPlan
from tests.rubrics.cards import CARD, names, read_table
from tests.rubrics.role_documents import bare_table, plan_of, table


def weights(found: ImportPlan) -> list[tuple[str, float | None]]:
    return [(row.name, row.weight) for row in found.dimensions]


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
