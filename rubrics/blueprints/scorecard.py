"""The scorecard: the dimensions of all its tables, each once, with their weights and the wording of their levels."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from itertools import chain

from rubrics.blueprints import words
from rubrics.blueprints.levels import quoted
from rubrics.blueprints.lines import unnumbered
from rubrics.blueprints.planned_dimensions import PlannedDimension, folded, keyed, with_percentages, with_shares
from rubrics.blueprints.rated_rows import DimensionRow, LookFor, ReadTable
from rubrics.blueprints.reading import PlanWarning, Read
from rubrics.blueprints.scorecard_tables import read_any_table
from rubrics.blueprints.sections import Block
from rubrics.blueprints.weights import weights_as_shares, weights_to_check


@dataclass(frozen=True)
class Scorecard:
    """What the tables say: `levels` (0 to 5, ascending) are those that the columns name.

    `levels_assumed` says that one of them is our reading; `numbers` are those that the document gives them, ascending;
    `levels_told` that somebody said which columns are the levels. `look_for` is what to look for, by dimension.
    """

    dimensions: tuple[PlannedDimension, ...] = ()
    levels_assumed: bool = False
    levels: tuple[int, ...] = ()
    numbers: tuple[int, ...] = ()
    levels_told: bool = False
    look_for: tuple[LookFor, ...] = ()


def read_scorecard(
    blocks: Iterable[Block],
    *,
    titled: bool = True,
    beside: Read[ReadTable] | None = None,
) -> Read[Scorecard]:
    """The dimensions of the first table with level columns or weights, and of those after it with the same levels.

    Below a heading that says scorecard (`titled`), a column of dimensions is enough. Tables that were told to be the
    scorecard go first, whatever their levels. Where there is a table, the dimensions `beside` it are of the scorecard.
    """
    card = _Card()
    for block in sorted(blocks, key=_was_not_told):
        found = read_any_table(block, titled=titled)
        if found is not None:
            card.take(found, told=bool(block.told))
    tables = card.completed()
    if tables and beside is not None:
        tables.append(beside.value)
        card.warnings.extend(beside.warnings)
    return scorecard_of(tables, card.warnings)


@dataclass
class _Card:
    """A scorecard while its tables are read. `rows` is what they say of each dimension, by its folded name."""

    tables: list[ReadTable] = field(default_factory=list)
    rows: dict[str, DimensionRow] = field(default_factory=dict)
    warnings: list[PlanWarning] = field(default_factory=list)
    first: ReadTable | None = None  # whose levels those of further tables must be

    def take(self, found: Read[ReadTable], *, told: bool) -> None:
        """A further table, unless it is of another scorecard; one that was told to be of this one is."""
        table = found.value
        if self.first and not told and _only_asks_yes_or_no(self.first) and len(table.levels) > 2:
            self._tell_unread(self.first, known={folded(row.name) for row in table.rows})
            self.tables, self.rows, self.first = [], {}, None
        if self.first and not told and self._complete(table):
            self.warnings.extend(found.warnings)
        elif self.first and not told and not _belongs(table, self.first):
            self._tell_unread(table, known=self.rows.keys())
        else:
            self.warnings.extend(found.warnings)
            self._add(table)

    def _add(self, table: ReadTable) -> None:
        if not table.rows:
            return
        self.first = self.first or table
        self.tables.append(table)
        for row in table.rows:
            self.rows.setdefault(folded(row.name), row)

    def _complete(self, further: ReadTable) -> bool:
        """Takes what a table of the same dimensions adds: weights, questions, or the wording of its levels.

        False where it names anything else, or has nothing to add.
        """
        added = {folded(row.name): row for row in further.rows}
        if not added.keys() <= self.rows.keys():
            return False
        completed = {name: _with_what_is_added(self.rows[name], row) for name, row in added.items()}
        if all(self.rows[name] == row for name, row in completed.items()):
            return False
        self.rows.update(completed)
        self.tables.append(replace(further, rows=()))
        if self.first and not self.first.levels:
            self.first = further
        return True

    def _tell_unread(self, table: ReadTable, *, known: Collection[str]) -> None:
        """A warning that names a further table's rows, where the scorecard has not got them all."""
        names = [row.name for row in table.rows if folded(row.name) not in known]
        if names:
            self.warnings.append(_unread(table.title, "has other levels than the scorecard", names))

    def completed(self) -> list[ReadTable]:
        """The tables; each dimension with all that they say of it where it stands first."""
        waiting = dict(self.rows)
        tables: list[ReadTable] = []
        for table in self.tables:
            rows = tuple(waiting.pop(folded(row.name), row) for row in table.rows)
            tables.append(replace(table, rows=rows))
        return tables


def _with_what_is_added(row: DimensionRow, other: DimensionRow) -> DimensionRow:
    weight = other.weight if row.weight is None else row.weight
    return replace(row, weight=weight, anchors=row.anchors or other.anchors, questions=row.questions or other.questions)


def _was_not_told(block: Block) -> bool:
    return not block.told


def scorecard_of(tables: list[ReadTable], warnings: list[PlanWarning]) -> Read[Scorecard]:
    """The scorecard that these tables are together; the first says which levels there are."""
    if not tables:
        return Read(Scorecard(), _once(warnings))
    rows = _weighted_rows(tables)
    dimensions = keyed(with_percentages(rows.value))
    weights = [row.weight for row in dimensions.value]
    first = next((table for table in tables if table.levels), tables[0])
    scorecard = Scorecard(
        dimensions=dimensions.value,
        levels_assumed=any(table.assumed for table in tables),
        levels=first.levels,
        numbers=first.numbers,
        levels_told=all(table.levels_told for table in tables),
        look_for=tuple(entry for table in tables for entry in table.look_for),
    )
    all_told = chain(warnings, rows.warnings, dimensions.warnings, weights_to_check(weights))
    return Read(scorecard, _once(all_told))


def _weighted_rows(tables: list[ReadTable]) -> Read[list[DimensionRow]]:
    """The rows of all tables; weights on a scale of their own are shares of their sum, where each row has one."""
    rows = [row for table in tables for row in table.rows]
    relative = next((table.relative for table in tables if table.relative), "")
    if relative and all(row.weight for row in rows):
        return Read(with_shares(rows), (weights_as_shares(relative),))
    return Read(rows)


def _once(warnings: Iterable[PlanWarning]) -> tuple[PlanWarning, ...]:
    """Each warning once, in order: tables of one shape say the same of their columns."""
    return tuple(dict.fromkeys(warnings))


def _belongs(table: ReadTable, first: ReadTable) -> bool:
    """Whether a further table is of the same scorecard: with the same levels, whatever its other columns."""
    if table.levels or first.levels:
        return table.levels == first.levels
    if table.title.casefold() == first.title.casefold():
        return True
    names_them = words.DIMENSION_HEAD.search(table.title) and words.DIMENSION_HEAD.search(first.title)
    return bool(names_them) and len(table.head) > 1 and table.head[1:] == first.head[1:]


def _only_asks_yes_or_no(table: ReadTable) -> bool:
    """Whether a table has two levels and no wording of them: “Can you work nights?” is no dimension beside a scorecard."""
    return len(table.levels) == 2 and not table.has_anchors


def _unread(title: str, why: str, names: Iterable[str], advice: str = "") -> PlanWarning:
    """Says that a table was not read; `advice` begins with a blank."""
    message = f"Another table, “{title}”, {why}. Its rows were left out: {quoted(names)}.{advice}"
    return PlanWarning("scorecard_table_unread", message)


def tables_left_out(blocks: Iterable[Block], dimensions: Iterable[PlannedDimension]) -> tuple[PlanWarning, ...]:
    """A warning for each table that has the columns of a table of the dimensions, but another first one, and was
    not read: a form may rate goals in one table and competencies in the next."""
    known = {folded(row.name) for row in dimensions}
    tables = [block for block in blocks if block.kind == "table" and len(block.rows) > 1 and not block.told]
    read = {_columns_behind(block) for block in tables if known & set(map(folded, _first_cells(block)))} - {()}
    left_out = [block for block in tables if _columns_behind(block) in read and not _says(block, known)]
    return tuple(_left_out(block) for block in left_out)


def _columns_behind(block: Block) -> tuple[str, ...]:
    """What a table's columns are called, without the first."""
    return tuple(folded(cell.text) for cell in block.rows[0][1:])


def _first_cells(block: Block) -> list[str]:
    return [unnumbered(row[0].text) for row in block.rows[1:] if row and row[0].text]


def _says(block: Block, known: set[str]) -> bool:
    return any(folded(cell.text) in known for row in block.rows for cell in row)


def _left_out(block: Block) -> PlanWarning:
    title = block.text or block.rows[0][0].text
    advice = " If they are rated too, say in the preview that it is the scorecard."
    return _unread(title, "has the columns of the scorecard", _first_cells(block), advice)
