"""How two versions differ, without a database: which item is which, and which words changed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rubrics.differences import Fact, Item, Section, differences, marked


def items(*texts: str) -> tuple[Item, ...]:
    """Items such as `key=its words`."""
    found = []
    for text in texts:
        key, _, words = text.rpartition("=")
        found.append(Item(key, words, (Fact("Words", words),)))
    return tuple(found)


def told(before: tuple[Item, ...], after: tuple[Item, ...]) -> list[tuple[str, str]]:
    """Kind and name of each change."""
    found = differences([Section("Things", before)], [Section("Things", after)])
    return [(change.kind, change.name) for section in found for change in section.changes]


@pytest.mark.parametrize(
    ("before", "after", "changes"),
    [
        (["a=one", "b=two"], ["a=one", "b=two"], []),
        (["a=one"], ["a=one", "b=two"], [("added", "two")]),
        (["a=one", "b=two"], ["b=two"], [("removed", "one")]),
        (["a=one", "b=two", "c=three"], ["c=three", "a=one", "b=two"], [("moved", "three")]),
        (["a=one"], ["a=quite another"], [("changed", "quite another")]),
        (["asks for logs first"], ["asks for the logs first"], [("changed", "asks for the logs first")]),
        (["asks for logs"], ["blames others"], [("added", "blames others"), ("removed", "asks for logs")]),
        (["same", "same"], ["same"], [("removed", "same")]),
        ([], [], []),
    ],
)
def test_items_are_found_again_by_key_name_and_words(before, after, changes):
    assert told(items(*before), items(*after)) == changes


def test_an_item_that_moved_and_was_reworded_says_both():
    before, after = items("a=one", "b=two", "c=three"), items("c=third", "a=one", "b=two")

    [section] = differences([Section("Things", before)], [Section("Things", after)])

    assert [(change.kind, change.has_moved) for change in section.changes] == [("changed", True)]


def test_words_are_marked():
    runs = marked("Finds the cause alone.", "Finds the first cause, alone.")

    assert [(run.text, run.mark) for run in runs] == [
        ("Finds the ", "same"),
        ("first ", "added"),
        ("cause", "same"),
        (",", "added"),
        (" alone.", "same"),
    ]


@given(st.text(max_size=60), st.text(max_size=60))
def test_marked_words_are_both_texts(before, after):
    runs = marked(before, after)

    assert "".join(run.text for run in runs if run.mark != "removed") == after
    assert "".join(run.text for run in runs if run.mark != "added") == before


def test_a_number_is_not_taken_apart():
    old = Item("a", "A", (Fact("Weight", "12.5 %", whole=True),))
    new = Item("a", "A", (Fact("Weight", "20 %", whole=True),))

    [section] = differences([Section("Things", (old,))], [Section("Things", (new,))])

    [fact] = section.changes[0].facts
    assert [(run.text, run.mark) for run in fact.words] == [("12.5 %", "removed"), (" 20 %", "added")]


def test_a_text_that_is_too_long_counts_as_written_anew():
    before, after = "a b " * 2000, "c d " * 2000

    assert [run.mark for run in marked(before, after)] == ["removed", "added"]


def test_a_label_that_one_side_lacks_is_told():
    old = Item("a", "A", (Fact("Old", "words"),))
    new = Item("a", "A", (Fact("New", "words"),))

    [section] = differences([Section("Things", (old,))], [Section("Things", (new,))])

    assert [(fact.label, fact.words[0].mark) for fact in section.changes[0].facts] == [
        ("New", "added"),
        ("Old", "removed"),
    ]
