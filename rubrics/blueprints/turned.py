"""Scorecards whose rows are levels: dimensions across (turned), or a row for each level
of each dimension. Pure."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import groupby

from rubrics.blueprints import by_language, words
from rubrics.blueprints.labels import is_job_grade, rank_of, says_not_rated
from rubrics.blueprints.levels import Levels, quoted, read_levels
from rubrics.blueprints.line_kinds import begins_with_a_box
from rubrics.blueprints.lines import Cell, Row, in_one_line, unnumbered
from rubrics.blueprints.rated_rows import DimensionRow, ReadTable, anchors_of, wording
from rubrics.blueprints.reading import PlanWarning, Read
from rubrics.blueprints.sections import Block
from rubrics.blueprints.weights import weight_in_name, weight_of

LEVEL_HEAD = re.compile(
    rf"^\W*(?:(?:benchmark|performance|competency|skill|rating|score|scoring)\W+)?(?:{by_language.LEVEL_HEADS})\W*$",
    re.IGNORECASE,
)
MEANING_HEAD = re.compile(
    rf"^\W*(?:(?:level|rating|score|benchmark|proficiency|stufen?|niveau|nivel|sample|typical|observed|key)\W+)?"
    rf"(?:{by_language.MEANING_HEADS})\W*$",
    re.IGNORECASE,
)
SCORE_HEAD = re.compile(rf"^\W*(?:{by_language.SCORE_HEADS})\W*$", re.IGNORECASE)
PREFIX = re.compile(
    rf"^\s*(?:(?:{by_language.DIMENSION_PREFIXES})\s*(?:\d{{1,2}}|[A-Z])?"
    rf"|(?:{by_language.QUESTIONS})\s*\d{{1,2}}|q|(?:q|kc|ksa)\s?\d{{1,2}})"
    r"(?:\s*[:.)–—]\s*|\s+-\s*|-\s+)(?=\S)",
    re.IGNORECASE,
)
MOST_LEVELS = 12


@dataclass(frozen=True)
class Described:
    """The levels of one dimension, as labels with their texts, in the order of the
    page."""

    name: str
    weight: float | None = None
    labels: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    def add(self, label: str, text: str) -> None:
        """A level with its text; a label that says that nothing was rated is none."""
        if not says_not_rated(label):
            self.labels.append(label)
            self.texts.append(text)

    @property
    def repeats_levels(self) -> bool:
        """Whether a level comes back after others: what stands below one name then
        belongs to several."""
        runs = [label for label, _ in groupby(map(str.casefold, self.labels))]
        return len(set(runs)) < len(runs)


def name_of(text: str) -> str:
    """A dimension's name without “Competency 1:”, the number of its place, its scale,
    its points and its minutes."""
    return BEHIND.sub("", PREFIX.sub("", unnumbered(PREFIX.sub("", text)))).strip(" :")


BEHIND = re.compile(
    rf"\s*[(\[]\s*(?:[01]\s*(?:[-–—]|to)\s*\d{{1,3}}(?:\s*(?:{by_language.POINTS}))?|(?:max(?:imum|\.)?|up to)?\s*\d{{1,3}}\s*(?:{by_language.POINTS})|{words.DURATION.pattern})"
    r"\s*[)\]]\s*$",
    re.IGNORECASE,
)


def as_table(described: Iterable[Described], title: str) -> Read[ReadTable]:
    """The dimensions whose levels were described one by one, as of one table."""
    described = list(described)
    rows: list[DimensionRow] = []
    warnings: list[PlanWarning] = []
    levels: set[int] = set()
    numbers: set[int] = set()
    assumed = False
    for entry in described:
        found = read_levels(dict(enumerate(entry.labels)))
        written = texts_of(entry)
        texts = [(level, written[index]) for index, level in found.of.items()]
        name, weight = weight_in_name(entry.name)
        rows.append(DimensionRow(name, entry.weight if weight is None else weight, anchors_of(sorted(texts))))
        warnings.extend(found.warnings)
        warnings.extend(_about_level_zero(found, entry))
        levels |= set(found.of.values())
        numbers |= set(found.numbers)
        assumed = assumed or found.assumed
    warnings.extend(_to_check(described))
    table = ReadTable(tuple(rows), tuple(sorted(levels)), assumed, title, tuple(sorted(numbers)))
    return Read(table, tuple(dict.fromkeys(warnings)))


def _to_check(described: list[Described]) -> Iterable[PlanWarning]:
    """What speaks against the reading: a level that comes back after others, or that
    only some dimensions have."""
    repeated = [entry.name for entry in described if entry.repeats_levels]
    if repeated:
        message = (
            f"{quoted(repeated)}: a level comes more than once, so its texts may be of several dimensions. Check them."
        )
        yield PlanWarning("levels_repeated", message)
    counted = Counter(frozenset(map(str.casefold, entry.labels)) for entry in described)
    usual = counted.most_common(1)[0][0] if counted else frozenset()
    uneven = [entry.name for entry in described if frozenset(map(str.casefold, entry.labels)) != usual]
    if uneven:
        message = (
            f"{quoted(uneven)}: the levels are not those of the other dimensions. Check whether one was overlooked."
        )
        yield PlanWarning("levels_uneven", message)


def texts_of(entry: Described) -> list[str]:
    """The wording of each label; beside wordings of others, a label's own word is its
    wording where it has no more."""
    if not any(entry.texts):
        return entry.texts
    written: list[str] = []
    for text, label in zip(entry.texts, entry.labels, strict=True):
        written.append(text or _own_word(label))
    return written


def _own_word(label: str) -> str:
    if begins_with_a_box(label):
        return ""
    return NUMBER_BEFORE.sub("", label).strip(" ()")


NUMBER_BEFORE = re.compile(r"^[^\w(]*(?:\w+\s)?\d{1,2}(?:\s*[-–—]\s*\d{1,2})?\W*(?=\(|\w|$)")


def _about_level_zero(found: Levels, entry: Described) -> Iterable[PlanWarning]:
    for index in found.left_out:
        if entry.texts[index]:
            label = entry.labels[index]
            message = (
                f"Evenhand's lowest level is 1, so the text of “{label}” for “{entry.name}” (level 0) was left out."
            )
            yield PlanWarning("level_zero_unread", message)


# --- Levels down, dimensions across ---


def read_turned(block: Block) -> Read[ReadTable] | None:
    """A table whose first column names levels and whose further columns are dimensions;
    None for any other."""
    if block.kind != "table" or len(block.rows) < 3:
        return None
    header, body = block.rows[0], block.rows[1:]
    rows = [row for row in body if _has_label(row)]
    rated = [row for row in rows if not _is_about_weights(row)]
    across = _dimensions_across(header)
    if not across or _calls_levels_names(header, across) or not _are_levels(header, rated):
        return None
    if _word_nothing(rated, across):
        return None
    weights = next((row for row in rows if _is_about_weights(row)), ())
    described = [_described(header, rated, weights, index) for index in across]
    return as_table(described, block.text or header[0].text)


def with_repeated_heads_as_meanings(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """The blocks, in which what heads the second column of several tables of levels is
    no dimension's name.

    “Score | Signs” above the levels of one competency after the other says so; such a
    heading becomes “Description”.
    """
    blocks = tuple(blocks)
    heads = Counter(_meaning_head(block) for block in blocks)
    return tuple(_with_a_meaning(block) if heads[_meaning_head(block)] > 1 else block for block in blocks)


def _meaning_head(block: Block) -> str:
    """What heads the texts of a table of levels and texts; empty for any other block."""
    if block.kind != "table" or not block.rows or len(block.rows[0]) != 2:
        return ""
    levels, texts = block.rows[0]
    return texts.text.casefold() if levels.text and LEVEL_HEAD.match(levels.text) else ""


def _with_a_meaning(block: Block) -> Block:
    if not _meaning_head(block):
        return block
    (levels, texts), *body = block.rows
    return replace(block, rows=((levels, replace(texts, text="Description")), *body))


def _has_label(row: Row) -> bool:
    return bool(row) and bool(row[0].text)


def _is_about_weights(row: Row) -> bool:
    return words.WEIGHT_HEAD.search(row[0].text) is not None


def _dimensions_across(header: Row) -> list[int]:
    """The columns behind the first that are headed by something else than a definition
    or a score."""
    behind = enumerate(header[1:], start=1)
    return [index for index, cell in behind if _heads_a_dimension(cell)]


def _calls_levels_names(header: Row, across: list[int]) -> bool:
    """Whether one column beside definitions is no dimension but a further name of the
    levels: “Score, Grade, Meaning”."""
    if len(across) != 1:
        return False
    written = [cell for cell in header[1:] if cell.text]
    return any(map(is_generic, written))


def _word_nothing(rows: Iterable[Row], across: list[int]) -> bool:
    """Whether what stands below the headings words no dimension's levels: numbers, or
    the scale's own names."""
    texts: list[str] = []
    for row in rows:
        cells = [row[index] for index in across if index < len(row)]
        texts += [cell.text for cell in cells if cell.text]
    if len(across) == 1 and _name_levels(texts):
        return True
    return _are_mere_numbers(texts)


def _are_mere_numbers(texts: list[str]) -> bool:
    """Whether texts are there and all are numbers: “Grade 8 | 24–27” says what is paid,
    and nothing to look for."""
    return bool(texts) and all(map(NUMBERS.fullmatch, texts))


NUMBERS = re.compile(r"[\W_]*\d[\d\W_]*")


def _name_levels(texts: list[str]) -> bool:
    """Whether each text begins with a name of its own before a colon, some of which say
    how good they are.

    “1 | Not demonstrated: no evidence” explains the scale of all dimensions, and words
    none.
    """
    named = [NAME_BEFORE_COLON.match(text) for text in texts]
    names = [found.group(1) for found in named if found is not None]
    ranked = [name for name in names if rank_of(name) is not None]
    return len(names) == len(texts) and len(ranked) > 1


NAME_BEFORE_COLON = re.compile(r"\W*((?:[^\W\d_]+[ -]?){1,3}):\s+\S")


def _heads_a_dimension(cell: Cell) -> bool:
    if cell.span != 1 or not cell.text:
        return False
    return not is_generic(cell)


def is_generic(cell: Cell) -> bool:
    """Whether a heading says definition, example, score or the like, and so names no
    dimension."""
    if SAYS_MEANING.search(cell.text) and len(cell.text.split()) < 7:
        return True
    return bool(MEANING_HEAD.match(cell.text) or SCORE_HEAD.match(cell.text) or LEVEL_HEAD.match(cell.text))


SAYS_MEANING = words.words(
    r"\b(definitions?|examples?|illustrations?|responses?|descriptions?|descriptors?|indicators?|behaviou?rs?)\b",
    r"\w*(beschreibung(en)?|beispiele?|definition(en)?|indikator(en)?|verhaltensanker|beobachtung(en)?)\b",
    r"\b(indicateurs?|descripteurs?|exemples?|comportements?|indicadores?|descriptores?|ejemplos?|conductas?)\b",
)


def explains_a_scale(title: str, rows: Iterable[Row], index: int) -> bool:
    """Whether a column that its title calls one of ratings names two levels at least,
    so that its rows are none."""
    if not LEVEL_HEAD.match(title):
        return False
    cells = [row[index] for row in rows if index < len(row)]
    texts = [cell.text for cell in cells if cell.text]
    return len(texts) <= MOST_LEVELS and read_levels(dict(enumerate(texts))).distinct > 1


def _are_levels(header: Row, rows: list[Row]) -> bool:
    """Whether the rows begin with different levels, and the columns are not headed by
    levels."""
    if not 2 <= len(rows) <= MOST_LEVELS or not header or not LEVEL_HEAD.match(header[0].text or "Level"):
        return False
    down = read_levels({index: row[0].text for index, row in enumerate(rows)})
    behind = enumerate(header[1:], start=1)
    across = read_levels({index: weight_in_name(name_of(cell.text))[0] for index, cell in behind if cell.text})
    if across.distinct > 1 or words.DIMENSION_NAME.search(header[0].text):
        return False
    if down.refused and any(is_job_grade(row[0].text) for row in rows):
        return len(down.refused) == len(rows) and bool(header[0].text)
    return down.distinct > 1 and len(down.of) + len(down.left_out) == len(rows)


def _described(header: Row, rows: list[Row], weights: Row, index: int) -> Described:
    name = name_of(header[index].text)
    weight = weight_of(name, weights[index].text).value if index < len(weights) else None
    entry = Described(name, weight)
    for row in rows:
        entry.add(row[0].text, wording(row, index))
    return entry


# --- Candidates down, dimensions across ---


def read_candidates_down(block: Block) -> Read[ReadTable] | None:
    """A table with a row for each candidate and a column for each dimension; None for
    any other.

    Its cells hold scores or nothing. There are two dimensions at least, which may have
    their weights in their headings.
    """
    if block.kind != "table" or len(block.rows) < 3:
        return None
    header, body = block.rows[0], block.rows[1:]
    if not CANDIDATE_HEAD.match(header[0].text) or not all(map(_holds_scores, body)):
        return None
    named = [name_of(cell.text) for cell in header[1:] if _heads_a_dimension(cell) and not ABOUT_THEM.search(cell.text)]
    names = [name for name in named if not words.TOTAL.search(name)]
    if len(names) < 2 or read_levels(dict(enumerate(names))).distinct > 1:
        return None
    rows = [DimensionRow(*weight_in_name(name)) for name in names]
    message = (
        f"The rows below “{header[0].text}” are people's and their columns what they are judged by, so the columns' headings"
        " were read as dimensions. This is our reading, so check it."
    )
    table = ReadTable(tuple(rows), (), False, block.text or header[0].text)
    return Read(table, (PlanWarning("rows_of_people", message),))


CANDIDATE_HEAD = re.compile(
    r"^\W*(?:candidates?|applicants?|interviewees?|bewerber(?:innen|in)?|kandidat(?:en|innen|in)?|candidate?s?|candidatos?)"
    r"(?:['’]?s)?(?:\W+names?)?\W*$",
    re.IGNORECASE,
)
ABOUT_THEM = words.words(
    r"\b(date|time|e-?mail|phone|telephone|stage|status|position|role|interviewer|decision|recommendation|comments?|notes?"
    r"|rank|datum|telefon|entscheidung|bemerkung\w*|fecha|decisión|décision)\b"
)


def _holds_scores(row: Row) -> bool:
    """Whether a row has nothing but numbers behind its first cell, if it has anything."""
    return all(re.fullmatch(r"[\d.,/%\s]*", cell.text) for cell in row[1:])


# --- A row for each level ---


def read_level_rows(block: Block) -> Read[ReadTable] | None:
    """A table with a column of names, one of levels and one of texts, a row for each
    level; None for any other."""
    if block.kind != "table" or len(block.rows) < 3:
        return None
    header, body = block.rows[0], block.rows[1:]
    behind = enumerate(header[1:], start=1)
    level = next((index for index, cell in behind if LEVEL_HEAD.match(cell.text)), None)
    if level is None or not words.DIMENSION_HEAD.search(header[0].text):
        return None
    described = _by_name(body, level)
    if not described or not all(has_levels(entry) for entry in described):
        return None
    return as_table(described, block.text or header[0].text)


def _by_name(rows: tuple[Row, ...], level: int) -> list[Described]:
    """Each name in the first column with the levels (in the column `level`) and texts
    of its rows."""
    described: list[Described] = []
    words_of_levels = _words_of_levels(rows, level)
    for row in rows:
        if len(row) <= level or not row[level].text:
            continue
        name = name_of(row[0].text)
        if row[0].text and (not described or described[-1].name != name):
            described.append(Described(name))
        if described:
            described[-1].add(row[level].text, _texts_behind(row, level, words_of_levels))
    return described


def has_levels(entry: Described) -> bool:
    """Whether an entry's labels are two different levels at least."""
    return len(entry.labels) <= MOST_LEVELS and read_levels(dict(enumerate(entry.labels))).distinct > 1


def _texts_behind(row: Row, level: int, words_of_levels: frozenset[int] = frozenset()) -> str:
    """What stands behind the level, without the columns that only say it in a word
    (`words_of_levels`)."""
    texts = [wording(row, index) for index in range(level + 1, len(row)) if index not in words_of_levels]
    return in_one_line(text for text in texts if text)


def _words_of_levels(rows: Iterable[Row], level: int) -> frozenset[int]:
    """The columns behind that of the levels which hold nothing but their words, where
    another one has the wording."""
    rows = [row for row in rows if len(row) > level + 2 and row[level].text]
    behind = range(level + 1, min(map(len, rows), default=0))
    found: list[int] = []
    for index in behind:
        if _are_ranks(row[index].text for row in rows):
            found.append(index)
    if len(rows) < 2 or len(found) == len(behind):
        return frozenset()
    return frozenset(found)


def _are_ranks(texts: Iterable[str]) -> bool:
    """Whether texts say how good levels are, those that are written."""
    ranks = [rank_of(text) for text in texts if text]
    return bool(ranks) and None not in ranks


def described_below(block: Block, name: str) -> list[Described]:
    """The dimensions of a table of levels below a dimension's heading (`name`), or
    below rows that name one each.

    None for a table of another kind.
    """
    if block.kind != "table":
        return []
    says_name = bool(name) and name.casefold() in block.text.casefold()
    caption = "" if says_name else block.text
    across = _described_across(block.rows, caption or name)
    if across is not None:
        return [across]
    groups = _groups_across(block.rows)
    if groups:
        return groups
    card = card_name(block)
    rows = _without_heads(block.rows, is_card=bool(card))
    if card:
        rows = _levels_of_a_card(rows)
    found = _described_down(rows, caption or card or name)
    return found if all(_is_whole(entry) for entry in found) else []


def _levels_of_a_card(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """The rows of a card that are levels, where several are: others define the
    dimension, or ask."""
    levels = tuple(row for row in rows if _is_level(row[0].text))
    return levels if len(levels) > 1 else rows


def _without_heads(rows: tuple[Row, ...], *, is_card: bool) -> tuple[Row, ...]:
    """The rows below a card's name (`is_card`) and below a row that heads columns of
    levels and texts."""
    if is_card:
        rows = rows[1:]
    return rows[1:] if rows and _heads_levels(rows[0]) else rows


def _described_down(rows: tuple[Row, ...], name: str) -> list[Described]:
    """The levels in the first column below a dimension's name, or below rows that name
    one each."""
    described = [Described(name)]
    words_of_levels = _words_of_levels(rows, 0)
    for row in rows:
        if not row or not row[0].text:
            continue
        if _names_one(row):
            described.append(Described(name_of(row[0].text)))
        else:
            described[-1].add(row[0].text, _texts_behind(row, 0, words_of_levels))
    return [entry for entry in described if entry.labels]


def _names_one(row: Row) -> bool:
    """Whether a row whose first cell is written holds nothing else, and that is no
    level without its text."""
    if any(cell.text for cell in row[1:]) or (len(row) > 1 and row[0].text.isdigit()):
        return False
    return len(row) == 1 or row[0].span > 1 or not _is_level(row[0].text)


def _described_across(rows: tuple[Row, ...], name: str) -> Described | None:
    """The levels of one dimension in a row, and their texts in the row below; None for
    a table of another kind.

    Both rows may begin with what they hold, such as “Rating” and “Description”.
    """
    written = [row for row in rows if not is_empty(row)]
    if len(written) != 2:
        return None
    labels, texts = map(_without_fillers, written)
    if len(labels) != len(texts):
        return None
    if is_generic(labels[0]) or not labels[0].text:
        if texts[0].text and not is_generic(texts[0]):
            return None
        labels, texts = labels[1:], texts[1:]
    if all(words.kind_of_signal(label.text) for label in labels):
        return None  # lists of signals, side by side
    entry = Described(name)
    for index, label in enumerate(labels):
        entry.add(label.text, wording(texts, index))
    if not any(entry.texts) or not _is_whole(entry):
        return None
    return entry


def _without_fillers(row: Row) -> Row:
    """The row without what stands behind cells that span columns."""
    return tuple(cell for cell in row if cell.span)


def card_name(block: Block) -> str:
    """The dimension of a table of two columns that is about it alone: “Competency |
    Tact” in its first row; else empty."""
    if block.kind != "table" or len(block.rows) < 3 or any(len(row) != 2 for row in block.rows):
        return ""
    head, name = block.rows[0]
    if not CARD_HEAD.match(head.text) or is_generic(name) or not name.text:
        return ""
    if words.WEIGHT_HEAD.search(name.text):
        return ""  # the two head columns: “Dimension | Weight”
    return name_of(name.text)


CARD_HEAD = re.compile(rf"^\W*(?:{by_language.TESTED_NOUNS})\W*$", re.IGNORECASE)


def cards_apart(block: Block) -> list[Block]:
    """The cards that stand below each other in one table, each as a table; any other
    block as it is."""
    if not card_name(block):
        return [block]
    head = block.rows[0][0].text
    starts = [index for index, row in enumerate(block.rows) if row[0].text == head]
    ends = [*starts[1:], len(block.rows)]
    return [replace(block, rows=block.rows[start:end]) for start, end in zip(starts, ends, strict=True)]


def asks_on_a_card(block: Block) -> bool:
    """Whether the card of a dimension has a row for a question, and no rows for levels."""
    if not card_name(block):
        return False
    labels = [row[0].text for row in block.rows[1:]]
    return any(words.ASKS.search(label) for label in labels) and not _is_whole(Described("", labels=labels))


def _groups_across(rows: tuple[Row, ...]) -> list[Described]:
    """Dimensions in three rows each: its name alone, its levels, and their texts; empty
    for a table of another kind."""
    written = [row for row in rows if not is_empty(row)]
    if not written or len(written) % 3:
        return []
    found: list[Described] = []
    for index in range(0, len(written), 3):
        head, *below = written[index : index + 3]
        entry = _described_across(tuple(below), name_of(head[0].text)) if _is_alone(head) else None
        if entry is None:
            return []
        found.append(entry)
    return found


def _is_alone(row: Row) -> bool:
    """Whether a row has nothing but a text in its first cell, which is no level."""
    return [cell.text for cell in row if cell.text] == [row[0].text] and not _is_level(name_of(row[0].text))


def is_empty(row: Row) -> bool:
    return not any(cell.text for cell in row)


def read_groups_of_levels(block: Block) -> Read[ReadTable] | None:
    """A table in which a row of its own names each dimension above a row for each
    level; None for any other."""
    found = [entry for entry in described_below(block, "") if not words.LEGEND.search(entry.name)]
    if not found or any(entry.name in {"", block.text} for entry in found):
        return None
    return as_table(found, block.text or found[0].name)


def _heads_levels(row: Row) -> bool:
    """Whether a row heads columns of levels and texts."""
    written = [cell for cell in row if cell.text]
    if len(written) < 2:
        return False
    heads_the_levels = LEVEL_HEAD.match(row[0].text) is not None and not _is_level(row[0].text)
    return heads_the_levels or all(is_generic(cell) for cell in written)


def _is_level(text: str) -> bool:
    return bool(read_levels({0: text}).of)


def _is_whole(entry: Described) -> bool:
    """Whether every row is a level."""
    levels = read_levels(dict(enumerate(entry.labels)))
    return has_levels(entry) and len(levels.of) + len(levels.left_out) == len(entry.labels)
