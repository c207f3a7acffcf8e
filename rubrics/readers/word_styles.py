"""What the styles and lists of a Word file say of its paragraphs: headings, bold, hidden, levels and numbers."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from rubrics.readers.xml_nodes import attribute, child, children, is_on, whole

HEADING = re.compile(r"^heading (\d)$", re.IGNORECASE)
IN_A_LIST = re.compile(r"^list (?:bullet|number|continue) ([2-5])$", re.IGNORECASE)
CONTENTS = re.compile(r"^(?:toc \d|toc heading|table of (?:figures|authorities)|index \d)", re.IGNORECASE)


@dataclass(frozen=True)
class Style:
    """A style as written; what it does not say comes from the style that it is `based_on`."""

    name: str = ""
    based_on: str = ""
    level: int | None = None
    bold: bool | None = None
    left_out: bool | None = None
    numbering: tuple[str, int] | None = None


@dataclass(frozen=True)
class Styles:
    """The styles of a document, by their ids."""

    by_id: dict[str, Style] = field(default_factory=dict)

    @classmethod
    def of(cls, root: Element | None) -> "Styles":
        """The styles that a style sheet defines."""
        return cls({attribute(node, "styleId"): _style(node) for node in children(root, "style")})

    def heading(self, style_id: str) -> int:
        """The level of heading that the style makes, 1 to 6, or 0."""
        return next((style.level for style in self._line(style_id) if style.level is not None), 0)

    def is_title(self, style_id: str) -> bool:
        """Whether the style is that of the document's title."""
        return any(style.name.casefold() == "title" for style in self._line(style_id))

    def list_depth(self, style_id: str) -> int:
        """How deep in a list a style of Word's own puts a paragraph, from 0: “List Bullet 2” is 1."""
        named = (IN_A_LIST.match(style.name) for style in self._line(style_id))
        return next((int(found.group(1)) - 1 for found in named if found), 0)

    def is_bold(self, style_id: str) -> bool:
        """Whether its text is bold."""
        return next((style.bold for style in self._line(style_id) if style.bold is not None), False)

    def is_left_out(self, style_id: str) -> bool:
        """Whether its text is hidden, struck out, or a table of contents."""
        return any(style.left_out for style in self._line(style_id))

    def numbering(self, style_id: str) -> tuple[str, int] | None:
        """The list, and the level in it from 0, that the style puts a paragraph in."""
        return next((style.numbering for style in self._line(style_id) if style.numbering), None)

    def _line(self, style_id: str) -> Iterator[Style]:
        """The style and those that it comes from, ten at most: they may form a circle."""
        for _ in range(10):
            style = self.by_id.get(style_id)
            if style is None:
                return
            yield style
            style_id = style.based_on


def _style(node: Element) -> Style:
    name = attribute(child(node, "name"), "val")
    run, paragraph = child(node, "rPr"), child(node, "pPr")
    return Style(
        name=name,
        based_on=attribute(child(node, "basedOn"), "val"),
        level=_level(name, child(paragraph, "outlineLvl")),
        bold=bold_of(run),
        left_out=bool(CONTENTS.match(name)) or is_left_out(run) or None,
        numbering=numbering_of(paragraph),
    )


def _level(name: str, outline: Element | None) -> int | None:
    named = HEADING.match(name)
    if named:
        return min(int(named.group(1)), 6)
    if name.casefold() == "title":
        return 1
    return outline_level(outline)


def outline_level(node: Element | None) -> int | None:
    """The level of heading that an outline level gives: 0 to 5 are 1 to 6, and beyond them is body text."""
    if node is None:
        return None
    stated = whole(attribute(node, "val"), 9)
    return stated + 1 if stated < 6 else 0


def bold_of(run: Element | None) -> bool | None:
    """Whether properties make text bold; None where they do not say."""
    node = child(run, "b")
    return None if node is None else is_on(node)


def is_left_out(run: Element | None) -> bool:
    """Whether properties hide text or strike it out."""
    return any(is_on(child(run, name)) for name in ("vanish", "strike", "dstrike", "del"))


def numbering_of(paragraph: Element | None) -> tuple[str, int] | None:
    """The list and the level in it, from 0, that properties state; list 0 is none."""
    node = child(paragraph, "numPr")
    if node is None:
        return None
    number = attribute(child(node, "numId"), "val")
    level = whole(attribute(child(node, "ilvl"), "val"))
    return (number, min(level, 8)) if number else None


# --- numbers ---


@dataclass
class Numbering:
    """The lists of a document, and how far each has counted."""

    formats: dict[tuple[str, int], str] = field(default_factory=dict)
    patterns: dict[tuple[str, int], str] = field(default_factory=dict)
    abstract: dict[str, str] = field(default_factory=dict)
    counted: dict[str, dict[int, int]] = field(default_factory=dict)

    @classmethod
    def of(cls, root: Element | None) -> "Numbering":
        """The lists that a document defines."""
        found = cls()
        for node in children(root, "abstractNum"):
            number = attribute(node, "abstractNumId")
            for level in children(node, "lvl"):
                key = (number, whole(attribute(level, "ilvl")))
                found.formats[key] = attribute(child(level, "numFmt"), "val")
                found.patterns[key] = attribute(child(level, "lvlText"), "val")
        for node in children(root, "num"):
            found.abstract[attribute(node, "numId")] = attribute(child(node, "abstractNumId"), "val")
        return found

    def next_number(self, number: str, level: int) -> str:
        """Count on in a list, and say the number as it is printed; empty for bullets, letters and numerals."""
        key = self.abstract.get(number, number)
        counts = self.counted.setdefault(key, {})
        counts[level] = counts.get(level, 0) + 1
        for deeper in [other for other in counts if other > level]:
            del counts[deeper]
        if self.formats.get((key, level)) != "decimal":
            return ""
        pattern = self.patterns.get((key, level), "")
        return re.sub(r"%(\d)", lambda found: str(counts.get(int(found.group(1)) - 1, 1)), pattern)
