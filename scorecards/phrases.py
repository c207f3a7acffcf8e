"""Words and phrases sought in free text, written as a plain list. Pure.

A list has one entry a line, or several with commas between them:

    native speaker*      a phrase; * at an end of a word stands for any letters
    *kopftuch*           inside other words as well
    old/young for this   one of several words
    is (very) old        what is in brackets may be missing
    war ... krank        up to three words may stand between
    she is ##            a number of two digits; * alone is any word
    - foreign key*       an exception: what it covers is silent, also in other lists whose
                         language the sentence may be in
    ~ software           a word of what is made: in a clause with it a word alone of this list
                         is silent, a phrase is not
    hearing-aid*         words that count as one then
    | only ## |          | is an edge: the clause begins, or ends, there
    ! born in 19*        surely about the candidate: it counts whatever else its clause
                         names, and only an exception that is no part of it makes it silent,
                         or a verb of work that was done to one: “helped an old lady”
    @who = he she they   a name for several words, used as @who is deaf
    # a note             for readers of the list

What is found is left out where it is said of others or of work (see `bearers`).
Case, accents and the kind of apostrophe do not count. A capital in the list wants one in
the text. A phrase stays within its sentence; a clause ends at a comma, and before a word
such as “but” or “weil”. A relative clause behind what is made belongs to it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache

from accounts.folding import composed
from candidates.spelling import UNSPACED as UNSPACED_SIGNS
from scorecards.bearers import done_to_others, is_bound, of_others
from scorecards.clauses import INVISIBLE, RELATIVES, TOKEN, Token, folded, is_two_digits, sentences

GAP = 3
BEFORE_AND_AFTER = 3
ENTRY_LIMIT = 500
WORDS_KEPT = 4096  # of a text, whose entries are at hand for the next
# Scripts that write no space between words: a word there stands inside a longer run.
UNSPACED = re.compile(f"[{UNSPACED_SIGNS}]")
UMLAUTS = {"ä": "ae", "ö": "oe", "ü": "ue"}
PIECE = re.compile(r"\.\.\.|…|\([^()]*\)|\S+")
WRITTEN = re.compile(r"\*?[\w'’ʼ‘\u0300-\u036f-]+\*?")
TWO_DIGITS = "##"
EDGE = "|"
# Small words of each of these languages. Two may share one, where a third has it not.
SMALL_WORDS = {
    "en": "the of and to is with that for on it he she his her they their has have had this be are were not but from"
    " which who an would by at when how into its",
    "de": "der die das und ist nicht mit ein eine einen einem einer eines zu den dem des von fur auf auch sich wird"
    " wurde sie er im bei hat aus nach dass oder aber noch seine ihre sein ihr sehr beim zum zur werden kann vor",
    "fr": "le les des et est une dans pour pas sur avec qui ce cette il elle sont du au aux ne par plus sa ses etre d l"
    " qu n ou ont etait leur de un la en que se",
    "es": "el los las y una del por con para su sus lo al como mas esta muy pero ya fue ha sin sobre es cuando le"
    " entre hasta ser de un la en que se",
}
# Letters that a language has and English does not.
LETTERS = {"de": frozenset("äöüß"), "fr": frozenset("àâæçèéêëîïôœùû"), "es": frozenset("áéíñóú")}


SURE_FROM = 2  # small words of one language that make a sentence no other's


class Unreadable(ValueError):
    """The list has lines that cannot be read; `problems` says which and why."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__(" ".join(problems))
        self.problems = tuple(problems)


@dataclass(frozen=True)
class Word:
    """One word of a list, folded; `before` and `after` say where letters may follow."""

    text: str
    before: bool = False
    after: bool = False
    capital: bool = False

    @property
    def is_plain(self) -> bool:
        """Whether it fits the same letters and nothing else."""
        goes_on = self.before or self.after
        return not (goes_on or self.capital or self.text == TWO_DIGITS)

    def fits(self, token: "Token") -> bool:
        """Whether the word of the text is this one."""
        if self.capital and not token.capital:
            return False
        if self.text == TWO_DIGITS:
            return token.is_two_digits
        if self.before and self.after:
            return self.text in token.folded
        if self.before:
            return token.folded.endswith(self.text)
        if self.after:
            return token.folded.startswith(self.text)
        return token.folded == self.text


ANY = Word("", before=True, after=True)


@dataclass(frozen=True)
class Place:
    """One place of a phrase: a word among `words`, or, without any, a gap.

    It is `joined` where a hyphen joins it to the word before. It `begins` or `ends`
    where its clause must begin or end with it.
    """

    words: tuple[Word, ...] = ()
    optional: bool = False
    joined: bool = False
    begins: bool = False
    ends: bool = False

    @property
    def is_any(self) -> bool:
        """Whether any word may stand here."""
        return self.words == (ANY,)

    def fits(self, token: "Token") -> bool:
        """Whether the word of the text may stand here."""
        if token.folded in self._plain:
            return True
        if not self._others:
            return False
        return any(word.fits(token) for word in self._others)

    @property
    def only_plain(self) -> frozenset[str]:
        """The words that fit by their letters alone, where no others do."""
        return frozenset() if self._others else self._plain

    @cached_property
    def _plain(self) -> frozenset[str]:
        """The words that fit by their letters alone: there may be hundreds."""
        return frozenset(word.text for word in self.words if word.is_plain)

    @cached_property
    def _others(self) -> tuple[Word, ...]:
        return tuple(word for word in self.words if not word.is_plain)


Phrase = tuple[Place, ...]


@dataclass(frozen=True, eq=False)
class Entries:
    """A list that was read. Equal to itself alone.

    `sought` is what it looks for, `sure` what is about the candidate beside anything,
    `exceptions` are its exceptions, `made` its words of what is made.
    """

    sought: tuple[Phrase, ...] = ()
    sure: tuple[Phrase, ...] = ()
    exceptions: tuple[Phrase, ...] = ()
    made: tuple[Phrase, ...] = ()


@dataclass(frozen=True)
class Found:
    """Words of a text that a list looks for.

    `words` as they stand there; `language` is the list's. `key` are the words folded,
    `before` and `after` up to three folded words next to them.
    """

    words: str
    language: str
    key: str
    before: str
    after: str


# --- reading a list ----------------------------------------------------------
def read_list(text: str) -> Entries:
    """The list that a person wrote.

    Raises Unreadable with a sentence for every line that is no entry.
    """
    reader = _read(text)
    if reader.problems:
        raise Unreadable(reader.problems)
    return reader.entries()


@lru_cache(maxsize=16)
def readable_part(text: str) -> Entries:
    """The list without the lines that cannot be read."""
    return _read(text).entries()


def _read(text: str) -> "_Reader":
    reader = _Reader()
    for number, line in enumerate(text.splitlines(), start=1):
        reader.read(line.strip(), number)
    return reader


@dataclass
class _Reader:
    sought: list[Phrase] = field(default_factory=list)
    sure: list[Phrase] = field(default_factory=list)
    exceptions: list[Phrase] = field(default_factory=list)
    made: list[Phrase] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    named: dict[str, tuple[Word, ...]] = field(default_factory=dict)

    def entries(self) -> Entries:
        exceptions = tuple(self.exceptions)
        return Entries(tuple(self.sought), tuple(self.sure), exceptions, tuple(self.made))

    def read(self, line: str, number: int) -> None:
        try:
            self._line(line)
        except ValueError as error:
            self.problems.append(f"Line {number}: {error}")

    def _line(self, line: str) -> None:
        is_note = line.startswith("#") and not line.startswith(TWO_DIGITS)
        if is_note or not line:
            return
        if line.startswith("@") and "=" in line:
            self._define(line)
            return
        kinds = {"-": self.exceptions, "~": self.made, "!": self.sure}
        into = kinds.get(line[0], self.sought)
        line = line.lstrip("-~!")
        for entry in line.split(","):
            if entry.strip():
                into.append(self._phrase(entry.strip()))

    def _define(self, line: str) -> None:
        name, _, rest = line.partition("=")
        words: list[Word] = []
        for piece in rest.replace(",", " ").split():
            words += self._words(piece)
        if not re.fullmatch(r"@\w+", name.strip()) or not words:
            raise ValueError(f"“{line[:60]}” should read like “@who = he she they”.")
        self.named[name.strip().casefold()] = tuple(words)

    def _phrase(self, entry: str) -> Phrase:
        if len(entry) > ENTRY_LIMIT:
            raise ValueError(f"“{entry[:40]}…” is longer than {ENTRY_LIMIT} characters.")
        pieces = PIECE.findall(entry)
        begins = pieces[0] == EDGE
        ends = pieces[-1] == EDGE
        places: list[Place] = []
        for piece in pieces[begins : len(pieces) - ends]:
            places += self._places(piece)
        if not places or not places[0].words or not places[-1].words:
            raise ValueError(f"“{entry}” must begin and end with a word.")
        if places[0].optional:
            raise ValueError(f"“{entry}” must not begin with a word in brackets.")
        places[0] = replace(places[0], begins=begins)
        places[-1] = replace(places[-1], ends=ends)
        return tuple(places)

    def _places(self, piece: str) -> list[Place]:
        if piece in {"...", "…"}:
            return [Place()]
        if piece.startswith("("):
            inner = piece.removeprefix("(").removesuffix(")").strip()
            return [Place(self._either(inner), optional=True)]
        if "/" in piece or piece.startswith("@"):
            return [Place(self._either(piece))]
        return self._compound(piece)

    def _compound(self, piece: str) -> list[Place]:
        """A word, or the words that a hyphen or an apostrophe joins."""
        if piece == TWO_DIGITS:
            return [Place((Word(TWO_DIGITS),))]
        if piece == "*":
            return [Place((ANY,))]
        self._check(piece)
        parts = TOKEN.findall(composed(piece))
        places = []
        for index, part in enumerate(parts):
            before = piece.startswith("*") and index == 0
            after = piece.endswith("*") and index == len(parts) - 1
            words = _spellings(part, before=before, after=after)
            places.append(Place(words, joined=index > 0))
        return places

    def _either(self, piece: str) -> tuple[Word, ...]:
        words: list[Word] = []
        for choice in piece.split("/"):
            words += self._words(choice)
        return tuple(words)

    def _words(self, choice: str) -> tuple[Word, ...]:
        """The words that one choice stands for."""
        if choice.startswith("@"):
            known = self.named.get(choice.casefold())
            if known is None:
                raise ValueError(f"“{choice}” is not defined above this line.")
            return known
        places = self._compound(choice)
        if len(places) != 1:
            raise ValueError(f"“{choice}” must be a single word here.")
        return places[0].words

    def _check(self, piece: str) -> None:
        if not WRITTEN.fullmatch(piece) or not TOKEN.search(piece):
            raise ValueError(
                f"“{piece[:60]}” is not a word. Letters, digits and * at either end can be read, "
                "and / ( ) ... | @ ## as explained below."
            )


def _spellings(part: str, *, before: bool, after: bool) -> tuple[Word, ...]:
    """The word as it is folded, and with its umlauts spelled out."""
    capital = part[0].isupper()
    inside = bool(UNSPACED.search(part))
    texts = {folded(part): None}
    spelled = part.casefold()
    for umlaut, letters in UMLAUTS.items():
        spelled = spelled.replace(umlaut, letters)
    texts[folded(spelled)] = None
    return tuple(Word(text, before or inside, after or inside, capital) for text in texts if text)


# --- finding -----------------------------------------------------------------
def find(text: str, lists: Mapping[str, Entries], *, names: Iterable[str] = ()) -> list[Found]:
    """What the lists, by language, look for in the text, in its order.

    Of hits that share a word the longest is kept. A capitalised word that is a part of
    one of the `names` is that person's name.
    """
    seekers = {language: _seeker(words) for language, words in lists.items()}
    spared = _parts_of(names)
    nfc = composed(INVISIBLE.sub("", text))
    told = []
    read = list(sentences(nfc))
    every = [token for sentence in read for token in sentence]
    at = 0
    for sentence in read:
        counts = {language: _small_words(sentence, language) for language in SMALL_WORDS}
        spoken = _spoken(counts, seekers)
        silence = _silence(sentence, spoken.values(), spared)
        hits = _hits(sentence, spoken, silence, _likeliest(counts, spoken))
        for language, first, last in _longest(hits):
            told.append(_found(nfc, every, language, at + first, at + last))
        at += len(sentence)
    return told


def _parts_of(names: Iterable[str]) -> frozenset[str]:
    parts: set[str] = set()
    for name in names:
        parts.update(folded(part) for part in TOKEN.findall(composed(name)))
    return frozenset(parts)


@dataclass(frozen=True)
class _Silence:
    """The places in a sentence that are a person's name, and those of each exception."""

    named: frozenset[int]
    exceptions: Sequence[Sequence[int]]

    @cached_property
    def places(self) -> frozenset[int]:
        """All of them."""
        return self.named.union(*self.exceptions)

    def covers_sure(self, places: Sequence[int]) -> bool:
        """Whether it makes a sure entry silent; an exception that is a part of it alone does not."""
        if self.places.isdisjoint(places):
            return False
        if not self.named.isdisjoint(places):
            return True
        touching = [exception for exception in self.exceptions if not set(exception).isdisjoint(places)]
        return any(not _is_part(exception, places) for exception in touching)


def _is_part(exception: Sequence[int], places: Sequence[int]) -> bool:
    """Whether the sure entry says more than the exception on either side, or on both."""
    is_within = places[0] <= exception[0] and exception[-1] <= places[-1]
    return is_within and exception[-1] - exception[0] < places[-1] - places[0]


def _silence(sentence: Sequence[Token], seekers: Iterable["_Seeker"], spared: frozenset[str]) -> _Silence:
    named = {index for index, token in enumerate(sentence) if token.capital and token.folded in spared}
    exceptions = [places for seeker in seekers for places in seeker.exceptions.found(sentence)]
    return _Silence(frozenset(named), exceptions)


def _spoken(counts: Mapping[str, int], seekers: Mapping[str, "_Seeker"]) -> dict[str, "_Seeker"]:
    """The lists whose language the sentence may be in, by its small words in each language.

    Left out is a language none of whose small words stands there, where several of
    another do: the same letters mean something else in it.
    """
    if max(counts.values()) < SURE_FROM:
        return dict(seekers)
    return {language: seeker for language, seeker in seekers.items() if counts.get(language, 1)}


def _likeliest(counts: Mapping[str, int], languages: Iterable[str]) -> set[str]:
    """Those of the languages with the most small words in the sentence.

    The letters of a Spanish article are a German verb.
    """
    own = {language: counts[language] for language in languages if language in counts}
    most = max(own.values(), default=0)
    return {language for language, count in own.items() if count == most > 0}


def _small_words(sentence: Sequence[Token], language: str) -> int:
    """How many words are small ones of that language, or have letters of its own."""
    letters = LETTERS.get(language, frozenset())
    small = _SMALL[language]
    count = 0
    for token in sentence:
        is_spelled_so = not token.written.isascii() and not letters.isdisjoint(token.written)
        count += is_spelled_so or token.folded in small
    return count


_SMALL = {language: frozenset(words.split()) for language, words in SMALL_WORDS.items()}
Hit = tuple[str, int, int]


def _hits(
    sentence: Sequence[Token], seekers: Mapping[str, "_Seeker"], silence: _Silence, likely: set[str]
) -> list[Hit]:
    """Language, first and last place of what is sought, not silent, and not said of others or of work.

    `likely` are the languages that the sentence is in by its small words. A sure entry
    adds a hit only where none is: words that a writer may have dismissed stay the same.
    """
    hits = _doubtful_hits(sentence, seekers, silence.places, likely)
    taken = {place for _, first, last in hits for place in range(first, last + 1)}
    for language, seeker in seekers.items():
        for places in seeker.sure.found(sentence):
            span = range(places[0], places[-1] + 1)
            is_new = taken.isdisjoint(span) and not silence.covers_sure(places)
            if is_new and not done_to_others(sentence, places[0], places[-1], likely):
                hits.append((language, places[0], places[-1]))
    return hits


def _doubtful_hits(
    sentence: Sequence[Token], seekers: Mapping[str, "_Seeker"], silent: frozenset[int], likely: set[str]
) -> list[Hit]:
    """Those of entries that may be said of others or of work."""
    hits = []
    sought = {language: list(seeker.found(sentence)) for language, seeker in seekers.items()}
    held = {language: {place for places, _ in found for place in places} for language, found in sought.items()}
    for language, found in sought.items():
        told: set[tuple[int, int]] = set()
        for places, beside_work in found:
            span = places[0], places[-1]
            if span in told or not silent.isdisjoint(places):
                continue
            grammars = likely | {other for other, taken in held.items() if not taken.isdisjoint(places)}
            others = beside_work or of_others(sentence, *span, grammars)
            if not others or is_bound(sentence, *span, likely or grammars):
                told.add(span)
                hits.append((language, *span))
    return hits


def _longest(hits: Iterable[Hit]) -> list[Hit]:
    """In the order of the text; of those that overlap the longest, and the first list's."""
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda hit: hit[1] - hit[2]):
        if all(hit[2] < other[1] or hit[1] > other[2] for other in kept):
            kept.append(hit)
    return sorted(kept, key=lambda hit: hit[1])


def _found(text: str, tokens: Sequence[Token], language: str, first: int, last: int) -> Found:
    before = tokens[max(0, first - BEFORE_AND_AFTER) : first]
    after = tokens[last + 1 : last + 1 + BEFORE_AND_AFTER]
    return Found(
        words=" ".join(text[tokens[first].start : tokens[last].end].split()),
        language=language,
        key=_joined(tokens[first : last + 1]),
        before=_joined(before),
        after=_joined(after),
    )


def _joined(tokens: Iterable[Token]) -> str:
    return " ".join(token.folded for token in tokens)


@dataclass(frozen=True)
class _Begun:
    """A phrase, and the words one of which must stand second; None where more than these may."""

    phrase: Phrase
    followers: frozenset[str] | None


def _begun(phrase: Phrase) -> _Begun:
    if len(phrase) == 1 or phrase[1].optional:
        return _Begun(phrase, None)
    return _Begun(phrase, phrase[1].only_plain or None)


class _Index:
    """Phrases by their first word, so that a text is read once."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self.beginning_with = lru_cache(maxsize=WORDS_KEPT)(self._beginning_with)
        self.whole: dict[str, list[_Begun]] = {}
        self.begun: dict[str, list[_Begun]] = {}
        self.inside: dict[str, list[_Begun]] = {}
        self.numbers: list[_Begun] = []
        for phrase in phrases:
            self._add(phrase)
        self.lengths = self._lengths()
        self.any_inside = re.compile("|".join(map(re.escape, self.inside)) or r"(?!)")

    def _lengths(self) -> dict[str, list[int]]:
        """By first letter, how long the beginnings are that words of the text may have."""
        found: dict[str, set[int]] = {}
        for stem in self.begun:
            found.setdefault(stem[0], set()).add(len(stem))
        return {letter: sorted(lengths) for letter, lengths in found.items()}

    def _add(self, phrase: Phrase) -> None:
        begun = _begun(phrase)
        for word in phrase[0].words:
            if word.text == TWO_DIGITS:
                self.numbers.append(begun)
            elif word.before:
                self.inside.setdefault(word.text, []).append(begun)
            elif word.after:
                self.begun.setdefault(word.text, []).append(begun)
            else:
                self.whole.setdefault(word.text, []).append(begun)

    def found(self, sentence: Sequence[Token]) -> Iterator[list[int]]:
        """The places of each phrase that stands in the sentence, without those of gaps."""
        followers = [token.folded for token in sentence[1:]] + [""]
        for index, (token, follower) in enumerate(zip(sentence, followers, strict=True)):
            for begun in self.beginning_with(token.folded):
                if begun.followers is not None and follower not in begun.followers:
                    continue  # where most phrases end
                places = _places(begun.phrase, sentence, index)
                if places:
                    yield places

    def _beginning_with(self, word: str) -> tuple[_Begun, ...]:
        return tuple(self._all_beginning_with(word))

    def _all_beginning_with(self, word: str) -> Iterator[_Begun]:
        yield from self.whole.get(word, ())
        for length in self.lengths.get(word[:1], ()):
            yield from self.begun.get(word[:length], ())
        if is_two_digits(word):
            yield from self.numbers
        if self.any_inside.search(word):
            yield from self._inside(word)

    def _inside(self, word: str) -> Iterator[_Begun]:
        for text, phrases in self.inside.items():
            if text in word:
                yield from phrases


def _places(phrase: Phrase, sentence: Sequence[Token], index: int) -> list[int] | None:
    """Where the words of the phrase stand if it begins at `index`, else None."""
    if not phrase:
        return []
    place, rest = phrase[0], phrase[1:]
    if not place.words:
        return _after_gap(rest, sentence, index)
    if index < len(sentence) and _may_stand(place, sentence, index):
        found = _places(rest, sentence, index + 1)
        if found is not None:
            return [index, *found]
    return _places(rest, sentence, index) if place.optional else None


def _may_stand(place: Place, sentence: Sequence[Token], index: int) -> bool:
    """Whether the word there fits; one that may be any word must belong to the clause before it."""
    if not place.fits(sentence[index]):
        return False
    if place.begins and not _begins_clause(sentence, index):
        return False
    if place.ends and not _ends_clause(sentence, index):
        return False
    return not place.is_any or index == 0 or not _begins_clause(sentence, index)


def _begins_clause(sentence: Sequence[Token], index: int) -> bool:
    return index == 0 or sentence[index].clause != sentence[index - 1].clause


def _ends_clause(sentence: Sequence[Token], index: int) -> bool:
    return index + 1 == len(sentence) or _begins_clause(sentence, index + 1)


def _after_gap(rest: Phrase, sentence: Sequence[Token], index: int) -> list[int] | None:
    """Where the rest stands after up to GAP words; the gap stays within its clause."""
    clause = sentence[index - 1].clause
    for going_on in range(index, min(index + GAP + 1, len(sentence))):
        if sentence[going_on].clause != clause:
            return None
        found = _places(rest, sentence, going_on)
        if found is not None:
            return found
    return None


@dataclass(frozen=True)
class _Seeker:
    sure: _Index
    lone: _Index
    phrases: _Index
    exceptions: _Index
    made: _Index

    def found(self, sentence: Sequence[Token]) -> Iterator[tuple[list[int], bool]]:
        """The places of what is not sure, and whether it is a word alone beside work."""
        for places in self.phrases.found(sentence):
            yield places, False
        of_work = self._clauses_of_work(sentence)
        for places in self.lone.found(sentence):
            yield places, sentence[places[0]].clause in of_work

    def _clauses_of_work(self, sentence: Sequence[Token]) -> set[int]:
        """The clauses with something made, and those that go on about it: “a query that ...”."""
        clauses: set[int] = set()
        for places in self.made.found(sentence):
            clauses.update(sentence[place].clause for place in places)
            after = places[-1] + 1
            is_noun = len(places) == 1
            if is_noun and after < len(sentence) and sentence[after].folded in RELATIVES:
                clauses.add(sentence[after].clause)
        return clauses


@lru_cache(maxsize=16)
def _seeker(words: Entries) -> _Seeker:
    lone = [phrase for phrase in words.sought if _is_lone(phrase)]
    phrases = [phrase for phrase in words.sought if not _is_lone(phrase)]
    return _Seeker(
        sure=_Index(words.sure),
        lone=_Index(lone),
        phrases=_Index(phrases),
        exceptions=_Index(words.exceptions),
        made=_Index(words.made),
    )


def _is_lone(phrase: Phrase) -> bool:
    """Whether it is one word, or words that a hyphen joins."""
    return all(place.joined for place in phrase[1:])
