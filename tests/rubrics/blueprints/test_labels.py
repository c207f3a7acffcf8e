"""What the label of a level says."""

import pytest

from rubrics.blueprints import by_language
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


@pytest.mark.parametrize("language", sorted(by_language.RANKS))
def test_every_word_for_a_level_is_found_as_a_label_of_its_own(language):
    """No filler, sign or length keeps a word of the tables from being known."""
    phrases = {phrase: rank for rank, row in by_language.RANKS[language].items() for phrase in row.split("|")}

    far = {}
    for phrase, rank in phrases.items():
        found = rank_of(phrase.capitalize())
        if found is None or abs(found - rank) > 0.1:  # where languages share a word, the first of them says its rank
            far[phrase] = found
    assert far == {}


@pytest.mark.parametrize(
    ("text", "kind", "numbers"),
    [
        ("A", "letter", (-97, -97)),
        ("B+", "letter", (-98 + 1 / 3, -98 + 1 / 3)),
        ("C - weak", "letter", (-99, -99)),
        ("a", "open", None),
        ("A good answer", "word", None),
        ("G", "open", None),
        ("★★★", "points", (3, 3)),
        ("⭐", "points", (1, 1)),
        ("5 to 7 points", "points", (5, 7)),
        ("10-8 pts", "points", (8, 10)),
        ("2,5 Punkte", "points", (2.5, 2.5)),
        ("– 2", "digit", (-2, -2)),
        ("7 or 8", "band", (7, 8)),
        ("2.5–3.5", "band", (2.5, 3.5)),
        ("100", "digit", (100, 100)),
        ("40", "digit", (40, 40)),
        ("41", "digit", (41, 41)),
        ("123", "open", None),
        ("4%", "open", None),
        ("4 percent", "open", None),
        ("Good (75-89 %)", "word", None),
        ("4 von 5", "digit", (4, 4)),
        ("☐ 2", "digit", (2, 2)),
        ("[ ] 3", "digit", (3, 3)),
        ("4: helps others", "digit", (4, 4)),
        ("Level 4 (helps others)", "digit", (4, 4)),
        ("The 3 pillars", "open", None),
        ("Panelist B", "person", None),
        ("Interviewer's #2", "person", None),
        ("Frage 4", "question", None),
        ("Pregunta nº 4", "question", None),
        ("Exercise C", "question", None),
        ("Exercise Z", "open", None),
        ("Entretien 1", "time", None),
        ("5+ years", "time", None),
        ("45 mins", "time", None),
        ("Staff", "grade", None),
        ("Level Senior", "grade", None),
        ("Strong (senior)", "grade", None),
        ("Principal yes", "word", None),
    ],
)
def test_what_a_label_says_however_it_is_written(text, kind, numbers):
    found = label_of(text)

    assert (found.kind, found.numbers) == (kind, numbers)


def test_better_marks_are_greater_and_signs_stand_between():
    marks = ["A+", "A", "A-", "B+", "B", "F"]

    middles = [label_of(mark).middle for mark in marks]

    assert middles == sorted(middles, reverse=True)
    assert len(set(middles)) == len(marks)


def test_the_middle_of_a_band_counts_and_of_words_none():
    assert label_of("1-4").middle == 2.5
    assert label_of("Good").middle == 0


@pytest.mark.parametrize(
    ("text", "rank"),
    [
        ("B – good", 3.7),
        ("4 points: very good", 4),
        ("+1 good", 3.7),
        ("★★★ good", 3.7),
        ("0", None),
        ("o", 3),
        ("+/–", 3),
        ("−−", 1),
        ("🟢", 4),
        ("Good answer of the candidate", 3.7),
        ("Good to great depth within our teams", None),
        ("kein Interesse", None),
    ],
)
def test_words_beside_a_number_still_say_how_good_it_is(text, rank):
    assert rank_of(text) == rank


@pytest.mark.parametrize(
    "text", ["unable to judge", "Don’t know", "n / a", "Keine Angabe", "Sans objet", "No evaluado"]
)
def test_nothing_was_rated_in_many_words(text):
    assert says_not_rated(text)
    assert says_not_rated(f" _{text} (0)")
    assert not says_not_rated(f"{text} why the team left")


@pytest.mark.parametrize(("text", "is_grade"), [("DS3", True), ("SEO2", True), ("LV3", False), ("ds3", False)])
def test_the_codes_of_a_ladder_are_job_grades(text, is_grade):
    assert is_job_grade(text) is is_grade
    assert (label_of(text).kind == "grade") is is_grade


def test_bands_of_percentages_are_bands_and_a_share_is_none():
    assert label_of("26–50%").numbers == label_of("26% to 50 %").numbers == (26, 50)
    assert label_of("26–50%").kind == "band"
    assert label_of("50%").kind == "open"
