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
