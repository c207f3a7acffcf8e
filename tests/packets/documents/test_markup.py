"""HTML as a tree: the same as the engine's own parser makes of it."""

import pytest
import tinyhtml5

from packets.documents.markup import tree


def told(element):
    """The element as far as the engine looks at it."""
    attributes = sorted(pair for pair in element.attrib.items() if not pair[0].endswith("xmlns"))
    children = [told(child) for child in element if isinstance(child.tag, str)]
    return element.tag, attributes, element.text or "", element.tail or "", children


def theirs(html):
    return told(tinyhtml5.parse(html, namespace_html_elements=False))


def test_packet_is_read_as_the_engine_reads_it(requested_packet, html_of):
    html = html_of(requested_packet("full"))

    assert told(tree(html)) == theirs(html)
    assert html.count("<svg") > 10


@pytest.mark.parametrize(
    "body",
    [
        "<p>a &amp; b &lt;i&gt; &#x27;c&#x27; &nbsp;d</p>",
        "<p>two<br>lines <span>and</span> a tail</p>tail",
        "<!-- left out --><p>in</p>",
        "<ul><li>not closed<li>neither</ul>",
        "<table><tr><td>no body written</td></tr></table>",
        '<svg viewBox="0 0 9 9"><title>t</title><path d="M1 2h0"/></svg><p hidden class="">after</p>',
        "<p>one\r\ntwo\rthree</p>",
        "<p>\U0001f469\u200d\U0001f4bb \u05e9\u05dc\u05d5\u05dd \u4f60\u597d</p>",
    ],
)
def test_reads_as_the_engine_reads(body):
    html = f'<!doctype html><html lang="en"><head><title>t</title></head><body>{body}</body></html>'

    assert told(tree(html)) == theirs(html)
