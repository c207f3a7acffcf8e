"""How two versions differ, without a database: which item is which, and which words changed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rubrics.differences import Fact, Item, ItemChange, Section, differences, marked


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


# --- sections ----------------------------------------------------------------------
def section(title: str, *texts: str) -> Section:
    return Section(title, items(*texts))


def test_sections_are_compared_by_their_titles_and_the_unchanged_are_left_out():
    before = [section("A", "a=one"), section("B", "b=two")]
    after = [section("B", "b=two"), section("A", "a=one", "c=three"), section("C", "d=four")]

    found = differences(before, after)

    assert [(each.title, [change.name for change in each.changes]) for each in found] == [
        ("A", ["three"]),
        ("C", ["four"]),
    ]


def test_a_section_that_is_there_no_more_is_not_told():
    assert differences([section("A", "a=one")], []) == ()


# --- which item is which -------------------------------------------------------------
def test_a_key_counts_more_than_a_name():
    before, after = items("a=same", "b=other"), items("b=same", "a=other")

    kinds = [change.kind for change in differences([Section("T", before)], [Section("T", after)])[0].changes]

    assert sorted(kinds) == ["changed", "changed"]


def test_names_are_the_same_whatever_their_case_and_white_space():
    assert told(items("Asks  Why"), items("asks why")) == [("changed", "asks why")]


@pytest.mark.parametrize("name", ["ask why", "  Ask\tWHY "])
def test_an_item_of_the_same_name_is_the_same_though_all_its_words_are_others(name):
    before = Item("", "Ask Why", (Fact("Words", "looks for the cause behind a failure"),))
    after = Item("", name, (Fact("Words", "never stops at an apology"),))

    assert told((before,), (after,)) == [("changed", name)]


@pytest.mark.parametrize(
    ("before", "after", "kinds"),
    [
        ("one two three four five", "one two three six seven", ["changed"]),
        ("one two three four five", "one two eight six seven", ["added", "removed"]),
    ],
)
def test_an_item_is_the_same_from_six_tenths_of_its_words_on(before, after, kinds):
    assert [kind for kind, _ in told(items(before), items(after))] == kinds


def test_of_two_that_could_be_the_same_the_more_alike_is():
    before = items("checks the logs and asks the team")
    after = items("checks the logs and calls nobody", "checks the logs and asks the whole team")

    assert told(before, after) == [
        ("added", "checks the logs and calls nobody"),
        ("changed", "checks the logs and asks the whole team"),
    ]


def test_each_earlier_item_is_one_later_item_alone():
    assert told(items("asks for the logs"), items("asks for the logs first", "asks for the logs last")) == [
        ("changed", "asks for the logs first"),
        ("added", "asks for the logs last"),
    ]


def test_items_without_words_are_not_the_same():
    blank = Item("", "", ())

    assert [kind for kind, _ in told((blank,), (blank,))] == ["added", "removed"]


def test_too_many_pairs_are_not_compared():
    before = items(*[f"earlier number {at} of the list" for at in range(101)])
    after = items(*[f"later number {at} of the list" for at in range(100)])

    assert {kind for kind, _ in told(before, after)} == {"added", "removed"}
    assert {kind for kind, _ in told(before[:100], after)} == {"changed"}


def test_of_two_that_changed_places_one_has_moved():
    assert told(items("a=one", "b=two"), items("b=two", "a=one")) in ([("moved", "two")], [("moved", "one")])


# --- what is told of each ------------------------------------------------------------
def test_what_was_added_or_removed_is_told_with_all_its_words():
    one = Item("a", "A", (Fact("Words", "said"), Fact("Empty", "")))

    [added] = differences([], [Section("T", (one,))])[0].changes
    [removed] = differences([Section("T", (one,))], [Section("T", ())])[0].changes

    for change, mark in ((added, "added"), (removed, "removed")):
        assert change.kind == mark
        assert [(fact.label, fact.words[0].text, fact.words[0].mark) for fact in change.facts] == [
            ("Words", "said", mark)
        ]


def test_facts_that_stay_are_not_told():
    before = Item("a", "A", (Fact("One", "same"), Fact("Two", "old")))
    after = Item("a", "A", (Fact("One", "same"), Fact("Two", "new")))

    [change] = differences([Section("T", (before,))], [Section("T", (after,))])[0].changes

    assert [fact.label for fact in change.facts] == ["Two"]


@pytest.mark.parametrize(
    ("before", "after", "runs"),
    [
        ("", "new", [("new", "added")]),
        ("old", "", [("old", "removed")]),
        ("one two", "one", [("one", "same"), (" two", "removed")]),
        ("same", "same", [("same", "same")]),
        ("", "", []),
    ],
)
def test_runs_of_words_are_never_empty(before, after, runs):
    assert [(run.text, run.mark) for run in marked(before, after)] == runs


# --- what survives a long text or a small change ---------------------------------
def changes_of(before: tuple[Item, ...], after: tuple[Item, ...]) -> list[ItemChange]:
    found = differences([Section("Things", before)], [Section("Things", after)])
    return [change for section in found for change in section.changes]


def test_an_item_that_only_moved_says_so_and_has_no_words():
    changes = changes_of(items("a=one", "b=two", "c=three"), items("c=three", "a=one", "b=two"))

    assert [(change.kind, change.has_moved, change.facts) for change in changes] == [("moved", True, ())]


def test_an_item_that_was_only_reworded_has_not_moved():
    changes = changes_of(items("a=one", "b=two"), items("a=one", "b=second"))

    assert [(change.kind, change.has_moved) for change in changes] == [("changed", False)]


def test_an_item_that_is_found_by_its_key_is_no_likeness_of_another():
    """`b` is gone and a new item has its words; `a` keeps its own place, whatever it says now."""
    before = items("a=asks for the logs", "b=reads a map")
    after = items("a=asks for the logs first", "c=asks for the logs")

    changes = changes_of(before, after)

    assert [(change.kind, change.name) for change in changes] == [
        ("changed", "asks for the logs first"),
        ("added", "asks for the logs"),
        ("removed", "reads a map"),
    ]


def test_a_word_that_is_everywhere_in_a_long_text_is_still_the_same_word():
    """Popular words are what a quicker comparison leaves out of texts that have two hundred of them."""
    before = "a map " * 150 + "lifts"

    runs = marked(before, f"{before} gently")

    assert [(run.text, run.mark) for run in runs] == [(before, "same"), (" gently", "added")]


def test_a_sentence_is_compared_word_by_word_and_a_figure_as_a_whole():
    sentence = Fact("Level 3", "lifts maps"), Fact("Level 3", "lifts old maps")
    figure = Fact("Weight", "12 %", whole=True), Fact("Weight", "12 % of all", whole=True)
    old, new = Item("a", "A", (sentence[0], figure[0])), Item("a", "A", (sentence[1], figure[1]))

    (change,) = changes_of((old,), (new,))

    assert [[(run.text, run.mark) for run in fact.words] for fact in change.facts] == [
        [("lifts ", "same"), ("old ", "added"), ("maps", "same")],
        [("12 %", "removed"), (" 12 % of all", "added")],
    ]


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [("", "20 %", [("20 %", "added")]), ("20 %", "", [("20 %", "removed")])],
)
def test_a_figure_that_one_side_lacks_stands_alone(before, after, words):
    old, new = (Item("a", "A", (Fact("Weight", text, whole=True),)) for text in (before, after))

    (change,) = changes_of((old,), (new,))

    assert [(run.text, run.mark) for run in change.facts[0].words] == words
