"""Which level each of a set of labels names, and what is told about it."""

import pytest

from rubrics.blueprints.levels import agreed_level, read_levels


def levels(labels: str) -> list[int | None]:
    """The level of each label, in their order."""
    found = read_levels(dict(enumerate(labels.split("|"))))
    return [found.of.get(index) for index in range(len(labels.split("|")))]


def codes(labels: str) -> list[str]:
    return [row.code for row in read_levels(dict(enumerate(labels.split("|")))).warnings]


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        ("5|3|1", [5, 3, 1]),
        ("1|2|3|4", [1, 2, 3, 4]),
        ("0|1|2|3|4|5", [None, 1, 2, 3, 4, 5]),
        ("0 – Not assessed|1|2|3", [None, 1, 2, 3]),
        ("1|2|3|4|5|Score (1-5)", [1, 2, 3, 4, 5, None]),
        ("2|Meets|Exceeds", [2, 3, 5]),
    ],
)
def test_digits_up_to_five_are_the_levels_themselves(labels, expected):
    assert levels(labels) == expected
    assert codes(labels) == []


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        ("0|1|2|3", [1, 2, 3, 4]),
        ("4|3|2|1|0", [5, 4, 3, 2, 1]),
        ("Not seen (0)|Developing (1)|Proficient (2)", [1, 2, 3]),
        ("Poor (0–4)|Acceptable (5–6)|Good (7–8)|Outstanding (9–10)", [1, 3, 4, 5]),
        ("0|5|10", [1, 3, 5]),
        ("10|5|0", [5, 3, 1]),
        ("1|3|5|7", [1, 2, 4, 5]),
        ("1|2|3|4|5|6|7", [1, 2, 2, 3, 4, 4, 5]),
        ("0|1|2|3|4|5|6|7|8|9|10", [1, 1, 2, 2, 3, 3, 3, 4, 4, 5, 5]),
        ("1-2|3|4-5", [1, 3, 5]),
        ("3|4-5", [3, 5]),
        ("1-3|4-6|7-10", [1, 3, 5]),
        ("-2|-1|0|+1|+2", [1, 2, 3, 4, 5]),
        ("Poor|Average|Good|Excellent", [1, 3, 4, 5]),
        ("Excellent|Good|Fair|Poor", [5, 4, 2, 1]),
        ("Poor|Good|Excellent", [1, 3, 5]),
        ("Meets|Exceeds|Outstanding|Below expectations", [3, 4, 5, 1]),
        ("Does not meet|Partially meets|Meets|Exceeds", [1, 2, 3, 5]),
        ("Strong no|No|Yes|Strong yes", [1, 2, 4, 5]),
        ("Poor|Budding|Good", [1, 3, 5]),
        ("Ungenügend|Ausreichend|Gut|Hervorragend", [1, 2, 4, 5]),
        ("Insuffisant|Moyen|Bien|Excellent", [1, 3, 4, 5]),
        ("Deficiente|Aceptable|Bueno|Sobresaliente", [1, 3, 4, 5]),
        ("--|-|o|+|++", [1, 2, 3, 4, 5]),
    ],
)
def test_other_numbers_bands_and_words_are_mapped_and_shown(labels, expected):
    assert levels(labels) == expected
    assert codes(labels) == ["levels_mapped"]


def test_a_mapping_names_every_label_with_its_level():
    (warning,) = read_levels({1: "0", 2: "5", 3: "10"}).warnings

    for said in ("“0” was read as level 1", "“5” was read as level 3", "“10” was read as level 5", "our reading"):
        assert said in warning.message


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        ("Below bar|Meets bar|Exceeds bar", [1, 3, 5]),
        ("Meets bar|Exceeds bar|Exceptional", [3, None, 5]),
        ("Partially meets|Meets|Exceeds", [None, 3, 5]),
        ("Does not meet|Meets|Exceeds", [1, 3, 5]),
    ],
)
def test_the_bar_s_own_words_have_agreed_levels(labels, expected):
    assert levels(labels) == expected
    assert codes(labels) == []


def test_points_are_no_levels_whether_words_stand_beside_them_or_not():
    assert levels("Weak 1 pts|Fair 5 pts|Proficient 7 pts|Superb 10 pts") == [1, 2, 3, 5]
    assert levels("0 points|1 point|2 points") == [1, 3, 5]
    assert codes("0 points|1 point|2 points") == ["levels_mapped", "points_left_out"]


def test_where_the_lowest_number_is_the_best_the_words_decide():
    labels = "1 (sehr gut)|2 (gut)|3 (befriedigend)|4 (ausreichend)|5 (mangelhaft)"

    assert levels(labels) == [5, 4, 3, 2, 1]
    assert codes(labels) == ["scale_reversed"]


@pytest.mark.parametrize(
    ("labels", "code"),
    [
        ("Candidate 1|Candidate 2|Candidate 3", "columns_of_people"),
        ("Interviewer A|Interviewer B", "columns_of_people"),
        ("Question 1|Question 2", "columns_of_questions"),
        ("Year 1|Year 2|Year 3", "columns_of_times"),
        ("0-2 years|3-5 years", "columns_of_times"),
        ("Junior|Mid|Senior", "job_grades"),
        ("L1|L2|L3", "job_grades"),
        ("Entry level|Intermediate|Senior|Staff", "job_grades"),
    ],
)
def test_what_is_counted_otherwise_is_no_level_and_is_told(labels, code):
    assert set(levels(labels)) == {None}
    assert codes(labels) == [code]


def test_people_beside_levels_are_left_out_and_the_levels_stay():
    found = read_levels({1: "1", 2: "3", 3: "5", 4: "Candidate 1"})

    assert found.of == {1: 1, 2: 3, 3: 5}
    assert found.refused == {4}


@pytest.mark.parametrize("labels", ["Notes|Comments", "Seed|Sprout|Tree", "", "Score (1-5)"])
def test_what_is_no_set_of_levels_names_none(labels):
    assert set(levels(labels)) == {None}
    assert codes(labels) == []


def test_the_numbers_of_the_document_are_kept():
    assert read_levels({1: "1-2", 2: "3", 3: "4-5"}).numbers == (1, 2, 3, 4, 5)
    assert read_levels({1: "0", 2: "1", 3: "2"}).numbers == (0, 1, 2)
    assert read_levels({1: "0", 2: "1", 3: "5"}).left_out == (1,)


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("Meets bar", 3),
        ("Exceeds bar", 5),
        ("Outstanding", 5),
        ("Below bar", 1),
        ("Does not meet the bar", 1),
        ("Partially meets", None),
        ("Notes", None),
    ],
)
def test_below_meets_and_exceeds_are_agreed(text, level):
    assert agreed_level(text) == level


@pytest.mark.parametrize(
    ("labels", "levels"),
    [
        (("A", "B", "C", "D", "E"), (5, 4, 3, 2, 1)),
        (("F", "D", "C", "B", "A"), (1, 2, 3, 4, 5)),
        (("A+", "A", "B", "C", "F"), (5, 4, 3, 2, 1)),
        (("A (great)", "B", "C – poor"), (5, 3, 1)),
        (("B", "C", "D"), ()),
        (("A", "B"), ()),
        (("A", "B", "A"), ()),
        (("a", "b", "c"), ()),
        (("A good answer", "B", "C"), ()),
        (("Candidate A", "Candidate B", "Candidate C"), ()),
    ],
)
def test_letters_are_marks_where_they_are_three_from_a_on(labels, levels):
    found = read_levels(dict(enumerate(labels)))

    assert tuple(found.of.values()) == levels
    assert found.numbers == ()


@pytest.mark.parametrize(
    "labels", ["Good planning|Strong ties", "Effective handovers|Good notes|Deep knowledge of tools"]
)
def test_words_that_say_how_good_something_else_is_name_no_levels(labels):
    assert read_levels(dict(enumerate(labels.split("|")))).of == {}


def test_words_with_the_same_noun_behind_each_are_levels():
    assert levels("Poor planning|Average planning|Excellent planning") == [1, 3, 5]


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        ("1-3|5|7", [1, 3, 5]),
        ("1|2|3|4|5|6|7|8|9", [1, 2, 2, 3, 3, 3, 4, 4, 5]),
        ("Poor|Fair|Average|Good|Excellent", [1, 2, 3, 4, 5]),
        ("Poor|Fair|Average|Good|Very good|Excellent", [1, 2, 3, 3, 4, 5]),
        ("Good|Excellent", [4, 5]),
        ("Meets bar|Bar raiser", [3, 5]),
        ("Meets bar|Strong|Below bar", [3, 5, 1]),
        ("Fair|Below bar|Meets bar", [2, 1, 3]),
    ],
)
def test_numbers_spread_evenly_and_words_take_the_room_that_others_leave(labels, expected):
    assert levels(labels) == expected
    assert codes(labels) == ["levels_mapped"]


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        ("5|5|1", [5, None, 1]),
        ("Meets bar|Good|Below bar", [3, None, 1]),
        ("Meets bar|Strong|Great|Below bar", [3, None, None, 1]),
        ("Meets bar|Strong|Exceeds bar", [3, None, 5]),
        ("Below bar|Meets bar|Poor|Weak", [1, 3, None, None]),
    ],
)
def test_what_would_be_a_guess_names_no_level(labels, expected):
    assert levels(labels) == expected


def test_one_word_that_may_be_a_grade_is_none_beside_levels_and_two_are():
    one = read_levels({0: "1", 1: "3", 2: "5", 3: "Lead"})
    two = read_levels({0: "1", 1: "3", 2: "5", 3: "Lead", 4: "Manager"})

    assert (one.refused, one.of) == (frozenset(), {0: 1, 1: 3, 2: 5})
    assert (two.refused, two.of) == (frozenset({3, 4}), {0: 1, 1: 3, 2: 5})
    assert [warning.code for warning in two.warnings] == ["job_grades"]
