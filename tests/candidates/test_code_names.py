"""Code names: a bird drawn by lot, which nobody of the opening has yet."""

from collections import Counter

import pytest

from candidates.code_names import BIRDS, draw, draw_many
from candidates.models import Application

FIRST = {f"Candidate {bird}" for bird in BIRDS}
SECOND = {f"Candidate {bird} 2" for bird in BIRDS}


def test_birds_are_single_words_and_each_is_there_once():
    assert [bird for bird, times in Counter(BIRDS).items() if times > 1] == []
    assert all(bird.isalpha() and bird.istitle() for bird in BIRDS)


def test_the_first_code_name_is_any_bird():
    assert {draw([]) for _ in range(20)} <= FIRST


def test_draws_differ_so_that_the_name_tells_nothing_of_the_order():
    assert len({draw([]) for _ in range(50)}) > 1


def test_the_only_bird_left_is_taken():
    left = "Candidate Wren"

    assert draw(FIRST - {left}) == left


def test_birds_come_again_with_a_number_once_all_are_taken():
    assert draw(FIRST) in SECOND


@pytest.mark.parametrize("left", ["Candidate Wren 2", "Candidate Teal 2"])
def test_numbered_birds_are_taken_once_as_well(left):
    assert draw((FIRST | SECOND) - {left}) == left


def test_a_third_round_of_birds_begins_after_the_second():
    assert draw(FIRST | SECOND).endswith(" 3")


def test_names_that_are_no_birds_take_none_away():
    assert draw({"", "Candidate 7"}) in FIRST


def test_every_code_name_fits_its_column():
    longest = Application._meta.get_field("code_name").max_length

    assert max(len(name) for name in FIRST) + len(" 9999") <= longest


def test_many_are_drawn_at_once_across_the_rounds_of_birds():
    left = "Candidate Wren"

    drawn = draw_many(FIRST - {left}, 3)

    assert drawn[0] == left
    assert len(set(drawn)) == 3
    assert set(drawn[1:]) < SECOND


def test_none_is_drawn_for_nobody():
    assert draw_many([], 0) == []
