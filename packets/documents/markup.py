"""HTML as the tree that the PDF's engine walks, read in C: the engine's own parser
takes a twentieth of a render.

Pure, and imports no Django.
"""

from xml.etree.ElementTree import Element, TreeBuilder

from selectolax.lexbor import LexborHTMLParser, LexborNode

SVG = "{http://www.w3.org/2000/svg}"


def tree(html: str) -> Element:
    """The root of the document. Names of SVG's elements carry its namespace; HTML's
    elements have none.

    It recurs once for each level of the document, which our templates keep shallow.
    """
    builder = TreeBuilder()
    root = LexborHTMLParser(html).root
    assert root is not None  # the parser makes one of any text
    _build(builder, root, "")
    return builder.close()


def _build(builder: TreeBuilder, node: LexborNode, namespace: str) -> None:
    tag = node.tag or ""
    if tag == "svg":
        namespace = SVG
    name = namespace + tag
    attributes = {key: value or "" for key, value in node.attributes.items()}
    attributes.pop("xmlns", None)
    builder.start(name, attributes)
    for child in node.iter(include_text=True):
        if child.tag == "-text":
            builder.data(child.text_content or "")
        elif child.tag and child.tag[0].isalpha():  # a comment begins with a sign
            _build(builder, child, namespace)
    builder.end(name)
