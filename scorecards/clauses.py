"""The words of a text, by sentence and clause. Pure.

A clause ends at a comma, and before a word such as “but” or “weil”.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

TOKEN = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f])*")
ENDS = re.compile(r"[.!?;\n\u2026\u3002]")
ENDS_CLAUSE = re.compile(r"[,:]\W|[()\u2013\u2014\u3001\uff0c]|\s-\s")
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
# Letters that do not decompose, as they are spelled without their sign.
SPELLED = str.maketrans({"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i"})


def _words(*lines: str) -> frozenset[str]:
    """The words of some lines, which are English, German, French and Spanish."""
    return frozenset(" ".join(lines).split())


# Words that begin a clause.
CLAUSE_WORDS = _words(
    "although because but if since that though unless until when where whereas while yet",
    "aber bevor bis daher dass deshalb deswegen doch nachdem obwohl sondern wahrend weil wenn",
    "car donc mais quand que quoique",
    "aunque cuando mientras pero porque pues",
)
# “so” begins one as well, but not in “is so old”.
SO = "so"
BEFORE_SO = _words(
    "am are be been being doppelt ebenso feels got halb is ist looked looks nicht not seemed seems war was were"
)
# Words that begin one where they follow an “and”.
ANDS = _words("and", "und", "et", "y")
WORDS_AFTER_AND = _words(
    "had has he is mentioned said she spoke talked then they told wants was will",
    "dann er erwahnte erzahlte hat hatte ist sagte sie sprach war will wird",
    "avait elle ensuite est etait il puis sera veut",
    "ella era es hablo luego quiere tenia tiene",
)
# Words that may begin a clause about the word before it.
RELATIVES = _words(
    "that which who whose",
    "das dem den denen der deren dessen die",
    "dont que qui",
    "cuya cuyo que",
)


@dataclass(frozen=True)
class Token:
    """One word of a text, with its span in it and the number of its clause in the sentence.

    `folded` is without accents, `written` with them; both are in small letters.
    `after_colon` says that a colon stands before it.
    """

    folded: str
    start: int
    end: int
    capital: bool
    clause: int = 0
    written: str = ""
    after_colon: bool = False

    @property
    def is_two_digits(self) -> bool:
        """A number from 10 to 99."""
        return is_two_digits(self.folded)


def is_two_digits(word: str) -> bool:
    """Whether the folded word is a number from 10 to 99."""
    return len(word) == 2 and word.isdigit() and word[0] != "0"


def folded(text: str) -> str:
    """The text without case, accents and invisible signs."""
    bare = unicodedata.normalize("NFKD", INVISIBLE.sub("", text)).casefold().translate(SPELLED)
    return "".join(sign for sign in bare if not unicodedata.combining(sign))


def sentences(text: str) -> Iterator[list[Token]]:
    """The words of the composed text, by sentence."""
    sentence: list[Token] = []
    end = 0
    for match in TOKEN.finditer(text):
        if sentence and _ends_sentence(text, end, match.start()):
            yield sentence
            sentence = []
        written = match.group()
        word = folded(written)
        between = text[end : match.start()]
        token = Token(
            folded=word,
            start=match.start(),
            end=match.end(),
            capital=written[0].isupper(),
            clause=_clause(sentence, between, word),
            written=written.casefold(),
            after_colon=bool(sentence) and ":" in between,
        )
        sentence.append(token)
        end = match.end()
    if sentence:
        yield sentence


def _ends_sentence(text: str, start: int, end: int) -> bool:
    """Whether a sentence ends between two words; “3.11” and “z.B.” go on."""
    between = text[start:end]
    return bool(ENDS.search(between)) and between != "."


def _clause(sentence: Sequence[Token], between: str, word: str) -> int:
    """The clause of the folded word; `between` are the signs that part it from the sentence so far."""
    if not sentence:
        return 0
    last = sentence[-1]
    begins_again = last.folded in ANDS and word in WORDS_AFTER_AND
    is_so = word == SO and last.folded not in BEFORE_SO
    if begins_again or is_so or word in CLAUSE_WORDS or ENDS_CLAUSE.search(between):
        return last.clause + 1
    return last.clause
