"""What the starter set promises, and that a set that breaks a promise is not taken."""

from copy import deepcopy
from itertools import combinations

import pytest

from rubrics.library import starter
from rubrics.library.sources import SIGNAL_KINDS
from rubrics.library.starter import LANGUAGES, flaws, likeness, starter_dimension, starter_set
from scorecards.phrases import find
from scorecards.protected_words import shipped_lists

EVERY = [source for language in LANGUAGES for source in starter_set(language)]
SETS = {language: starter._read(language) for language in LANGUAGES}


def test_the_set_is_in_english_and_german_with_the_same_keys():
    english, german = starter_set("en"), starter_set("de")

    assert [source.key for source in english] == [source.key for source in german]
    assert len(english) >= 20
    assert LANGUAGES == ("en", "de")


@pytest.mark.parametrize("source", EVERY, ids=lambda source: f"{source.language}-{source.key}")
def test_a_dimension_has_all_that_an_interviewer_needs(source):
    assert list(source.anchors) == [1, 2, 3, 4, 5]
    assert source.summary
    assert 2 <= len(source.questions) <= 3
    assert {kind: len(texts) for kind, texts in source.signals.items()} == {"strong": 2, "weak": 1, "red_flag": 1}


@pytest.mark.parametrize("source", EVERY, ids=lambda source: f"{source.language}-{source.key}")
def test_levels_differ_by_more_than_words_of_degree(source):
    for text, other in combinations(source.anchors.values(), 2):
        assert likeness(text, other) < 0.4


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_touches_a_protected_trait(language):
    lists = shipped_lists()

    for source in starter_set(language):
        asked = [ask.text for ask in source.questions]
        signals = [text for kind in SIGNAL_KINDS for text in source.signals[kind]]
        for text in [source.name, source.summary, *source.anchors.values(), *asked, *signals]:
            assert [found.words for found in find(text, lists)] == [], text


def test_the_german_questions_say_sie_and_never_du():
    asked = " ".join(ask.text for source in starter_set("de") for ask in source.questions)

    assert "Sie" in asked.split()
    assert not {"du", "dir", "dich", "dein", "deine"} & set(asked.split())


@pytest.mark.parametrize(
    ("text", "other", "alike"),
    [
        ("Explains the plan", "Explains the plan very well", True),
        ("Explains the plan", "Mostly explains the plan", True),
        ("Erklärt den Plan", "Erklärt den Plan ausgezeichnet", True),
        ("Explains the plan", "Asks who waits for the result and tells them", False),
        ("", "", True),
    ],
)
def test_words_of_degree_make_no_other_level(text, other, alike):
    assert (likeness(text, other) == 1) is alike


def test_the_shipped_files_have_no_flaw():
    assert list(flaws(SETS)) == []


def without(name):
    def change(sets):
        del sets["de"]["planning"][name]

    return change


def level(number, text):
    def change(sets):
        sets["en"]["planning"]["anchors"][str(number)] = text

    return change


def without_a_level(sets):
    del sets["en"]["planning"]["anchors"]["2"]


def without_a_dimension(sets):
    del sets["de"]["planning"]


def twice(sets):
    sets["en"]["planning"]["weak"] = sets["en"]["ownership"]["weak"]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (without("summary"), "de, planning: it has no summary."),
        (without("questions"), "de, planning: it has no questions."),
        (without_a_level, "en, planning: it does not have five anchors in their order."),
        (level(3, "Plans."), "en, planning: level 3 has 6 characters, and not 60 to 220."),
        (without_a_dimension, "de: its keys are not those of en, in their order."),
        (twice, "en, planning: “Can say what was planned but not what came of it” also stands in ownership."),
    ],
)
def test_a_broken_promise_is_named(change, told):
    sets = deepcopy(SETS)

    change(sets)

    assert told in list(flaws(sets))


def test_a_level_that_repeats_another_is_named():
    sets = deepcopy(SETS)
    anchors = sets["en"]["planning"]["anchors"]

    anchors["4"] = f"Very often: {anchors['3']}"

    assert "en, planning: levels 3 and 4 say the same." in list(flaws(sets))


@pytest.mark.parametrize(("key", "language"), [("planning", "fr"), ("no-such-key", "en"), ("", "")])
def test_there_is_no_other_dimension(key, language):
    assert starter_dimension(key, language) is None
