"""One table of a scorecard: its columns, its dimensions row by row, and what was not read of it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from rubrics.blueprints import words
from rubrics.blueprints.columns import LATER_COLUMN, ORDINAL_HEAD, Columns, columns_of, header_and_body
from rubrics.blueprints.dimension_rows import (
    LETTER,
    are_numbers,
    has_numbers,
    has_words,
    may_be_a_dimension,
    rows_of_dimensions,
    text_in,
    texts_in,
)
from rubrics.blueprints.labels import rank_of
from rubrics.blueprints.levels import quoted, read_levels
from rubrics.blueprints.line_kinds import is_room, split_level
from rubrics.blueprints.lines import Cell, Row, unnumbered
from rubrics.blueprints.planned_dimensions import folded
from rubrics.blueprints.rated_rows import DimensionRow, LookFor, ReadTable, anchors_of, named_in, wording
from rubrics.blueprints.reading import PlanWarning, Read
from rubrics.blueprints.sections import Block
from rubrics.blueprints.sums import without_sums
from rubrics.blueprints.told_columns import told_columns
from rubrics.blueprints.turned import (
    LEVEL_HEAD,
    MEANING_HEAD,
    Described,
    as_table,
    asks_on_a_card,
    explains_a_scale,
    is_generic,
    read_candidates_down,
    read_groups_of_levels,
    read_level_rows,
    read_turned,
)
from rubrics.blueprints.weights import ALL_POINTS, points_as_weights, shares_as_weights, weight_in_name, weight_of


@dataclass(frozen=True)
class _Table:
    columns: Columns
    header: Row
    body: tuple[Row, ...]


def read_any_table(block: Block, *, titled: bool) -> Read[ReadTable] | None:
    """The dimensions of a table of any shape; None for one that is no scorecard's."""
    if block.columns:
        return read_table(block, titled=titled)
    if asks_on_a_card(block):
        return None
    people = read_candidates_down(block) if titled else None
    return people or read_levels_down(block) or read_table(block, titled=titled)


def read_levels_down(block: Block) -> Read[ReadTable] | None:
    """The dimensions of a table whose rows are levels; None for one of another kind."""
    return read_level_rows(block) or read_turned(block) or read_groups_of_levels(block)


def read_table(block: Block, *, titled: bool) -> Read[ReadTable] | None:
    """The dimensions of a table whose rows they are; None for a table of another kind."""
    table = table_of(block, titled=titled)
    if table is None or (not block.columns and is_legend(table)):
        return None
    within = None if table.columns.levels else _levels_within(table)
    if within:
        return as_table(within, block.text or table.columns.title)
    rows = _rows_of(table)
    columns = table.columns
    found = ReadTable(
        rows=tuple(rows.value),
        levels=tuple(sorted(columns.levels)),
        assumed=columns.assumed,
        title=block.text or columns.title,
        numbers=columns.numbers,
        levels_told=columns.levels_told,
        look_for=_look_for(table, rows.value),
        head=tuple(folded(cell.text) for cell in table.header),
        relative=_own_scale_of_weights(table),
    )
    return Read(found, rows.warnings)


def _levels_within(table: _Table) -> list[Described]:
    """The dimensions of a table one column of which holds all levels, a line each; empty for any other."""
    for index in range(len(table.header)):
        rows = [row for row in table.body if index < len(row) and row[index].text]
        described = [_described_within(row, index, table.columns) for row in rows]
        if index != table.columns.name and rows and all(len(entry.labels) > 1 for entry in described):
            return described
    return []


def _described_within(row: Row, index: int, columns: Columns) -> Described:
    weight = None if columns.weight is None else weight_of("", text_in(row, columns.weight)).value
    entry = Described(unnumbered(named_in(row[columns.name])[0]), weight)
    for line in row[index].lines:
        label, text = split_level(line)
        if not label:
            return Described("")
        entry.add(label, text)
    return entry


def _own_scale_of_weights(table: _Table) -> str:
    """The heading of the weights, where it or they say that they are no percentages; empty where neither does."""
    index = table.columns.weight
    if index is None:
        return ""
    title = table.header[index].text
    multiplied = any(MULTIPLIED.fullmatch(text_in(row, index)) for row in table.body)
    if multiplied or words.RELATIVE_WEIGHT.search(title):
        return title
    written = [text_in(row, index) for row in table.body if not is_total(row, table.columns)]
    return title if "%" not in title and _are_small_numbers(written) else ""


def is_total(row: Row, columns: Columns) -> bool:
    return len(row) > columns.name and words.TOTAL.search(unnumbered(row[columns.name].text)) is not None


def _are_small_numbers(texts: Iterable[str]) -> bool:
    """Whether all are whole numbers up to 10, several, that are too few for percentages: they make half of 100 at most."""
    written = [text for text in texts if text]
    if len(written) < 2 or not all(WHOLE_NUMBER.fullmatch(text) for text in written):
        return False
    numbers = [int(text) for text in written]
    return 0 < max(numbers) <= 10 and sum(numbers) <= ALL_POINTS / 2


MULTIPLIED = re.compile(r"[x×*]\s?\d(?:[.,]\d)?|\d(?:[.,]\d)?\s?[x×]", re.IGNORECASE)


def _look_for(table: _Table, rows: Iterable[DimensionRow]) -> tuple[LookFor, ...]:
    """What the columns of what is assessed or to look for say of each dimension."""
    names = {row.name for row in rows}
    found: list[LookFor] = []
    for row in table.body:
        cells = [row[index] for index in table.columns.look_for if index < len(row)]
        texts = tuple(line.text for cell in cells if cell.text for line in cell.lines)
        name, defined = named_in(row[table.columns.name]) if table.columns.name < len(row) else ("", ())
        texts = defined + texts
        name, _ = weight_in_name(unnumbered(name))
        if texts and name in names:
            found.append(LookFor(name, texts))
    return tuple(found)


def is_legend(table: _Table) -> bool:
    """Whether the one row below levels explains them, or the first column is one of levels."""
    columns = table.columns
    if _is_nothing_but_levels(table):
        return True
    if explains_a_scale(columns.title, table.body, columns.name) or _words_a_scale(table):
        return True
    if len(table.body) != 1 or not LEVEL_HEAD.match(table.columns.title):
        return False
    name = table.body[0][table.columns.name : table.columns.name + 1]
    return bool(name) and MEANING_HEAD.match(name[0].text) is not None


def _is_nothing_but_levels(table: _Table) -> bool:
    """Whether a table without a header row has a level and its meanings in each row, three at least."""
    rows = [table.header, *table.body]
    if len(rows) < 3 or any(len(row) not in {2, 3} for row in rows):
        return False
    levels = read_levels({index: row[0].text for index, row in enumerate(rows)})
    return len(levels.of) + len(levels.left_out) == len(rows)


def _words_a_scale(table: _Table) -> bool:
    """Whether the first column is one of levels, and what would be the names are definitions."""
    names = table.header[table.columns.name]
    return is_generic(names) and explains_a_scale(table.header[0].text, table.body, 0)


def table_of(block: Block, *, titled: bool) -> _Table | None:
    if block.kind != "table" or len(block.rows) < 2:
        return None
    header, body = header_and_body(block.rows)
    if not block.told and _is_a_row(header, body):
        if not titled:
            return None
        blank = tuple(replace(cell, text="", lines=()) for cell in header)
        return _Table(Columns(name=0, weight=None, levels={}, assumed=False), blank, (header, *body))
    if block.told:
        return _Table(told_columns(header, block.columns), header, body)
    if _is_headed_like_a_level(header, body):
        header = (replace(header[0], text="", lines=()), *header[1:])
    columns = columns_of(header, titled=titled)
    if columns is None:
        return None
    columns = _with_points(columns, header, body)
    if not columns.levels and columns.weight is None and not titled:
        return None
    return _Table(columns, header, body)


def _is_headed_like_a_level(header: Row, body: tuple[Row, ...]) -> bool:
    """Whether the first column holds names, although “Observed” above it may be a level: the others are to be ticked."""
    if not header[0].text or rank_of(header[0].text) is None:
        return False
    behind = [index for index in range(1, len(header)) if rank_of(header[index].text) is not None]
    return bool(behind) and has_words(body, 0) and not any(has_words(body, index) for index in behind)


def _is_a_row(header: Row, body: tuple[Row, ...]) -> bool:
    """Whether the first row heads nothing: beside its name it has the same room for a score as all rows below it."""
    scale = _rooms_in(header)
    if not any(is_room(text) for text in scale):
        return False
    return all(_rooms_in(row) == scale for row in body)


def _rooms_in(row: Row) -> list[str]:
    return [_as_room(cell.text) for cell in row[1:]]


def _as_room(text: str) -> str:
    """A blank for so many points without their number, which a total has another of: “____ / 10”."""
    return "Score: ____" if BLANK.fullmatch(text) else text


BLANK = re.compile(r"\s*_{2,}\s*(?:/\s*\d{1,3})?\s*")


def _with_points(columns: Columns, header: Row, body: tuple[Row, ...]) -> Columns:
    """The columns, with one of the most points or of percentages as the weights, where these make a hundred together."""
    if columns.weight is not None:
        return columns
    free = [index for index in range(len(header)) if index not in columns.taken]
    for index in free:
        rows = [row for row in body if index < len(row) and may_be_a_dimension(row, columns, to_fill_in=False)]
        texts = [text_in(row, index) for row in rows]
        if POINTS_HEAD.search(header[index].text) and _make_a_hundred(texts):
            told = points_as_weights(header[index].text)
        elif all(text.endswith("%") for text in texts) and _make_a_hundred(text.rstrip("% ") for text in texts):
            told = shares_as_weights(header[index].text)
        else:
            continue
        return replace(columns, weight=index, warnings=(*columns.warnings, told))
    return columns


def _make_a_hundred(texts: Iterable[str]) -> bool:
    """Whether all texts are whole numbers, several, that make a hundred."""
    numbers = [int(text) for text in texts if WHOLE_NUMBER.fullmatch(text)]
    return len(numbers) > 1 and sum(numbers) == ALL_POINTS


WHOLE_NUMBER = re.compile(r"\d{1,3}")


def _rows_of(table: _Table) -> Read[list[DimensionRow]]:
    """The table's dimensions.

    Where it has any, there is a warning for each column that has no place in a rubric.
    """
    rows: list[DimensionRow] = []
    warnings: list[PlanWarning] = []
    chosen = rows_of_dimensions(table.columns, table.header, table.body)
    warnings.extend(chosen.warnings)
    for number, row in chosen.value:
        found = _dimension_row(number, row, table.columns)
        warnings.extend(found.warnings)
        if found.value is not None:
            rows.append(found.value)
    rows = _without_numbers(without_sums(rows, table.columns))
    if rows:
        warnings.extend(_about_columns(table, rows))
    return Read(rows, tuple(warnings))


def _without_numbers(rows: list[DimensionRow]) -> list[DimensionRow]:
    """Without what counts the rows before their names, as in “1 Experience”, “2 Tact” or “A. Experience”, “B. Tact”."""
    for counted, places in ((COUNTED, _numbers), (LETTERED, _letters)):
        found = [counted.match(row.name) for row in rows]
        written = [place[1] for place in found if place is not None]
        if len(rows) > 1 and written == places(len(rows)):
            return [replace(row, name=counted.sub("", row.name)) for row in rows]
    return rows


def _numbers(count: int) -> list[str]:
    return [str(number) for number in range(1, count + 1)]


def _letters(count: int) -> list[str]:
    return [chr(ord("A") + index) for index in range(count)]


COUNTED = re.compile(r"(\d{1,2})\s+(?=[^\W\d])")


LETTERED = re.compile(r"([A-Z])[.)]\s+(?=[^\W\d])")


def _dimension_row(number: int, row: Row, columns: Columns) -> Read[DimensionRow | None]:
    """The dimension in a row, `number` from 1.

    One without a name is left out, with a warning if it has anchors.
    """
    name = unnumbered(named_in(row[columns.name])[0])
    anchors = _anchors(row, columns)
    if not name and not anchors:
        return Read(None)
    if not name:
        message = f"Row {number} of the scorecard has no name in column “{columns.title}” and was left out."
        return Read(None, (PlanWarning("dimension_unnamed", message),))
    asked = _asked(row, columns)
    if columns.weight is None:
        name, within = weight_in_name(name)
        return Read(DimensionRow(name, within or None, anchors, asked))
    weight = weight_of(name, text_in(row, columns.weight))
    return Read(DimensionRow(name, weight.value, anchors, asked), weight.warnings)


def _asked(row: Row, columns: Columns) -> tuple[str, ...]:
    if columns.asked is None or columns.asked >= len(row):
        return ()
    lines = [unnumbered(line.text) for line in row[columns.asked].lines]
    return tuple(line for line in lines if LETTER.search(line))


def _anchors(row: Row, columns: Columns) -> dict[int, str]:
    """The wording of each level that has one; level 0 has no place in a rubric."""
    pairs = [(level, index) for level, found in columns.anchored.items() for index in found]
    texts = [(level, wording(row, index)) for level, index in pairs]
    written = [text for _, text in texts if text]
    if len(pairs) > 2 and len(written) == 1 and written[0].casefold() == "x":
        return {}  # a score, crossed where it was given
    return anchors_of(texts)


def _about_columns(table: _Table, rows: list[DimensionRow]) -> list[PlanWarning]:
    """What is told of the levels where there is wording, and of each column that is left out."""
    warnings = list(table.columns.warnings)
    if not any(row.anchors for row in rows):
        warnings = [row for row in warnings if row.code not in ABOUT_WORDING]
    warnings += _about_level_zero(table)
    warnings += _about_figures(table, rows)
    warnings += _unread_columns(table)
    return warnings


ABOUT_WORDING = frozenset({"levels_mapped", "points_left_out", "scale_reversed"})


def _about_level_zero(table: _Table) -> list[PlanWarning]:
    index = table.columns.levels.get(0)
    if index is None or not has_words(table.body, index):
        return []
    title = table.header[index].text
    message = f"Evenhand's lowest level is 1, so the texts in the scorecard's column “{title}” (level 0) were left out."
    return [PlanWarning("level_zero_unread", message)]


def _about_figures(table: _Table, rows: list[DimensionRow]) -> list[PlanWarning]:
    """A warning where the columns of levels hold figures that differ from row to row, as a table of prices does."""
    columns = [index for found in table.columns.anchored.values() for index in found]
    written = {tuple(text for text in texts_in(row, columns) if text) for row in table.body}
    if len(written) < 2 or max(map(len, written)) < 2:
        return []
    if not all(map(are_numbers, written)):
        return []
    names = quoted(row.name for row in rows)
    message = f"The levels of {names} hold figures and no wording. Check whether these are to be rated."
    return [PlanWarning("levels_are_figures", message)]


def _unread_columns(table: _Table) -> list[PlanWarning]:
    """A warning for each column with text that is no level, weight or name."""
    warnings: list[PlanWarning] = []
    for index, cell in enumerate(table.header):
        if index in table.columns.taken:
            continue
        title = cell.text or index + 1
        if POINTS_HEAD.search(cell.text) and has_numbers(table.body, index):
            message = (
                f"The scorecard's column “{title}” gives points, which are neither levels nor weights. It was left out."
            )
            warnings.append(PlanWarning("points_left_out", message))
        elif has_words(table.body, index) or (has_numbers(table.body, index) and _counts_something(cell)):
            message = f"The scorecard's column “{title}” is not a level, weight or name, so it was left out."
            warnings.append(PlanWarning("scorecard_column_unread", message))
    return warnings


POINTS_HEAD = words.words(
    r"\b(max(imum)?|possible|available|total)\W+(points?|score|marks?)\b",
    r"\b(points?|score|marks?)\W+(possible|available|max(imum)?)\b",
    r"^\W*(points?|marks?|punkte?|puntos?|max(imum|\.)?|barème)\W*$",
    r"\b(max(imale)? punkte?|punkte max|points max|puntos máximos)\b",
)


def _counts_something(head: Cell) -> bool:
    """Whether a column of numbers is neither one of scores nor one of the rows' own numbers."""
    if not head.text:
        return False
    return not (LATER_COLUMN.match(head.text) or ORDINAL_HEAD.match(head.text))
