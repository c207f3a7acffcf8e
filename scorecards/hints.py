"""Private hints to a scorecard's writer, who may ignore or dismiss them. Pure."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import chain
from statistics import fmean

from scorecards.judgement import Answer, Judgement, Part
from scorecards.phrases import Entries, Found, find

SAME_TEXT_FROM = 20
EQUAL_FROM = 3


@dataclass(frozen=True)
class Hint:
    """`part`, of that dimension or the whole, is where to look; `text` is the question.

    A hint on words can be dismissed by its `key`, for all `places` where they stand.
    """

    part: Part
    dimension_id: int | None
    text: str
    key: str = ""
    places: tuple[Found, ...] = ()


@dataclass(frozen=True)
class Dismissed:
    """Words that are no hint any more in this evidence, or, without one, the summary.

    `before` and `after` are what stood next to them.
    """

    dimension_id: int | None
    words: str
    before: str
    after: str

    def covers(self, found: Found) -> bool:
        """Whether it is these words, with the same text on one side of them at least.

        A text goes on after a hint was dismissed, so what stood before is enough. It may
        be fewer words than three where it began the text.
        """
        if self.words != found.key:
            return False
        if self.before == found.before:
            return True
        if self.before and found.before.endswith(f" {self.before}"):
            return True
        return bool(self.after) and self.after == found.after


@dataclass(frozen=True)
class Protected:
    """What hints on protected words rest on.

    `lists` by language, `names` of people who take part and are spared, `dismissed` by
    the writer.
    """

    lists: Mapping[str, Entries] = field(default_factory=dict)
    names: Collection[str] = ()
    dismissed: Collection[Dismissed] = ()


def hints(judgement: Judgement, names: Mapping[int, str], protected: Protected) -> list[Hint]:
    """Hints on a draft: by rule, and by dimension in the order of `names`.

    `names` maps the dimensions to look at to their names.
    """
    answers = {pk: judgement.answers.get(pk, Answer()) for pk in names}
    scores = {pk: row.score for pk, row in answers.items() if row.score is not None}
    found = chain(
        _without_evidence(answers, names),
        _same_text(answers, names),
        _all_equal(scores),
        _unfitting(scores, judgement.recommendation),
        _protected(judgement.summary, answers, names, protected),
    )
    return list(found)


def _without_evidence(answers: Mapping[int, Answer], names: Mapping[int, str]) -> Iterable[Hint]:
    for pk, answer in answers.items():
        if answer.score is not None and not answer.evidence.strip():
            text = f"“{names[pk]}” has a score but no evidence. What did you see or hear?"
            yield Hint("evidence", pk, text)


def _same_text(answers: Mapping[int, Answer], names: Mapping[int, str]) -> Iterable[Hint]:
    first: dict[str, str] = {}
    for pk, name in names.items():
        text = " ".join(answers[pk].evidence.casefold().split())
        if len(text) < SAME_TEXT_FROM:
            continue
        if text in first:
            told = f"“{name}” has the same evidence as “{first[text]}”. Does it support both?"
            yield Hint("evidence", pk, told)
        first.setdefault(text, name)


def _all_equal(scores: Mapping[int, int]) -> Iterable[Hint]:
    if len(scores) >= EQUAL_FROM and len(set(scores.values())) == 1:
        first, score = next(iter(scores.items()))
        yield Hint("score", first, f"All {len(scores)} scores are {score}. Was everything really the same?")


def _unfitting(scores: Mapping[int, int], recommendation: str) -> Iterable[Hint]:
    """A yes on a mean below 2.5, a no on one above 3.5; 3 is the scale's middle."""
    if not scores or not recommendation:
        return
    mean = fmean(scores.values())
    if recommendation in {"yes", "strong_yes"} and mean < 2.5:
        text = "You recommend yes, but your scores are below the bar on average. Say why in the summary."
        yield Hint("recommendation", None, text)
    if recommendation in {"no", "strong_no"} and mean > 3.5:
        text = "You recommend no, but your scores are above the bar on average. Say why in the summary."
        yield Hint("recommendation", None, text)


def _protected(
    summary: str, answers: Mapping[int, Answer], names: Mapping[int, str], protected: Protected
) -> Iterable[Hint]:
    for pk, answer in answers.items():
        for places in _by_words(answer.evidence, pk, protected):
            yield _touching("evidence", pk, f"“{names[pk]}”", places)
    for places in _by_words(summary, None, protected):
        yield _touching("summary", None, "The summary", places)


def _by_words(text: str, dimension_id: int | None, protected: Protected) -> Iterator[tuple[Found, ...]]:
    """Where the same words stand, for all that are not dismissed."""
    mine = [row for row in protected.dismissed if row.dimension_id == dimension_id]
    places: dict[str, list[Found]] = {}
    for found in find(text, protected.lists, names=protected.names):
        if not any(row.covers(found) for row in mine):
            places.setdefault(found.key, []).append(found)
    for group in places.values():
        yield tuple(group)


def _touching(part: Part, dimension_id: int | None, where: str, places: tuple[Found, ...]) -> Hint:
    words = places[0].words
    text = f"{where} mentions “{words}”, which may refer to a protected characteristic. Keep to the work."
    key = sha256(f"{dimension_id} {places[0].key}".encode()).hexdigest()[:16]
    return Hint(part, dimension_id, text, key, places)
