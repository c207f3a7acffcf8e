"""A PDF's page that is set in two columns: its lines in the order in which people read them. Pure."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from rubrics.readers.pdf_lines import BULLETS, SAME_PLACE, Dot, TextLine, Word, lines_of, segments

FEWEST_LINES = 4  # of a column; fewer beside each other are a form's head
TRIED = 4  # places where a right column may begin: those where most parts of lines do
EVEN = 0.6  # of the wider column's width: a narrower one names what stands beside it
MOST_PARTED = 0.2  # of a column's lines: where more are in parts, they are a table's
FEWEST_WORDS = 3.0  # in a line of running text, on the average

Cut = tuple[tuple[Word, ...], tuple[Word, ...]]


def in_reading_order(lines: Sequence[TextLine], dots: Sequence[Dot] = ()) -> list[list[TextLine]]:
    """The lines of one page in groups from the top: a line by itself, or all lines of two columns beside each other.

    The right column's lines come after the left one's, shifted to where those begin, with a `column` of their own.
    """
    for start in _starts(lines):
        groups = list(_groups(lines, start - SAME_PLACE, dots))
        if len(groups) < len(lines):
            return groups
    return [[line] for line in lines]


def _starts(lines: Sequence[TextLine]) -> list[float]:
    """Where the second part of a line begins most often, in points."""
    found: Counter[int] = Counter()
    for line in lines:
        found.update(round(part.x0) for part in segments(line)[1:])
    return [float(x0) for x0, times in found.most_common(TRIED) if times >= FEWEST_LINES]


def _groups(lines: Sequence[TextLine], start: float, dots: Sequence[Dot]) -> Iterator[list[TextLine]]:
    """Columns are what stands between lines that run over the place where the right one would begin."""
    run: list[TextLine] = []
    for line in lines:
        if any(word.x0 < start < word.x1 for word in line.words) or _runs_over(line, start):
            yield from _of_run(run, start, dots)
            yield [line]
            run = []
        else:
            run.append(line)
    yield from _of_run(run, start, dots)


def _runs_over(line: TextLine, start: float) -> bool:
    """Whether words stand on both sides of the place, with no more than a blank between them."""
    left, right = _cut(line, start)
    return bool(left and right) and right[0].x0 - left[-1].x1 < right[0].size * 0.8


def _cut(line: TextLine, start: float) -> Cut:
    left = tuple(word for word in line.words if word.x0 < start)
    return left, line.words[len(left) :]


def _of_run(run: Sequence[TextLine], start: float, dots: Sequence[Dot]) -> Iterator[list[TextLine]]:
    cuts = [_cut(line, start) for line in run]
    page = run[0].page if run else 0
    left = lines_of([word for words, _ in cuts for word in words], page, dots)
    right = lines_of([word for _, words in cuts for word in words], page, dots)
    beside = sum(1 for cut in cuts if all(cut))
    if beside < FEWEST_LINES or not _are_columns(left, right):
        yield from ([line] for line in run)
        return
    shift = _edge(left) - _edge(right)
    yield [*left, *(_shifted(line, shift) for line in right)]


def _are_columns(left: Sequence[TextLine], right: Sequence[TextLine]) -> bool:
    """Whether both sides are running text of about one width."""
    if not _is_text(left) or not _is_text(right):
        return False
    narrow, wide = sorted((_width(left), _width(right)))
    return narrow >= wide * EVEN


def _is_text(lines: Sequence[TextLine]) -> bool:
    if len(lines) < FEWEST_LINES:
        return False
    words = sum(len(line.words) for line in lines)
    parted = sum(1 for line in lines if _is_parted(line))
    return words >= len(lines) * FEWEST_WORDS and parted <= len(lines) * MOST_PARTED


def _is_parted(line: TextLine) -> bool:
    """Whether a line has gaps, other than the one behind its bullet."""
    parts = segments(line)
    return len([part for part in parts if part.text.strip(BULLETS)]) > 1


def _edge(lines: Sequence[TextLine]) -> float:
    return min(line.x0 for line in lines)


def _width(lines: Sequence[TextLine]) -> float:
    return max(line.words[-1].x1 for line in lines) - _edge(lines)


def _shifted(line: TextLine, by: float) -> TextLine:
    words = tuple(replace(word, x0=word.x0 + by, x1=word.x1 + by) for word in line.words)
    return replace(line, words=words, column=1)
