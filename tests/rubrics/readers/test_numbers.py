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


@pytest.mark.parametrize(
    ("written", "code", "shown"),
    [
        ("2", "yyyy-mm-dd", "2"),
        ("365", "d.m.", "365"),
        ("366", "d.m.", "1900-12-31"),
        ("0", "h:mm", "0"),
        ("366", "h:mm", "366"),
        ("0.5", "yyyy-mm-dd h:mm", "0.5"),
        ("0.99999", "h:mm", "24:00"),
        ("1.5", "[h]:mm", "36:00"),
        ("0.25", "[mm]:ss", "6:00"),
        ("0.5", '0.0;"from 1 to 5 h"', "0.5"),
        ("3", "0\\d", "3"),
        ("3", "0_d", "3"),
        ("3", "* d0", "3"),
        ("-0.5", "0%", "-50%"),
        ("inf", "", "inf"),
        ("nan", "0%", "nan"),
        ("1234567890123456", "", "1.23456789e+15"),
        ("-3.0", "", "-3"),
        ("45418.417", "yyyy-mm-dd h:mm", "2024-05-06 10:00"),
    ],
)
def test_a_number_under_a_wrong_or_odd_format_stays_a_number(written, code, shown):
    assert NumberFormats((code,)).shown(written, 0) == shown


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (9, "4541841.667%"),
        (10, "4541841.667%"),
        (14, "2024-05-06"),
        (17, "2024-05-06"),
        (22, "2024-05-06 10:00"),
        (27, "2024-05-06"),
        (36, "2024-05-06"),
        (50, "2024-05-06"),
        (58, "2024-05-06"),
        (0, "45418.41667"),
        (37, "45418.41667"),
        (49, "45418.41667"),
        (59, "45418.41667"),
    ],
)
def test_formats_that_every_program_knows_by_their_number(number, shown):
    sheet = fromstring(f'<styleSheet><cellXfs><xf numFmtId="{number}"/></cellXfs></styleSheet>')

    assert NumberFormats.of(sheet, since_1904=False).shown("45418.416667", 0) == shown


@pytest.mark.parametrize("number", [18, 21, 45, 47])
def test_times_that_every_program_knows_by_their_number(number):
    sheet = fromstring(f'<styleSheet><cellXfs><xf numFmtId="{number}"/></cellXfs></styleSheet>')

    assert NumberFormats.of(sheet, since_1904=False).shown("0.75", 0) == "18:00"


def test_a_style_that_is_not_there_or_no_number_has_no_format():
    sheet = fromstring('<styleSheet><cellXfs><xf numFmtId="x"/><xf/></cellXfs></styleSheet>')

    assert NumberFormats.of(sheet, since_1904=False).by_style == ("", "")
    assert NumberFormats().shown("0.5", 7) == "0.5"
    assert NumberFormats.of(None, since_1904=True) == NumberFormats((), since_1904=True)
