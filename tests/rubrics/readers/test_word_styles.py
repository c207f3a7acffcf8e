"""What styles and lists of a Word file say: headings, bold, what is left out, numbers as they are printed."""

from xml.etree.ElementTree import fromstring

import pytest

from rubrics.readers.word_styles import Numbering, Styles
from tests.rubrics.office_files import W

STYLES = Styles.of(
    fromstring(
        f"""<w:styles {W}>
        <w:style w:styleId="berschrift2"><w:name w:val="heading 2"/></w:style>
        <w:style w:styleId="Own"><w:name w:val="Own"/><w:basedOn w:val="berschrift2"/></w:style>
        <w:style w:styleId="T"><w:name w:val="Title"/></w:style>
        <w:style w:styleId="O"><w:name w:val="Chapter"/><w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>
        <w:style w:styleId="Body"><w:name w:val="Body"/><w:basedOn w:val="O"/>
          <w:pPr><w:outlineLvl w:val="9"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>
        <w:style w:styleId="C"><w:name w:val="toc 1"/></w:style>
        <w:style w:styleId="Loop"><w:name w:val="Loop"/><w:basedOn w:val="Loop"/></w:style>
        </w:styles>"""
    )
)


@pytest.mark.parametrize(
    ("style", "level"), [("berschrift2", 2), ("Own", 2), ("T", 1), ("O", 3), ("Body", 0), ("Loop", 0), ("none", 0)]
)
def test_a_heading_is_one_by_name_outline_or_what_it_is_based_on(style, level):
    assert STYLES.heading(style) == level


def test_styles_say_what_is_bold_and_what_is_left_out():
    assert STYLES.is_bold("Body")
    assert not STYLES.is_bold("Own")
    assert STYLES.is_left_out("C")


def test_numbers_are_counted_as_they_are_printed():
    level = '<w:lvl w:ilvl="{}"><w:numFmt w:val="{}"/><w:lvlText w:val="{}"/></w:lvl>'
    levels = level.format(0, "decimal", "%1)") + level.format(1, "decimal", "%1.%2") + level.format(2, "bullet", "•")
    root = fromstring(
        f'<w:numbering {W}><w:abstractNum w:abstractNumId="4">{levels}</w:abstractNum>'
        '<w:num w:numId="9"><w:abstractNumId w:val="4"/></w:num></w:numbering>'
    )
    numbering = Numbering.of(root)

    counted = [numbering.next_number("9", level) for level in (0, 1, 1, 0, 1, 2)]

    assert counted == ["1)", "1.1", "1.2", "2)", "2.1", ""]
