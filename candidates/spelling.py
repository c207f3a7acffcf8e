"""How a name may be spelled, and which parts of it stand for the person. Pure, and
imports no Django.

Two words are the same name where their `spellings` share one.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import product

from accounts.folding import composed
from candidates.name_words import (
    ABBREVIATIONS,
    BEFORE_FAMILY_NAMES,
    CAPITALS,
    DEGREES,
    HONORIFICS,
    HONORIFICS_OF_KOREAN,
    JOINED_BEFORE,
    KOREAN_FAMILY_NAMES,
    LEADING_CAPITALS,
    LEADING_PAIRS,
    LEADING_TITLES,
    LETTERS,
    PARTICLES,
    PLAIN,
    PRONOUNS,
    ROLE_WORDS,
    TITLES,
    TITLES_BEFORE,
    TITLES_BEHIND,
)

APOSTROPHES = "'`\u00b4\u02b9\u02bb\u02bc\u02be\u02bf\u2018\u2019\u201b\u2032\u05f3\uff07"
HYPHENS = "\\-\u058a\u05be\u2010-\u2015\u2212\ufe58\ufe63\uff0d"
# With the signs that repeat or shorten one (々, ヶ), and those beyond the first plane (𠮷).
HAN = "\u3005-\u3007\u303b\u30f6\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
# Without the dot and the hyphen that part the words of a name.
KANA = "\u3041-\u309f\u30a1-\u30fa\u30fc-\u30ff"
HANGUL = "\uac00-\ud7a3"
# Scripts that write no space between words, and Korean, which writes none after a name.
UNSPACED = f"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff{KANA}{HAN}{HANGUL}"
# What may stand unseen between letters: soft hyphens, joiners, other invisible signs,
# and those that choose one of several shapes of a letter.
UNSEEN = "\u00ad\u200b-\u200f\u2060\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef"
MARKS = "".join(sign for sign in map(chr, range(0x300, 0x3100)) if unicodedata.category(sign)[0] == "M")
# Marks without which a name is still the same: accents, points, vowel signs of Arabic. The
# vowels of Indian scripts are none of them.
IDLE = re.compile(f"[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u093c\u09bc{UNSEEN}]")

_LETTER = f"[^\\W_{APOSTROPHES}{UNSPACED}]"
_WORD = f"{_LETTER}(?:{_LETTER}|[{MARKS}{UNSEEN}])*"
WORD = re.compile(_WORD)
SIGNS = re.compile(f"[{UNSPACED}][{UNSPACED}{MARKS}{UNSEEN}]*")
# Chinese signs, also with the single one of katakana that joins them (一ノ瀬).
HAN_RUN = re.compile(f"[{HAN}](?:[ノツケ]?[{HAN}])*")
ONE_SCRIPT = re.compile(f"{HAN_RUN.pattern}|[{KANA}]+")
# No part of a name begins with the sign that repeats the one before it, or with a joint.
BROKEN = re.compile("[々〻ヶノツケ].*|.*[ヶノツケ]")
# A part of a name: apostrophes stay inside (d'Arc), hyphens part (Anne-Marie).
PART = re.compile(f"{_WORD}(?:[{APOSTROPHES}]{_WORD})*|{SIGNS.pattern}")
# What is written before a name with a space or without one, and a name that is written on end with it.
JOINED = PARTICLES | JOINED_BEFORE
INNER_CAPITAL = re.compile("([A-Z][a-z]{1,3})([A-Z][a-z]{2,})")
ON_END = re.compile(f"({'|'.join(sorted(JOINED_BEFORE, key=len, reverse=True))})([^\\W\\d_]{{3,}})", re.IGNORECASE)
MOST_CHOICES = 4
HALF_WIDTH = re.compile("[\uff66-\uff9f]+")
IN_BRACKETS = re.compile(r"[(\[\uff08][^()\[\]\uff08\uff09]*[)\]\uff09]")
WITH_SLASHES = re.compile(r"\b[^\W\d_]+(?:\s?[/\uff0f]\s?[^\W\d_]+)+\b")
QUOTES = str.maketrans(dict.fromkeys(APOSTROPHES, "'") | dict.fromkeys("\u05f4\u201c\u201d\u201f", '"'))


def folded(name: str) -> str:
    """The name composed (NFC), with single spaces and none around it, and katakana of
    full width.
    """
    wide = HALF_WIDTH.sub(lambda found: unicodedata.normalize("NFKC", found[0]), name)
    return " ".join(composed(wide).split())


def spellings(word: str) -> frozenset[str]:
    """The word in small letters without accents, in each of its usual spellings: Jörg is
    jorg and joerg.

    Letters that may be spelled in several ways are tried in every combination up to
    MOST_CHOICES of them, then all in the same way.
    """
    if word.isascii():
        return frozenset([word.lower()])
    letters = [_letter(sign) for sign in composed(word.casefold())]
    if sum(len(choices) > 1 for choices in letters) > MOST_CHOICES:
        plain = "".join(choices[0] for choices in letters)
        spelled = "".join(choices[-1] for choices in letters)
        return frozenset([plain, spelled])
    return frozenset(map("".join, product(*letters)))


def _letter(sign: str) -> tuple[str, ...]:
    """Its usual spellings; nothing is left of an invisible sign."""
    bare = IDLE.sub("", unicodedata.normalize("NFKD", sign)).translate(PLAIN)
    return LETTERS.get(sign) or LETTERS.get(bare) or (bare,)


def joined(words: Iterable[str]) -> set[str]:
    """The words written as one, in each of their spellings."""
    keys = {""}
    for word in words:
        known = spellings(word)
        keys = {key + more for key in keys for more in known}
    return keys


# --- parts of names ----------------------------------------------------------
def forms(name: str) -> Iterator[str]:
    """The folded name without titles and pronouns, and each part that could stand for
    the person.
    """
    name = _untitled(_without_pronouns(name))
    if not name:
        return
    yield name
    local, at, _ = name.partition("@")
    if at and local.casefold() not in ROLE_WORDS:
        yield local
    chunks = local.split()
    yield from _with_particles(chunks)
    parts = PART.findall(local)
    edges = parts[:1] + parts[-1:]
    for chunk in chunks:
        if len(chunks) > 1 and _is_hyphened(chunk):
            yield chunk
        if parted := _parted(chunk):
            yield parted
        for part in PART.findall(chunk):
            if not at and f"{part}." in chunk and part.casefold() in TITLES:
                continue  # Dr.Roe
            if _names_somebody(part, is_edge=part in edges):
                yield part


def _is_hyphened(chunk: str) -> bool:
    return re.fullmatch(f"[^{HYPHENS}]+(?:[{HYPHENS}][^{HYPHENS}]+)+", chunk) is not None


def _with_particles(chunks: list[str]) -> Iterator[str]:
    """Each word behind particles together with them: de la Cruz is written Delacruz as well."""
    before: list[str] = []
    for chunk in chunks:
        if chunk.casefold() in JOINED:
            before.append(chunk)
            continue
        if before and len(chunk) > 2 and len(before) < len(chunks) - 1:
            yield " ".join([*before, chunk])
        before = []


def _parted(chunk: str) -> str:
    """The same the other way: Mc Donald for McDonald, Dela Cruz for Delacruz; else empty."""
    for pattern in (INNER_CAPITAL, ON_END):
        if found := pattern.fullmatch(chunk):
            return " ".join(found.groups())
    return ""


def _names_somebody(part: str, *, is_edge: bool) -> bool:
    """Not an initial, a number, a particle (de, von) or a role's mailbox."""
    small = part.casefold()
    if len(part) < 2 or part.isdigit() or small in ROLE_WORDS:
        return False
    if small in PARTICLES:
        return is_edge and not part.islower()
    return len(part) > 2 or not part.islower()


def _without_pronouns(name: str) -> str:
    """The name without (she/her) and the like; two or more, for Han and Ella are names."""
    whole = name
    for pattern in (IN_BRACKETS, WITH_SLASHES):
        for found in pattern.findall(name):
            words = re.findall(r"\w+", found.casefold())
            if len(words) > 1 and PRONOUNS.issuperset(words):
                name = name.replace(found, " ")
    return " ".join(name.split()).rstrip(",;") or whole


def _untitled(name: str) -> str:
    """The name without titles and degrees; as it is where nothing else would be left.

    A word that may be a name as well is a title only where its place, its capitals or
    its full stop say so: a title that is removed is seen, a name that stays is not.
    """
    kept: list[str] = []
    after_comma = False
    for chunk in _without_pair(name).split():
        shortened = chunk.islower() and not name.islower()
        is_title = (
            _is_title(chunk, after_comma=after_comma)
            or _is_title_there(chunk, before=len(kept))
            or _is_abbreviated_title(chunk, shortened=shortened)
        )
        if not is_title:
            kept.append(_without_honorific(chunk))
        after_comma = after_comma or chunk.endswith(",")
    return " ".join(kept).rstrip(",;") or name


def _without_pair(name: str) -> str:
    """The name without Tan Sri and the like before it."""
    first, _, rest = name.partition(" ")
    second, _, more = rest.partition(" ")
    pair = f"{_bare_title(first)} {_bare_title(second)}".replace("'", "")
    return more if pair in LEADING_PAIRS and more else name


def _is_title(chunk: str, *, after_comma: bool) -> bool:
    """Dr., Ph.D., Dipl.-Ing.; and MA, but only after a comma."""
    bare = _bare_title(chunk)
    if _together(bare) in DEGREES:
        return after_comma
    return _together(bare) in TITLES or TITLES.issuperset(_title_pieces(bare))


def _is_title_there(chunk: str, *, before: int) -> bool:
    """Pani and DI as the first word, OBE after two or more of a name."""
    bare = _bare_title(chunk)
    capitals = _together(bare) if chunk.isupper() else ""
    if before == 0:
        leads = bare in LEADING_TITLES or bare.rstrip(".") in LEADING_TITLES
        return capitals in LEADING_CAPITALS or (leads and not chunk.endswith(","))
    return before > 1 and capitals in CAPITALS


def _is_abbreviated_title(chunk: str, *, shortened: bool) -> bool:
    """Eng., Dipl.-Kfm. and, where `shortened` may have no full stop, hab."""
    bare = _bare_title(chunk)
    if not (shortened or bare.endswith((".", "º", "ª", "॰"))):
        return False
    known = TITLES | ABBREVIATIONS
    return _together(bare) in known or known.issuperset(_title_pieces(bare))


def _bare_title(chunk: str) -> str:
    return chunk.strip(",;()").casefold().translate(QUOTES)


def _together(bare: str) -> str:
    return re.sub("[.ºª॰]", "", bare)


def _title_pieces(bare: str) -> list[str]:
    return [piece for piece in re.split("[-.ºª॰]", bare) if piece]


def _without_honorific(chunk: str) -> str:
    """The name without what is written on end with it; a short one is left whole, for
    its last sign may be its own."""
    for title in TITLES_BEHIND:
        name = chunk.removesuffix(title)
        if name != chunk and len(name) > (1 if len(title) > 1 else 2):
            return name
    for title in TITLES_BEFORE:
        name = chunk.removeprefix(title)
        if name != chunk and len(name) > 2:
            return name
    return chunk


def sign_forms(form: str) -> Iterator[str]:
    """What of a name in a script without spaces may stand for the person, each of two
    signs or more and without invisible ones.

    Nobody can tell where 田中太郎 or 長谷川健太郎 is parted, so its first two and last
    two signs count, and three where it has four or more. Of a Korean name the last two
    count, and a family name of two; of one with kana what is of one script.
    """
    runs = [re.sub(f"[{UNSEEN}]", "", run) for run in SIGNS.findall(form)]
    found = ["".join(runs), *runs]
    for run in runs:
        found += ONE_SCRIPT.findall(run)
        found += _pieces(run)
    yield from (signs for signs in dict.fromkeys(found) if len(signs) > 1)


def _pieces(run: str) -> list[str]:
    """Where one script has no sign between the names, what may be one of them."""
    found: list[str] = []
    if len(run) < 3:
        return found
    if HAN_RUN.fullmatch(run):
        found += [run[:2], run[-2:]]
        if len(run) > 3:
            found += [run[:3], run[-3:]]
    elif re.fullmatch(f"[{HAN}{HANGUL}]+", run):
        found.append(run[-2:])
    if run[:2] in KOREAN_FAMILY_NAMES:
        found.append(run[:2])
    return [piece for piece in found if not BROKEN.fullmatch(piece)]


def polite_forms(form: str) -> Iterator[str]:
    """How a person is spoken of by the family name alone, where that is the first sign of
    two to four: 王さん, 小王, 김 씨."""
    signs = "".join(form.split())
    family = signs[:1]
    if re.fullmatch(f"[{HAN}]{{2,4}}|[{HAN}][{KANA}]{{2,5}}", signs):
        yield from (family + after for after in HONORIFICS)
        yield from (before + family for before in BEFORE_FAMILY_NAMES)
    if re.fullmatch(f"[{HANGUL}]{{2,4}}", signs):
        for after in HONORIFICS_OF_KOREAN:
            yield family + after
            yield f"{family} {after}"
