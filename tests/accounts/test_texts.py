"""Texts as services take them: clean, not too long, and there where one is needed."""

import pytest
from django.core.exceptions import ValidationError

from accounts.texts import is_address, limited, needed


def test_a_text_is_cleaned_and_not_cut():
    assert limited("a\u202eb", field="reason") == "ab"
    with pytest.raises(ValidationError, match="has 6 characters; the limit is 5") as refused:
        limited("abcdef", field="reason", limit=5)
    assert list(refused.value.message_dict) == ["reason"]


@pytest.mark.parametrize("empty", ["", " \n\t", "\u202e"])
def test_a_needed_text_says_something(empty):
    assert needed("  why ", field="reason", otherwise="Say why.") == "why"
    with pytest.raises(ValidationError, match="Say why"):
        needed(empty, field="reason", otherwise="Say why.")


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("alma@x.example", True),
        ("alma+list@münchen.example", True),
        ("alma@x", False),
        ("alma@x..example", False),
        ("alma.@x.example", False),
        ("alma@-x.example", False),
        ("a@b@x.example", False),
        ("", False),
        (f"{'a' * 244}@x.example", True),
        (f"{'a' * 245}@x.example", False),
    ],
)
def test_an_address_is_what_forms_take_and_the_column_holds(text, is_one):
    assert is_address(text) == is_one
