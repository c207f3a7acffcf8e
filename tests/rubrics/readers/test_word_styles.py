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


def styles_of(*styles: str) -> Styles:
    """Styles named S0, S1 and so on, each with this inside."""
    inside = "".join(f'<w:style w:styleId="S{number}">{style}</w:style>' for number, style in enumerate(styles))
    return Styles.of(fromstring(f"<w:styles {W}>{inside}</w:styles>"))


@pytest.mark.parametrize(
    ("style", "level"),
    [
        ('<w:name w:val="Heading 6"/>', 6),
        ('<w:name w:val="heading 9"/>', 6),
        ('<w:name w:val="heading 12"/>', 0),
        ('<w:name w:val="Subheading 1"/>', 0),
        ('<w:name w:val="TITLE"/>', 1),
        ('<w:name w:val="Title page"/>', 0),
        ('<w:name w:val="heading 2"/><w:pPr><w:outlineLvl w:val="4"/></w:pPr>', 2),
        ('<w:name w:val="A"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr>', 1),
        ('<w:name w:val="A"/><w:pPr><w:outlineLvl w:val="5"/></w:pPr>', 6),
        ('<w:name w:val="A"/><w:pPr><w:outlineLvl w:val="6"/></w:pPr>', 0),
        ('<w:name w:val="A"/><w:pPr><w:outlineLvl w:val="x"/></w:pPr>', 0),
    ],
)
def test_a_name_of_word_s_own_goes_before_an_outline_level(style, level):
    assert styles_of(style).heading("S0") == level


@pytest.mark.parametrize(
    ("name", "depth"),
    [
        ("List Bullet 2", 1),
        ("list number 5", 4),
        ("List Continue 3", 2),
        ("List Bullet", 0),
        ("List 2", 0),
        ("Body", 0),
    ],
)
def test_a_list_style_says_its_depth_and_so_does_one_based_on_it(name, depth):
    styles = styles_of(f'<w:name w:val="{name}"/>', '<w:name w:val="Own"/><w:basedOn w:val="S0"/>')

    assert styles.list_depth("S0") == styles.list_depth("S1") == depth


@pytest.mark.parametrize("name", ["toc 3", "TOC Heading", "table of figures", "table of authorities", "index 1"])
def test_contents_of_any_kind_are_left_out(name):
    assert styles_of(f'<w:name w:val="{name}"/>').is_left_out("S0")


@pytest.mark.parametrize(("mark", "left_out"), [("vanish", True), ("strike", True), ("dstrike", True), ("b", False)])
def test_hidden_and_struck_out_styles_are_left_out_and_so_is_what_is_based_on_them(mark, left_out):
    style = f'<w:name w:val="A"/><w:rPr><w:{mark}/></w:rPr>'
    styles = styles_of(style, '<w:name w:val="B"/><w:basedOn w:val="S0"/>')

    assert styles.is_left_out("S0") is styles.is_left_out("S1") is left_out
    assert not styles_of(style.replace(f"<w:{mark}/>", f'<w:{mark} w:val="0"/>')).is_left_out("S0")


def test_what_is_not_said_comes_from_the_style_below_and_what_is_said_does_not():
    numbered = '<w:ilvl w:val="12"/><w:numId w:val="3"/>'
    styles = styles_of(
        f'<w:name w:val="A"/><w:rPr><w:b/></w:rPr><w:pPr><w:numPr>{numbered}</w:numPr></w:pPr>',
        '<w:name w:val="B"/><w:basedOn w:val="S0"/>',
        '<w:name w:val="C"/><w:basedOn w:val="S1"/><w:rPr><w:b w:val="false"/></w:rPr>',
    )

    assert [styles.is_bold(f"S{number}") for number in range(3)] == [True, True, False]
    assert [styles.numbering(f"S{number}") for number in range(3)] == [("3", 8)] * 3
    assert styles.numbering("none") is None
    assert not styles.is_title("S2")


def test_a_style_is_followed_ten_deep():
    line = [f'<w:name w:val="s{number}"/><w:basedOn w:val="S{number + 1}"/>' for number in range(10)]

    assert styles_of(*line[:9], '<w:name w:val="title"/>').is_title("S0")
    assert not styles_of(*line, '<w:name w:val="title"/>').is_title("S0")


def test_lists_count_apart_and_a_level_that_was_skipped_counts_as_one():
    level = '<w:lvl w:ilvl="{}"><w:numFmt w:val="{}"/><w:lvlText w:val="{}"/></w:lvl>'
    levels = (
        level.format(0, "decimal", "%1.") + level.format(1, "decimal", "%1.%2") + level.format(2, "upperRoman", "%3")
    )
    root = fromstring(
        f'<w:numbering {W}><w:abstractNum w:abstractNumId="4">{levels}</w:abstractNum>'
        f'<w:abstractNum w:abstractNumId="5">{levels}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="4"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="4"/></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="5"/></w:num></w:numbering>'
    )
    numbering = Numbering.of(root)

    counted = [numbering.next_number(*asked) for asked in (("1", 0), ("2", 0), ("3", 1), ("3", 0), ("1", 2), ("9", 0))]

    assert counted == ["1.", "2.", "1.1", "1.", "", ""]
