"""Bold and large letters of a workbook's cells, by the style that each names."""

from xml.etree.ElementTree import fromstring

import pytest

from rubrics.readers.fonts import CellFonts, Font, points

STYLES = (
    '<styleSheet><fonts><font><sz val="10"/></font><font><b val="true"/><sz val="22"/></font><font><b val="0"/></font>'
    '</fonts><cellXfs><xf fontId="0"/><xf fontId="1"/><xf fontId="2"/><xf fontId="9"/></cellXfs></styleSheet>'
)


def test_a_style_names_its_font():
    fonts = CellFonts.of(fromstring(STYLES))

    assert fonts.by_style == (Font(False, 10), Font(True, 22), Font(), Font())
    assert fonts.of_style(1) == Font(True, 22)
    assert fonts.of_style(7) == Font()


def test_without_a_style_sheet_no_cell_is_bold():
    assert CellFonts.of(None).of_style(0) == Font()


@pytest.mark.parametrize(
    ("written", "size"), [("12pt", 12), ("9.5", 9.5), ("", 0), ("large", 0), ("nan", 0), ("1e9", 0)]
)
def test_a_size_is_a_number_of_points(written, size):
    assert points(written) == size
