"""What the columns of a scorecard's table hold: the dimension's name, its weight, and
the wording of levels."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from re import Pattern

from rubrics.blueprints import by_language, words
from rubrics.blueprints.labels import rank_of, says_not_rated
from rubrics.blueprints.levels import Levels, read_levels
from rubrics.blueprints.lines import Cell, Row
from rubrics.blueprints.reading import PlanWarning


@dataclass(frozen=True)
class Columns:
    """Indexes of columns, counted from 0.

    `levels` is the column of each level that the header names (0 to 5), and `more` the
    further ones of a level that several columns share; `assumed` says that a level is
    our reading; `title` heads the column of names; `numbers` are those that the header
    gives its levels; `refused` are columns of people, questions, times or job grades;
    `asked` is the one of what to ask, `look_for` are those of what is assessed or to
    look for, and `signs` those of signals that are no levels, with their kind.

    Of what a person told: `levels_told` says that no level is our reading, `left_out`
    are columns that are not to be read.
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
    """The row that names the columns, and the rows below it. At least one row is
    needed.

    Title rows above the header span the table; a second header row names the levels.
    """
    index = _header_index(rows)
    header, body = rows[index], rows[index + 1 :]
    if body and _names_levels_below(header, body[0]):
        return _lower_where_named(header, body[0]), body[1:]
    return header, body


SEARCHED = 20  # rows: forms ask for names and dates above the header


def _header_index(rows: tuple[Row, ...]) -> int:
    """The first row that is no title, or a later one that is headed as a scorecard's,
    below lines to fill in."""
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
    """Whether a row goes on with the header: that spans columns, and this consists of
    header cells or is reached into.

    A header cell over two rows makes the second a header row too, whatever its cells
    are marked as.
    """
    if not any(cell.span > 1 for cell in header):
        return _fills_blanks_with_levels(header, row)
    if all(cell.header for cell in row):
        return True
    if any(above is below and above.header for above, below in zip(header, row, strict=False)):
        return True
    reaches_down = header[0] is row[0]
    if row[0].text and not reaches_down:
        return False
    own = {index: text for index, text in _texts(row).items() if row[index] is not header[index]}
    return read_levels(own).distinct > 1


def _fills_blanks_with_levels(header: Row, row: Row) -> bool:
    """Whether a row names levels below one heading and the blanks behind it, as merged
    cells are exported."""
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

    A scorecard's header names a level or says dimension; or it has weights, and
    something that they may belong to. Below a heading that says scorecard (`titled`),
    room for a score or a comment is enough.
    """
    heads = _heads_of(header, titled=titled)
    if not heads.are_of_a_scorecard(titled=titled):
        return None
    name = heads.name
    if name is None:
        return None
    beside = [index for index in heads.others if index != name]
    asked = _headed(header, beside, ASKED_HEAD)
    return Columns(
        name=name,
        weight=heads.weight,
        levels=heads.levels,
        assumed=heads.found.assumed,
        title=header[name].text,
        more=_further_of_each(heads.found, heads.levels),
        numbers=heads.found.numbers,
        refused=heads.found.refused,
        warnings=heads.found.warnings,
        asked=asked[0] if asked else None,
        look_for=tuple(_headed(header, beside, LOOK_FOR_HEAD)),
        signs=_signs(header, beside),
        left_out=heads.not_rated,
    )


@dataclass(frozen=True)
class _Heads:
    """What the cells of a header row were taken for.

    `found` is what was read as levels, of which `levels` has the first column of each.
    `others` are neither levels nor the weight, and `named` those of them that may hold
    the names, the likeliest first; `not_rated` say “not applicable”.
    """

    header: Row
    weight: int | None
    found: Levels
    levels: dict[int, int]
    others: list[int]
    named: list[int]
    not_rated: frozenset[int]

    def are_of_a_scorecard(self, *, titled: bool) -> bool:
        """Whether they name something that is rated. Job grades (`found.refused`) alone
        do not."""
        if not self.others:
            return False
        if self.levels or self.is_weighted:
            return True
        if self.found.refused:
            return bool(self.named)
        says_dimension = _headed(self.header, self.others, words.DIMENSION_NAME)
        return bool(says_dimension) or (titled and self.is_rated)

    @property
    def is_weighted(self) -> bool:
        """Whether there are weights, and names that they may belong to."""
        return self.weight is not None and bool(self.named)

    @property
    def is_rated(self) -> bool:
        """Whether there are names, and room for a score or a comment or signals beside
        them."""
        if not self.named:
            return False
        beside = [index for index in self.others if index != self.named[0]]
        return bool(_headed(self.header, self.others, SCORE_HEAD) or _signs(self.header, beside))

    @property
    def name(self) -> int | None:
        """The column of names; None where only one between the levels is left, which is
        a level in words unknown."""
        if self.named:
            return self.named[0]
        first = _without_ordinals(self.header, self.others)[0]
        is_between = bool(self.levels) and min(self.levels.values()) < first < max(self.levels.values())
        return None if is_between else first


def _heads_of(header: Row, *, titled: bool) -> _Heads:
    weight = _weight_column(header)
    found = read_levels(_candidates(header, weight))
    levels = _first_of_each(found)
    if found.left_out:
        levels[0] = found.left_out[0]
    not_rated = [index for index, text in _texts(header).items() if says_not_rated(text)]
    taken = {weight}.union(found.of, found.left_out, found.refused, not_rated)
    others = [index for index in range(len(header)) if index not in taken]
    return _Heads(header, weight, found, levels, others, _named(header, others, titled=titled), frozenset(not_rated))


def _named(header: Row, others: list[int], *, titled: bool) -> list[int]:
    """The columns that may hold the names, the likeliest first; none where no heading
    says so.

    Those of signals hold none, though “Positive indicators” speaks of indicators.
    """
    others = [index for index in others if not words.kind_of_signal(header[index].text)]
    named = _headed(header, others, words.DIMENSION_NAME) or _headed(header, others, words.DIMENSION_HEAD)
    if len(named) > 1 and SAYS_GROUP.match(header[named[0]].text):
        named = named[1:]
    if named:
        return _without_what_is_scored(header, others, named)
    if not titled:
        return []
    named = _asked_about(header, others) or _headed(header, others, ITEM_HEAD)
    first_is_blank = bool(others) and not header[others[0]].text
    return named or (others[:1] if first_is_blank else [])


SAYS_GROUP = words.words(r"^\W*(category|group|theme|cluster|kategorie|gruppe|catégorie|groupe|categoría|grupo)\W*$")


def _without_what_is_scored(header: Row, others: list[int], named: list[int]) -> list[int]:
    """Where the first of these only says what is scored: the columns before it, whose
    names it goes on about."""
    if not SAYS_WHAT_IS_SCORED.match(header[named[0]].text):
        return named
    before = [index for index in others if index < named[0] and header[index].text]
    return _without_ordinals(header, before) or named


def _asked_about(header: Row, others: list[int]) -> list[int]:
    """Where a column holds questions: the one before it that says what they are about,
    else itself."""
    asked = _headed(header, others, words.QUESTIONS)
    if not asked:
        return []
    about: list[int] = []
    for index in others:
        text = header[index].text
        says_it = text and not (ORDINAL_HEAD.match(text) or GROUP_HEAD.match(text))
        if index < asked[0] and says_it:
            about.append(index)
    return about or asked


GROUP_HEAD = words.words(
    r"^\W*(section|part|stage|round|type|time|minutes|group|phase|who|interviewer|panel(l?ist)?)\W*$"
)


def _signs(header: Row, indexes: Iterable[int]) -> dict[int, str]:
    """The columns that a heading says are of strong or weak signals or of red flags,
    with the kind."""
    texts = {index: header[index].text for index in indexes}
    beside = {index: text for index, text in texts.items() if text and not LATER_COLUMN.match(text)}
    kinds = words.kinds_of_opposites(beside) if len(beside) == 2 else {}
    for index, text in texts.items():
        kinds[index] = words.kind_of_signal(text) or kinds.get(index, "")
    found = {index: kind for index, kind in kinds.items() if kind}
    if len(found) == 1 and LOOK_FOR_HEAD.search(texts[next(iter(found))]):
        return {}  # “What good looks like” beside nothing bad says what to look for
    return found


SAYS_WHAT_IS_SCORED = words.words(
    r"^\W*what (we|you) (score|rate|check|assess)\W*$"
)  # of what a column before it names
LOOK_FOR_HEAD = words.words(
    r"^\W*(?:(?:what|things) (?:to|we|you|interviewers?)\W+(?:are |will |should )?(?:look|looking|listen) for"
    r"|to look for|look[- ]?fors?|listen for|what (?:good|great|strong) looks like"
    r"|what (?:we|you) (?:assess|score|rate|check))\W*$",
    r"^\W*(?:\w+\W+){1,3}to (?:assess|explore|probe|look for|listen for|watch for|observe)\W*$",
    r"^\W*points (?:looked for|to cover|expected)( in (?:the )?answers?)?\W*$",
    r"^\W*(?:definitions?|descriptions?|beschreibung|definition|définition|definición|descripción)\W*$",
    r"^\W*(?:(?:key|observable|behaviou?ral)\W+)?(?:indicators|indikatoren|indicateurs|indicadores)\W*$",
    r"^\W*(?:breakdown|aufschlüsselung|détail|desglose|detalle)\W*$",
    r"^\W*(?:worauf (?:wir |zu )?achten|points? à observer|qué busca(?:r|mos))\W*$",
)
ASKED_HEAD = words.words(
    r"^\W*(?:(?:lead|main|primary|key|core|sample|suggested|interview|example|related)\W+)?questions?(?:\(s\))?"
    r"\W*(?:to ask)?\W*$",
    r"^\W*(?:interview|leit)?fragen?\W*$",
    r"^\W*questions? (?:types?|posées?|à poser)\W*$",
    r"^\W*preguntas?(?: sugeridas?)?\W*$",
)


def _candidates(header: Row, weight: int | None) -> dict[int, str]:
    """What may name a level: neither weights, nor scores and comments, nor the name at
    the beginning."""
    texts = {index: _label_in(header[index]) for index in _texts(header) if index != weight}
    first = next(iter(texts), None)
    if first is not None and _heads_names(texts[first]) and len(texts) > 1:
        del texts[first]
    return _without_signals({index: text for index, text in texts.items() if not _is_to_fill_in(text)})


def _is_to_fill_in(text: str) -> bool:
    """Whether a heading is that of scores, comments or what was not rated, or holds a
    whole scale."""
    if says_not_rated(text) or TO_TICK.fullmatch(text):
        return True
    return LATER_COLUMN.match(text) is not None


def _label_in(cell: Cell) -> str:
    """What a heading calls a level: its first line, where further lines describe the
    level."""
    first = cell.lines[0].text if len(cell.lines) > 1 else ""
    if not first or rank_of(first) is None:
        return cell.text
    return first


def _heads_names(text: str) -> bool:
    return words.DIMENSION_HEAD.search(text) is not None and rank_of(text) is None


def _without_signals(texts: dict[int, str]) -> dict[int, str]:
    """Without red flags, and without strong and weak signals or answers where they are
    not among other levels.

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
    """Whether a red flag stands where the lowest of the levels beside it is missing, as
    in “Red flag, Mixed, Great”."""
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
    rf"^\W*(?:(?:your|interviewer|total|final|overall|max(?:imum)?|weighted|self)\W+)*(?:{by_language.SCORE_HEADS})"
    r"\W*(?:\([01]\s*(?:[-–—]|to)\s*\d{1,3}\)|(?:/|out of|of)\s*\d{1,3})?\W*$",
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
    """Whether the table's columns are numbered levels, at least two, which says
    scorecard in any language."""
    if len(rows) < 2:
        return False
    columns = columns_of(header_and_body(rows)[0])
    if columns is None or columns.assumed:
        return False
    return len(columns.levels) > 1
