"""Numbers as a workbook shows them."""

from xml.etree.ElementTree import fromstring

import pytest

from rubrics.readers.numbers import NumberFormats


@pytest.mark.parametrize(
    ("written", "code", "shown"),
    [
        ("4", "General", "4"),
        ("4.0", "", "4"),
        ("0.30000000000000004", "", "0.3"),
        ("0.125", "0.0%", "12.5%"),
        ("0.2", "0%", "20%"),
        ("4", 'd"/5"', "4"),
        ("45292", "dd/mm/yyyy", "2024-01-01"),
        ("45292.5", "dd/mm/yyyy hh:mm", "2024-01-01 12:00"),
        ("45382.104166666664", "yyyy-mm-dd h:mm:ss", "2024-03-31 02:30"),
        ("45418.416666666664", "yyyy-mm-dd h:mm", "2024-05-06 10:00"),
        ("45418.417013888887", "yyyy-mm-dd h:mm:ss", "2024-05-06 10:00:30"),
        ("45418.99999999999", "yyyy-mm-dd h:mm", "2024-05-07 00:00"),
        ("0.0625", "[h]:mm", "1:30"),
        ("5", '0" days"', "5"),
        ("5", '[Red]0;[Blue]"years"', "5"),
        ("1e400", "0%", "1e400"),
        ("words", "0%", "words"),
        ("1e18", "yyyy", "1e+18"),
    ],
)
def test_a_number_is_shown_by_its_format(written, code, shown):
    assert NumberFormats((code,)).shown(written, 0) == shown


def test_formats_are_read_from_the_style_sheet():
    sheet = fromstring(
        '<styleSheet><numFmts><numFmt numFmtId="170" formatCode="0.0%"/></numFmts><cellStyleXfs><xf numFmtId="14"/>'
        '</cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="9"/><xf numFmtId="170"/></cellXfs></styleSheet>'
    )

    assert NumberFormats.of(sheet, since_1904=False).by_style == ("", "0%", "0.0%")


def test_days_may_be_counted_from_1904():
    assert NumberFormats(("yyyy-mm-dd",), since_1904=True).shown("43830", 0) == "2024-01-01"
