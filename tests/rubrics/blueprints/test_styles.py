"""What attributes and style sheets say of a text."""

import pytest

from rubrics.blueprints.styles import Sheet, is_footnote_mark, raised

CSS = (
    ".c5{font-weight:700} .c6,.c7{font-weight:bold;color:red} .c8{text-decoration:line-through} p .c9{font-weight:700}"
)


@pytest.fixture
def sheet() -> Sheet:
    found = Sheet()
    found.read(CSS)
    return found


@pytest.mark.parametrize(
    ("attributes", "bold"),
    [
        (' class="c5"', True),
        (" class=c6", True),
        (" class='c1 c7'", True),
        (' class="c8"', False),
        (' class="c9"', False),
        (' style="font-weight:600"', True),
        (' class="c5" style="font-weight: normal"', False),
        ("", False),
    ],
)
def test_bold_is_said_by_the_style_else_by_the_class(sheet, attributes, bold):
    assert sheet.is_bold(attributes) is bold


def test_a_bold_tag_is_bold_by_itself_unless_its_style_says_otherwise(sheet):
    assert sheet.is_bold("", by_itself=True) is True
    assert sheet.is_bold(' style="font-weight:400"', by_itself=True) is False


@pytest.mark.parametrize("attributes", [' class="c8"', ' style="color:red;text-decoration: line-through"'])
def test_struck_out_by_class_or_style(sheet, attributes):
    assert sheet.is_struck(attributes) is True
    assert sheet.is_struck(' style="text-decoration:underline"') is False


@pytest.mark.parametrize(
    ("attributes", "inside", "mark"),
    [
        (' data-fn="x"', "1", True),
        (' class="footnote-ref"', "1", True),
        ("", '<a href="#note">2</a>', True),
        (' href="#_ftn3"', "[3]", True),
        ("", "6", False),
        ("", '<a href="https://example.org">6</a>', False),
        (' class="unit"', "2", False),
    ],
)
def test_a_footnote_s_mark_is_known_by_attribute_or_as_a_lone_link(attributes, inside, mark):
    assert is_footnote_mark(attributes, inside) is mark


@pytest.mark.parametrize(
    ("inside", "lowered", "text"),
    [
        ("6", False, "⁶"),
        ("-9", False, "⁻⁹"),
        ("2", True, "₂"),
        ("<i>3</i>", False, "³"),
        ("th", False, "th"),
        ("", False, ""),
    ],
)
def test_raised_and_lowered_figures_become_signs_and_letters_stay(inside, lowered, text):
    assert raised(inside, lowered=lowered) == text


@pytest.mark.parametrize(
    ("style", "bold"),
    [
        ("font-weight:bolder", True),
        ("FONT-WEIGHT : 900", True),
        ("font-weight:500", False),
        ("font-weight:lighter", False),
        ("font-weight:1700", False),
        ("color:bold", False),
    ],
)
def test_weights_from_six_hundred_on_are_bold(style, bold):
    assert Sheet().is_bold(f" style='{style}'") is bold


def test_a_class_is_bold_where_any_selector_names_it_alone(sheet):
    more = Sheet()
    more.read("span.a , .b:hover, #c .d {font-weight: 600} .e{font-weight:400}")

    assert [more.is_bold(f" class={name}") for name in "abcde"] == [True, False, False, False, False]
    assert sheet.is_bold(' class="c8 c5"')


@pytest.mark.parametrize(
    ("attributes", "inside", "mark"),
    [
        (' role="doc-noteref"', "1", True),
        (' class="x reference"', "1", True),
        (" id=fnref", "1", True),
        (' rel="endnote"', "1", True),
        (' href="#cite_note-4"', "[4]", True),
        (' href="#fn:2"', "2", True),
        (' href="#fnord"', "2", False),
        (' href="#section"', "2", False),
        (' class="unfn"', "2", False),
        ("", '<a href="#x">1</a> and more', False),
        ("", '<a href="#x">' + "1" * 21 + "</a>", False),
        ("", ' <a class="n" href=#x>1</a > ', True),
    ],
)
def test_what_makes_a_footnote_s_mark(attributes, inside, mark):
    assert is_footnote_mark(attributes, inside) is mark


@pytest.mark.parametrize(
    ("inside", "lowered", "text"),
    [(" 10 ", False, "¹⁰"), ("(2+)", True, "₍₂₊₎"), ("−3", False, "⁻³"), ("+", False, "+"), ("2a", False, "2a")],
)
def test_figures_with_their_signs_are_raised_as_a_whole_or_not_at_all(inside, lowered, text):
    assert raised(inside, lowered=lowered) == text
