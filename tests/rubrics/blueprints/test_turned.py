"""Scorecards whose rows are levels."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rubrics.blueprints.scorecard_tables import read_any_table
from rubrics.blueprints.turned import (
    Described,
    as_table,
    asks_on_a_card,
    card_name,
    cards_apart,
    described_below,
    explains_a_scale,
    name_of,
    read_candidates_down,
    read_groups_of_levels,
    read_level_rows,
    read_turned,
    texts_of,
    with_repeated_heads_as_meanings,
)
from tests.rubrics.role_documents import bare_table, blocks_of, table


def turned(*rows: str) -> dict[str, dict[int, str]] | None:
    (block,) = blocks_of(table(*rows))
    found = read_turned(block)
    return None if found is None else {row.name: row.anchors for row in found.value.rows}


def test_levels_down_and_dimensions_across_are_turned():
    assert turned("Level|Care|Order", "1|a|b", "3|c|d", "5|e|f") == {
        "Care": {1: "a", 3: "c", 5: "e"},
        "Order": {1: "b", 3: "d", 5: "f"},
    }


def test_words_in_the_first_column_and_a_row_of_weights():
    (block,) = blocks_of(table("Rating|Care|Order", "Poor|a|b", "Good|c|d", "Excellent|e|f", "Weight|30%|70%"))
    found = read_turned(block)

    assert found is not None
    assert [(row.name, row.weight) for row in found.value.rows] == [("Care", 30), ("Order", 70)]
    assert found.value.rows[0].anchors == {1: "a", 3: "c", 5: "e"}
    assert [row.code for row in found.warnings] == ["levels_mapped"]


@pytest.mark.parametrize(
    "rows",
    [
        ("Level|Definition", "1|a", "5|b"),
        ("Level|Level definition|Examples", "1|a|b", "5|c|d"),
        ("Competency|Care|Order", "1|a|b", "5|c|d"),
        ("#|Dimension|Meets", "1|Care|m", "2|Order|n"),
        ("Level|1|5", "1|a|b", "5|c|d"),
        ("Level|Care", "SQL|a", "Go|b"),
        ("Level|Care", "1|a", "1|b"),
        ("Points|Verdict|Meaning", "1|Weak|a", "2|Sound|b"),
    ],
)
def test_legends_lists_and_tables_of_another_kind_are_not_turned(rows):
    assert turned(*rows) is None


def test_job_grades_down_give_names_and_a_question():
    (block,) = blocks_of(table("Level|Scope|Impact", "Junior|a|b", "Mid-level|c|d", "Senior|e|f"))
    found = read_turned(block)

    assert found is not None
    assert [row.anchors for row in found.value.rows] == [{}, {}]
    assert [row.code for row in found.warnings] == ["job_grades"]


def test_a_column_of_ratings_explains_a_scale():
    (block,) = blocks_of(table("Rating value|Example", "Exceeds|a", "Meets|b", "A gap|c"))

    assert explains_a_scale("Rating value", block.rows[1:], 0) is True
    assert explains_a_scale("Quality", block.rows[1:], 0) is False


def test_a_row_for_each_level_of_each_name():
    (block,) = blocks_of(table("Competency|Score|Behaviour", "Care|1|a", "|5|b", "Order|1|c", "Order|5|d"))
    found = read_level_rows(block)

    assert found is not None
    assert {row.name: row.anchors for row in found.value.rows} == {"Care": {1: "a", 5: "b"}, "Order": {1: "c", 5: "d"}}


@pytest.mark.parametrize("rows", [("Competency|Score|Notes", "Care||", "Order||"), ("Name|Score|x", "a|1|b", "c|2|d")])
def test_a_column_of_empty_scores_is_no_column_of_levels(rows):
    (block,) = blocks_of(table(*rows))

    assert read_level_rows(block) is None


def test_levels_below_a_heading_or_below_rows_that_name_dimensions():
    (plain,) = blocks_of(table("Level|Definition", "5 – Superb|a", "1 – Poor|b"))
    (stacked,) = blocks_of(table("Rating|Description", "Care|", "5|a", "1|b", "Order|", "5|c", "1|d"))

    assert [(row.name, row.labels, row.texts) for row in described_below(plain, "Care")] == [
        ("Care", ["5 – Superb", "1 – Poor"], ["a", "b"])
    ]
    assert [(row.name, row.texts) for row in described_below(stacked, "x")] == [
        ("Care", ["a", "b"]),
        ("Order", ["c", "d"]),
    ]


@pytest.mark.parametrize(
    "rows", [("Low|Middling|High", "a|b|c"), ("Score|1|3|5", "Description|a|b|c"), ("|1|3|5", "|a|b|c")]
)
def test_levels_side_by_side_below_a_heading(rows):
    (block,) = blocks_of(table(*rows))

    assert [(row.name, row.texts) for row in described_below(block, "Care")] == [("Care", ["a", "b", "c"])]


@pytest.mark.parametrize("rows", [("Tact|1|3|5", "Order|a|b|c"), ("Step|Place", "a|b"), ("1|3|5", "||")])
def test_two_rows_of_another_kind_are_no_levels_side_by_side(rows):
    (block,) = blocks_of(table(*rows))

    assert described_below(block, "Care") == []


def test_a_row_that_names_a_dimension_above_its_levels_needs_no_header():
    (block,) = blocks_of(bare_table("Care|", "5|a", "1|b", "Order|", "5|c", "1|d"))
    found = read_groups_of_levels(block)

    assert found is not None
    assert {row.name: row.anchors for row in found.value.rows} == {"Care": {1: "b", 5: "a"}, "Order": {1: "d", 5: "c"}}


@pytest.mark.parametrize("rows", [("Rating scale|", "5|a", "1|b"), ("5|a", "1|b")])
def test_a_scale_explained_in_a_table_names_no_dimension(rows):
    (block,) = blocks_of(bare_table(*rows))

    assert read_groups_of_levels(block) is None


def test_a_table_with_rows_that_are_no_levels_is_another_one():
    (block,) = blocks_of(table("Step|Text", "5|a", "1|b", "Then|c"))

    assert described_below(block, "Care") == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Competency 1: Teamwork", "Teamwork"),
        ("2) Teamwork", "Teamwork"),
        ("Kriterium – Sorgfalt", "Sorgfalt"),
        ("Compétence 3 : Écoute", "Écoute"),
        ("3. Care (1–5)", "Care"),
        ("Care (0–10 points)", "Care"),
        ("Skills matrix", "Skills matrix"),
        ("Q2. Why paper?", "Why paper?"),
        ("KC1 – Care (10 points)", "Care"),
        ("Behaviour 2: Care", "Care"),
        ("Care (20 minutes)", "Care"),
        ("Scenario 2 – A torn map", "A torn map"),
        ("Value-driven work", "Value-driven work"),
        ("Skill - Care", "Care"),
    ],
)
def test_a_name_stands_behind_its_number_and_its_kind(text, name):
    assert name_of(text) == name


def test_a_label_s_own_word_is_its_wording_only_beside_wordings_of_others():
    assert texts_of(Described("x", None, ["3 – good", "1 – bad"], ["", "late"])) == ["good", "late"]
    assert texts_of(Described("x", None, ["3 – good", "1 – bad"], ["", ""])) == ["", ""]


def described(*rows: str) -> list[tuple[str, dict[str, str]]]:
    (block,) = blocks_of(bare_table(*rows))
    found = described_below(block, "Care")
    return [(entry.name, dict(zip(entry.labels, entry.texts, strict=True))) for entry in found]


def test_a_column_of_the_levels_words_is_not_part_of_their_wording():
    assert described("Score|Level|What is seen", "5|Superb|restores", "3|Fair|keeps", "1|Poor|loses") == [
        ("Care", {"5": "restores", "3": "keeps", "1": "loses"})
    ]
    assert described("5|Superb", "3|Fair", "1|Poor") == [("Care", {"5": "Superb", "3": "Fair", "1": "Poor"})]


def test_the_rows_of_a_card_that_are_levels_are_read():
    assert described("Competency|Order", "Definition|Finds boxes", "1|heaps", "5|maps") == [
        ("Order", {"1": "heaps", "5": "maps"})
    ]


def test_signals_side_by_side_are_no_levels():
    assert described("Effective|Less effective", "restores|guesses") == []
    assert described("Poor|Effective|Superb", "guesses|keeps|restores") != []


def test_what_was_not_rated_is_no_level():
    assert described("Superb|Poor|Unable to judge", "restores|loses|too little seen") == [
        ("Care", {"Superb": "restores", "Poor": "loses"})
    ]


def test_a_box_to_tick_is_no_wording():
    entry = Described("Care")
    entry.add("[ ] superb", "")
    entry.add("[ ] poor", "tears")

    assert texts_of(entry) == ["", "tears"]


def test_cells_of_levels_may_span_columns():
    name, labels = "<td colspan='3'>Care</td>", "<td>Below</td><td colspan='2'>Meets</td>"
    (block,) = blocks_of(
        f"<table><tr>{name}</tr><tr>{labels}</tr><tr><td>loses</td><td>keeps</td><td></td></tr></table>"
    )
    (other,) = blocks_of(f"<table><tr>{labels}</tr><tr><td colspan='2'>loses</td><td>keeps</td></tr></table>")

    assert described_below(block, "") == []  # three texts below two levels
    assert [entry.texts for entry in described_below(other, "Care")] == [["loses", "keeps"]]


def test_cards_below_each_other_in_one_table_stand_apart():
    (block,) = blocks_of(
        bare_table("Competency|Care", "1|tears", "5|restores", "Competency|Order", "1|heaps", "5|maps")
    )
    (other,) = blocks_of(bare_table("Criterion|Weight", "Care|60", "Order|40"))

    assert [card_name(card) for card in cards_apart(block)] == ["Care", "Order"]
    assert cards_apart(other) == [other]


# --- a table and the same one turned ---

NAMES = ("Care", "Tact", "Order", "Patience", "Thrift")
SCALES = (("1", "3", "5"), ("1", "2", "3", "4", "5"), ("Level 2", "Level 4"), ("Poor", "Average", "Excellent"))
TEXTS = st.text("abcdefgh ", min_size=2, max_size=12).map(str.strip).filter(lambda text: len(text) > 1)


@given(data=st.data(), scale=st.sampled_from(SCALES), count=st.integers(2, len(NAMES)))
def test_a_table_and_the_same_one_turned_say_the_same(data, scale, count):
    """Whatever stands in its cells: which way round a table lies says nothing of what its levels mean."""
    names = NAMES[:count]
    cells = {(name, label): f"Does {data.draw(TEXTS)}" for name in names for label in scale}
    (upright,) = blocks_of(
        table(
            "|".join(("Criterion", *scale)),
            *("|".join((name, *(cells[name, label] for label in scale))) for name in names),
        )
    )
    (lying,) = blocks_of(
        table(
            "|".join(("Level", *names)),
            *("|".join((label, *(cells[name, label] for name in names))) for label in scale),
        )
    )

    read = [read_any_table(block, titled=True) for block in (upright, lying)]

    wordings = [{row.name: row.anchors for row in found.value.rows} for found in read if found is not None]
    assert len(wordings) == 2
    assert wordings[0] == wordings[1]
    assert list(wordings[0]) == list(names)


# --- what is told of levels ---


def told(*described: Described) -> list[str]:
    return [row.code for row in as_table(described, "Scorecard").warnings]


def test_a_level_that_comes_back_after_others_is_told():
    once = Described("Care", None, ["1", "3", "5"], ["a", "b", "c"])
    twice = Described("Order", None, ["1", "3", "5", "1", "3", "5"], ["a", "b", "c", "d", "e", "f"])

    assert told(once) == []
    assert told(once, twice) == ["levels_repeated"]
    assert told(Described("Care", None, ["1", "1", "3"], ["a", "b", "c"])) == []


def test_a_dimension_with_other_levels_than_most_is_told_by_its_name():
    usual = [Described(name, None, ["1", "5"], ["a", "b"]) for name in ("Care", "Order")]
    short = Described("Tact", None, ["1", "3"], ["a", "b"])

    (warning,) = as_table([*usual, short], "Scorecard").warnings

    assert warning.code == "levels_uneven"
    assert warning.message.startswith("“Tact”:")


def test_the_wording_of_level_zero_is_told_and_left_out_of_a_scale_that_has_no_room_for_it():
    found = as_table([Described("Care", None, ["0", "1", "5"], ["tears", "keeps", "mends"])], "Scorecard")

    (row,) = found.value.rows
    (warning,) = [entry for entry in found.warnings if entry.code == "level_zero_unread"]
    assert "tears" not in row.anchors.values()
    assert "“0” for “Care”" in warning.message


def test_level_zero_without_a_wording_is_not_told():
    assert "level_zero_unread" not in told(Described("Care", None, ["0", "1", "5"], ["", "keeps", "mends"]))


# --- heads that several tables share ---


def heads(*tables: str) -> list[str]:
    blocks = with_repeated_heads_as_meanings(blocks_of("".join(tables)))
    return [block.rows[0][-1].text for block in blocks if block.kind == "table"]


def test_what_heads_the_texts_of_several_tables_of_levels_is_no_name():
    care, order = table("Score|Signs", "1|tears", "5|mends"), table("Score|signs", "1|heaps", "5|maps")

    assert heads(care, order) == ["Description", "Description"]


@pytest.mark.parametrize(
    "other", [("Score|Order", "1|heaps", "5|maps"), ("Step|Signs", "1|a"), ("Score|Signs|x", "1|a|b")]
)
def test_what_heads_one_table_alone_may_be_a_name(other):
    assert heads(table("Score|Signs", "1|tears", "5|mends"), table(*other))[0] == "Signs"


# --- candidates down ---


def people(*rows: str) -> list[tuple[str, float | None]] | None:
    (block,) = blocks_of(table(*rows))
    found = read_candidates_down(block)
    return None if found is None else [(row.name, row.weight) for row in found.value.rows]


def test_headings_above_the_scores_of_people_are_dimensions():
    assert people("Candidate|Care (60%)|Order (40%)|Total|Comments", "Ida|4|3|7|", "Ole||||") == [
        ("Care", 60),
        ("Order", 40),
    ]


@pytest.mark.parametrize(
    "rows",
    [
        ("Candidate|Care|Order", "Ida|kind|3", "Ole||"),
        ("Candidate|Care|Total", "Ida|4|7", "Ole||"),
        ("Candidate|Poor|Superb", "Ida||", "Ole||"),
        ("Criterion|Care|Order", "Ida|4|3", "Ole||"),
        ("Candidate|Care|Order", "Ida|4|3"),
    ],
)
def test_tables_that_word_something_or_name_no_people_are_others(rows):
    assert people(*rows) is None


def test_that_rows_are_people_is_told():
    (block,) = blocks_of(table("Bewerberin|Sorgfalt|Ordnung", "Ida|4|3", "Ole||"))

    found = read_candidates_down(block)

    assert found is not None
    assert [(row.code, "“Bewerberin”" in row.message) for row in found.warnings] == [("rows_of_people", True)]


# --- three rows each ---


def test_a_name_levels_and_texts_in_three_rows_each():
    assert described("Care||", "1|3|5", "tears|keeps|mends", "Order||", "1|3|5", "heaps|sorts|maps") == [
        ("Care", {"1": "tears", "3": "keeps", "5": "mends"}),
        ("Order", {"1": "heaps", "3": "sorts", "5": "maps"}),
    ]


@pytest.mark.parametrize(
    "rows",
    [
        ("Care||", "1|3|5", "tears|keeps|mends", "Order||"),
        ("Care|x|", "1|3|5", "tears|keeps|mends"),
        ("Care||", "Ida|Ole|Per", "tears|keeps|mends"),
    ],
)
def test_other_threes_of_rows_are_no_dimensions(rows):
    assert described(*rows) == []


# --- cards that ask ---


@pytest.mark.parametrize(
    ("rows", "asks"),
    [
        (("Competency|Care", "Question|What broke?", "Notes|"), True),
        (("Competency|Care", "Definition|Mends", "Notes|"), False),
        (("Competency|Care", "1|tears", "5|mends"), False),
        (("Criterion|Weight", "Question|30", "Notes|70"), False),
    ],
)
def test_a_card_with_a_question_and_no_levels_asks(rows, asks):
    (block,) = blocks_of(bare_table(*rows))

    assert asks_on_a_card(block) is asks


def test_texts_before_the_first_name_belong_to_nobody():
    (block,) = blocks_of(table("Competency|Score|Behaviour", "|1|lost", "Care|1|a", "Care|5|b"))

    found = read_level_rows(block)

    assert found is not None
    assert [(row.name, row.anchors) for row in found.value.rows] == [("Care", {1: "a", 5: "b"})]


def test_weights_in_the_headings_across_are_no_levels():
    (block,) = blocks_of(table("Grade|Care (weighting 40)|Order (weighting 60)", "A|a|b", "B|c|d", "C|e|f"))
    found = read_turned(block)

    assert found is not None
    assert [(row.name, row.weight) for row in found.value.rows] == [("Care", 40), ("Order", 60)]


def test_numbers_beside_levels_word_no_dimension():
    assert turned("Level|Pay", "1|24–27", "2|28–31", "3|32–35") is None
    assert turned("Level|Pay", "1|24–27", "2|28–31", "3|as agreed") is not None


def test_a_column_that_names_the_levels_is_the_scale_and_no_dimension():
    assert turned("Score|Proof", "1|No proof: nothing", "2|Weak proof: little", "3|Good proof: much") is None
    assert turned("Score|Proof", "1|Weak proof: little", "2|Adds sources", "3|Good proof: much") is not None
