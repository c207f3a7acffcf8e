"""Names of people in free text: taken out in every spelling that people exchange, and
listed for a person to decide where a program cannot know. Pure, and imports no Django.

The same name: whatever its case and accents, with any apostrophe or hyphen or none,
letters with a usual spelling (ö and oe, ł and l), vowel signs and points, line breaks and
invisible signs, and an s after it. Not found: other endings, nicknames, prefixes.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass, replace
from enum import Enum, auto
from itertools import chain

from accounts.folding import composed
from candidates.name_words import ABBREVIATIONS, ARTICLE, COMMON, HOMOGRAPHS, PREFIXES, SAME_SIGNS, TITLES
from candidates.spelling import (
    APOSTROPHES,
    HAN,
    HANGUL,
    HYPHENS,
    IDLE,
    KANA,
    PART,
    SIGNS,
    UNSEEN,
    WORD,
    folded,
    forms,
    joined,
    polite_forms,
    sign_forms,
    spellings,
)

REMOVED = "[removed]"
# What stands between the parts of one word, and between those of a whole name or an address.
JOINT = re.compile(f"[{APOSTROPHES}{HYPHENS}{UNSEEN}]{{1,3}}")
GAP = re.compile(f"\\s+|\\s*[.@_+{APOSTROPHES}{HYPHENS}{UNSEEN}]{{1,3}}\\s*")
# What stands between signs of one word, and between those of a whole name (佐々木 希,
# マイケル・スミス).
PARTING = "\\s\u00b7\u30a0\u30fb\uff65"
CLOSED = f"[{UNSEEN}]*"
PARTED = f"[{UNSEEN}]*[{PARTING}]{{0,2}}[{UNSEEN}]*"
NO_SIGN = re.compile(f"[{UNSEEN}{PARTING}]")
KATAKANA = "\u30a1-\u30fa\u30fc-\u30ff"
BEFORE_SENTENCE = re.compile("(?:^|[.!?\u2026\n])[\\s\"'\u2018-\u201f\u00ab\u00bb(\\[*\u2022\u2013\u2014-]*$")
ABBREVIATED = re.compile(r"(\w+)\.\s*$")
LOOKED_BACK = 60  # letters in which the end of the sentence before is sought
VOWEL = "[aeiouy\u0430\u0435\u0438\u043e\u0443\u044b\u044d\u044e\u044f]"
# Paweł becomes Pawła: the vowel before the last letter goes.
FLEETING = re.compile(f"{VOWEL}(?=[^\\W\\d_]$)")
LONGEST_OF_TWO = 5  # letters of a word that has only two in common with a name of three


@dataclass(frozen=True)
class Ticks:
    """What a person decided about single words, each as it stands in the text.

    `removed` are of those that a matcher asks about, `kept` of those that it removes
    although they are words of a language as well, or in small letters.
    """

    removed: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()


NO_TICKS = Ticks()


class Doubt(Enum):
    """Whether a word is the name: it is; it is removed, but may be a word of a language,
    for it is known as one or in small letters; it stays, but may be the name.
    """

    NONE = auto()
    COMMON = auto()
    ASKED = auto()


@dataclass(frozen=True)
class Hit:
    """A passage of a text, from `start` to before `end`, and the name that it may be."""

    start: int
    end: int
    name: str
    doubt: Doubt


@dataclass(frozen=True)
class _Form:
    """One way to name somebody: a `loose` one is of several words, a `cased` one counts
    with a capital letter only, a `common` one is a word of a language."""

    name: str
    loose: bool = False
    cased: bool = False
    common: bool = False


@dataclass(frozen=True)
class _Run:
    """Words on end; `tight` ones have but apostrophes and hyphens between them,
    `unspaced` ones no white space."""

    words: tuple[re.Match[str], ...]
    keys: frozenset[str]
    tight: bool
    unspaced: bool

    @property
    def start(self) -> int:
        return self.words[0].start()

    @property
    def end(self) -> int:
        return self.words[-1].end()

    @property
    def is_capitalised(self) -> bool:
        """Whether neither the first nor the last word begins with a small letter."""
        first, last = self.words[0][0], self.words[-1][0]
        return not (first[0].islower() or last[0].islower())


class NameMatcher:
    """Finds these names and addresses in any text.

    Parts of a name count as well, unless they are parts of a name in `kept`; an address
    also counts without its domain. What is in `whole` counts as it stands, without its
    parts. Single letters never count, parts of two letters with a capital only (Li, LI,
    not li), those that are words of a language with a capital inside a sentence only.
    Places in a text are those of its composed form (NFC).
    """

    def __init__(
        self,
        names: Iterable[str],
        *,
        whole: Iterable[str] = (),
        kept: Iterable[str] = (),
        ticks: Ticks = NO_TICKS,
    ) -> None:
        self._ticks = ticks
        self._forms: dict[str, _Form] = {}
        self._parts: dict[str, _Form] = {}  # those of one word, which may have an ending
        self._signs: dict[str, _Form] = {}
        self._kept: set[str] = set()
        self._longest = 2  # words: a name of one word may be written as two, with a hyphen
        for name in names:
            for form in forms(folded(name)):
                self._add(form, name)
        for name in whole:
            self._add_whole(name)
        for name in kept:
            for form in forms(folded(name)):
                self._forget(form)
        self._alike = _alike(self._parts)
        self._near = _near(self._parts)
        self._pattern = _pattern(self._signs)
        self._bare_signs = {_bare(signs): form for signs, form in self._signs.items()}
        self._starts = _starts(self._forms.keys() | self._alike.keys())

    def ticked(self, ticks: Ticks) -> "NameMatcher":
        """The same matcher, for which a person decided so."""
        other = copy(self)
        other._ticks = ticks
        return other

    def removed(self, text: str) -> str:
        """The text with REMOVED for each name; without one it stays to the byte."""
        nfc = composed(text)
        pieces: list[str] = []
        at = 0
        for hit in self.hits(nfc):
            if hit.doubt != Doubt.ASKED:
                pieces += [nfc[at : hit.start], REMOVED]
                at = hit.end
        return "".join(pieces) + nfc[at:] if pieces else text

    def hits(self, text: str) -> list[Hit]:
        """Every passage that is a name or may be one, in their order."""
        nfc = composed(text)
        found = chain(self._among_words(nfc), self._among_signs(nfc))
        decided = (self._decided(hit, nfc[hit.start : hit.end]) for hit in found)
        return sorted(filter(None, decided), key=lambda hit: hit.start)

    def words(self, text: str, *doubts: Doubt) -> list[str]:
        """The passages of these doubts as they stand in the text, each once."""
        nfc = composed(text)
        found = [hit for hit in self.hits(nfc) if hit.doubt in doubts]
        return list(dict.fromkeys(nfc[hit.start : hit.end] for hit in found))

    def names_in(self, text: str) -> set[str]:
        """The names of which anything is removed."""
        return {hit.name for hit in self.hits(text) if hit.doubt != Doubt.ASKED}

    def _decided(self, hit: Hit, written: str) -> Hit | None:
        """The hit as a person ticked it; None where the word is to be kept."""
        if hit.doubt == Doubt.ASKED and written in self._ticks.removed:
            return replace(hit, doubt=Doubt.NONE)
        if hit.doubt == Doubt.COMMON and written in self._ticks.kept:
            return None
        return hit

    # --- what is sought ------------------------------------------------------
    def _add(self, form: str, name: str) -> None:
        signs = list(sign_forms(form))
        for part in signs:
            self._signs.setdefault(part.translate(SAME_SIGNS), _Form(name, common=part in COMMON))
        for polite in polite_forms(form):
            self._signs.setdefault(polite.translate(SAME_SIGNS), _Form(name, common=True))
        words = WORD.findall(form)
        if signs and len(words) > 1:
            return  # a name in two scripts: its parts have forms of their own
        common = _is_common(words)
        for key in joined(words):
            if len(key) > 1:
                cased = common or len(key) == 2
                sought = _Form(name, len(words) > 1, cased, common)
                self._forms.setdefault(key, sought)
                if PART.fullmatch(form):
                    self._parts.setdefault(key, sought)
        self._longest = max(self._longest, len(words))

    def _add_whole(self, name: str) -> None:
        signs = _bare("".join(SIGNS.findall(name)))
        if len(signs) > 1:
            self._signs[signs.translate(SAME_SIGNS)] = _Form(name)
        words = WORD.findall(name)
        cased = len(words) > 1 and _is_common(words)
        for key in joined(words):
            if len(key) > 1:
                self._forms[key] = _Form(name, loose=True, cased=cased)
        self._longest = max(self._longest, len(words))

    def _forget(self, form: str) -> None:
        for key in joined(WORD.findall(form)):
            self._kept.add(key)
            self._forms.pop(key, None)
            self._parts.pop(key, None)
        for part in sign_forms(form):
            self._signs.pop(part.translate(SAME_SIGNS), None)

    # --- words with spaces between them --------------------------------------
    def _among_words(self, text: str) -> Iterator[Hit]:
        words = list(WORD.finditer(text))
        keys = [spellings(word[0]) for word in words]
        index = 0
        while index < len(words):
            if self._starts.isdisjoint(key[:2] for key in keys[index]):
                index += 1
                continue
            ahead = slice(index, index + self._longest)
            runs = _runs(text, words[ahead], keys[ahead])
            hit = self._first(text, runs)
            index += 1
            if hit:
                yield hit
                while index < len(words) and words[index].start() < hit.end:
                    index += 1

    def _first(self, text: str, runs: list[_Run]) -> Hit | None:
        """What begins with the first word: the longest name, else what may be one."""
        for run in reversed(runs):
            if hit := self._hit(text, run):
                return hit
        tight = [run for run in runs if run.tight]
        for run in (tight[0], tight[-1]):
            if name := self._resembled(text, run):
                return Hit(run.start, run.end, name, Doubt.ASKED)
        return None

    def _hit(self, text: str, run: _Run) -> Hit | None:
        for key in run.keys:
            form = self._form(key, run) or self._form_before_s(key, run)
            if form and _counts(form, run, text):
                doubt = _doubt(form, run, text)
                return Hit(run.start, run.end, form.name, doubt)
        return None

    def _form(self, key: str, run: _Run) -> _Form | None:
        form = self._forms.get(key)
        if form is None or form.loose or run.tight:
            return form
        return None

    def _form_before_s(self, key: str, run: _Run) -> _Form | None:
        """Of Webers that of Weber, but with a capital: does is no Doe. Weber's is two words."""
        if len(key) < 4 or key[-1] != "s" or len(run.words[-1][0]) == 1:
            return None
        form = self._form(key[:-1], run)
        if form and key in COMMON:
            form = replace(form, common=True)
        return form and replace(form, cased=True)

    def _resembled(self, text: str, run: _Run) -> str:
        """The name of which the word may be another form; empty for none."""
        for key in sorted(run.keys - self._kept):
            if key in COMMON and not run.is_capitalised:
                continue
            alike = self._alike.get(key[:4]) or self._alike.get(key[:3]) or self._after_prefix(key)
            if alike and alike.cased and not run.is_capitalised:
                continue
            alike = alike or self._nearly(key, text, run)
            if alike:
                return alike.name
        return ""

    def _after_prefix(self, key: str) -> _Form | None:
        """Arabic and Hebrew write and, in, to, the before a word without a space."""
        for length in (1, 2, 3):
            if any(prefixes.issuperset(key[:length]) for prefixes in PREFIXES):
                form = self._parts.get(key[length:])
                if form:
                    return form
        return None

    def _nearly(self, key: str, text: str, run: _Run) -> _Form | None:
        """With a capital inside a sentence fewer letters tell (Annie, Anny, Ewy)."""
        if not run.words[0][0][0].isupper() or _begins_sentence(text, run.start):
            return None
        of_two = self._near.get(key[:2]) if len(key) <= LONGEST_OF_TWO else None
        return self._near.get(key[:3]) or of_two

    # --- scripts without spaces ----------------------------------------------
    def _among_signs(self, text: str) -> Iterator[Hit]:
        if self._pattern is None:
            return
        for found in self._pattern.finditer(text.translate(SAME_SIGNS)):
            form = self._bare_signs[_bare(found[0])]
            doubt = Doubt.ASKED if form.common else Doubt.NONE
            yield Hit(found.start(), found.end(), form.name, doubt)


def _counts(form: _Form, run: _Run, text: str) -> bool:
    """Whether the words have the capitals and the letters that the form asks for.

    An address needs no capital, not even of Will Park: no space parts its words.
    """
    if form.cased and not run.is_capitalised and not (form.loose and run.unspaced):
        return False
    return len(IDLE.sub("", text[run.start : run.end])) > 1


def _doubt(form: _Form, run: _Run, text: str) -> Doubt:
    if text[run.start : run.end] in HOMOGRAPHS:
        return Doubt.ASKED
    if form.loose:
        return Doubt.NONE
    if text[run.start : run.end].islower():
        return Doubt.COMMON  # no list has every word that is a name
    if not form.common:
        return Doubt.NONE
    return Doubt.ASKED if _begins_sentence(text, run.start) else Doubt.COMMON


def _is_common(words: Iterable[str]) -> bool:
    """Whether each of them is a word of a language as well."""
    return not any(spellings(word).isdisjoint(COMMON) for word in words)


def _runs(text: str, words: list[re.Match[str]], keys: list[frozenset[str]]) -> list[_Run]:
    """The first word, then with the second, and so on as far as they could be one name."""
    runs = [_Run((words[0],), keys[0], tight=True, unspaced=True)]
    for word, more in zip(words[1:], keys[1:], strict=True):
        run = runs[-1]
        gap = text[run.end : word.start()]
        if not GAP.fullmatch(gap):
            break
        together = frozenset(key + end for key in run.keys for end in more)
        tight = run.tight and JOINT.fullmatch(gap) is not None
        unspaced = run.unspaced and not re.search(r"\s", gap)
        runs.append(_Run((*run.words, word), together, tight, unspaced))
    return runs


def _begins_sentence(text: str, start: int) -> bool:
    """Whether the word there has its capital for that reason, as far as one can see."""
    before = text[max(0, start - LOOKED_BACK) : start]
    abbreviated = ABBREVIATED.search(before)
    if abbreviated:
        word = abbreviated[1].casefold()
        if len(word) == 1 or word in TITLES or word in ABBREVIATIONS:
            return False
    return BEFORE_SENTENCE.search(before) is not None


def _alike(parts: Mapping[str, _Form]) -> dict[str, _Form]:
    """What a word begins with that may be a name with an ending: four letters, or the
    three of a shorter name."""
    found: dict[str, _Form] = {}
    for key, form in parts.items():
        found.setdefault(key[:4], form)
        found.setdefault(key.removeprefix(ARTICLE)[:4], form)
        stem = FLEETING.sub("", key)
        if len(stem) > 3:
            found.setdefault(stem[:4], form)
    return {start: form for start, form in found.items() if len(start) > 2}


def _near(parts: Mapping[str, _Form]) -> dict[str, _Form]:
    """The same for a word with a capital inside a sentence: three letters, or the two of
    a short name whose last vowel changes (Ewa)."""
    found: dict[str, _Form] = {}
    for key, form in parts.items():
        if len(key) > 3:
            found.setdefault(key[:3], form)
        elif re.fullmatch(f"..{VOWEL}", key):
            found.setdefault(key[:2], form)
    return found


def _starts(keys: Iterable[str]) -> set[str]:
    """The first two letters of words worth a look: of names, with a prefix as well, and
    of what begins with a single letter (O'Neil)."""
    found = {key[:2] for key in keys}
    found |= {key[:1] for key in keys}
    for prefixes in PREFIXES:
        before = prefixes | {start[:1] for start in found}
        found |= {prefix + more for prefix in prefixes for more in before}
    return found


def _pattern(signs: Iterable[str]) -> re.Pattern[str] | None:
    """Finds each of them, the longest first."""
    longest_first = sorted(signs, key=len, reverse=True)
    return re.compile("|".join(map(_spelled, longest_first))) if longest_first else None


def _spelled(signs: str) -> str:
    """The signs with what may stand unseen, or as a space, between them.

    Two Korean signs begin a word and have no space between them, more may have one after
    the family name. Up to three of katakana are a word of their own: リー is no リーダー.
    """
    if " " in signs or re.fullmatch(f"[{HANGUL}]{{2}}", signs):
        return f"(?<![{HANGUL}]){_joined_by(CLOSED, signs)}"
    if re.match(f"[{HANGUL}]", signs):
        parted = 1 if len(signs) < 4 else 2
        family, given = signs[:parted], signs[parted:]
        return _joined_by(CLOSED, family) + PARTED + _joined_by(CLOSED, given)
    if not re.match(f"[{HAN}{KANA}]", signs):
        return _joined_by(CLOSED, signs)
    spelled = _joined_by(PARTED, signs)
    if re.fullmatch(f"[{KATAKANA}]{{2,3}}", signs):
        return f"(?<![{KATAKANA}]){spelled}(?![{KATAKANA}])"
    return spelled


def _joined_by(between: str, signs: str) -> str:
    return between.join(map(_composed_or_not, signs))


def _composed_or_not(sign: str) -> str:
    """The sign, also where its mark for another sound is a sign of its own."""
    apart = unicodedata.normalize("NFD", sign)
    if apart == sign or re.match(f"[{HANGUL}]", sign):
        return re.escape(sign)
    return f"(?:{re.escape(sign)}|{re.escape(apart)})"


def _bare(signs: str) -> str:
    return composed(NO_SIGN.sub("", signs))
