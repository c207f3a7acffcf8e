"""Technical skills by group, as tables, lists, paragraphs and headings."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from rubrics.blueprints import words
from rubrics.blueprints.lines import Cell, Line, Row, is_bold_line, unnumbered, with_following
from rubrics.blueprints.reading import Read
from rubrics.blueprints.rubric_json import SkillJson
from rubrics.blueprints.sections import Block, acts_as_heading
from rubrics.blueprints.skill_texts import GRADE_ALONE, TRAILING, Texts, name_and_rest, text_at


@dataclass(frozen=True)
class PlannedSkill:
    """`group` is must-have, good-to-have, advanced or emerging; `importance` as written."""

    group: str
    name: str
    description: str
    use: str
    importance: str

    def as_json(self) -> SkillJson:
        return {
            "group": self.group,
            "name": self.name,
            "description": self.description,
            "use": self.use,
            "importance": self.importance,
        }


FIELD = (
    r"importance(?: level)?|priority|criticality"
    r"|(?:typical |example )?us(?:e|age)(?: in (?:the |this )?role)?|used for|description|what it is"
)
LABELLED = re.compile(rf"(?:^|(?<=[.;,|)]\s)|(?<=\s[—–-]\s)|(?<=\s))({FIELD})\s*:\s*", re.IGNORECASE)
FIELD_NAMES = {
    "importance": words.words(r"^(importance|priority|criticality|level|proficiency)\b", r"^wichtigkeit"),
    "use": words.words(
        r"^(typical |example )?(use|usage|used for|application)\b", r"\b(where|how) .{0,80}\bused?\b", r"^verwendung"
    ),
    "description": words.words(r"^(description|what|detail|meaning|definition|scope)\b", r"^beschreibung"),
    "name": words.words(r"^(skill|name|technology|competency|capability|area|tool)\b", r"^fähigkeit"),
    "group": words.words(r"^(group|category|type|tier)\b"),
}
USUAL_COLUMNS = ("name", "description", "use", "importance")
FIRST_GROUP = "must-have"
SHORT = 40
TAIL = " .;,|—–-"


@dataclass
class _Skill:
    group: str
    texts: Texts

    @property
    def is_named(self) -> bool:
        """Whether it is a skill at all: a heading without any text of its own heads other skills."""
        if not self.texts.get("name"):
            return False
        has_text = self.texts.get("description") or self.texts.get("use")
        return bool(has_text) or not self.texts.heading

    def add(self, line: Line) -> None:
        """A further line: what stands behind its labels, and before them the importance or the description."""
        parts = LABELLED.split(line.text)
        rest = parts[0].strip(" —–-")
        if rest and GRADE_ALONE.match(rest) and not self.texts.get("importance"):
            self.texts.add("importance", rest)
        elif rest:
            self.texts.add("description", rest)
        single = len(parts) == 3
        for name, text in _labelled(parts):
            self.texts.add(name, text if single else text.strip(TAIL))

    def planned(self) -> PlannedSkill:
        name, description, use, importance = map(self.texts.get, USUAL_COLUMNS)
        return PlannedSkill(self.group, name, description, use, importance)


def skills(blocks: Iterable[Block]) -> Read[tuple[PlannedSkill, ...]]:
    """The skills, each in the group that a heading, a line or a row above it names.

    Must-have before any does.
    """
    reader = _Reader()
    for block in blocks:
        group = group_named(_title(block))
        if group is not None:
            reader.group = group
        elif block.is_heading:
            reader.heading(block.text)
        elif block.kind == "table":
            reader.table(block)
        else:
            reader.lines(block)
    return Read(tuple(skill.planned() for skill in reader.skills if skill.is_named))


def _title(block: Block) -> str:
    if acts_as_heading(block):
        return block.lines[0].text
    return block.text if block.is_heading else ""


def group_named(title: str) -> str | None:
    """The group that the title names first.

    An importance in brackets names none: “Kafka (optional)” is a skill.
    """
    name, _ = _without_importance(title)
    found = [(pattern.search(name), group) for group, pattern in words.GROUPS]
    starts = [(match.start(), group) for match, group in found if match]
    return min(starts, default=(0, None))[1]


@dataclass
class _Reader:
    """Gathers skills block by block; `group` is the one that the next skill belongs to."""

    group: str = FIRST_GROUP
    skills: list[_Skill] = field(default_factory=list)

    def heading(self, text: str) -> None:
        values = _values_of(Line(unnumbered(text)))
        self.skills.append(_Skill(self.group, Texts.of(values, heading=True)))

    def table(self, block: Block) -> None:
        """A skill per row.

        A row that names a group and nothing else begins it, inside this table only.
        """
        columns, rows = _columns(block.rows)
        group = self.group
        for row in rows:
            named = _group_of_row(row)
            if named is None:
                self.skills.extend(_skills_of_row(row, columns, group))
            group = named or group

    def lines(self, block: Block) -> None:
        base = _depth_of_skills(block)
        for line, following in with_following(block.lines):
            group = _group_opened(line, following)
            if group is not None:
                self.group = group
                base = line.depth + 1
            elif self.skills and self._goes_on(line, base):
                self.skills[-1].add(line)
            elif line.depth == base and (line.depth or line.bold):
                self.skills.append(_Skill(self.group, Texts.of(_values_of(line))))

    def _goes_on(self, line: Line, base: int) -> bool:
        """Whether a line belongs to the skill before it: deeper, labelled, or below the heading that names it."""
        return line.depth > base or _is_labelled(line) or self.skills[-1].texts.heading


# --- Tables ---


def _group_of_row(row: Row) -> str | None:
    """The group that a row names which holds nothing else."""
    if any(cell.text for cell in row[1:]):
        return None
    return group_named(row[0].text)


def _skills_of_row(row: Row, columns: dict[str, int], group: str) -> list[_Skill]:
    """The skill in a row; none where it has no name, is a total, or spans columns."""
    values = {name: text_at(row, index) for name, index in columns.items()}
    name = values.get("name", "")
    if not name or words.TOTAL.search(name) or row[0].span != 1:
        return []
    values["name"] = unnumbered(name)
    own_group = group_named(values.pop("group", ""))
    return [_Skill(own_group or group, Texts.of(values))]


def _columns(rows: tuple[Row, ...]) -> tuple[dict[str, int], tuple[Row, ...]]:
    """Each field's column and the rows below the header.

    A table without a header has the fields in usual order.
    """
    header = rows[0] if rows else ()
    columns = _titled_columns(header)
    if not columns and not any(cell.header for cell in header):
        return dict(zip(USUAL_COLUMNS, range(len(header)), strict=False)), rows
    columns.setdefault("name", 0)
    return columns | _untitled_columns(header, columns), rows[1:]


def _titled_columns(header: Row) -> dict[str, int]:
    columns: dict[str, int] = {}
    for index, cell in enumerate(header):
        name = _field_named(cell, columns)
        if name:
            columns[name] = index
    return columns


def _field_named(cell: Cell, taken: Iterable[str]) -> str:
    left = [(name, known) for name, known in FIELD_NAMES.items() if name not in taken]
    return next((name for name, known in left if known.search(cell.text)), "")


def _untitled_columns(header: Row, columns: dict[str, int]) -> dict[str, int]:
    """Columns with other titles: the description, where none says so.

    All in usual order, where none says a thing.
    """
    if "description" in columns:
        return {}
    free = [index for index in range(len(header)) if index not in columns.values()]
    missing = [name for name in USUAL_COLUMNS if name not in columns]
    most = 3 if len(columns) == 1 else 1
    return dict(zip(missing[:most], free, strict=False))


# --- Lines ---


def _depth_of_skills(block: Block) -> int:
    """The depth of lines that name a skill: 0 in a paragraph that begins with a bold name, else 1."""
    if block.kind != "text" or not block.lines or not block.lines[0].bold:
        return 1
    first, following = next(iter(with_following(block.lines)))
    return 0 if _group_opened(first, following) is None else 1


def _group_opened(line: Line, following: Line) -> str | None:
    """The group that a short line with deeper ones below it names."""
    short = is_bold_line(line) or len(line.text) < SHORT
    if not short or following.depth <= line.depth or LABELLED.search(line.text):
        return None
    if _is_labelled(following):
        return None
    return group_named(line.text)


def _is_labelled(line: Line) -> bool:
    """Whether the line begins with the label of a field."""
    return LABELLED.match(line.text) is not None


def _labelled(parts: list[str]) -> list[tuple[str, str]]:
    """Field and text of each label in a line that was split at its labels."""
    pairs = zip(parts[1::2], parts[2::2], strict=True)
    return [(_field_of_label(label), text) for label, text in pairs]


def _field_of_label(label: str) -> str:
    return next(name for name, known in FIELD_NAMES.items() if known.search(label))


def _values_of(line: Line) -> dict[str, str]:
    """The fields that one line states: the name, and whatever follows it in brackets, behind labels or plainly."""
    text, importance = _without_importance(line.text)
    name, detail = name_and_rest(line, text)
    parts = LABELLED.split(detail)
    values = {"importance": importance}
    values |= {field_name: value.strip(TAIL) for field_name, value in _labelled(parts)}
    if len(parts) > 1:
        detail = parts[0].strip(TAIL)
    name, importance = _without_importance(name)
    values["importance"] = values["importance"] or importance
    if GRADE_ALONE.match(detail):
        values["importance"] = values["importance"] or detail
        detail = ""
    return {"description": detail} | values | {"name": name}


def _without_importance(text: str) -> tuple[str, str]:
    """The text without the importance in brackets at its end, and that importance."""
    found = TRAILING.search(text)
    if found is None:
        return text, ""
    return text[: found.start()], found.group(1)
