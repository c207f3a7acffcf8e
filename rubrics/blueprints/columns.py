"""What the columns of a scorecard's table hold: the dimension's name, its weight, and the wording of levels."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from re import Pattern

from rubrics.blueprints import by_language, words
from rubrics.blueprints.labels import rank_of
from rubrics.blueprints.levels import Levels, read_levels
from rubrics.blueprints.lines import Cell, Row
from rubrics.blueprints.reading import PlanWarning


@dataclass(frozen=True)
class Columns:
    """Indexes of columns, counted from 0.

    `levels` is the column of each level that the header names (0 to 5), and `more` the further ones of a level that
    several columns share; `assumed` says that a level is our reading; `title` heads the column of names; `numbers` are
    those that the header gives its levels; `refused` are columns of people, questions, times or job grades; `asked` is
    the one of what to ask, `look_for` are those of what is assessed or to look for, and `signs` those of signals that are
    no levels, with their kind.

    Of what a person told: `levels_told` says that no level is our reading, `left_out` are columns that are not to be
    read.
    """

    name: int
    weight: int | None
    levels: dict[int, int]
    assumed: bool
    title: str = ""
    more: dict[int, tuple[int, ...]] = field(default_factory=dict)
    numbers: tuple[int, ...] = ()
    refused: frozenset[int] = frozenset()
    warnings: tuple[PlanWarning, ...] = ()
    asked: int | None = None
    levels_told: bool = False
    look_for: tuple[int, ...] = ()
    signs: dict[int, str] = field(default_factory=dict)
    left_out: frozenset[int] = frozenset()

    @property
    def taken(self) -> set[int]:
        taken = {index for index in (self.name, self.weight, self.asked) if index is not None}
        taken.update(self.levels.values(), self.refused, self.look_for, self.signs, self.left_out)
        for further in self.more.values():
            taken.update(further)
        return taken

    @property
    def anchored(self) -> dict[int, tuple[int, ...]]:
        """The columns of each level from 1 to 5, in the order of the page."""
        anchored: dict[int, tuple[int, ...]] = {}
        for level, index in sorted(self.levels.items()):
            if level > 0:
                further = self.more.get(level, ())
                anchored[level] = tuple(sorted((index, *further)))
        return anchored


def header_and_body(rows: tuple[Row, ...]) -> tuple[Row, tuple[Row, ...]]:
    """The row that names the columns, and the rows below it. At least one row is needed.

    Title rows above the header span the table; a second header row names the levels.
    """
    index = _header_index(rows)
    header, body = rows[index], rows[index + 1 :]
    if body and _names_levels_below(header, body[0]):
        return _lower_where_named(header, body[0]), body[1:]
    return header, body


SEARCHED = 20  # rows: forms ask for names and dates above the header


def _header_index(rows: tuple[Row, ...]) -> int:
    """The first row that is no title, or a later one that is headed as a scorecard's, below lines to fill in."""
    no_titles = [index for index, row in enumerate(rows[:-1][:SEARCHED]) if _is_no_title(row)]
    if not no_titles:
        return 0
    first, *later = no_titles
    if columns_of(_joined_header(rows, first)) is not None:
        return first
    return next((index for index in later if _heads_dimensions(_joined_header(rows, index))), first)


def _heads_dimensions(row: Row) -> bool:
    columns = columns_of(row)
    return columns is not None and words.DIMENSION_HEAD.search(columns.title) is not None


def _joined_header(rows: tuple[Row, ...], index: int) -> Row:
    """The row, with what the one below it says where it is a second header row."""
    header = rows[index]
    if index + 1 < len(rows) and _names_levels_below(header, rows[index + 1]):
        return _lower_where_named(header, rows[index + 1])
    return header


def _lower_where_named(upper: Row, lower: Row) -> Row:
    cells: list[Cell] = []
    for high, low in zip(upper, lower, strict=False):
        cells.append(low if low.text else high)
    return tuple(cells)


def _is_no_title(row: Row) -> bool:
    return sum(bool(cell.text) for cell in row) > 1


def _names_levels_below(header: Row, row: Row) -> bool:
    """Whether a row goes on with the header: that spans columns, and this consists of header cells or is reached into.

    A header cell over two rows makes the second a header row too, whatever its cells are marked as.
    """
    if not any(cell.span > 1 for cell in header):
        return _fills_blanks_with_levels(header, row)
    if all(cell.header for cell in row):
        return True
    if any(above is below and above.header for above, below in zip(header, row, strict=False)):
        return True
    return not row[0].text and read_levels(_texts(row)).distinct > 1


def _fills_blanks_with_levels(header: Row, row: Row) -> bool:
    """Whether a row names levels below one heading and the blanks behind it, as merged cells are exported."""
    filled = _texts(row)
    if len(filled) < 2 or 0 in filled or len(row) > len(header):
        return False
    first, *further = sorted(filled)
    if not header[first].text or any(header[index].text for index in further):
        return False
    return read_levels(filled).distinct == len(filled)


def _texts(row: Row) -> dict[int, str]:
    return {index: cell.text for index, cell in enumerate(row) if cell.text}


def columns_of(header: Row, *, titled: bool = False) -> Columns | None:
    """The columns that a header row names; None where it is no scorecard's.

    A scorecard's header names a level or says dimension; or it has weights, and something that they may belong to.
    Below a heading that says scorecard (`titled`), room for a score or a comment is enough.
    """
    weight = _weight_column(header)
    found = read_levels(_candidates(header, weight))
    levels = _first_of_each(found)
    more = _further_of_each(found, levels)
    if found.left_out:
        levels[0] = found.left_out[0]
    taken = {weight}.union(found.of, found.left_out, found.refused)
    others = _without(range(len(header)), taken)
    named = _naming(header, others, titled=titled)
    has_levels = bool(levels or found.refused)
    has_weights = weight is not None and bool(named)
    if not others or not (has_levels or has_weights or _says_scorecard(header, others, named, titled=titled)):
        return None
    if found.refused and not (levels or named):
        return None
    name = named[0] if named else _name_by_place(header, others, levels)
    if name is None:
        return None
    beside = _without(others, {name})
    return Columns(
        name=name,
        weight=weight,
        levels=levels,
        assumed=found.assumed,
        title=header[name].text,
        more=more,
        numbers=found.numbers,
        refused=found.refused,
        warnings=found.warnings,
        asked=next(iter(_headed(header, beside, ASKED_HEAD)), None),
        look_for=tuple(_headed(header, beside, LOOK_FOR_HEAD)),
        signs=_signs(header, beside),
    )


def _naming(header: Row, others: list[int], *, titled: bool) -> list[int]:
    """Of the columns without levels and weights those that seem to name a dimension; empty where none does."""
    heads = [words.DIMENSION_NAME, words.DIMENSION_HEAD]
    if titled:
        heads += [words.QUESTIONS, ITEM_HEAD]
    for head in heads:
        if found := _headed(header, others, head):
            return found
    if titled and others and not header[others[0]].text:
        return others[:1]
    return []


def _says_scorecard(header: Row, others: list[int], named: list[int], *, titled: bool) -> bool:
    """Whether a header says dimension or, below a heading that says scorecard, has room for a score or a comment."""
    if _headed(header, others, words.DIMENSION_NAME):
        return True
    if not (titled and named):
        return False
    return bool(_headed(header, others, SCORE_HEAD) or _signs(header, others))


def _name_by_place(header: Row, others: list[int], levels: dict[int, int]) -> int | None:
    """The first column that may hold names where none says so; `levels` are columns by level.

    None where it has levels on both sides: one whose words are not known stands there, and no name.
    """
    first = _without_ordinals(header, others)[0]
    if levels and min(levels.values()) < first < max(levels.values()):
        return None
    return first


def _without(indexes: Iterable[int], taken: Collection[int | None]) -> list[int]:
    return [index for index in indexes if index not in taken]


def _signs(header: Row, indexes: Iterable[int]) -> dict[int, str]:
    """The columns that a heading says are of strong or weak signals or of red flags, with the kind."""
    kinds = {index: words.kind_of_signal(header[index].text) for index in indexes}
    return {index: kind for index, kind in kinds.items() if kind}


LOOK_FOR_HEAD = words.words(
    r"^\W*(?:(?:what|things) (?:to|we|you|interviewers?)\W+(?:are |will |should )?(?:look|looking|listen) for"
    r"|to look for|look[- ]?fors?|listen for|what (?:good|great|strong) looks like|what (?:we|you) assess)\W*$",
    r"^\W*(?:\w+\W+){1,3}to (?:assess|explore|probe|look for|listen for|watch for|observe)\W*$",
    r"^\W*points (?:looked for|to cover|expected)( in (?:the )?answers?)?\W*$",
    r"^\W*(?:definitions?|descriptions?|beschreibung|definition|définition|definición|descripción)\W*$",
    r"^\W*(?:worauf (?:wir |zu )?achten|points? à observer|qué busca(?:r|mos))\W*$",
)
ASKED_HEAD = words.words(
    r"^\W*(?:(?:lead|main|primary|key|core|sample|suggested|interview|example|related)\W+)?questions?(?:\(s\))?"
    r"\W*(?:to ask)?\W*$",
    r"^\W*(?:interview|leit)?fragen?\W*$",
    r"^\W*preguntas?\W*$",
)


def _candidates(header: Row, weight: int | None) -> dict[int, str]:
    """What may name a level: neither weights, nor scores and comments, nor the name at the beginning."""
    texts = {index: text for index, text in _texts(header).items() if index != weight}
    first = next(iter(texts), None)
    if first is not None and words.DIMENSION_HEAD.search(texts[first]) and len(texts) > 1:
        del texts[first]
    texts = {index: text for index, text in texts.items() if not (LATER_COLUMN.match(text) or TO_TICK.fullmatch(text))}
    return _without_signals(texts)


def _without_signals(texts: dict[int, str]) -> dict[int, str]:
    """Without red flags, and without strong and weak signals or answers where they are not among other levels.

    A red flag at the lower end of levels none of which is low is the lowest of them.
    """
    flags = [index for index, text in texts.items() if words.RED_FLAG.search(text)]
    if len(flags) == 1 and _is_the_lowest(flags[0], texts):
        return texts
    texts = {index: text for index, text in texts.items() if index not in flags}
    signs = {index for index, text in texts.items() if _is_sign(text)}
    if len(signs) > 2 or len(read_levels(texts).of) > len(signs):
        return texts
    return {index: text for index, text in texts.items() if index not in signs}


def _is_the_lowest(flag: int, texts: dict[int, str]) -> bool:
    """Whether a red flag stands where the lowest of the levels beside it is missing, as in “Red flag, Mixed, Great”."""
    if rank_of(texts[flag]) is None:
        return False
    ranks = {index: rank_of(text) for index, text in texts.items() if index != flag}
    known = [(index, rank) for index, rank in ranks.items() if rank is not None]
    if len(known) < 2 or min(rank for _, rank in known) < MIDDLE:
        return False
    (first, worst), (last, best) = known[0], known[-1]
    return flag < first if worst < best else flag > last


MIDDLE = 3  # the rank of a level that meets the bar


def _is_sign(text: str) -> bool:
    return bool(words.WEAK.search(text) or words.STRONG.search(text))


ITEM_HEAD = words.words(r"^\W*items?\W*$")  # of price lists too, so below a heading that says scorecard alone
SCORE_HEAD = re.compile(by_language.SCORE_HEADS, re.IGNORECASE)
LATER_COLUMN = re.compile(
    rf"^\W*(?:(?:your|interviewer|total|final|overall|max(?:imum)?|weighted|self)\W+)*(?:{by_language.SCORE_HEADS})\W*$",
    re.IGNORECASE,
)


TO_TICK = re.compile(r"\W*\d{1,2}(?:\W+\d{1,2}){2,}\W*")  # a whole scale in one cell: “1 2 3 4 5”


def _first_of_each(found: Levels) -> dict[int, int]:
    levels: dict[int, int] = {}
    for index, level in sorted(found.of.items()):
        levels.setdefault(level, index)
    return levels


def _further_of_each(found: Levels, first: dict[int, int]) -> dict[int, tuple[int, ...]]:
    more: dict[int, tuple[int, ...]] = {}
    for index, level in sorted(found.of.items()):
        if index != first[level]:
            more[level] = (*more.get(level, ()), index)
    return more


def _weight_column(header: Row) -> int | None:
    """The first column of weights; “Dimension (weight)” is one of names."""
    for index, cell in enumerate(header):
        if words.WEIGHT_HEAD.search(cell.text) and not words.DIMENSION_NAME.search(cell.text):
            return index
    return None


def _headed(header: Row, indexes: Iterable[int], title: Pattern[str]) -> list[int]:
    return [index for index in indexes if title.search(header[index].text)]


def _without_ordinals(header: Row, indexes: list[int]) -> list[int]:
    """Without columns of row numbers, unless there is no other."""
    found = [index for index in indexes if not ORDINAL_HEAD.match(header[index].text)]
    return found or indexes


ORDINAL_HEAD = re.compile(r"^\s*(#|no\.?|nr\.?|№|s\.?no\.?)\s*$", re.IGNORECASE)


def names_levels_by_digit(rows: tuple[Row, ...]) -> bool:
    """Whether the table's columns are numbered levels, at least two, which says scorecard in any language."""
    if len(rows) < 2:
        return False
    columns = columns_of(header_and_body(rows)[0])
    if columns is None or columns.assumed:
        return False
    return len(columns.levels) > 1
