"""How many lines a text takes, and where it is cut."""

import pytest

from packets.documents.excerpts import COLUMNS, excerpt, line_count, shared


@pytest.mark.parametrize(
    ("text", "lines"),
    [("", 0), ("one", 1), ("a\nb\n", 3), ("x" * (COLUMNS + 1), 2), ("面" * COLUMNS, 2), ("e\u0301" * COLUMNS, 1)],
)
def test_lines_are_counted_by_width_and_line_ends(text, lines):
    assert line_count(text) == lines


def test_a_text_that_fits_is_whole():
    assert excerpt("It fits.", 1).text == "It fits."
    assert not excerpt("It fits.", 1).is_cut


@pytest.mark.parametrize("text", ["words of a sentence " * 90, "面白い" * 300, "line\n" * 40, "x" * 2000])
@pytest.mark.parametrize("lines", [1, 4])
def test_a_longer_one_is_cut_to_its_lines(text, lines):
    shown = excerpt(text, lines)

    assert shown.is_cut
    assert line_count(shown.text) == lines
    assert shown.text.endswith("…")
    assert text.startswith(shown.text[:-1])


def test_a_cut_stands_between_two_words():
    assert excerpt("many words " * 40, 2).text.removesuffix("…").split()[-1] in {"many", "words"}


def test_a_cut_parts_no_sign_from_its_accent():
    shown = excerpt("e\u0301" * 400, 1)

    assert shown.text.removesuffix("…").endswith("\u0301")


@pytest.mark.parametrize(
    ("needs", "room", "given"),
    [
        ([], 9, []),
        ([2, 2], 9, [2, 2]),
        ([20, 2, 20], 12, [5, 2, 5]),
        ([0, 30, 0], 7, [0, 7, 0]),
        ([5, 5], -3, [0, 0]),
    ],
)
def test_small_needs_are_met_and_the_rest_is_shared(needs, room, given):
    assert shared(needs, room) == given
