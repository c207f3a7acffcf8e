"""How a text is set in print."""

import pytest

from packets.templatetags.packet_text import at, typeset


@pytest.mark.parametrize(
    ("text", "attributes"),
    [
        ("", ""),
        ("plain words", ""),
        ("123 – 4", ""),
        ("שלום Noor", ' dir="rtl"'),
        ("12 مرحبا", ' dir="rtl"'),
        ("Noor שלום", ""),
        ("x" * 35, ""),
        ("x" * 36, " data-long"),
        ("ש" * 36, ' dir="rtl" data-long'),
    ],
)
def test_direction_follows_the_first_letter_and_long_words_are_broken(text, attributes):
    assert typeset(text) == attributes


def test_a_key_without_a_name_says_nothing():
    assert (at({"a": "Depth"}, "a"), at({"a": "Depth"}, "b")) == ("Depth", "")
