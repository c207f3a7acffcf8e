"""Free names: keys of dimensions, and whatever else is numbered where it is taken."""

from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rubrics.blueprints.keys import STEM_LENGTH, free_key, numbered
from tests.rubrics.role_documents import hiring_page, read_post, scorecard


def test_numbers_begin_with_two_behind_the_stem_itself():
    assert list(islice(numbered("chief"), 4)) == ["chief", "chief-2", "chief-3", "chief-4"]


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Systems fundamentals", "systems-fundamentals"),
        ("  C++ & Go!  ", "c-go"),
        ("Qualität", "qualitat"),
        ("1–5 people", "15-people"),
        ("Ｆｕｌｌ ｗｉｄｔｈ", "full-width"),
    ],
)
def test_a_key_is_the_name_in_lower_case_ascii(name, key):
    assert free_key(name, set()) == key


def test_a_key_that_is_taken_gets_the_first_free_number():
    assert free_key("SQL", {"sql"}) == "sql-2"
    assert free_key("S Q L", {"s-q-l", "s-q-l-2"}) == "s-q-l-3"
    assert free_key("SQL", {"sql", "sql-3"}) == "sql-2"


def test_a_name_in_another_script_is_called_by_its_place():
    assert free_key("设计", set()) == "dimension-1"
    assert free_key("设计", {"a", "b"}) == "dimension-3"


def test_a_place_that_is_somebody_s_name_already_is_numbered():
    assert free_key("设计", {"dimension-2"}) == "dimension-2-2"


def test_a_long_name_gives_a_key_of_the_stem_s_length():
    assert free_key("a" * 300, set()) == "a" * STEM_LENGTH


@given(st.text(), st.sets(st.text(max_size=12), max_size=8))
def test_a_key_is_never_empty_and_never_taken(name, taken):
    key = free_key(name, taken)

    assert key
    assert key not in taken
    assert free_key(name, {*taken, key}) != key


def test_other_scripts_get_keys_in_a_whole_document():
    rows = (["设计", "a", "b"], ["Qualität", "c", "d"])
    found = read_post(hiring_page(scorecard(["Dimension", "3", "5"], *rows)))

    assert [row["key"] for row in found["dimensions"]] == ["dimension-1", "qualitat"]


def test_names_that_differ_only_in_signs_get_different_keys():
    found = read_post(hiring_page(scorecard(["Dimension", "3"], ["C++", "a"], ["C#", "b"], ["C", "c"])))

    assert [row["key"] for row in found["dimensions"]] == ["c", "c-2", "c-3"]
