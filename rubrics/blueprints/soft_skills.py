"""Soft skills: why each matters, how it shows up, and what strong performance looks like."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from rubrics.blueprints.lines import Line, is_bold_line, unnumbered
from rubrics.blueprints.reading import Read
from rubrics.blueprints.rubric_json import SoftSkillJson
from rubrics.blueprints.sections import Block
from rubrics.blueprints.skill_texts import Texts, name_and_rest, text_at


@dataclass(frozen=True)
class PlannedSoftSkill:
    """`why` it matters, `how` it shows up in the role, and what `strong` performance looks like."""

    name: str
    why: str
    how: str
    strong: str

    def as_json(self) -> SoftSkillJson:
        return {"name": self.name, "why": self.why, "how": self.how, "strong": self.strong}


SOFT_LABELS = {
    "why": r"why (?:it|this|that|they|is)\b[^:.;]{0,40}|why(?: important)?|(?:it )?matters because|importance|relevance|warum[^:.;]{0,30}",
    "how": r"how (?:it|this|you|they|that)\b[^:.;]{0,40}|how\b|in practice|on the job|day[- ]to[- ]day|in (?:the|this) role|behaviou?rs?|(?:what it )?looks like in (?:the|this) role|wie\b[^:.;]{0,30}",
    "strong": r"(?:what )?(?:strong|great|good|excellent|high|exceptional)(?: performance| performers?)?(?: looks? like[^:.;]{0,30}| performance)?"
    r"|what (?:strong|great|good|excellent)[^:.;]{0,30}|starke leistung[^:.;]{0,30}",
}
SOFT_LABEL = "|".join(f"(?P<{name}>{pattern})" for name, pattern in SOFT_LABELS.items())
SOFT_FIELD = re.compile(rf"(?:^|(?<=[.;:–—-]\s)|(?<=[.;]))\s*(?:{SOFT_LABEL})\s*(?::|\s[–—-]\s|$)", re.IGNORECASE)
SOFT_HEAD = re.compile(rf"^\W*(?:{SOFT_LABEL})\W*$", re.IGNORECASE)


Labels = list[re.Match[str]]  # the labels of fields in one line, in order; each match's last group is the field


@dataclass
class _Soft:
    """One soft skill while it is read: its fields, and the one that further lines belong to."""

    name: str
    texts: Texts = field(default_factory=Texts)
    current: str = ""

    @property
    def is_named(self) -> bool:
        """Whether it is a skill at all: a heading without any field heads other skills."""
        if not self.name:
            return False
        return bool(self.texts.parts) or not self.texts.heading

    def planned(self) -> PlannedSoftSkill:
        why, how, strong = map(self.texts.get, SOFT_LABELS)
        return PlannedSoftSkill(self.name, why, how, strong)

    def add_labelled(self, text: str, labels: Labels) -> None:
        """What stands behind each label of a line, up to the next one."""
        starts = [label.start() for label in labels]
        ends = [*starts[1:], len(text)]
        for label, end in zip(labels, ends, strict=False):
            self.current = label.lastgroup or ""
            self._add(text[label.end() : end])

    def _add(self, text: str) -> None:
        """More of the current field; behind why, another label begins how it shows."""
        may_show_how = self.current == "why" and "how" not in self.texts.parts
        inner = INNER_LABEL.search(text) if may_show_how else None
        if inner is None:
            self.texts.add(self.current, text.rstrip(" –—-"))
            return
        self.texts.add("why", text[: inner.start()])
        self.current = "how"
        self.texts.add("how", text[inner.end() :].rstrip(" –—-"))

    def add_how(self, line: Line) -> None:
        """How it shows, behind a label of the document's own."""
        self.current = "how"
        self.texts.add("how", line.text.removeprefix(line.bold).strip(" :–—-"))

    def is_how(self, line: Line) -> bool:
        """Whether a line's bold label, which is no known one, stands where how it shows is told: behind why."""
        if self.current != "why" or "how" in self.texts.parts or not line.bold:
            return False
        rest = line.text.removeprefix(line.bold)
        labelled = line.bold.endswith(":") or rest.lstrip().startswith((":", "–", "—"))
        return labelled and line.text.startswith(line.bold)


INNER_LABEL = re.compile(r"(?<=[.;])\s*[–—-]\s+[A-Z][^:.;–—]{1,40}:\s+")


def soft_skills(blocks: Iterable[Block]) -> Read[tuple[PlannedSoftSkill, ...]]:
    """Soft skills as headings, bold paragraphs, list items or rows of a table."""
    blocks = list(blocks)
    lines = [line for block in blocks for line in block.lines]
    labelled = any(SOFT_FIELD.search(line.text) for line in lines)
    reader = _Reader(loosely=not labelled)
    for block in blocks:
        if block.kind == "table":
            reader.table(block)
        elif block.is_heading:
            reader.heading(block)
        else:
            reader.lines(block)
    return Read(tuple(skill.planned() for skill in reader.skills if skill.is_named))


@dataclass
class _Reader:
    """Gathers soft skills block by block.

    `loosely` where no field is labelled and any bold beginning names one.
    """

    loosely: bool
    skills: list[_Soft] = field(default_factory=list)

    def table(self, block: Block) -> None:
        """A skill per row; it is named in the first column whose title is no field's."""
        header = block.rows[0] if block.rows else ()
        names = [_field_of_column(cell.text) for cell in header]
        index = next((n for n, name in enumerate(names) if not name), 0)
        for row in block.rows[1:]:
            cells = zip(names, row, strict=False)
            values = {name: cell.text for name, cell in cells if name}
            self.skills.append(_Soft(unnumbered(text_at(row, index)), Texts.of(values)))

    def heading(self, block: Block) -> None:
        """A skill, or one of the fields of the skill that it stands in."""
        if self.skills and SOFT_HEAD.match(block.text):
            self._line(Line(block.text), block)
        else:
            self.skills.append(_Soft(unnumbered(block.text), Texts(heading=True)))

    def lines(self, block: Block) -> None:
        """An empty list ends the skill before it, as a nameless one would."""
        for line in block.lines or (Line(""),):
            self._line(line, block)

    def _line(self, line: Line, block: Block) -> None:
        labels = list(SOFT_FIELD.finditer(line.text))
        if not labels and line.depth and self.skills and self.skills[-1].is_how(line):
            self.skills[-1].add_how(line)
        elif self._opens_skill(line, block, labels):
            self._open(line, labels)
        elif self.skills and labels:
            self.skills[-1].add_labelled(line.text, labels)
        elif self.skills and self._goes_on(line):
            last = self.skills[-1]
            last.texts.add(last.current or "why", line.text)

    def _opens_skill(self, line: Line, block: Block, labels: Labels) -> bool:
        """Whether a line of the outermost depth, which begins with no label, names a skill."""
        outermost = 1 if block.kind == "list" else 0
        if line.depth > outermost or (labels and labels[0].start() == 0):
            return False
        if block.kind == "list" or is_bold_line(line):
            return True
        if not line.bold:
            return False
        return bool(labels) or self.loosely

    def _goes_on(self, line: Line) -> bool:
        last = self.skills[-1]
        return bool(last.current) or last.texts.heading or line.depth > 0

    def _open(self, line: Line, labels: Labels) -> None:
        """A new skill.

        Below a heading that has fields already, a plain list goes on with the last of them.
        """
        if self.skills and line.depth > 0 and not line.bold:
            last = self.skills[-1]
            if last.texts.heading and last.current:
                last.texts.add(last.current, line.text)
                return
        head = line.text[: labels[0].start()] if labels else line.text
        name, detail = name_and_rest(line, head.rstrip(" :–—-"))
        skill = _Soft(unnumbered(name))
        if detail:
            skill.texts.add("why", detail)
        skill.add_labelled(line.text, labels)
        self.skills.append(skill)


def _field_of_column(title: str) -> str:
    """The field that a column's title begins with; empty where it is no field's."""
    found = COLUMN.match(title)
    if found is None:
        return ""
    return found.lastgroup or ""


COLUMN = re.compile(rf"\W*(?:{SOFT_LABEL})", re.IGNORECASE)
