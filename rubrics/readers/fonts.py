"""Which cells of a workbook stand in bold letters, and in which size."""

from dataclasses import dataclass
from xml.etree.ElementTree import Element

from rubrics.readers.xml_nodes import attribute, child, children, is_on, whole

LARGEST = 409.0  # points, as programs allow


@dataclass(frozen=True)
class Font:
    """How letters look; `size` is in points, 0 where none is stated."""

    bold: bool = False
    size: float = 0.0


@dataclass(frozen=True)
class CellFonts:
    """The font of each style of cell."""

    by_style: tuple[Font, ...] = ()

    @classmethod
    def of(cls, styles: Element | None) -> "CellFonts":
        """The fonts that a style sheet states."""
        fonts = [_font(node) for node in children(child(styles, "fonts"), "font")]
        found: list[Font] = []
        for style in children(child(styles, "cellXfs"), "xf"):
            number = whole(style.get("fontId", ""))
            found.append(fonts[number] if number < len(fonts) else Font())
        return cls(tuple(found))

    def of_style(self, style: int) -> Font:
        """The font of cells of this style, by its number from 0."""
        return self.by_style[style] if style < len(self.by_style) else Font()


def _font(node: Element) -> Font:
    return Font(is_on(child(node, "b")), points(attribute(child(node, "sz"), "val")))


def points(written: str) -> float:
    """A size as files write it, “12” or “12pt”, in points from 0 to 409; 0 for any other text."""
    number = written.removesuffix("pt")
    try:
        size = float(number)
    except ValueError:
        return 0.0
    return size if 0 < size <= LARGEST else 0.0
