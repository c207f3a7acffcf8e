"""Technical skills (tables or lists, by group) and soft skills."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from rubrics.blueprints import words
from rubrics.blueprints.lines import Cell, Line, is_bold_line, parted, unnumbered
from rubrics.blueprints.sections import Block, acts_as_heading


@dataclass(frozen=True)
class PlannedSkill:
    group: str
    name: str
    description: str
    use: str
    importance: str


@dataclass(frozen=True)
class PlannedSoftSkill:
    name: str
    why: str
    how: str
    strong: str


IMPORTANCE = (
    r"(?:critical|important|optional|essential|required|recommended|desirable|very high|high|medium|low|must[- ]have|nice[- ]to[- ]have"
    r"|kritisch|wichtig)"
)
GRADE = rf"(?:(?:importance|priority)\s*:\s*)?({IMPORTANCE}(?:\s*(?:to|/|–|-|or)\s*{IMPORTANCE})*(?:\s*[,;(–—][^)\]]{{0,80}})?)"
GRADE_ALONE = re.compile(rf"^\W*{GRADE}\)?\W*$", re.IGNORECASE)
TRAILING = re.compile(rf"\s*[(\[]{GRADE}[)\]]\s*\.?$", re.IGNORECASE)
LEADING = re.compile(rf"\s*[(\[]{GRADE}[)\]]", re.IGNORECASE)
FIELD = r"importance(?: level)?|priority|criticality|(?:typical |example )?us(?:e|age)(?: in (?:the |this )?role)?|used for|description|what it is"
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
Values = dict[str, str]


@dataclass
class _Texts:
    """The texts of one skill's fields while it is read, piece by piece; `heading` where a heading named it."""

    parts: dict[str, list[str]]
    heading: bool = False

    @classmethod
    def of(cls, values: Values, *, heading: bool = False) -> "_Texts":
        return cls({name: [text] for name, text in values.items()}, heading)

    def add(self, name: str, text: str) -> None:
        self.parts.setdefault(name, []).append(text.strip())

    def get(self, name: str) -> str:
        return " ".join(text for text in self.parts.get(name, ()) if text)


Found = list[tuple[str, _Texts]]


def skills(blocks: Iterable[Block]) -> tuple[PlannedSkill, ...]:
    group = "must-have"
    found: Found = []
    for block in blocks:
        title = block.text if block.kind == "heading" else block.lines[0].text if acts_as_heading(block) else ""
        if title and _group(title):
            group = _group(title) or group
        elif block.kind == "heading":
            found.append((group, _Texts.of(_skill_line(Line(unnumbered(title))), heading=True)))
        elif block.kind == "table":
            found += _from_table(group, block)
        else:
            group = _read_lines(group, block, found)
    return tuple(_skill(group, texts) for group, texts in found if texts.get("name") and not _is_bare_heading(texts))


def _is_bare_heading(texts: _Texts) -> bool:
    """A heading that turned out to have no text of its own: it heads other skills."""
    return texts.heading and not any(texts.get(name) for name in ("description", "use"))


def _group(title: str) -> str | None:
    """The group that the title names first."""
    found = ((match.start(), name) for name, pattern in words.GROUPS if (match := pattern.search(title)))
    return min(found, default=(0, None))[1]


def _from_table(group: str, block: Block) -> Found:
    columns, rows = _columns(block.rows)
    out: Found = []
    for row in rows:
        values = {name: _at(row, at) for name, at in columns.items()}
        if not any(cell.text for cell in row[1:]) and (named := _group(row[0].text)):
            group = named
        elif values.get("name") and not words.TOTAL.search(values["name"]) and row[0].span == 1:
            values["name"] = unnumbered(values["name"])
            out.append((_group(values.pop("group", "")) or group, _Texts.of(values)))
    return out


def _columns(rows: tuple[tuple[Cell, ...], ...]) -> tuple[dict[str, int], tuple[tuple[Cell, ...], ...]]:
    """Each field's column and the rows below the header; a table without a header has the fields in usual order."""
    header = rows[0] if rows else ()
    columns: dict[str, int] = {}
    for at, cell in enumerate(header):
        field = next(
            (name for name, known in FIELD_NAMES.items() if name not in columns and known.search(cell.text)), ""
        )
        columns |= {field: at} if field else {}
    usual = ("name", "description", "use", "importance")
    if not columns and not any(cell.header for cell in header):
        return dict(zip(usual, range(len(header)), strict=False)), rows
    columns.setdefault("name", 0)
    free = [at for at in range(len(header)) if at not in columns.values()]
    missing = [name for name in usual if name not in columns]
    columns |= (
        dict(zip(missing[: 3 if len(columns) == 1 else 1], free, strict=False)) if "description" in missing else {}
    )
    return columns, rows[1:]


def _at(row: tuple[Cell, ...], at: int) -> str:
    return row[at].text if at < len(row) else ""


def _skill(group: str, texts: _Texts) -> PlannedSkill:
    return PlannedSkill(group, *(texts.get(name) for name in ("name", "description", "use", "importance")))


def _read_lines(group: str, block: Block, found: Found) -> str:
    """Adds the block's skills or their fields to `found`; returns the group that its lines end in."""
    base = 0 if block.kind == "text" and block.lines and block.lines[0].bold and not _opens_group(block, 0) else 1
    for at, line in enumerate(block.lines):
        if _opens_group(block, at):
            group = _group(line.text) or group
            base = line.depth + 1
        elif found and (line.depth > base or _labels(line) or found[-1][1].heading):
            _add_field(line, found[-1][1])
        elif line.depth == base and (line.depth or line.bold):
            found.append((group, _Texts.of(_skill_line(line))))
    return group


def _opens_group(block: Block, at: int) -> bool:
    line = block.lines[at]
    following = block.lines[at + 1].depth if at + 1 < len(block.lines) else 0
    short = is_bold_line(line) or len(line.text) < 40
    return short and following > line.depth and _group(line.text) is not None and not LABELLED.search(line.text)


def _labels(line: Line) -> bool:
    found = LABELLED.match(line.text)
    return bool(found and found.start() == 0)


def _add_field(line: Line, texts: _Texts) -> None:
    parts = LABELLED.split(line.text)
    rest = parts[0].strip(" —–-")
    if rest and GRADE_ALONE.match(rest) and not texts.get("importance"):
        texts.add("importance", rest)
    elif rest:
        texts.add("description", rest)
    single = len(parts) == 3
    for name, text in _labelled(parts):
        texts.add(name, text if single else text.strip(TAIL))


TAIL = " .;,|—–-"


def _labelled(parts: list[str]) -> list[tuple[str, str]]:
    pairs = zip(parts[1::2], parts[2::2], strict=True)
    return [(next(key for key, known in FIELD_NAMES.items() if known.search(label)), value) for label, value in pairs]


def _skill_line(line: Line) -> Values:
    text = line.text
    importance = TRAILING.search(text)
    values = {"importance": importance.group(1) if importance else ""}
    text = text[: importance.start()] if importance else text
    name, detail = _name_and_rest(line, text)
    parts = LABELLED.split(detail)
    values |= {field: value.strip(TAIL) for field, value in _labelled(parts)}
    detail = parts[0].strip(TAIL) if len(parts) > 1 else detail
    grade = TRAILING.search(name)
    if grade:
        values["importance"] = values["importance"] or grade.group(1)
        name = name[: grade.start()]
    if GRADE_ALONE.match(detail):
        values["importance"], detail = values["importance"] or detail, ""
    return {"description": detail} | values | {"name": name}


def _name_and_rest(line: Line, text: str) -> tuple[str, str]:
    if line.bold and text.startswith(line.bold):
        rest = text[len(line.bold) :]
        bracket = LEADING.match(rest)
        cut = bracket.end() if bracket else 0
        name = unnumbered(line.bold).strip(" :–—-")
        return name + (bracket.group() if bracket else ""), rest[cut:].strip(" :–—-")
    return parted(text)


SOFT_LABELS = {
    "why": r"why (?:it|this|that|they|is)\b[^:.;]{0,40}|why(?: important)?|(?:it )?matters because|importance|relevance|warum[^:.;]{0,30}",
    "how": r"how (?:it|this|you|they|that)\b[^:.;]{0,40}|how\b|in practice|behaviou?rs?|(?:what it )?looks like in (?:the|this) role|wie\b[^:.;]{0,30}",
    "strong": r"(?:what )?(?:strong|great|good|excellent|high|exceptional)(?: performance| performers?)?(?: looks? like[^:.;]{0,30}| performance)?"
    r"|what (?:strong|great|good|excellent)[^:.;]{0,30}|starke leistung[^:.;]{0,30}",
}
SOFT_LABEL = "|".join(f"(?P<{name}>{pattern})" for name, pattern in SOFT_LABELS.items())
SOFT_FIELD = re.compile(rf"(?:^|(?<=[.;:–—-]\s)|(?<=[.;]))\s*(?:{SOFT_LABEL})\s*(?::|\s[–—-]\s|$)", re.IGNORECASE)
SOFT_HEAD = re.compile(rf"^\W*(?:{SOFT_LABEL})\W*$", re.IGNORECASE)


@dataclass
class _Soft:
    """One soft skill while it is read: its fields, and the one that further lines belong to."""

    name: str
    texts: _Texts
    current: str = ""


def soft_skills(blocks: Iterable[Block]) -> tuple[PlannedSoftSkill, ...]:
    blocks = list(blocks)
    labelled = any(SOFT_FIELD.search(line.text) for block in blocks for line in block.lines)
    found: list[_Soft] = []
    for block in blocks:
        if block.kind == "table":
            found += _soft_table(block)
        elif block.kind == "heading" and not (found and SOFT_HEAD.match(block.text)):
            found.append(_Soft(unnumbered(block.text), _Texts({}, heading=True)))
        else:
            for line in block.lines or (Line(block.text),):
                _soft_line(line, block, found, loosely=not labelled)
    return tuple(
        PlannedSoftSkill(row.name, *(row.texts.get(name) for name in SOFT_LABELS))
        for row in found
        if row.name and (row.texts.parts or not row.texts.heading)
    )


def _soft_table(block: Block) -> list[_Soft]:
    header = block.rows[0] if block.rows else ()
    names = [_soft_column(cell.text) for cell in header]
    at = next((n for n, name in enumerate(names) if not name), 0)
    rows = []
    for row in block.rows[1:]:
        values = {name: cell.text for name, cell in zip(names, row, strict=False) if name}
        rows.append(_Soft(unnumbered(_at(row, at)), _Texts.of(values)))
    return rows


def _soft_column(title: str) -> str:
    found = re.match(rf"\W*(?:{SOFT_LABEL})", title, re.IGNORECASE)
    return found.lastgroup or "" if found else ""


def _soft_line(line: Line, block: Block, found: list[_Soft], *, loosely: bool) -> None:
    labels = list(SOFT_FIELD.finditer(line.text))
    opens = line.depth <= (1 if block.kind == "list" else 0) and not (labels and labels[0].start() == 0)
    if opens and (is_bold_line(line) or (labels and line.bold) or block.kind == "list" or (line.bold and loosely)):
        _open_soft(line, labels, found, nested=bool(found) and line.depth > 0)
    elif found and labels:
        _add_labelled(line.text, labels, found[-1])
    elif found and (found[-1].current or found[-1].texts.heading or line.depth):
        found[-1].texts.add(found[-1].current or "why", line.text)


def _open_soft(line: Line, labels: list[re.Match[str]], found: list[_Soft], *, nested: bool) -> None:
    """A new soft skill; below a heading that has none of the fields yet, a plain list describes that heading."""
    if nested and found[-1].texts.heading and found[-1].current and not line.bold:
        found[-1].texts.add(found[-1].current, line.text)
        return
    head = line.text[: labels[0].start()] if labels else line.text
    name, detail = _name_and_rest(line, head.rstrip(" :–—-"))
    found.append(_Soft(unnumbered(name), _Texts({})))
    if detail:
        found[-1].texts.add("why", detail)
    _add_labelled(line.text, labels, found[-1])


def _add_labelled(text: str, labels: list[re.Match[str]], row: _Soft) -> None:
    ends = [*(label.start() for label in labels), len(text)][1:]
    for label, end in zip(labels, ends, strict=True):
        row.current = label.lastgroup or ""
        row.texts.add(row.current, text[label.end() : end])
