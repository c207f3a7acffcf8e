"""Bytes to text: by what the file states, else by evidence, which is said."""

import codecs
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass

from rubrics.readers.page import TAKEN, UnusableBlueprint

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
DECLARED = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([\w-]{2,20})", re.IGNORECASE)
# What a page may say that it is written in, as browsers take it: each name of Latin 1 means Windows-1252.
BROWSERS_TAKE = {
    **dict.fromkeys(("iso-8859-1", "latin1", "latin-1", "us-ascii", "ascii", "windows-1252", "cp1252"), "cp1252"),
    **{f"windows-{number}": f"cp{number}" for number in (1250, 1251, 1253, 1254, 1255, 1256, 1257, 1258)},
    **{f"iso-8859-{number}": f"iso8859_{number}" for number in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)},
    **dict.fromkeys(("iso-8859-9", "iso-8859-11"), "cp1254"),
    **dict.fromkeys(("gb2312", "gbk", "gb18030"), "gb18030"),
    **dict.fromkeys(("shift_jis", "shift-jis", "sjis", "x-sjis"), "cp932"),
    **dict.fromkeys(("euc-kr", "ks_c_5601-1987"), "cp949"),
    **{"big5": "big5hkscs", "euc-jp": "euc_jp", "koi8-r": "koi8_r", "koi8-u": "koi8_u", "macintosh": "mac_roman"},
}
STATES_ITS_ENCODING = re.compile(rb"^\s*(?:[{\[]|<[!?a-z])", re.IGNORECASE)  # JSON and HTML: not to be guessed
NO_TEXT = f"the file is not text, nor a document that can be read: save it as {TAKEN}"
SAMPLE = 4096
CONTROLS = (*range(9), *range(14, 27), *range(28, 32))  # codes of characters that no text has
# What programs of offices write without saying so, the likeliest first, with the name that they show.
LEGACY = {
    "cp1252": "Western European (Windows-1252)",
    "mac_roman": "Western European (Macintosh)",
    "cp1250": "Central European (Windows-1250)",
    "cp1251": "Cyrillic (Windows-1251)",
    "cp932": "Japanese (Shift JIS)",
    "cp949": "Korean (Windows-949)",
    "gb18030": "Chinese (GB 18030)",
}
OF_TWO_BYTES = frozenset({"cp932", "cp949", "gb18030"})
# Scripts that one text mixes: how their letters' names begin.
EAST_ASIAN = frozenset({"CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "FULLWIDTH", "HANGUL"})
FEWEST_OWN = {"cp932": 0.2, "cp949": 0.85, "gb18030": 0.95}
OWN_LETTERS = {"cp932": {"HIRAGANA", "KATAKANA"}, "cp949": {"HANGUL"}, "gb18030": {"CJK"}}
TYPOGRAPHY = frozenset("‘’“”„‚–—…•€£°§«»¿¡™®©№½¼¾·\xa0")
APOSTROPHES = frozenset("‘’·")
WESTERN = frozenset("äöüßéèêëàâáãåæçíìîïñóòôõøœúùû")
# The letters above ASCII that the languages of an encoding often use.
OFTEN = {
    "cp1252": WESTERN,
    "mac_roman": WESTERN,
    "cp1250": frozenset("áäăâąčćçďđéěęíîľĺłňńóôöőřŕšśşťţúůűüýžźżß"),
    "cp1251": frozenset("абвгдежзийклмнопрстуфхцчшщъыьэюяёіїєґўђјљњћџ"),
}


@dataclass(frozen=True)
class Decoded:
    """A text; `guessed` names the encoding that the file does not state, and is empty where nothing was guessed."""

    text: str
    guessed: str = ""


def decode(data: bytes, *, may_guess: bool) -> Decoded:
    """The text: by its byte order mark, by what an HTML page declares, as UTF-8, else by evidence where it may be.

    JSON and HTML say what they are in, so there nothing is guessed. Raises UnusableBlueprint for what is no text.
    """
    encoding = _stated(data)
    if not encoding and may_guess:
        encoding = _unmarked_utf16(data)
    encoding = encoding or "utf-8-sig"
    may_guess = may_guess and encoding == "utf-8-sig" and not STATES_ITS_ENCODING.match(data)
    try:
        decoded = Decoded(data.decode(encoding))
    except UnicodeDecodeError as error:
        if not may_guess or _is_binary(data):
            raise UnusableBlueprint(_refusal(data, error.start)) from error
        decoded = _by_evidence(data)
    if decoded.text.count("\x00") * 50 > len(decoded.text):
        raise UnusableBlueprint(NO_TEXT)
    return decoded


def _refusal(data: bytes, place: int) -> str:
    if _is_binary(data):
        return NO_TEXT
    return f"the file is not UTF-8 text (byte {place}): save it again in the encoding UTF-8"


def _stated(data: bytes) -> str:
    for mark, name in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return name
    declared = DECLARED.search(data[:2048])
    if declared and not _is_utf8(data):
        return BROWSERS_TAKE.get(declared.group(1).decode("ascii", "replace").lower(), "")
    return ""


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _unmarked_utf16(data: bytes) -> str:
    """UTF-16 whose mark is missing: nearly every second byte is zero, and always on the same side."""
    sample = data[:SAMPLE]
    if len(sample) < 8 or len(data) % 2:
        return ""
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    most = len(sample) // 2 * 0.7
    if odd > most and even < most / 10:
        return "utf-16-le"
    if even > most and odd < most / 10:
        return "utf-16-be"
    return ""


def _is_binary(data: bytes) -> bool:
    """Whether control characters stand in it that no text has."""
    sample = data[:SAMPLE]
    controls = sum(map(sample.count, CONTROLS))
    return controls * 100 > len(sample)


def _by_evidence(data: bytes) -> Decoded:
    """The encoding in which the signs above ASCII are letters and quotation marks rather than oddities."""
    best = max(LEGACY, key=lambda name: _likeliness(data, name))
    return Decoded(data.decode(best, errors="replace"), LEGACY[best])


def _likeliness(data: bytes, encoding: str) -> float:
    """How much of the text above ASCII looks written by people, -1 to 1; more is likelier."""
    if encoding in OF_TWO_BYTES:
        return _likeliness_of_two_bytes(data, encoding)
    text = data.decode(encoding, errors="replace")
    signs = [index for index, sign in enumerate(text[:200_000]) if sign > "\x7f"]
    if not signs:
        return 0.0
    return sum(_fits(text, index, encoding) for index in signs) / len(signs)


def _likeliness_of_two_bytes(data: bytes, encoding: str) -> float:
    """The same for an encoding of East Asia, in which each text decodes wholly, into letters of its own."""
    try:
        text = data.decode(encoding)[:20_000]
    except UnicodeDecodeError:
        return -1.0
    letters = [index for index, sign in enumerate(text) if _is_letter_above_ascii(sign)]
    scripts = Counter(_script(text[index]) for index in letters)
    own = sum(scripts[name] for name in OWN_LETTERS[encoding])
    if not letters or own < len(letters) * FEWEST_OWN[encoding]:
        return -1.0
    return 0.95 * sum(_fits(text, index, encoding) for index in letters) / len(letters)


def _is_letter_above_ascii(sign: str) -> bool:
    return sign > "\x7f" and sign.isalpha()


def _fits(text: str, index: int, encoding: str) -> float:
    """How well a sign above ASCII fits between its neighbours, -1 to 1."""
    sign = text[index]
    before = text[index - 1 : index] or " "
    after = text[index + 1 : index + 2] or " "
    if sign in TYPOGRAPHY:
        within_a_word = before.isalpha() and after.isalpha()
        return -1.0 if within_a_word and sign not in APOSTROPHES else 1.0
    if not sign.isalpha():
        return -1.0
    return _as_a_letter(sign, before, after, encoding)


def _as_a_letter(sign: str, before: str, after: str, encoding: str) -> float:
    """A letter fits among letters of its own script; one that its languages often use fits best."""
    neighbours = [other for other in (before, after) if other.isalpha()]
    families = {_family(other) for other in neighbours}
    if families and families != {_family(sign)}:
        return -1.0
    foreign = _script(sign) == "LATIN" and _many_accents(neighbours)
    if foreign or (sign.isupper() and before.islower()):
        return -0.5
    if not neighbours and encoding not in OF_TWO_BYTES:
        return 0.2
    return 1.0 if sign.lower() in OFTEN.get(encoding, sign.lower()) else 0.0


def _many_accents(neighbours: list[str]) -> bool:
    """Whether both neighbours are accented too: Cyrillic that is read as Latin looks so."""
    if len(neighbours) < 2:
        return False
    return all(sign > "\x7f" for sign in neighbours)


def _script(sign: str) -> str:
    return unicodedata.name(sign, "OTHER").partition(" ")[0]


def _family(sign: str) -> str:
    """The script of a letter; those that one text of East Asia mixes are one."""
    script = _script(sign)
    return "EAST" if script in EAST_ASIAN else script
