"""Elements by their local names: Office writes the same ones in two namespaces, by the edition of its format."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element


def local(node: Element) -> str:
    """The element's name without its namespace."""
    return node.tag.rpartition("}")[2]


def children(node: Element | None, name: str) -> Iterator[Element]:
    """The child elements of this name; none where there is no element."""
    for child in node if node is not None else ():
        if local(child) == name:
            yield child


def child(node: Element | None, *path: str) -> Element | None:
    """The first element along this path of names, or None."""
    for name in path:
        node = next(children(node, name), None)
    return node


def attribute(node: Element | None, name: str, default: str = "") -> str:
    """An attribute by its local name."""
    for key, value in node.attrib.items() if node is not None else ():
        if key.rpartition("}")[2] == name:
            return value
    return default


def is_on(node: Element | None) -> bool:
    """Whether a switch is there and not switched off."""
    return node is not None and attribute(node, "val", "1") not in {"0", "false", "off"}


def whole(text: str, default: int = 0) -> int:
    """A whole number from 0 to 99,999,999, or the default for any other text."""
    if text.isascii() and text.isdigit() and len(text) < 9:
        return int(text)
    return default
