"""Weights in every way that a scorecard writes them."""

import pytest

from rubrics.blueprints.names_to_rate import weighted
from rubrics.blueprints.reading import PlanWarning, Read
from rubrics.blueprints.weights import in_percent, weight_alone, weight_in_name, weight_of, weights_to_check
from tests.rubrics.role_documents import codes, read_hiring, table

HEADING = "<h3>Scorecard dimensions</h3>"


def dimensions(inner: str) -> list[tuple]:
    return [(row["name"], row["weight"], row["anchors"]) for row in read_hiring(HEADING + inner)["dimensions"]]


def weights(*written: str, head: str = "Weight") -> list[float | None]:
    rows = [f"D{at}|{weight}|m|e" for at, weight in enumerate(written)]
    return [row[1] for row in dimensions(table(f"Dimension|{head}|Meets|Exceeds", *rows))]


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
    assert messages == ["The weight of “SQL” (“15–20%”) is not a number."]


@pytest.mark.parametrize(
    ("written", "weight"),
    [
        ("20", 20),
        ("20 %", 20),
        ("Weight: 20%", 20),
        ("12,5", 12.5),
        (".5", 0.5),
        ("1/4", 0.25),
        ("1⁄4", 0.25),
        ("½", 0.5),
        ("20 prozent", 20),
        ("", None),
    ],
)
def test_a_weight_is_the_number_that_is_written(written, weight):
    assert weight_of("SQL", written) == Read(weight)


@pytest.mark.parametrize("written", ["High", "15–20%", "-5", "20-30", "1234", "1/0", "10 of 20"])
def test_what_is_no_number_is_no_weight_and_is_quoted(written):
    found = weight_of("SQL", written)

    assert found.value is None
    assert found.warnings == (PlanWarning("weight_unreadable", f"The weight of “SQL” (“{written}”) is not a number."),)


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("SQL (40%)", ("SQL", 40)),
        ("SQL [weight: 12,5 %]", ("SQL", 12.5)),
        ("SQL (40)", ("SQL (40)", None)),
        ("SQL (40%) basics", ("SQL (40%) basics", None)),
        ("SQL", ("SQL", None)),
        ("Sorgfalt (Gewichtung 40 %)", ("Sorgfalt", 40)),
        ("Rigueur (poids : 40 %)", ("Rigueur", 40)),
        ("SQL – 40%", ("SQL", 40)),
        ("SQL: weight 40 %", ("SQL", 40)),
        ("Uptime of 99.9%", ("Uptime of 99.9%", None)),
        ("Grows 20%-40%", ("Grows 20%-40%", None)),
    ],
)
def test_a_percentage_in_brackets_or_behind_a_sign_is_the_weight_of_a_name(name, parts):
    assert weight_in_name(name) == parts


@pytest.mark.parametrize(
    ("given", "percent"),
    [
        ([0.25, 0.75], [25, 75]),
        ([0.2, None, 0.8], [20, None, 80]),
        ([0.333, 0.333, 0.333], [33.3, 33.3, 33.3]),
        ([1, 1], [1, 1]),
        ([0.5, 0.9], [0.5, 0.9]),
        ([0.5], [0.5]),
        ([0.5, 99.5], [0.5, 99.5]),
        ([None, None], [None, None]),
        ([], []),
    ],
)
def test_shares_of_one_become_percentages_and_nothing_else_does(given, percent):
    assert in_percent(given) == percent


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ([40, 60], []),
        ([33.3, 33.3, 33.3], []),
        ([40, 50], ["weights_sum"]),
        ([40, 60, None], ["weights_incomplete"]),
        ([40, None], ["weights_sum", "weights_incomplete"]),
        ([None, None], []),
        ([], []),
    ],
)
def test_weights_that_are_not_all_there_or_no_hundred_are_told(given, told):
    assert [row.code for row in weights_to_check(given)] == told


def test_the_sum_is_told_without_needless_places():
    assert weights_to_check([12.5, 50])[0].message == "The scorecard's weights add up to 62.5, not 100."


def test_a_table_with_one_weight_left_out_says_so():
    found = read_hiring(HEADING + table("Dimension|Weight|Meets", "SQL|100|m", "Care||m"))

    assert "weights_incomplete" in codes(found)
    assert [row["weight"] for row in found["dimensions"]] == [100, None]


def test_a_footnote_s_figure_behind_a_weight_is_no_part_of_it():
    assert weight_of("Care", "20%¹") == Read(20)


@pytest.mark.parametrize(
    "called",
    [
        "weight",
        "weights",
        "weighting",
        "weightage",
        "Gewicht",
        "Gewichtung",
        "poids",
        "pondération",
        "peso",
        "ponderación",
    ],
)
def test_a_word_for_weight_is_known_wherever_a_weight_may_stand(called):
    assert weights("40 %", "60 %", head=called) == [40, 60]
    assert weight_in_name(f"Care ({called}: 30 %)") == ("Care", 30)
    assert weight_in_name(f"Care [{called} 30]") == ("Care", 30)
    assert weight_in_name(f"Care – {called} 30 %") == ("Care", 30)
    assert weight_alone(f"{called}: 30 %") == "30"
    assert getattr(weighted(f"Care ({called} 30 %): shares"), "weight", None) == 30


@pytest.mark.parametrize(
    "name", ["Lifts a weight of 30", "Care (heavyweight 30)", "Care (underweight: 30 %)", "Peso 30"]
)
def test_a_number_near_such_a_word_is_no_weight_by_itself(name):
    assert weight_in_name(name) == (name, None)
