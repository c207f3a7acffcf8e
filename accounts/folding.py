"""Names as people type them: what is compared, ordered and searched. Pure, and imports
no Django.

A search compares short texts, the terms. A row keeps the terms of its names, and what
is typed has terms of its own; where one of them is the same, the word is found.

| Kept for the word dani | Meets, as typed |
|---|---|
| `d*` `da*` `dan*` `dani*` | its beginnings |
| `dani` | `danni`, `dain`: one letter less, or two neighbours the other way round |
| `?ani` `d?ni` `da?i` `dan?` | `dami`, `dai`: another letter in one place, or one too few |

A gap stands for any one letter, so that a term meets the spellings that are one error
away and no others: nothing found needs a second look. It is the deletion neighbourhood
of Mor and Fraenkel (Communications of the ACM 25, 1982) with the place of the letter
kept.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

GAP = "?"
LONGEST_WORD = 30  # letters; what follows them counts neither here nor there
SIGNS = 2048  # that are remembered: more than a company's names have
SHORTEST_TOLERANT = 4  # letters: below, one error makes another name
SHORTEST_DOMAIN = 4  # letters: “ho” is for Ho, and not for all of hotmail.com

APOSTROPHES = "'\u2019\u2018\u201b\u02bc\u02bb\u02bd\u02b9\u2032`\u00b4\uff07"
CLOSED, OPENED = str.maketrans("", "", APOSTROPHES), str.maketrans(dict.fromkeys(APOSTROPHES, " "))
HYPHENS = re.compile("[-\u2010\u2011\u2012\u2013\ufe63\uff0d]")
# Scripts that write no space between words, and Korean, where a name stands in one
# piece.
UNSPACED = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff"
PIECES = re.compile(f"[{UNSPACED}]+|[^{UNSPACED}]+")
UNSPACED_PIECE = re.compile(f"[{UNSPACED}]+")
VIRAMA = 9  # the combining class of the sign that takes a vowel away; it is no accent

# Letters that Unicode does not take apart, as people without them on the keyboard type
# them.
LETTERS = {
    "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ı": "i", "ĸ": "k", "ł": "l",
    "ŧ": "t", "ɓ": "b", "ɗ": "d", "ə": "e", "ƙ": "k",
}  # fmt: skip
PLAIN = str.maketrans(
    LETTERS
    | {
        "ŋ": "n", "ƀ": "b", "ƈ": "c", "ɖ": "d", "ǝ": "e", "ɛ": "e", "ƒ": "f", "ǥ": "g", "ɠ": "g", "ɨ": "i",
        "ɩ": "i", "ƚ": "l", "ɲ": "n", "ɔ": "o", "ɵ": "o", "ƥ": "p", "ʉ": "u", "ʊ": "u", "ʋ": "v", "ƴ": "y",
        "ƶ": "z", "ɣ": "g", "ʃ": "s", "ʒ": "z", "\u0640": "",
    }
)  # fmt: skip
# Persian and Arabic keyboards write these two letters with another sign each.
ARABIC, PERSIAN = str.maketrans("یک", "يك"), str.maketrans("يىك", "ییک")
# The other usual spelling of letters that have two: Jörg and Joerg, Đorđe and Djordje.
SPELLED_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "đ": "dj"})


def composed(text: str) -> str:
    """The text in the one form in which names are stored (NFC)."""
    return unicodedata.normalize("NFC", text)


def name_key(name: str) -> str:
    """The same for a name either way round, whatever its case and accents."""
    return " ".join(sorted(folded(name).split()))


def folded(text: str) -> str:
    """Its words in small plain letters, with one blank between them.

    Without accents, apostrophes and points; `+` and `#` stay (C++, C#). Folding twice
    changes nothing more.
    """
    closed = text.translate(CLOSED)
    small = unicodedata.normalize("NFKD", closed).casefold().translate(PLAIN)
    apart = unicodedata.normalize("NFKD", small).translate(CLOSED)
    bare = "".join(sign for sign in apart if not _is_accent(sign))
    whole = unicodedata.normalize("NFC", bare)
    return " ".join("".join(map(_kept, whole)).split())


@lru_cache(SIGNS)
def _is_accent(sign: str) -> bool:
    return unicodedata.combining(sign) not in {0, VIRAMA}


@lru_cache(SIGNS)
def _kept(sign: str) -> str:
    """The sign where it is part of a word, nothing where nobody sees it, else a
    blank.
    """
    kind = unicodedata.category(sign)
    if kind[0] in "LMN" or sign in "+#":
        return sign
    return "" if kind == "Cf" else " "


def sort_key(*texts: str) -> str:
    """What a list goes by: the first text that is not empty, folded; then all as they
    are written, the first one last, so that names that fold alike have one order as
    well.

    Compared sign by sign.
    """
    shown = next(filter(None, texts), "")
    return "\t".join([folded(shown), *reversed(texts)])


# --- what a row keeps ---------------------------------------------------------
def terms(*texts: str) -> list[str]:
    """The terms by which these names, titles and e-mail addresses are found, each
    once.
    """
    found: set[str] = set()
    for text in filter(None, texts):
        found.update(_terms_of_address(text) if _is_address(text) else _terms_of_name(text))
    return sorted(found)


def _terms_of_name(name: str) -> Iterator[str]:
    for spelling in _spellings(name):
        for piece in _pieces(spelling):
            yield from _terms_of_piece(piece)


def _spellings(name: str) -> set[str]:
    """O’Neil is found as one word and as two, so is Smith-Jones; Jörg as Joerg too."""
    name = composed(name).lower()
    spellings = {name, name.translate(OPENED), HYPHENS.sub("", name)}
    spelled_out = map(_spelled_out, spellings)
    return spellings.union(spelled_out)


def _spelled_out(text: str) -> str:
    return composed(text).lower().translate(SPELLED_OUT)


def _pieces(text: str) -> list[str]:
    """The folded words, cut where a script without blanks begins or ends."""
    found = []
    for word in folded(text).split():
        found.extend(PIECES.findall(word[:LONGEST_WORD]))
    return found


def _terms_of_piece(piece: str) -> Iterator[str]:
    yield from _beginnings(piece)
    if _is_unspaced(piece):
        return
    if len(piece) >= SHORTEST_TOLERANT - 1 and _is_of_letters(piece):
        yield piece
    if _is_tolerant(piece):
        yield from _with_a_gap(piece)


def _is_address(text: str) -> bool:
    """Whether it is one e-mail address; a title such as “C++ @ Home” is none."""
    return "@" in text and len(text.split()) == 1


def _parted(address: str) -> str:
    """The address with blanks where a `+` parts words before its “@”."""
    local, at, domain = address.rpartition("@")
    apart = local.replace("+", " ")
    return f"{apart if folded(apart) else local}{at}{domain}"


def _terms_of_address(address: str) -> Iterator[str]:
    """An error in an address is another address, so only the beginnings of its words
    count."""
    local, _, domain = _parted(address).rpartition("@")
    for piece in _pieces(local):
        yield from _beginnings(piece)
    for piece in _pieces(domain):
        yield from _beginnings(piece, shortest=min(SHORTEST_DOMAIN, len(piece)))


# --- what is sought -----------------------------------------------------------
def sought(text: str) -> list[list[str]]:
    """For each word the terms that find it; the first finds it as it is written.

    A row is found that keeps at least one term of each list. Empty without any word.
    """
    if _is_address(text):
        text = _parted(text)
    both = zip(_pieces(text), _pieces(_spelled_out(text)), strict=False)
    found: list[list[str]] = []
    for piece, spelled_out in dict.fromkeys(both):
        if _is_unspaced(piece):
            pairs = _pairs(piece) or [piece]
            found.extend([pair] for pair in pairs)
        else:
            found.append(_alternatives(piece, spelled_out, piece.translate(ARABIC), piece.translate(PERSIAN)))
    return found


def _alternatives(*words: str) -> list[str]:
    found: list[str] = []
    for word in dict.fromkeys(words):
        found.append(f"{word}*")
        if _is_of_letters(word):
            found.extend(_misspelled(word))
    return list(dict.fromkeys(found))


def _misspelled(word: str) -> Iterator[str]:
    """The terms of every word of four letters or more that this one is an error away
    from."""
    length = len(word)
    if length >= SHORTEST_TOLERANT - 1:
        yield from (f"{word[:at]}{GAP}{word[at:]}" for at in range(length + 1))
    if length >= SHORTEST_TOLERANT:
        yield from _with_a_gap(word)
        yield from (word[:at] + word[at + 1 :] for at in range(length))
        yield from (word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(length - 1))


# --- pieces of words ----------------------------------------------------------
def _beginnings(piece: str, *, shortest: int = 1) -> Iterator[str]:
    """Of this many letters and more; without blanks any sign may be the first."""
    if _is_unspaced(piece):
        yield from piece
        yield from _pairs(piece)
    else:
        yield from (f"{piece[:end]}*" for end in range(shortest, len(piece) + 1))


def _with_a_gap(word: str) -> Iterator[str]:
    return (f"{word[:at]}{GAP}{word[at + 1 :]}" for at in range(len(word)))


def _pairs(piece: str) -> list[str]:
    return [piece[at : at + 2] for at in range(len(piece) - 1)]


def _is_unspaced(piece: str) -> bool:
    return UNSPACED_PIECE.fullmatch(piece) is not None


def _is_of_letters(word: str) -> bool:
    """Numbers and the like have no misspellings."""
    return not any(map(str.isdigit, word))


def _is_tolerant(word: str) -> bool:
    return len(word) >= SHORTEST_TOLERANT and _is_of_letters(word)
