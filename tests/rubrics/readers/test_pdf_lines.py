"""Words with places put together again: lines, bullets, columns, hyphens."""

import pytest

from rubrics.readers.pdf_lines import (
    Dot,
    TextLine,
    Word,
    joined,
    lines_of,
    loose_table,
    marked,
    segments,
    without_hyphen,
)

SIZE = 10.0


def words(text: str, x0: float = 50, top: float = 100, font: str = "Sans") -> list[Word]:
    """The words of a text in one line; two blanks in it are a wide gap to the next multiple of 100 points."""
    found: list[Word] = []
    x = x0
    for index, part in enumerate(text.split("  ")):
        x = x0 + 100 * index if index else x
        for word in part.split():
            found.append(Word(word, x, x + 5 * len(word), top, top + SIZE, SIZE, font))
            x += 5 * len(word) + 3
    return found


def line(text: str, x0: float = 50, top: float = 100, font: str = "Sans") -> TextLine:
    return lines_of(words(text, x0, top, font), 0)[0]


def test_words_of_one_height_are_a_line_from_left_to_right():
    found = lines_of([*words("low", top=120), *words("right", x0=90), *words("left")], 0)

    assert [line.text for line in found] == ["left right", "low"]


@pytest.mark.parametrize(
    ("text", "rest"), [("• One thing", "One thing"), ("\uf0b7 a", "a"), ("–  b", "b"), ("3. c d", "c d"), ("•e", "e")]
)
def test_items_lose_their_bullets_and_numbers(text, rest):
    assert line(text).is_item
    assert line(text).without_bullet().text == rest


def test_a_dot_that_is_drawn_before_a_line_makes_it_an_item():
    near, far = Dot(45, 105), Dot(10, 105)

    assert lines_of(words("One"), 0, [near])[0].is_item
    assert not lines_of(words("One"), 0, [far])[0].is_item


def test_columns_make_a_table_of_wrapped_rows():
    lines = [
        line("Name  Low  High", top=100),
        line("Care  never asks  asks", top=130),
        line("of tools  anybody", top=142),
        line("Calm  shouts  breathes", top=172),
        line("An ordinary sentence that runs over all of the columns.", top=200),
    ]

    table = loose_table(lines)

    assert table is not None
    assert table.rows == [
        ["Name", "Low", "High"],
        ["Care of tools", "never asks anybody", "asks"],
        ["Calm", "shouts", "breathes"],
    ]
    assert table.lines == 4


def placed(top: float, *parts: tuple[float, str], font: str = "Sans") -> TextLine:
    """A line of texts that begin at places in points."""
    found = [word for x0, text in parts for word in words(text, x0, top, font)]
    return lines_of(found, 0)[0]


def test_names_of_columns_go_on_below_themselves():
    lines = [
        placed(100, (50, "Name"), (150, "Low"), (250, "High"), font="Bold"),
        placed(112, (250, "score"), font="Bold"),
        placed(130, (50, "Care"), (150, "asks"), (250, "tells")),
        placed(148, (50, "Calm"), (150, "shouts"), (250, "waits")),
    ]

    table = loose_table(lines)

    assert table is not None
    assert table.rows == [["Name", "Low", "High score"], ["Care", "asks", "tells"], ["Calm", "shouts", "waits"]]


def test_a_last_row_whose_cells_nearly_touch_is_of_the_table():
    lines = [
        placed(100, (50, "Name"), (150, "Low"), (250, "High")),
        placed(118, (50, "Care"), (150, "asks"), (250, "tells")),
        placed(136, (50, "Calm"), (150, "shouts"), (250, "waits")),
        placed(154, (50, "Steadiness in all"), (150, "sings and grumbles"), (250, "hums")),
    ]

    table = loose_table(lines)

    assert table is not None
    assert table.rows[-1] == ["Steadiness in all", "sings and grumbles", "hums"]


def test_the_columns_of_a_narrow_table_stand_near_each_other():
    lines = [
        placed(100, (50, "Name"), (79, "Low"), (107, "High")),
        placed(118, (50, "Care"), (79, "asks"), (107, "x")),
        placed(136, (50, "Calm"), (79, "hums"), (107, "y")),
    ]

    table = loose_table(lines)

    assert table is not None
    assert table.rows == [["Name", "Low", "High"], ["Care", "asks", "x"], ["Calm", "hums", "y"]]


def test_a_row_without_a_name_is_one_where_its_gap_says_so():
    lines = [
        placed(100, (50, "Name"), (150, "Level"), (250, "Text")),
        placed(120, (50, "Care"), (150, "High"), (250, "asks")),
        placed(140, (150, "Low"), (250, "tells")),
    ]

    table = loose_table(lines)

    assert table is not None
    assert table.rows[1:] == [["Care", "High", "asks"], ["", "Low", "tells"]]


def test_one_row_may_be_wrapped():
    lines = [
        placed(100, (50, "Name"), (150, "Low"), (250, "High")),
        placed(118, (50, "Speaks to"), (150, "shouts"), (250, "lets them")),
        placed(130, (50, "children"), (250, "lead")),
    ]

    table = loose_table(lines)

    assert table is not None
    assert table.rows[1:] == [["Speaks to children", "shouts", "lets them lead"]]


def test_columns_without_a_gap_are_those_where_words_of_the_first_lines_begin():
    table = loose_table(
        [
            placed(100, (50, "Skill"), (75, "Poor"), (100, "Good")),
            placed(114, (50, "Care"), (75, "Tears"), (100, "Mends")),
            placed(128, (50, "Far"), (75, "a"), (83, "map"), (100, "Maps")),
        ]
    )

    assert table is not None
    assert table.rows == [["Skill", "Poor", "Good"], ["Care", "Tears", "Mends"], ["Far", "a map", "Maps"]]


def test_prose_is_no_table():
    assert loose_table([line("Some words here", top=100 + 12 * index) for index in range(4)]) is None


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["well-", "known"], "well-known"),
        (["docu\u2010", "mented"], "documented"),
        (["and /", "or"], "and / or"),
        (["CI/", "CD"], "CI/CD"),
        (["a", "b"], "a b"),
    ],
)
def test_lines_are_joined_as_they_were_written(lines, text):
    assert joined(lines) == text


def test_items_that_a_browser_ran_together_stand_on_their_lines_again():
    rest = words("– Prompt: Moor – and wait. – What to look for: – Calm", x0=90)

    assert marked([TextLine((*words("Exercise", font="Sans-Bold"), *rest), 0)]) == (
        "<strong>Exercise</strong><br>– Prompt: Moor – and wait.<br>– What to look for:<br>– Calm"
    )


def test_a_word_that_was_cut_at_the_line_s_end_is_whole():
    assert marked([line("all trade-"), line("offs", top=112)]) == "all trade-offs"


def test_bold_words_stay_bold():
    assert marked([TextLine((*words("Why:", font="Sans-Bold"), *words("a <b>", x0=90)), 0)]) == (
        "<strong>Why:</strong> a &lt;b&gt;"
    )


# --- words and lines -----------------------------------------------------------------------
@pytest.mark.parametrize(
    ("font", "bold"),
    [("Arial-BoldMT", True), ("Lato-Black", True), ("Inter-SemiBold", True), ("Segoe-BD", True), ("Bodoni", False)],
)
def test_a_font_s_name_says_whether_its_words_are_bold(font, bold):
    assert line("Care", font=font).is_bold is bold


def test_a_line_is_bold_with_all_its_words_and_as_large_as_most_of_its_letters():
    small, large = Word("a", 50, 55, 100, 110, 8.1, "Sans"), Word("longer", 60, 90, 95, 110, 11.9, "Bold")

    mixed = TextLine((small, large), 0)

    assert (mixed.is_bold, mixed.size) == (False, 12.0)
    assert (mixed.top, mixed.bottom, mixed.x0) == (95, 110, 50)


@pytest.mark.parametrize(("lower_by", "lines"), [(0, 1), (4, 1), (4.1, 2)])
def test_words_a_little_lower_are_of_the_same_line(lower_by, lines):
    assert len(lines_of([*words("a"), *words("b", x0=90, top=100 + lower_by)], 0)) == lines


@pytest.mark.parametrize(
    ("x1", "middle", "dotted"), [(30, 105, True), (29, 105, False), (51, 105, True), (52, 105, False), (45, 111, False)]
)
def test_a_dot_belongs_to_the_line_that_it_stands_close_before(x1, middle, dotted):
    assert lines_of(words("One"), 0, [Dot(x1, middle)])[0].dotted is dotted


@pytest.mark.parametrize(
    ("text", "item"),
    [("o Care", True), ("o care", False), ("-Care", False), ("(3) Care", True), ("300. Care", False), ("•", False)],
)
def test_a_bullet_or_a_number_stands_before_a_text(text, item):
    assert line(text).is_item is item


def test_a_line_without_a_bullet_stays_as_it_is():
    assert line("Care of maps").without_bullet() == line("Care of maps")
    assert line("••Care of maps").without_bullet().text == "Care of maps"


# --- columns -------------------------------------------------------------------------------
@pytest.mark.parametrize(("apart", "parts"), [(12, 1), (12.1, 2)])
def test_a_line_is_cut_at_a_wide_gap(apart, parts):
    found = TextLine((*words("a"), *words("b", x0=55 + apart)), 0)

    assert len(segments(found)) == parts


@pytest.mark.parametrize(("apart", "start", "parts"), [(3.7, 58.7, 2), (3.7, 57.6, 1), (3.5, 58.5, 1)])
def test_a_line_is_cut_at_a_column_s_very_beginning_behind_more_than_a_blank(apart, start, parts):
    found = TextLine((*words("a"), *words("b", x0=55 + apart)), 0)

    assert len(segments(found, starts=[start])) == parts


def rows_of(*lines: TextLine) -> list[list[str]] | None:
    table = loose_table(lines)
    return table.rows if table else None


HEAD = placed(100, (50, "Name"), (150, "Low"), (250, "High"))
CARE = placed(130, (50, "Care"), (150, "asks"), (250, "tells"))
CALM = placed(160, (50, "Calm"), (150, "shouts"), (250, "waits"))


def test_a_table_needs_three_names_and_two_lines_of_several_cells():
    assert rows_of(HEAD, CARE, CALM) == [
        ["Name", "Low", "High"],
        ["Care", "asks", "tells"],
        ["Calm", "shouts", "waits"],
    ]
    assert rows_of(HEAD, CARE) is None
    assert rows_of(HEAD, CARE, placed(160, (50, "Calm"))) is None
    assert rows_of(*(placed(100 + 30 * row, (50, "a"), (150, "b")) for row in range(3))) is None


def test_a_list_s_item_heads_no_table():
    assert rows_of(placed(100, (50, "• Name"), (150, "Low"), (250, "High")), CARE, CALM) is None


def test_a_table_ends_where_a_line_is_far_below_on_another_page_or_beside_its_columns():
    far = placed(221, (50, "Tact"), (150, "x"), (250, "y"))
    beside = placed(190, (100, "Tact"), (150, "x"), (250, "y"))
    over = placed(190, (50, "Tact and a long text over"), (250, "y"))
    other_page = lines_of(
        [word for x0, text in ((50, "Tact"), (150, "x"), (250, "y")) for word in words(text, x0, 190)], 1
    )

    for end in (far, beside, over, *other_page):
        assert len(rows_of(HEAD, CARE, CALM, end) or []) == 3
    near = placed(190, (53, "Tact"), (150, "x"), (254, "y"))
    assert len(rows_of(HEAD, CARE, CALM, near) or []) == 4


def test_a_name_that_is_centred_stands_above_the_texts_below_it():
    head = placed(100, (50, "Name"), (165, "Low"), (250, "High"))
    wide = [placed(top, (50, name), (150, "asks them"), (250, "tells")) for top, name in ((130, "Care"), (160, "Calm"))]

    assert rows_of(head, *wide) == [
        ["Name", "Low", "High"],
        ["Care", "asks them", "tells"],
        ["Calm", "asks them", "tells"],
    ]


def test_where_all_lines_stand_equally_near_a_name_begins_a_row():
    lines = [placed(100, (50, "Name"), (150, "Low"), (250, "High"))]
    lines += [placed(112, (50, "Care"), (150, "asks"), (250, "tells")), placed(124, (150, "nobody"), (250, "all"))]
    lines += [placed(136, (50, "Calm"), (150, "shouts"), (250, "waits"))]

    assert rows_of(*lines) == [
        ["Name", "Low", "High"],
        ["Care", "asks nobody", "tells all"],
        ["Calm", "shouts", "waits"],
    ]


# --- texts ---------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("above", "below", "kept"),
    [
        ("docu\xad", "mented", "docu"),
        ("docu\x02", "mented", "docu"),
        ("docu\xad", "Mented", "docu\xad "),
        ("well-", "known", "well-"),
        ("a -", "b", "a - "),
        ("well-", "– known", "well- "),
        ("and/", "or", "and/"),
        ("", "a", ""),
        ("a", "", "a "),
    ],
)
def test_a_hyphen_that_was_added_goes_and_one_that_was_written_stays(above, below, kept):
    assert without_hyphen(above, below) == kept


def test_two_dashes_behind_a_bold_word_are_a_sentence():
    text = TextLine((*words("Care", font="Bold"), *words("– Prompt – Calm", x0=90)), 0)

    assert "<br>" not in marked([text])
    assert "<br>" not in marked([line("Care – Prompt – Moor – Calm")])
