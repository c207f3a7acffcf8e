"""HTML as the tree that the PDF's engine walks, read in C: the engine's own parser takes a twentieth of a render."""

from typing import Any
from xml.etree.ElementTree import Element, TreeBuilder

from selectolax.lexbor import LexborHTMLParser

SVG = "{http://www.w3.org/2000/svg}"


def tree(html: str) -> Element:
    """The root of the document. Names of SVG's elements carry its namespace; HTML's elements have none.

    It recurs once for each level of the document, which our templates keep shallow.
    """
    builder = TreeBuilder()
    _build(builder, LexborHTMLParser(html).root, "")
    return builder.close()


def _build(builder: TreeBuilder, node: Any, namespace: str) -> None:
    if node.tag == "svg":
        namespace = SVG
    name = namespace + node.tag
    builder.start(name, {key: value or "" for key, value in node.attributes.items() if key != "xmlns"})
    for child in node.iter(include_text=True):
        if child.tag == "-text":
            builder.data(child.text_content or "")
        elif child.tag[0].isalpha():  # a comment begins with a sign
            _build(builder, child, namespace)
    builder.end(name)
