"""Names in a message: some in quotation marks, and how many there are besides."""

from rubrics.readers.page import shown_list


def test_a_long_list_of_names_says_how_many_are_not_shown():
    assert shown_list(["a", "b"]) == "“a”, “b”"
    assert shown_list(list("abcdefg"), 3) == "“a”, “b”, “c” and 4 more"
