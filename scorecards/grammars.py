"""Kinds of words in a language, by which `bearers` tells of whom a loaded word is said. Pure.

A file in `wordlists/bearers/` has one `kind = words` a line. The words stand there without accents, except where one
tells two words apart; * at an end stands for any letters.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from scorecards.clauses import Token

FOLDER = Path(__file__).parent / "wordlists" / "bearers"
KINDS = (
    "candidate",  # who is spoken of: he, she, candidate
    "his",  # possessives
    "their",  # those possessives that may mean several as well
    "him",  # objects
    "self",
    "state",  # verbs for what one is, has, tells about oneself
    "tell",  # spoke, asked: behind it stands to whom
    "article",
    "small",  # what is no verb, where one would be expected
    "helper",  # those before a participle or an infinitive
    "participle",
    "work",  # verbs that begin a note: taught, *ed
    "does",  # words of work wherever they stand in a clause
    "verb",  # endings of verbs, where these tell them from other words
    "light",  # adverbs and pronouns between a subject and its verb
    "link",  # what a clause may begin with before its verb: and, then
    "served",  # one person who is served: patient
    "many",  # several: patients
    "people",  # who are others though the loaded words name them: old people
    "compound",  # words that end in a thing of work, though they begin with a loaded one
    "would",
    "have",  # with “it”: he has it
    "too",
    "it",
    "of",
    "whose",  # before what the word before it belongs to, in one word: des, del
    "quality",  # words that an article behind them goes on from in the same way: Herkunft der Daten
    "human",  # parts of a body, family, times of life: of these a quality is the candidate's
    "event",  # what is held or run at work, and is the candidate's own where a time stands by it: wedding, nursery
    "when",  # those times: May, soon, next
    "dozen",  # numerals that such an event is for: twelve
    "done",  # participles of work that `participle` has no ending for
    "adverb",  # endings of adverbs
    "folk",  # adjectives of peoples, where these stand behind their noun: enchère hollandaise
    "toward",  # before an article and one to whom something is done: to a tourist
    "office",  # unions, churches: what they do to the candidate says nothing
    "several",  # endings of words for several: *s
    "mass",  # those of words that are for one thing though they look so: arthritis
    "much",  # before “of”, where several are no people: too many, lots
    "there",  # before a verb whose subject is nobody: there is
    "role",  # what one is in a party or a union, where a note begins with it
    "for",  # before several of whom something is for
    "person",  # woman, father: others, where something is done for one
    "near",  # clients, team: others where the loaded word stands beside them
    "our",  # beside it those who are served are how one would take the candidate
    "doubt",  # not, would: beside it a verb is no report of work
    "front",  # what a clause may begin with that ends in he or she: with that accent he
    "as",
    "thing",  # what work is about: lesson, law, survey
    "despite",
    "apart",  # words that begin a clause of its own: but, although
    "on",  # words that go on about what was said: that, who, for
    "which",  # those that say so behind a preposition as well: in denen
    "to",  # prepositions that no object of a verb stands behind
)


@dataclass(frozen=True)
class Words:
    """Words of a text: whole ones, beginnings and ends."""

    whole: frozenset[str] = frozenset()
    begins: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()

    def __contains__(self, token: object) -> bool:
        if not isinstance(token, Token):
            return False
        return any(self._has(text) for text in {token.folded, token.written})

    def _has(self, text: str) -> bool:
        return text in self.whole or text.startswith(self.begins) or text.endswith(self.ends)


@dataclass(frozen=True)
class Grammar:
    """The words of one language, by kind."""

    kinds: dict[str, Words]
    verb_may_be_last: bool = False

    def has(self, kind: str, token: Token) -> bool:
        """Whether the word is of that kind."""
        return token in self.kinds[kind]


def read_grammar(text: str) -> Grammar:
    """The grammar that a file holds. Raises ValueError for a kind that is not known."""
    found: dict[str, list[str]] = {kind: [] for kind in KINDS}
    last = False
    for line in text.splitlines():
        kind, _, words = line.partition(" = ")
        if not line or line.startswith("#"):
            continue
        if line == "verb may be last":
            last = True
            continue
        if kind not in found:
            raise ValueError(f"“{kind}” is not a kind of word.")
        found[kind] += words.split()
    return Grammar({kind: _words(words) for kind, words in found.items()}, last)


def _words(words: Iterable[str]) -> Words:
    whole, begins, ends = set(), [], []
    for word in words:
        if word.startswith("*"):
            ends.append(word[1:])
        elif word.endswith("*"):
            begins.append(word[:-1])
        else:
            whole.add(word)
    return Words(frozenset(whole), tuple(begins), tuple(ends))


GRAMMARS = {path.stem: read_grammar(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.txt"))}
