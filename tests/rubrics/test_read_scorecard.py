"""The scorecard table in the shapes that other files of the family bring."""

import pytest

from tests.rubrics.role_documents import FINAL, START, codes, read, read_hiring, table

HEADING = "<h3>Scorecard dimensions</h3>"
FIVE = {"1": "a", "2": "b", "3": "c", "4": "d", "5": "e"}
BAR = {"3": "m", "5": "e"}


def dimensions(inner: str) -> list[tuple]:
    return [(row["name"], row["weight"], row["anchors"]) for row in read_hiring(HEADING + inner)["dimensions"]]


def names(inner: str) -> list[str]:
    return [row[0] for row in dimensions(inner)]


def weights(*written: str, head: str = "Weight") -> list[float | None]:
    rows = [f"D{at}|{weight}|m|e" for at, weight in enumerate(written)]
    return [row[1] for row in dimensions(table(f"Dimension|{head}|Meets|Exceeds", *rows))]


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
        ("1–2|3|4–5", "b|m|e", {"3": "m"}),
        ("3|5", "—|e", {"5": "e"}),
        ("Description|Meets|Exceeds|Score (1–5)|Notes", "what|m|e||", BAR),
    ],
)
def test_anchors_hold_only_the_levels_that_the_document_gives(head, cells, anchors):
    assert dimensions(table(f"Dimension|{head}", f"SQL|{cells}")) == [("SQL", None, anchors)]


def test_a_column_that_is_not_read_is_named():
    found = read_hiring(HEADING + table("Dimension|Partially meets|Meets|Exceeds|Notes", "SQL|p|m|e|"))

    messages = [row["message"] for row in found["warnings"] if row["code"] == "scorecard_column_unread"]
    assert len(messages) == 1
    assert "“Partially meets”" in messages[0]


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        (("20%", "80 %"), [20, 80]),
        (("0.2", ".8"), [20, 80]),
        (("1/4", "3/4"), [25, 75]),
        (("½", "½"), [50, 50]),
        (("12,5 %", "87.5"), [12.5, 87.5]),
        (("0.5%", "99.5%"), [0.5, 99.5]),
        (("20 percent", "80 pts"), [20, 80]),
        (("0.2", "0.3", "0.4"), [20, 30, 40]),
        (("High", "15–20%"), [None, None]),
        (("-20", "1000000"), [None, None]),
    ],
)
def test_weights_are_percentages(written, read_as):
    assert weights(*written) == read_as


def test_a_weight_that_is_no_number_is_named():
    found = read_hiring(HEADING + table("Dimension|Weight|Meets", "SQL|15–20%|m", "Care|80|m"))

    messages = [row["message"] for row in found["warnings"] if row["code"] == "weight_unreadable"]
    assert messages == ["The weight of “SQL” (“15–20%”) is no number."]


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
        (table("Dimension|3|5", "A|<ul><li>x</li><li>y</li></ul>|– e<br>– f"), [("A", None, {"3": "x y", "5": "e f"})]),
        (table("Dimension|3|5", "A|<ul><li>\nx</li><li><p>y</p></li></ul>|e"), [("A", None, {"3": "x y", "5": "e"})]),
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


def test_the_summary_at_the_end_is_no_source_of_dimensions():
    area = "<h3>What to assess</h3><ul><li><strong>Care</strong>: a, b.</li></ul>"
    found = read(f"{START}<h2>19) Hiring</h2>{area}{FINAL}{table('Dimension|Meets bar', 'Wrong|m')}")

    assert [(row["name"], row["draft"]) for row in found["dimensions"]] == [("Care", True)]
    assert "scorecard_missing" in codes(found)


@pytest.mark.parametrize(
    ("text", "scale"),
    [
        ("Use a consistent rubric (e.g., 1–5) per dimension.", (1, 5)),
        ("Score each dimension between 1 and 5.", (1, 5)),
        ("Scale: 1 (poor) to 5 (excellent)", (1, 5)),
        ("1 = poor, 5 = excellent", (1, 5)),
        ("Use a five-point scale.", (1, 5)),
        ("Use a 4-point scale.", (1, 4)),
        ("Score out of 10.", (0, 10)),
        ("Hire 3–5 people and rate them.", None),
        ("An interview takes 2-3 hours.", None),
    ],
)
def test_the_scale_is_what_the_text_states(text, scale):
    found = read_hiring(f"{HEADING}<p>{text}</p>{table('Dimension|Meets', 'A|m')}")

    assert found["scale"] == (scale and {"min": scale[0], "max": scale[1]})
    assert ("scale_unsupported" in codes(found)) == (scale not in {None, (1, 5)})


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


def test_columns_from_zero_to_four_are_another_scale_and_zero_is_no_anchor():
    found = read_hiring(HEADING + table("Dimension|0|1|2|3|4", "A|z|a|b|c|d"))

    assert found["scale"] == {"min": 0, "max": 4}
    assert found["dimensions"][0]["anchors"] == {"1": "a", "2": "b", "3": "c", "4": "d"}
    assert "scale_unsupported" in codes(found)
