"""Whether a table is a scorecard's, and what else stands in it."""

from rubrics.blueprints import words
from rubrics.blueprints.columns import LATER_COLUMN, columns_of, header_and_body
from rubrics.blueprints.scorecard_tables import is_legend, is_total, read_levels_down, table_of
from rubrics.blueprints.sections import Block
from rubrics.blueprints.signals import lists_of_signals
from rubrics.blueprints.tellings import SCORECARD


def is_scorecard(block: Block) -> bool:
    """Whether a table is a scorecard wherever it stands: as it was told, by its columns, or by its caption."""
    if block.told:
        return block.told == SCORECARD
    down = read_levels_down(block)
    if down is not None:
        return bool(down.value.levels)
    table = table_of(block, titled=bool(words.SCORECARD.search(block.text)))
    if table is None or is_legend(table):
        return False
    if len(table.columns.levels) > 1:
        return True
    weighs_signs = table.columns.weight is not None and bool(table.columns.signs)
    known = words.DIMENSION_HEAD if weighs_signs else words.DIMENSION_NAME
    return known.search(table.columns.title) is not None


def weighs_something(block: Block) -> bool:
    """Whether a table has weights, or points that make a hundred, beside names."""
    table = table_of(block, titled=True)
    return table is not None and table.columns.weight is not None


def has_room_for_scores(block: Block) -> bool:
    """Whether a table has room for scores beside names of what is rated.

    Its first heading says that they are such.
    """
    if block.kind != "table" or not block.rows or not words.DIMENSION_HEAD.search(block.rows[0][0].text):
        return False
    table = table_of(block, titled=True)
    if table is None:
        return False
    return any(LATER_COLUMN.match(cell.text) for cell in table.header[1:])


def words_levels(block: Block) -> bool:
    """Whether a table has a column of competencies or the like, and the wording of three levels at least."""
    columns = None if len(block.rows) < 2 else columns_of(header_and_body(block.rows)[0])
    if columns is None or len(columns.levels) < 3:
        return False
    return words.DIMENSION_HEAD.search(columns.title) is not None


def signals_beside(block: Block) -> dict[str, Block]:
    """A list for each kind of signal that has a column beside the dimensions of a scorecard's table."""
    table = None if read_levels_down(block) else table_of(block, titled=True)
    if table is None:
        return {}
    signs = table.columns.signs.items()
    rated = [row for row in table.body if not is_total(row, table.columns)]
    cells = [(kind, row[index]) for row in rated for index, kind in signs if index < len(row)]
    return lists_of_signals(cells, block.number)


def rates_something(block: Block) -> bool:
    """Whether a scorecard's table says so itself: by numbered levels, or by a first heading such as criterion."""
    if block.told or read_levels_down(block):
        return True
    table = table_of(block, titled=True)
    if table is None:
        return False
    return bool(table.columns.numbers) or words.DIMENSION_HEAD.search(table.columns.title) is not None
