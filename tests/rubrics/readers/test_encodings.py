"""Text by what the file states; by evidence only where a file of its kind cannot state it, and that is said."""

import pytest

from rubrics.readers.encodings import decode
from rubrics.readers.page import UnusableBlueprint

FRENCH = "Écoute l’équipe – naïve, mais drôle. « Ça va ? »"


@pytest.mark.parametrize(
    ("text", "encoding", "name"),
    [
        (FRENCH, "cp1252", "Windows-1252"),
        (FRENCH.replace(" ?", "?"), "mac_roman", "Macintosh"),
        ("Łączy ludzi, źle śpi, pisze świetnie", "cp1250", "Windows-1250"),
        ("Помогает команде и пишет ясно", "cp1251", "Windows-1251"),
        ("能力;1;3\nチームワーク;ひとりで働く;人を助ける\n", "cp932", "Shift JIS"),
        ("역량;1;3\n협업;혼자 일한다;동료를 돕는다\n", "cp949", "Windows-949"),
        ("能力;1;3\n团队合作;独自工作;帮助他人\n", "gb18030", "GB 18030"),
        ("Größe; Übung; Maß; schön", "cp1252", "Windows-1252"),
    ],
)
def test_an_encoding_that_is_not_stated_is_found_by_its_letters(text, encoding, name):
    decoded = decode(text.encode(encoding), may_guess=True)

    assert decoded.text == text
    assert name in decoded.guessed


@pytest.mark.parametrize(
    ("declared", "encoding", "text"),
    [
        ("windows-1251", "cp1251", "Роль"),
        ("gb2312", "gb18030", "角色"),
        ("ISO-8859-2", "iso8859_2", "Źródło"),
        ("Shift_JIS", "cp932", "役割"),
        ("iso-8859-1", "cp1252", "a “role” for 5 €"),
        ("us-ascii", "cp1252", "a “role”"),
        ("windows-1250", "cp1250", "Źródło"),
        ("windows-1257", "cp1257", "Ķekava"),
        ("iso-8859-9", "cp1254", "İş “günü”"),
        ("big5", "big5hkscs", "角色"),
        ("EUC-JP", "euc_jp", "役割"),
        ("euc-kr", "cp949", "역할"),
        ("koi8-r", "koi8_r", "Роль"),
        ("koi8-u", "koi8_u", "Їжак"),
        ("macintosh", "mac_roman", "Größe"),
    ],
)
def test_a_page_is_read_in_what_it_declares(declared, encoding, text):
    data = f"<meta charset='{declared}'><p>{text}</p>".encode(encoding)

    assert decode(data, may_guess=False).text.endswith(f"<p>{text}</p>")


def test_an_encoding_that_hides_markup_is_not_taken():
    with pytest.raises(UnusableBlueprint, match="not UTF-8"):
        decode(b"<meta charset=utf-7><p>+ADw-b+AD4- \xe9</p>", may_guess=False)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_what_states_its_encoding_is_not_guessed(encoding):
    decoded = decode(FRENCH.encode(encoding), may_guess=True)

    assert (decoded.text, decoded.guessed) == (FRENCH, "")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_its_mark_is_seen_by_its_zeros(encoding):
    assert decode("Level;Words\n1;none\n".encode(encoding), may_guess=True).text == "Level;Words\n1;none\n"


@pytest.mark.parametrize(
    ("data", "may_guess"),
    [(b"abc\xff", False), (b"<p>\xe9</p>", True), (b'{"a": "\xe9"}', True), (bytes(range(256)), True)],
)
def test_nothing_is_guessed_of_html_json_or_what_is_no_text(data, may_guess):
    with pytest.raises(UnusableBlueprint, match=r"not UTF-8|not text"):
        decode(data, may_guess=may_guess)


def test_a_page_that_is_utf_8_is_read_so_whatever_it_declares():
    data = "<meta charset=windows-1251><p>Größe</p>".encode()

    assert decode(data, may_guess=False).text.endswith("<p>Größe</p>")


@pytest.mark.parametrize("text", ["", "a", "Team\x00work" + " and care" * 5])
def test_a_zero_here_or_there_is_no_utf_16(text):
    assert decode(text.encode(), may_guess=True).text == text


@pytest.mark.parametrize("data", [b"Team\x00work", b"\x00" * 20, "Rolle".encode("utf-16-le") + b"\x00"])
def test_many_zeros_are_no_text(data):
    with pytest.raises(UnusableBlueprint, match="not text"):
        decode(data, may_guess=True)


@pytest.mark.parametrize(("others", "is_text"), [(99, True), (98, False)])
def test_a_control_character_in_a_hundred_is_still_text(others, is_text):
    data = b"caf\xe9 ".ljust(others, b"a") + b"\x01"

    if is_text:
        assert decode(data, may_guess=True).text.startswith("café")
    else:
        with pytest.raises(UnusableBlueprint, match="not text"):
            decode(data, may_guess=True)


def test_where_it_breaks_is_told_by_its_byte():
    with pytest.raises(UnusableBlueprint, match=r"byte 11\)"):
        decode("<p>Größe</p>".encode()[:11] + b"\xff", may_guess=True)


@pytest.mark.parametrize(
    ("text", "encoding", "name"),
    [
        ("It’s a – short – “note” for 5 €", "cp1252", "Windows-1252"),
        ("ÜBER UNS: GRÖSSE, ÄRGER, MÜHE", "cp1252", "Windows-1252"),
        ("Žádost o místo v týmu, příliš žluťoučký kůň", "cp1250", "Windows-1250"),
        ("РОЛЬ И ОТВЕТСТВЕННОСТЬ", "cp1251", "Windows-1251"),
        ("Роль: senior engineer, пишет ясно", "cp1251", "Windows-1251"),
        ("カタカナだけの表", "cp932", "Shift JIS"),
        ("Teamwork, care, tact, order and a good deal of patience;一人でする", "cp932", "Shift JIS"),
        ("команда сама плавает домой", "cp1251", "Windows-1251"),
        ("C’est l’avis d’un chef", "cp1252", "Windows-1252"),
        ("España: señor, mañana, año", "mac_roman", "Macintosh"),
        ("a" * 200_000 + " ü", "cp1252", "Windows-1252"),
    ],
)
def test_capitals_quotation_marks_and_mixed_scripts_are_evidence_too(text, encoding, name):
    decoded = decode(text.encode(encoding), may_guess=True)

    assert decoded.text == text
    assert name in decoded.guessed
