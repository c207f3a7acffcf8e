"""Counts in words."""

from accounts.plural import counted


def test_one_is_one_and_all_else_are_many():
    assert [counted(count, "message") for count in (0, 1, 2, 1_200)] == [
        "0 messages",
        "1 message",
        "2 messages",
        "1,200 messages",
    ]
