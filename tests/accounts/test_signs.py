"""Signs that text brings along from word processors."""

import pytest

from accounts.signs import clean_name, clean_text, has_letters, says_something, usual_signs


@pytest.mark.parametrize(
    ("pasted", "usual"),
    [
        ("Asked\u000babout\u000cload", "Asked\nabout\nload"),
        ("one\u2028two\u2029three\u0085four", "one\ntwo\nthree\nfour"),
        ("\uf0b7 first\n  \uf0a7\tsecond\n\uf076\u00a0third", "• first\n  •\tsecond\n•\u00a0third"),
        ("\uf0fc done\n\uf031 a bullet of another font", "• done\n• a bullet of another font"),
        ("before \uf0e0 after, done \uf0fc, glad \uf04a", "before → after, done ✓, glad ☺"),
        ("a \uf0b7 b", "a • b"),
        ("\ue012 stays, and \uf031 inside a line", "\ue012 stays, and \uf031 inside a line"),
        ("Zoë Żuk, שלום, 王", "Zoë Żuk, שלום, 王"),
    ],
)
def test_word_processors_signs_become_those_that_everybody_has(pasted, usual):
    assert usual_signs(pasted) == usual
    assert usual_signs(usual) == usual


@pytest.mark.parametrize(
    ("sent", "stored"),
    [
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("a\x00b\u202ec", "abc"),
        ("tab\tstays", "tab\tstays"),
        ("\ud800x", "x"),
    ],
)
def test_what_cannot_be_stored_goes(sent, stored):
    assert clean_text(sent) == stored


NOTHING_SEEN = ["---", "\u200b", "\u200f\u2060", "\u3164", "\u115f \u1160", "\u00ad", "…", "\u2800"]


@pytest.mark.parametrize("name", NOTHING_SEEN)
def test_of_some_names_nothing_would_be_seen(name):
    assert not says_something(name)
    assert not has_letters(name)


@pytest.mark.parametrize("name", ["Zoë", "王", "שלום", "نور", "एका", "가영", "X Æ", "O"])
def test_a_name_has_letters_in_any_script(name):
    assert has_letters(name)
    assert says_something(name)


def test_a_title_may_be_a_figure_and_a_person_not():
    assert says_something("2031")
    assert not has_letters("2031")


def test_a_name_is_clean_and_on_one_line():
    assert clean_name(" Noor\u202e\n \tHaddad ") == "Noor Haddad"
    assert clean_name("می\u200cخواهم") == "می\u200cخواهم"  # what joins letters stays
