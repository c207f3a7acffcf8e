"""Bytes to text: by what the file states, else by evidence, which is said."""

import codecs
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from rubrics.readers.page import UnusableBlueprint

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
DECLARED = re.compile(
    rb"<meta[^>]{0,200}charset\s*=\s*[\"']?(?:iso-8859-1|latin-?1|windows-1252|cp1252)\b",
    re.IGNORECASE,
)
STATES_ITS_ENCODING = re.compile(rb"^\s*(?:[{\[]|<[!?a-z])", re.IGNORECASE)  # JSON and HTML: not to be guessed
SAMPLE = 4096
CONTROLS = (*range(9), *range(14, 27), *range(28, 32))  # codes of characters that no text has
# What programs of offices write without saying so, the likeliest first, with the name that they show.
LEGACY = {
    "cp1252": "Western European (Windows-1252)",
    "mac_roman": "Western European (Macintosh)",
    "cp1250": "Central European (Windows-1250)",
    "cp1251": "Cyrillic (Windows-1251)",
}
TYPOGRAPHY = frozenset("‘’“”„‚–—…•€°§«»™®©№½¼¾·\xa0")


@dataclass(frozen=True)
class Decoded:
    """A text; `guessed` names the encoding that the file does not state, and is empty where nothing was guessed."""

    text: str
    guessed: str = ""


def decode(data: bytes, *, may_guess: bool) -> Decoded:
    """The text: by its byte order mark, by what an HTML page declares, as UTF-8, else by evidence where it may be.

    JSON and HTML say what they are in, so there nothing is guessed. Raises UnusableBlueprint for what is no text.
    """
    encoding = _stated(data) or (_unmarked_utf16(data) if may_guess else "") or "utf-8-sig"
    may_guess = may_guess and encoding == "utf-8-sig" and not STATES_ITS_ENCODING.match(data)
    try:
        decoded = Decoded(data.decode(encoding))
    except UnicodeDecodeError as error:
        if not may_guess or _is_binary(data):
            raise UnusableBlueprint(f"the file is not UTF-8 text (byte {error.start})") from error
        decoded = _by_evidence(data)
    if decoded.text.count("\x00") * 50 > len(decoded.text):
        raise UnusableBlueprint("the file is not text")
    return decoded


def _stated(data: bytes) -> str:
    for mark, name in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return name
    if DECLARED.search(data[:2048]) and not _is_utf8(data):
        return "cp1252"
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
    text = data.decode(encoding, errors="replace")
    signs = [index for index, sign in enumerate(text[:200_000]) if sign > "\x7f"]
    if not signs:
        return 0.0
    return sum(_fits(text, index) for index in signs) / len(signs)


def _fits(text: str, index: int) -> float:
    sign = text[index]
    if sign in TYPOGRAPHY:
        return 1.0
    if not sign.isalpha():
        return -1.0
    around = text[max(index - 1, 0) : index] + text[index + 1 : index + 2]
    return _as_a_letter(sign, around)


def _as_a_letter(sign: str, around: str) -> float:
    """A letter fits among letters of its own script, and a small one fits better than a capital inside a word."""
    scripts = {_script(other) for other in around if other.isalpha()}
    if scripts and scripts != {_script(sign)}:
        return -1.0
    foreign = _script(sign) == "LATIN" and _many_accents(around)
    if foreign:
        return -0.5
    inside = any(other.islower() for other in around)
    return -0.5 if sign.isupper() and inside and not around[:1].isspace() else 1.0


def _many_accents(around: Iterable[str]) -> bool:
    """Whether every neighbour is accented too: Cyrillic that is read as Latin looks so."""
    letters = [sign for sign in around if sign.isalpha()]
    return len(letters) > 1 and all(sign > "\x7f" for sign in letters)


def _script(sign: str) -> str:
    return unicodedata.name(sign, "OTHER").partition(" ")[0]
