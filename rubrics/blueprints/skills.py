"""Technical skills (tables or lists, by group) and soft skills."""

import re
from dataclasses import dataclass

from rubrics.blueprints import words
from rubrics.blueprints.documents import Block, Cell, Line, Section


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


IMPORTANCE = r"critical|important|optional|essential|required|recommended|desirable|high|medium|low|must[- ]have|nice[- ]to[- ]have"
TRAILING = re.compile(rf"\s*[(\[](?:importance:\s*)?({IMPORTANCE})[^)\]]*[)\]]\s*\.?$", re.IGNORECASE)
LEADING = re.compile(rf"\s*[(\[](?:importance:\s*)?({IMPORTANCE})[^)\]]*[)\]]", re.IGNORECASE)
LABELLED = re.compile(
    r"(?:^|(?<=[.;,]\s))\s*(Importance|Priority|Typical use|Use|Used for|Description)\s*:\s*", re.IGNORECASE
)
FIELD_NAMES = {
    "importance": words.words(r"^(importance|priority|level)\b"),
    "use": words.words(r"^(typical )?(use|usage|used for|application|where used|how used)\b"),
    "description": words.words(r"^(description|what|detail|meaning)\b"),
    "name": words.words(r"^(skill|name|technology|competency|area|tool)\b"),
}


def skills(section: Section | None) -> tuple[PlannedSkill, ...]:
    group = "must-have"
    out: list[PlannedSkill] = []
    for block in section.blocks if section else ():
        if block.kind == "heading":
            group = _group(block.text) or group
        elif block.kind == "text" and len(block.lines) == 1 and block.lines[0].bold and _group(block.lines[0].bold):
            group = _group(block.lines[0].bold) or group
        elif block.kind == "table":
            out += _from_table(group, block)
        elif block.lines:
            out += _from_lines(group, block)
    return tuple(out)


def _group(title: str) -> str | None:
    return next((name for name, pattern in words.GROUPS if pattern.search(title)), None)


def _from_table(group: str, block: Block) -> list[PlannedSkill]:
    header = [cell.text for cell in block.rows[0]] if block.rows else []
    columns = _columns(header)
    out = []
    for row in block.rows[1:]:
        values = {name: _at(row, at) for name, at in columns.items()}
        if values.get("name") and not words.TOTAL.search(values["name"]) and row[0].span == 1:
            out.append(_skill(group, values))
    return out


def _columns(header: list[str]) -> dict[str, int]:
    columns: dict[str, int] = {}
    for at, text in enumerate(header):
        for name, pattern in FIELD_NAMES.items():
            if name not in columns and pattern.search(text):
                columns[name] = at
                break
    columns.setdefault("name", 0)
    order = [name for name in ("description", "use", "importance") if name not in columns]
    free = [at for at in range(len(header)) if at not in columns.values()]
    columns.update(zip(order, free, strict=False) if len(columns) == 1 else ())
    return columns


def _at(row: tuple[Cell, ...], at: int) -> str:
    return row[at].text if at < len(row) else ""


def _skill(group: str, values: dict[str, str]) -> PlannedSkill:
    return PlannedSkill(group, values["name"], *(values.get(name, "") for name in ("description", "use", "importance")))


def _from_lines(group: str, block: Block) -> list[PlannedSkill]:
    found: list[dict[str, str]] = []
    for line in block.lines:
        if line.depth == 1:
            found.append(_skill_line(line))
        elif line.depth > 1 and found:
            head, colon, rest = line.text.partition(":")
            name = next(
                (
                    key
                    for key, pattern in FIELD_NAMES.items()
                    if colon and key != "name" and pattern.search(head.strip())
                ),
                "description",
            )
            text = (
                rest.strip()
                if colon and name != "description"
                else (rest.strip() if colon and FIELD_NAMES["description"].search(head) else line.text)
            )
            found[-1][name] = f"{found[-1].get(name, '')} {text}".strip()
    return [_skill(group, values) for values in found if values["name"]]


def _skill_line(line: Line) -> dict[str, str]:
    text = line.text
    importance = TRAILING.search(text)
    values = {"importance": importance.group(1) if importance else ""}
    text = text[: importance.start()] if importance else text
    name, detail = _name_and_rest(line, text)
    labelled = LABELLED.split(detail)
    for label, value in zip(labelled[1::2], labelled[2::2], strict=True):
        values[next(key for key, known in FIELD_NAMES.items() if known.search(label))] = value.strip(" .;")
    detail = labelled[0].strip(" .;") if len(labelled) > 1 else detail
    trailing = TRAILING.search(name)
    if trailing:
        values["importance"] = values["importance"] or trailing.group(1)
        name = name[: trailing.start()]
    return {"description": detail} | values | {"name": name}


def _name_and_rest(line: Line, text: str) -> tuple[str, str]:
    if line.bold and text.startswith(line.bold):
        rest = text[len(line.bold) :]
        bracket = LEADING.match(rest)
        return line.bold.strip(" :–—-") + (bracket.group() if bracket else ""), rest[
            bracket.end() if bracket else 0 :
        ].strip(" :–—-")
    parts = re.split(r"\s*:\s|\s[–—-]\s", text, maxsplit=1)
    return parts[0].strip(" :"), parts[1].strip() if len(parts) > 1 else ""


SOFT_FIELDS = (
    (
        "strong",
        words.words(r"\bstrong\b", r"\bgood looks\b", r"\bgreat looks\b", r"\bexcellen", r"\bperformance looks\b"),
    ),
    ("why", words.words(r"\bwhy\b", r"\bmatters\b", r"\bimportan")),
    (
        "how",
        words.words(r"\bhow\b", r"\bshows up\b", r"\bin practice\b", r"\bbehaviou?r", r"\bin this role\b"),
    ),
)


def soft_skills(section: Section | None) -> tuple[PlannedSoftSkill, ...]:
    found: list[dict[str, str]] = []
    for block in section.blocks if section else ():
        if block.kind == "heading":
            found.append({"name": re.sub(r"^\d+[.)]\s*", "", block.text)})
        elif block.kind == "table":
            found += _soft_table(block)
        else:
            for line in block.lines:
                _soft_line(line, block, found)
    return tuple(
        PlannedSoftSkill(row["name"], row.get("why", ""), row.get("how", ""), row.get("strong", ""))
        for row in found
        if row["name"] and (len(row) > 1)
    )


def _field(label: str) -> str | None:
    return next((name for name, pattern in SOFT_FIELDS if pattern.search(label)), None)


def _soft_table(block: Block) -> list[dict[str, str]]:
    names = [_field(cell.text) for cell in block.rows[0]] if block.rows else []
    rows = []
    for row in block.rows[1:]:
        values = {name: cell.text for name, cell in zip(names, row, strict=False) if name}
        rows.append({"name": row[0].text} | values)
    return rows


def _soft_line(line: Line, block: Block, found: list[dict[str, str]]) -> None:
    head, colon, rest = line.text.partition(":")
    field = _field(head) if colon and len(head) < 60 else None
    if field and found:
        found[-1][field] = f"{found[-1].get(field, '')} {rest.strip()}".strip()
    elif line.depth == (1 if block.kind == "list" else 0) and not field and (line.bold or block.kind == "list"):
        name, detail = _name_and_rest(line, line.text)
        found.append({"name": re.sub(r"^\d+[.)]\s*", "", name)} | ({"why": detail} if detail else {}))
