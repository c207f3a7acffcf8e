"""What the label of a level says: a number, a band, points or words, or that it is none at all. Pure.

A label is the heading of a column, or the beginning of a row or line, such as “3 – Solid”, “Poor” or “7-10”.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

from rubrics.blueprints import by_language


@dataclass(frozen=True)
class Label:
    """What one label says. `numbers` is the lowest and the highest that it names, `rank` how good its words are (1-5).

    `kind` is "digit" (one number), "band" (two), "points", "letter" (a school's mark, A the best), "word", "open" where
    its words are not known, or what is no level: "person", "question", "time", "grade".
    """

    text: str
    kind: str
    numbers: tuple[float, float] | None = None
    rank: float | None = None

    @property
    def middle(self) -> float:
        low, high = self.numbers or (0, 0)
        return (low + high) / 2


@lru_cache(maxsize=4096)
def label_of(written: str) -> Label:
    """What a label says.

    People, questions, times and job grades are no levels, whatever number stands in them.
    """
    text = _comparable(written[:LONGEST])
    kind = _kind_of_no_level(written, text)
    if kind:
        return Label(written, kind)
    rank = rank_of(text)
    letter = LETTER.fullmatch(text)
    if letter and CAPITAL.match(written):
        mark = _letter_mark(*letter.groups())
        return Label(written, "letter", (mark, mark), rank_of(text[letter.end(2) :]))
    stars = STARS.fullmatch(text)
    if stars:
        return Label(written, "points", (len(stars.group()), len(stars.group())), rank)
    points = POINTS.search(text)
    if points:
        return Label(written, "points", _bounds(points.group(1), points.group(2)), rank)
    signed = SIGNED.fullmatch(text)
    if signed:
        number = float(signed.group().translate(MINUS).replace(" ", ""))
        return Label(written, "digit", (number, number), rank)
    band = BAND.search(text) or PERCENTAGE_BAND.fullmatch(text)
    if band:
        return Label(written, "band", _bounds(band.group(1), band.group(2)), rank)
    digit = DIGIT.search(text)
    if digit and _stands_apart(text, digit):
        return Label(written, "digit", _bounds(digit.group(1), None), rank)
    return Label(written, "open" if rank is None else "word", None, rank)


def _kind_of_no_level(written: str, text: str) -> str:
    """What a label names that is no level; empty where it may be one. `text` is what is compared of it."""
    kind = next((name for name, pattern in NEVER if pattern.search(text)), "")
    if kind:
        return kind
    return "grade" if is_coded_grade(written) else ""


def _letter_mark(letter: str, sign: str) -> float:
    """A number that is the greater the better the mark is: one a letter, a third for a sign."""
    return -ord(letter) + {"+": 1 / 3, "": 0, "-": -1 / 3}[sign]


def _stands_apart(text: str, digit: re.Match[str]) -> bool:
    """Whether a number is the label's beginning or end, or a separator follows it: “Top 3 strengths” is no level."""
    before, after = text[: digit.start()], text[digit.end() :].lstrip()
    if not WORD.search(before) or not WORD.search(after):
        return True
    return after.startswith((":", "-", "–", "—", ".", ")", "(", "=", "|", "/", ","))


def _comparable(written: str) -> str:
    """The text as it is compared: composed, lower case, without boxes to tick and without “of 5”."""
    text = unicodedata.normalize("NFKC", RAISED.sub("", written)).casefold().replace("’", "'")
    shown = " ".join(OF_ALL.sub("", BOXES.sub(" ", text)).split())
    return PERCENTAGES.sub("", shown).strip() or shown


def _bounds(low: str, high: str | None) -> tuple[float, float]:
    first = float(low.replace(",", "."))
    last = float((high or low).replace(",", "."))
    return min(first, last), max(first, last)


def _counted(nouns: str) -> re.Pattern[str]:
    return re.compile(rf"^\W*(?:{nouns})(?:'?s|e?n)?\W*(?:no\.?|nr\.?|#|n°)?\s*(?:\d{{1,2}}|[a-f])\W*$")


RAISED = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹]+")  # a footnote's mark
LONGEST = 160  # characters that are looked at: a longer label goes on with its wording
BOXES = re.compile(r"[☐☑☒□◻▢○◯⬜●✓✔_…]|\[\s?\]|\(\s?\)")
PERCENTAGES = re.compile(  # what a level's word is worth: “Good (75-89 %)”
    r"[(\[]\s*(?:[<>≥≤]|below|under|over|above|from|up to)?\s*\d{1,3}\s*%?(?:\s*[-–—]\s*\d{1,3})?\s*%[^()\[\]]{0,12}[)\]]"
)
OF_ALL = re.compile(r"(?:(?<=\d)\s*(?:/|of|von|sur|de)|(?<!\d)\s*/|\bout of)\s*\d{1,3}\b")
NUMBER = r"\d{1,3}(?:[.,]\d)?"
POINTS = re.compile(rf"(?<![\d.])({NUMBER})\s*(?:(?:[-–—]|to|bis|à|a)\s*({NUMBER})\s*)?(?:{by_language.POINTS})\b")
BAND = re.compile(
    rf"(?<![\d.,])({NUMBER})\s*(?:[-–—]|to|bis|à|or|oder|ou|and)\s*({NUMBER})(?![\d.,%]|\s*(?:years?|yrs?|jahre|ans))"
)
PERCENTAGE_BAND = re.compile(r"(\d{1,3})\s*%?\s*(?:[-–—]|to|bis|à|a)\s*(\d{1,3})\s*%")
DIGIT = re.compile(r"(?<![\d.,])(\d{1,2}|100|[2-9]\d0)(?![\d.,%]|\s*(?:%|percent))")
SIGNED = re.compile(r"[+±−–-]\s?\d")
# The letter alone, or with a word behind it: “A (outstanding)”, and no “A good answer”.
LETTER = re.compile(r"([a-f])([+-]?)(?:\s*[-–—:=(].*)?")
CAPITAL = re.compile(r"[\W_]*[A-F]")
STARS = re.compile(r"[★⭐]{1,10}")
MINUS = str.maketrans("−–", "--", "±")
NEVER = (
    ("person", _counted(by_language.PEOPLE)),
    ("question", _counted(by_language.QUESTIONS)),
    ("time", _counted(by_language.TIMES)),
    ("time", re.compile(r"\b(?:19|20)\d\d\b|\d\s*\+?\s*(?:years?|yrs?|months?|jahre|ans|años|minutes?|mins?)\b")),
    ("grade", re.compile(rf"^\W*(?:(?:level|stufe)\W+)?(?:{by_language.GRADES})\b(?!\s+(?:hire|yes|no)\b)")),
    ("grade", re.compile(rf"\((?:{by_language.GRADES})\)")),
)


@cache
def _ranks() -> dict[str, float]:
    """The rank of each phrase; where languages share one, English goes first."""
    found: dict[str, float] = {}
    for table in by_language.RANKS.values():
        for rank, phrases in table.items():
            for phrase in phrases.split("|"):
                found.setdefault(phrase, rank)
    return found


LONGEST_PHRASE = 5  # words
MOST_WORDS = 12  # a longer text is a sentence and no label
MOST_BESIDE = 2  # words beside the one that says how good a level is
FILLERS = frozenset(by_language.FILLERS.split())
SYMBOLS = {"--": 1.0, "- -": 1.0, "-": 2.0, "o": 3.0, "0": 3.0, "+/-": 3.0, "+": 4.0, "++": 5.0, "+ +": 5.0}
SYMBOLS |= {"👎": 1.0, "😞": 1.0, "🔴": 1.0, "🟡": 2.0, "😐": 3.0, "👍": 4.0, "🙂": 4.0, "🟢": 4.0, "😀": 5.0}


def rank_of(text: str) -> float | None:
    """How good a label's words say that it is, from 1 to 5; None where they say nothing about it.

    The longest phrase that is known counts, and hardly anything may stand beside it.
    """
    folded = _folded(text)
    symbol = SYMBOLS.get(folded.replace("–", "-").replace("−", "-"))
    if symbol is not None and folded != "0":
        return symbol
    found = WORD.findall(folded)
    if not found or len(found) > MOST_WORDS:
        return None
    known = _longest_known(found)
    if known is None:
        return None
    start, end = known
    if len(_beside(found, known)) > MOST_BESIDE:
        return None
    rank = _ranks()[" ".join(found[start:end])]
    return _denied(rank) if NEGATIONS.intersection(found[:start]) else rank


def said_beside_its_rank(text: str) -> frozenset[str]:
    """The words of a level's label that say nothing of how good it is: “teamwork” in “Good teamwork”."""
    found = WORD.findall(_folded(text))[:MOST_WORDS]
    known = _longest_known(found)
    return _beside(found, known) if known else frozenset()


def _folded(text: str) -> str:
    return " ".join(text.casefold().replace("’", "'").split())


def _beside(found: list[str], known: tuple[int, int]) -> frozenset[str]:
    start, end = known
    return frozenset(found[:start] + found[end:]) - FILLERS - NEGATIONS


def _denied(rank: float) -> float | None:
    """The rank of “not met”; what is “not poor” says nothing of how good it is."""
    return WORST if rank > MIDDLING else None


WORST = 1.0
MIDDLING = 2.0
NEGATIONS = frozenset(["not", "non", "nicht", "kein", "keine", "pas", "no", "niet", "não"])


WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")


def _longest_known(found: list[str]) -> tuple[int, int] | None:
    """Where the longest known phrase stands; of two equally long ones the first."""
    for length in range(min(LONGEST_PHRASE, len(found)), 0, -1):
        for start in range(len(found) - length + 1):
            if " ".join(found[start : start + length]) in _ranks():
                return start, start + length
    return None


def says_not_rated(text: str) -> bool:
    """Whether a label says that nothing was rated, as in “Unable to judge”, and so names no level."""
    return len(text) < LONGEST and NOT_RATED.match(text) is not None


NOT_RATED = re.compile(rf"^[\W_]*(?:{by_language.NOT_RATED})\b[^\w]*(?:\([^()]*\))?\W*$", re.IGNORECASE)


def is_job_grade(written: str) -> bool:
    """Whether a label names a job grade for certain."""
    return is_coded_grade(written) or SURE_GRADE.search(_comparable(written)) is not None


def is_coded_grade(written: str) -> bool:
    """Whether a label is a ladder's code: capitals with a number right behind them, such as “DS3”, and no “LV3”."""
    found = CODED_GRADE.fullmatch(written.strip())
    return found is not None and found["code"] not in CODES_OF_LEVELS


CODED_GRADE = re.compile(r"(?P<code>[A-Z]{2,4})\d{1,2}")
CODES_OF_LEVELS = frozenset({"LV", "LVL", "LEV", "NIV", "ST", "STF", "PT", "PTS", "KC", "KSA", "BQ", "PL", "BL"})
SURE_GRADE = re.compile(rf"\b(?:{by_language.SURE_GRADES})\b")
