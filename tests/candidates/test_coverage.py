"""How often each dimension is judged, and the smallest change by which none rests on one person."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candidates.coverage import ENOUGH, Change, Part, covered, sentence, smallest_change, thin

SYSTEMS, DESIGN = Part("Systems", frozenset({1, 2}), 1), Part("Design", frozenset({2, 3}), 1)


def more(*parts: Part) -> list[Change]:
    return [Change(part, 1) for part in parts]


def test_each_person_counts_where_they_sit():
    assert covered([1, 2, 3, 4], [SYSTEMS, DESIGN]) == {1: 1, 2: 2, 3: 1, 4: 0}
    assert thin([1, 2, 3, 4], [SYSTEMS, DESIGN]) == [1, 3, 4]


@pytest.mark.parametrize(
    ("parts", "offers", "words"),
    [
        ([SYSTEMS, DESIGN], more(SYSTEMS, DESIGN),
         "one more interviewer in Systems, and one more interviewer in Design"),
        ([SYSTEMS], [*more(SYSTEMS), Change(Part("Design", frozenset({1, 2}), 1), 1, is_new=True)],
         "one more interviewer in Systems"),
        ([], [Change(Part("Panel", frozenset({1, 2, 3}), 2), 2, is_new=True)], "plan Panel"),
        ([Part("All", frozenset({1, 2, 3}), 2)], more(SYSTEMS), ""),
        ([SYSTEMS], [], ""),
    ],
)  # fmt: skip
def test_the_smallest_change(parts, offers, words):
    dimensions = [1, 2] if offers and offers[-1].part.name == "Design" and len(parts) == 1 else [1, 2, 3]

    assert sentence(smallest_change(dimensions, parts, offers)) == words


def test_two_more_in_one_place_are_said_together():
    empty = Part("Design", frozenset({3}), 0)

    assert sentence(smallest_change([3], [empty], more(empty))) == "2 more interviewers in Design"


sets = st.frozensets(st.integers(1, 4), min_size=1)


@given(st.lists(st.tuples(sets, st.integers(0, 2)), min_size=1, max_size=3))
def test_no_change_makes_more_dimensions_thin_and_none_is_idle(drawn):
    parts = [Part(f"P{number}", dimensions, panel_size) for number, (dimensions, panel_size) in enumerate(drawn)]
    dimensions = [1, 2, 3, 4]

    change = smallest_change(dimensions, parts, more(*parts))

    chosen = [Part("more", one.part.dimensions, one.panel_size) for one, times in change for _ in range(times)]
    before, after = thin(dimensions, parts), thin(dimensions, [*parts, *chosen])
    assert set(after) <= set(before)
    for left_out in range(len(chosen)):
        fewer = chosen[:left_out] + chosen[left_out + 1 :]
        counts, all_of_it = covered(dimensions, [*parts, *fewer]), covered(dimensions, [*parts, *chosen])
        assert any(counts[each] < min(ENOUGH, all_of_it[each]) for each in dimensions)


def test_two_people_are_enough_and_one_is_not():
    twice = Part("Both", frozenset({2}), 2)

    assert thin([1, 2], [Part("One", frozenset({1}), 1), twice]) == [1]


def test_dimensions_that_nobody_asks_about_are_not_counted():
    assert covered([1], [Part("Old", frozenset({1, 9}), 1)]) == {1: 1}


def test_of_changes_that_help_as_much_the_one_with_fewer_people_is_taken():
    one, three = Change(SYSTEMS, 1), Change(Part("Panel", frozenset({1, 2}), 3), 3)

    assert smallest_change([1, 2], [SYSTEMS], [three, one]) == [(one, 1)]


def test_at_most_three_changes_are_looked_at_together():
    parts = [Part(name, frozenset({at}), 1) for at, name in enumerate("ABCD")]

    change = smallest_change([0, 1, 2, 3], parts, more(*parts))

    assert sum(times for _, times in change) == 3
