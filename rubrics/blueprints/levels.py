"""Which level (1 to 5) each of a set of labels names: by digits, else by words and order, said to be our reading. Pure."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import combinations, pairwise

from rubrics.blueprints import words
from rubrics.blueprints.labels import LONGEST, Label, is_job_grade, label_of, said_beside_its_rank, says_not_rated
from rubrics.blueprints.reading import PlanWarning

LOWEST, HIGHEST = 1, 5
ALL = range(LOWEST, HIGHEST + 1)


@dataclass(frozen=True)
class Levels:
    """The level of each label, by the label's index. Several may share one.

    `assumed` says that it is our reading; `numbers` are the whole numbers that the labels name, ascending; `left_out`
    are those of a level 0, and `refused` those that name people, questions, times or job grades.
    """

    of: dict[int, int] = field(default_factory=dict)
    assumed: bool = False
    numbers: tuple[int, ...] = ()
    left_out: tuple[int, ...] = ()
    refused: frozenset[int] = frozenset()
    warnings: tuple[PlanWarning, ...] = ()

    @property
    def distinct(self) -> int:
        return len(set(self.of.values()))


def read_levels(labels: Mapping[int, str]) -> Levels:
    """The levels that these labels name; none where they are no set of levels.

    What is not by a single digit from 1 to 5 comes with a warning that shows what was read as what.
    """
    return _read_levels(tuple((index, text[:LONGEST]) for index, text in labels.items()))


@lru_cache(maxsize=1024)
def _read_levels(labels: tuple[tuple[int, str], ...]) -> Levels:
    """The same, remembered: the tables of a document repeat their labels."""
    found = {index: label_of(text) for index, text in labels}
    refused = _never_levels(found)
    if refused:
        warnings = tuple(_about_no_levels(found, refused))
        rest = {index: label for index, label in found.items() if index not in refused}
        levels = _read(rest)
        warnings += levels.warnings
        return replace(levels, refused=frozenset(refused), warnings=warnings)
    return _read(found)


def _read(found: Mapping[int, Label]) -> Levels:
    found = _without_the_scale(found)
    if _are_names(found):
        return Levels()
    for applies, read in WAYS:
        if applies(found):
            return read(found)
    return Levels()


def _without_the_scale(found: Mapping[int, Label]) -> dict[int, Label]:
    """Without a band that holds every other number, as in “Score (1-5)” beside the levels themselves."""
    bands = {index: label for index, label in found.items() if label.kind == "band"}
    whole = {index for index, band in bands.items() if _holds_all(band, found)}
    return {index: label for index, label in found.items() if index not in whole}


def _are_names(found: Mapping[int, Label]) -> bool:
    """Whether each label says of something else how good it is: “Good judgement” and “Strong ownership” are names."""
    beside = [said_beside_its_rank(label.text) for label in found.values() if label.kind == "word"]
    if len(beside) < 2 or not all(beside):
        return False
    return all(one.isdisjoint(other) for one, other in combinations(beside, 2))


def _holds_all(band: Label, found: Mapping[int, Label]) -> bool:
    low, high = band.numbers or (0, 0)
    others = [label for label in _numbered(found).values() if label is not band]
    return all(low <= label.middle <= high for label in others)


def _never_levels(found: Mapping[int, Label]) -> set[int]:
    """The labels that name people, questions, times or job grades.

    One grade among levels may be a word of the set; two, or one for certain, are grades.
    """
    grades = [index for index, label in found.items() if label.kind == "grade"]
    sure = any(is_job_grade(found[index].text) for index in grades)
    others = {index for index, label in found.items() if label.kind in {"person", "question", "time"}}
    if len(grades) > 1 or sure:
        beside = {index for index, label in found.items() if label.kind in {"word", "digit"}}
        return others | set(grades) | (beside if len(grades) >= len(beside) else set())
    return others


KINDS = {
    "person": ("columns_of_people", "names people"),
    "question": ("columns_of_questions", "counts questions"),
    "time": ("columns_of_times", "counts rounds, dates or years"),
}


def _about_no_levels(found: Mapping[int, Label], refused: Iterable[int]) -> Iterable[PlanWarning]:
    kinds = {found[index].kind for index in refused}
    for kind, (code, says) in KINDS.items():
        texts = [found[index].text for index in sorted(refused) if found[index].kind == kind]
        if texts:
            message = f"{quoted(texts)} {says}, so nothing below was read as the wording of a level."
            yield PlanWarning(code, message)
    if "grade" in kinds:
        texts = [found[index].text for index in sorted(refused) if found[index].kind not in KINDS]
        message = (
            f"{quoted(texts)} look like job grades, which are no levels, so their texts were left out."
            " Choose the grade that is hired for, and write its text to the level that meets the bar."
        )
        yield PlanWarning("job_grades", message)


def quoted(texts: Iterable[str]) -> str:
    """Texts in a sentence, each in quotation marks."""
    return ", ".join(f"“{text}”" for text in texts)


# --- The ways to read a set ---


Found = Mapping[int, Label]


def _numbered(found: Found) -> dict[int, Label]:
    return {index: label for index, label in found.items() if label.kind in {"digit", "band"}}


def is_reversed(found: Found) -> bool:
    """Whether the words say the opposite of the digits, as in “1 (very good)” and “6 (insufficient)”."""
    both = sorted((label.middle, label.rank) for label in _numbered(found).values() if label.rank is not None)
    if len(both) < 2 or both[0][0] == both[-1][0]:
        return False
    ranks = [rank for _, rank in both if rank is not None]
    return all(above < below for below, above in pairwise(ranks))


def is_by_digit(found: Found) -> bool:
    """Whether digits up to 5 name levels, and no band or greater number stands beside them."""
    numbered = _numbered(found).values()
    digits = [label for label in numbered if label.kind == "digit"]
    if not digits or len(digits) < len(numbered):
        return False
    return all(0 <= label.middle <= HIGHEST for label in digits)


def is_from_zero(found: Found) -> bool:
    """Whether digits count from 0 to less than 5, so that each has a level of ours.

    “0 – Not assessed” is none of them.
    """
    digits = {label.middle: label.text for label in _numbered(found).values()}
    if 0 not in digits or len(digits) < 3 or not is_by_digit(found):
        return False
    return max(digits) < HIGHEST and not says_not_rated(digits[0].lstrip("0 .:=()–—-"))


def is_by_number(found: Found) -> bool:
    """Whether there are two different numbers or bands at least."""
    return len({label.numbers for label in _numbered(found).values()}) > 1


def is_by_number_and_words(found: Found) -> bool:
    """Whether each number has a word that says how good it is, and both rise together.

    Then the words say more.
    """
    numbered = [label for label in found.values() if label.numbers is not None]
    both = sorted((label.middle, label.rank) for label in numbered if label.rank is not None)
    if len(both) < len(found) or len(both) > len(ALL):
        return False
    return is_by_number(found) and all(above > below for (_, below), (_, above) in pairwise(both))


def is_by_the_bar(found: Found) -> bool:
    """Whether the bar's own words name the levels, whose meaning is agreed: below, meets and exceeds."""
    ranked = [label for label in found.values() if label.rank is not None]
    agreed = [label for label in ranked if agreed_level(label.text) is not None]
    if not agreed or (len(agreed) < len(found) and all(label.kind == "points" for label in found.values())):
        return False
    says_bar = any(BAR.search(label.text) for label in agreed)
    lowest = min(ranked, key=_rank)
    partly = words.PARTLY.search(lowest.text) is not None
    levels = [agreed_level(label.text) for label in agreed]
    distinct = len(agreed) == len(ranked) and len(set(levels)) == len(levels)
    return says_bar or partly or distinct


def is_by_words(found: Found) -> bool:
    """Whether two labels at least have words that are known, or are points of which there are two."""
    return sum(label.rank is not None for label in found.values()) > 1


def is_by_letter(found: Found) -> bool:
    """Whether labels are marks from A on, three at least, each once; F may follow any of them."""
    marks = list(_letters(found).values())
    if len(marks) < 3 or len({mark.numbers for mark in marks}) < len(marks):
        return False
    if any(label.kind not in {"letter", "open"} for label in found.values()):
        return False
    named = {round(mark.middle) for mark in marks}
    best = -ord("a")
    passed = named - {-ord("f")}
    return passed == set(range(best, best - len(passed), -1))


def _letters(found: Found) -> dict[int, Label]:
    return {index: label for index, label in found.items() if label.kind == "letter"}


def is_by_points(found: Found) -> bool:
    return len({label.numbers for label in found.values() if label.kind == "points"}) > 1


def _by_reversed_words(found: Found) -> Levels:
    levels = _by_order(_numbered(found), descending=True)
    pairs = quoted_pairs(levels, found)
    message = f"The document's lowest number is its best. By the words beside the numbers, {pairs}."
    return _said(levels, found, "scale_reversed", message)


def _by_digit(found: Found) -> Levels:
    """Each digit is the level; words beside them fill in levels that no digit names. Nothing says 0 in a rubric."""
    of: dict[int, int] = {}
    assumed = False
    for index, label in _numbered(found).items():
        level = int(label.middle)
        if level in ALL and level not in of.values():
            of[index] = level
    for index, label in found.items():
        agreed = agreed_level(label.text) if label.numbers is None else None
        if agreed is not None and agreed not in of.values():
            of[index] = agreed
            assumed = True
    zero = tuple(index for index, label in _numbered(found).items() if label.middle == 0)
    return Levels(of, assumed, _whole(found), zero)


def _from_zero(found: Found) -> Levels:
    """Each digit is one level higher, because ours count from 1.

    So the wording of 0 is kept too.
    """
    of = {index: int(label.middle) + 1 for index, label in _numbered(found).items()}
    levels = Levels(of, True, _whole(found))
    message = f"The document counts its levels from 0 and Evenhand from 1, so {quoted_pairs(levels, found)}."
    return _said(levels, found, "levels_mapped", message)


def _by_number(found: Found) -> Levels:
    levels = _by_order(_numbered(found))
    message = f"The document's numbers are not Evenhand's. In their order, {quoted_pairs(levels, found)}."
    return _said(levels, found, "levels_mapped", message)


def _by_the_bar(found: Found) -> Levels:
    """Below is 1, meets 3, exceeds 5; of two that say 5 the stronger."""
    of: dict[int, int] = {}
    for index in _strongest_first(found):
        level = agreed_level(found[index].text)
        if level is not None and level not in of.values():
            of[index] = level
    beside = _below_the_bar(found, of) | _above_the_bar(found, of)
    if not beside:
        return Levels(of, True)
    levels = Levels(of | beside, True)
    return _said(levels, found, "levels_mapped", f"By their words, {quoted_pairs(Levels(beside), found)}.")


def _above_the_bar(found: Found, of: dict[int, int]) -> dict[int, int]:
    """Level 5 for the one word that stands above the bar, where no other is: “Bar raiser”."""
    if HIGHEST in of.values() or 3 not in of.values():
        return {}
    high = [index for index in found if index not in of and _rank(found[index]) >= 4]
    return {high[0]: HIGHEST} if len(high) == 1 else {}


def _below_the_bar(found: Found, of: dict[int, int]) -> dict[int, int]:
    """The level of a word that stands below the bar: 2 beside one that is 1, else 1; none for “partly”, which is 2."""
    left = [index for index in found if index not in of]
    low = [index for index in left if _is_low(found[index])]
    free = [level for level in (1, 2) if level not in of.values()]
    if len(low) != 1 or not free or 3 not in of.values():
        return {}
    index = low[0]
    if free[0] == LOWEST and words.PARTLY.search(found[index].text):
        return {}
    return {index: free[0]}


def _is_low(label: Label) -> bool:
    return label.rank is not None and label.rank <= 2


def _strongest_first(found: Found) -> list[int]:
    texts = {index: label.text for index, label in found.items()}
    if not any(words.EXCEEDS_BAR.search(text) for text in texts.values()):
        return list(texts)
    return sorted(texts, key=lambda index: not words.ABOVE_EXCEEDS.search(texts[index]))


def _by_words(found: Found) -> Levels:
    """By what each word says, as far as the set leaves room for it; an unknown word stands where its neighbours do."""
    ranks = _with_neighbours(found)
    order = sorted(ranks, key=lambda index: ranks[index])
    if len(order) > len(ALL):
        of = dict(zip(order, _spread(len(order)), strict=True))
    else:
        of = dict(zip(order, _fitting([ranks[index] for index in order]), strict=True))
    levels = Levels(dict(sorted(of.items())), True)
    message = f"By their words, {quoted_pairs(levels, found)}."
    return _said(levels, found, "levels_mapped", message)


def _by_letter(found: Found) -> Levels:
    levels = _by_order(_letters(found))
    message = f"Marks are letters in the document. With A as the best, {quoted_pairs(levels, found)}."
    return _said(replace(levels, numbers=()), found, "levels_mapped", message)


def _by_points(found: Found) -> Levels:
    points = {index: label for index, label in found.items() if label.kind == "points"}
    levels = _by_order(points)
    message = f"In the order of their points, {quoted_pairs(levels, found)}."
    return _said(levels, found, "levels_mapped", message)


WAYS = (
    (is_reversed, _by_reversed_words),
    (is_from_zero, _from_zero),
    (is_by_digit, _by_digit),
    (is_by_number_and_words, _by_words),
    (is_by_number, _by_number),
    (is_by_letter, _by_letter),
    (is_by_the_bar, _by_the_bar),
    (is_by_words, _by_words),
    (is_by_points, _by_points),
)


def _said(levels: Levels, found: Found, code: str, message: str) -> Levels:
    """The levels with the warning about them, and one about points that are no levels."""
    texts = [found[index].text for index in levels.of if found[index].kind == "points"]
    warnings = [PlanWarning(code, f"{message} This is our reading, so check it.")]
    if texts:
        said = f"The points in {quoted(texts)} are no levels and were left out."
        warnings.append(PlanWarning("points_left_out", said))
    return replace(levels, assumed=True, numbers=levels.numbers or _whole(found), warnings=tuple(warnings))


def quoted_pairs(levels: Levels, found: Found) -> str:
    """What was read as what, in a sentence."""
    pairs = sorted(levels.of.items(), key=lambda pair: pair[1])
    return ", ".join(f"“{found[index].text}” was read as level {level}" for index, level in pairs)


def agreed_level(text: str) -> int | None:
    """The level that the bar's words name: below 1, meets 3, exceeds or exceptional 5; None for any other text."""
    if words.PARTLY.search(text):
        return None
    for pattern, level in ((words.EXCEEDS, 5), (words.BELOW, 1), (words.MEETS, 3)):
        if pattern.search(text):
            return level
    return None


BAR = re.compile(r"\bbar\b", re.IGNORECASE)


def _rank(label: Label) -> float:
    return label.rank or 0


def _whole(found: Found) -> tuple[int, ...]:
    """The whole numbers that digits and bands name, ascending."""
    named: set[int] = set()
    for label in _numbered(found).values():
        low, high = label.numbers or (0, 0)
        named.update(range(int(low), int(high) + 1))
    return tuple(sorted(named))


def _by_order(found: Found, *, descending: bool = False) -> Levels:
    """By the order of the numbers: the lowest is 1, the middle 3, the highest 5. More than five share levels."""
    sizes = sorted({label.middle for label in found.values()}, reverse=descending)
    if len(sizes) > len(ALL):
        levels = _spread(len(sizes))
    elif _is_within_our_scale(found):
        levels = _nearest([_own_level(size, found) for size in sizes])
    else:
        levels = _nearest(_evenly(len(sizes)))
    level_of_size = dict(zip(sizes, levels, strict=True))
    of = {index: level_of_size[label.middle] for index, label in found.items()}
    return Levels(of, True, _whole(found))


def _is_within_our_scale(found: Found) -> bool:
    """Whether all are bands and digits between 1 and 5."""
    bounds = [label.numbers for label in found.values() if label.numbers]
    if any(low < LOWEST or high > HIGHEST for low, high in bounds):
        return False
    return any(low < high for low, high in bounds)


def _own_level(size: float, found: Found) -> float:
    """The end of our scale that a band reaches, else its middle."""
    named = next(label for label in found.values() if label.middle == size)
    low, high = named.numbers or (0, 0)
    if low == LOWEST:
        return LOWEST
    return HIGHEST if high == HIGHEST else size


def _rounded(step: float) -> int:
    """The nearest level; halves go towards the middle, so that the ends stay what they say."""
    return int(step + 0.5 - 1e-9) if step > 3 else int(step + 0.5)


def _spread(count: int) -> list[int]:
    """That many levels in ascending order, from 1 to 5."""
    return [_rounded(LOWEST + 4 * number / (count - 1)) for number in range(count)]


def _evenly(count: int) -> list[float]:
    return [LOWEST + 4 * number / max(count - 1, 1) for number in range(count)]


def _fitting(ranks: list[float]) -> list[int]:
    """Different levels for ascending ranks. A set that reaches from bad to good reaches from 1 to 5."""
    wanted = list(ranks)
    worst = round(ranks[0], 3)  # without what only keeps two of one rank apart
    if worst <= 2:
        wanted[0] = LOWEST
    if wanted[-1] >= GOOD and worst < 3:
        wanted[-1] = HIGHEST
    if len(wanted) == 3 and wanted[0] == LOWEST and wanted[-1] == HIGHEST:
        wanted[1] = 3
    return _nearest(wanted)


GOOD = 3.6


def _nearest(wanted: list[float]) -> list[int]:
    """Different levels in ascending order, as near to what is wanted as can be; wanted ends of the scale are kept."""
    even = _evenly(len(wanted))
    choices = list(combinations(ALL, len(wanted)))
    kept = [choice for choice in choices if _keeps_ends(choice, wanted)]
    return list(min(kept, key=lambda choice: (_distance(choice, wanted), _distance(choice, even))))


def _keeps_ends(choice: tuple[int, ...], wanted: list[float]) -> bool:
    first = wanted[0] != LOWEST or choice[0] == LOWEST
    last = wanted[-1] != HIGHEST or choice[-1] == HIGHEST
    return first and last


def _distance(choice: Iterable[int], wanted: Iterable[float]) -> float:
    return round(sum(abs(level - rank) for level, rank in zip(choice, wanted, strict=True)), 6)


def _with_neighbours(found: Found) -> dict[int, float]:
    """The rank of each label, and between two that have one, of those without: as if evenly spaced.

    Of two labels of one rank, the one further on in the direction of the set is the better.
    """
    indexes = sorted(found)
    known = [index for index in indexes if found[index].rank is not None]
    ranks = {index: _rank(found[index]) for index in known}
    upwards = ranks[known[0]] <= ranks[known[-1]]
    for before, after in pairwise(known):
        between = [index for index in indexes if before < index < after]
        step = (ranks[after] - ranks[before]) / (len(between) + 1)
        for number, index in enumerate(between, start=1):
            ranks[index] = ranks[before] + step * number
    places = {index: place for place, index in enumerate(indexes)}
    nudge = 1e-6 if upwards else -1e-6
    return {index: rank + nudge * places[index] for index, rank in ranks.items()}
