"""What the label of a level says."""

import pytest

from rubrics.blueprints.labels import is_job_grade, label_of, rank_of, said_beside_its_rank, says_not_rated


@pytest.mark.parametrize(
    ("text", "kind", "numbers"),
    [
        ("3", "digit", (3, 3)),
        ("Level 4", "digit", (4, 4)),
        ("5/5", "digit", (5, 5)),
        ("2 out of 5", "digit", (2, 2)),
        ("③", "digit", (3, 3)),
        ("Solid (3)", "digit", (3, 3)),
        ("3¹", "digit", (3, 3)),
        ("+2", "digit", (2, 2)),
        ("−1", "digit", (-1, -1)),
        ("1–2", "band", (1, 2)),
        ("3 to 4", "band", (3, 4)),
        ("Fair 5 pts", "points", (5, 5)),
        ("Gut (8–10 Punkte)", "points", (8, 10)),
        ("20%", "open", None),
        ("Notes", "open", None),
        ("Score /5", "open", None),
        ("Top 3 strengths", "open", None),
        ("Meets bar", "word", None),
        ("Candidate 2", "person", None),
        ("Bewerberin A", "person", None),
        ("Question 3", "question", None),
        ("Round 2", "time", None),
        ("0-2 years", "time", None),
        ("2025", "time", None),
        ("Senior (L3)", "grade", None),
        ("IC4", "grade", None),
    ],
)
def test_a_label_is_a_level_or_says_what_else_it_counts(text, kind, numbers):
    found = label_of(text)

    assert (found.kind, found.numbers) == (kind, numbers)


@pytest.mark.parametrize(
    ("text", "rank"),
    [
        ("Poor", 1),
        ("does not meet the requirements", 1),
        ("Partially meets", 2),
        ("Below average", 2),
        ("meets expectations", 3),
        ("very good", 4),
        ("Exceptional answer", 5),
        ("sehr gut", 4.6),
        ("à améliorer", 2),
        ("sobresaliente", 5),
        ("++", 5),
        ("gelb", 2),
        ("vert", 4),
        ("👎", 1),
        ("👍", 4),
        ("not met", 1),
        ("Nicht gut", 1),
        ("Does not yet exceed expectations", 1),
        ("not poor", None),
        ("not fully met", 2),
        ("A poor man's reverse proxy", None),
        ("Communication", None),
        ("", None),
    ],
)
def test_words_say_how_good_a_level_is_where_hardly_anything_stands_beside_them(text, rank):
    assert rank_of(text) == rank


@pytest.mark.parametrize(("text", "grade"), [("Senior", True), ("Mid-level", True), ("Expert", False), ("Lead", False)])
def test_some_words_are_job_grades_for_certain(text, grade):
    assert is_job_grade(text) is grade


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Unable to evaluate", True),
        ("N/A", True),
        ("not assessed (0)", True),
        ("Not met", False),
        ("Not observed", False),
    ],
)
def test_what_says_that_nothing_was_rated(text, says):
    assert says_not_rated(text) is says


def test_a_range_of_bands_is_no_job_grade():
    assert (label_of("Band 1-3").kind, label_of("Band 1-3").numbers) == ("band", (1, 3))
    assert label_of("Band 6").kind == "grade"


@pytest.mark.parametrize(
    ("text", "beside"),
    [("Good planning", {"planning"}), ("Some strong evidence", set()), ("Nicht gut", set()), ("Care", set())],
)
def test_what_a_label_says_beside_how_good_it_is(text, beside):
    assert said_beside_its_rank(text) == beside
