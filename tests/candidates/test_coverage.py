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
    parts = [Part(f"P{number}", dimensions, seats) for number, (dimensions, seats) in enumerate(drawn)]
    dimensions = [1, 2, 3, 4]

    change = smallest_change(dimensions, parts, more(*parts))

    chosen = [Part("more", one.part.dimensions, one.seats) for one, times in change for _ in range(times)]
    before, after = thin(dimensions, parts), thin(dimensions, [*parts, *chosen])
    assert set(after) <= set(before)
    for left_out in range(len(chosen)):
        fewer = chosen[:left_out] + chosen[left_out + 1 :]
        counts, all_of_it = covered(dimensions, [*parts, *fewer]), covered(dimensions, [*parts, *chosen])
        assert any(counts[each] < min(ENOUGH, all_of_it[each]) for each in dimensions)
