"""The last pass over a PDF before it is written: what WeasyPrint leaves open for
PDF/UA-1 and PDF/A-3b.

It works on pydyf's objects, so that nothing is parsed or written a second time.
"""

import zlib
from collections.abc import Iterator
from importlib.resources import files
from operator import itemgetter
from typing import Any

import pydyf

from packets.documents.typesetting import ENGLISH, JOINER

LEVEL = 4

PART_OF_UA = b"""<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
</rdf:RDF>"""


def finish(laid_out: Any, pdf: pydyf.PDF, *, archival: bool) -> None:
    """Complete the tags of the engine's document; for `archival` also say in its metadata that
    it is PDF/UA-1.
    """
    elements = {element.reference: element for element in _reachable(pdf, pdf.catalog["StructTreeRoot"])}
    _running_lines_are_artifacts(pdf, elements)
    _table_headers_are_found(pdf, elements)
    _pictures_say_where_they_stand(pdf, elements)
    _titles_have_no_joiners(pdf)
    if laid_out.metadata.lang != ENGLISH:
        _texts_say_their_language(laid_out, pdf, elements)
    if archival:
        metadata = _at(pdf, pdf.catalog["Metadata"])
        metadata.stream = [part.replace(b"</rdf:RDF>", PART_OF_UA) for part in metadata.stream]
        pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(pdf.catalog["AF"]))  # WeasyPrint lists each file twice
        _no_empty_resources(pdf)
        _colours_are_srgb(pdf)
    _streams_are_compressed_quickly(pdf)


def _at(pdf: pydyf.PDF, reference: bytes) -> pydyf.Object:
    return pdf.objects[int(reference.split()[0])]


def _reachable(pdf: pydyf.PDF, reference: bytes) -> Iterator[pydyf.Dictionary]:
    """The structure elements below the reference, itself included."""
    waiting = [reference]
    while waiting:
        element = _at(pdf, waiting.pop())
        yield element
        waiting += [kid for kid in element.get("K", ()) if isinstance(kid, bytes)]


def _running_lines_are_artifacts(pdf: pydyf.PDF, elements: dict[bytes, pydyf.Dictionary]) -> None:
    """What stands in the margins is no content: no screen reader reads it on each page."""
    numbers = _at(pdf, _at(pdf, pdf.catalog["StructTreeRoot"])["ParentTree"])["Nums"]
    owners = dict(zip(numbers[::2], numbers[1::2], strict=True))
    for number, reference in enumerate(pdf.page_references):
        owned = owners[number]
        outside = {mcid for mcid, owner in enumerate(owned) if owner not in elements}
        if outside:
            _unmark(_at(pdf, _at(pdf, reference)["Contents"]).stream, outside)
            for mcid in outside:
                _at(pdf, owned[mcid]).clear()
                owned[mcid] = "null"


def _unmark(stream: list[object], outside: set[int]) -> None:
    for index, part in enumerate(stream):
        if isinstance(part, pydyf.Dictionary) and part.get("MCID") in outside:
            stream[index - 1] = "/Artifact"
            stream[index] = pydyf.Dictionary({"Type": "/Pagination"})


def _table_headers_are_found(pdf: pydyf.PDF, elements: dict[bytes, pydyf.Dictionary]) -> None:
    """Each header cell says whether it heads its row or column, and the tree of their
    names is there.
    """
    names = []
    for reference, element in elements.items():
        if element.get("S") == "/TH":
            row = elements[element["P"]]
            in_head = elements[row["P"]].get("S") == "/THead"
            element["A"]["Scope"] = "/Column" if in_head else "/Row"
            if "ID" in element:
                names.append((element["ID"].string, element["ID"], reference))
    pairs = pydyf.Array()
    for _, name, reference in sorted(names, key=itemgetter(0)):
        pairs += (name, reference)
    if pairs:
        tree = pydyf.Dictionary({"Names": pairs})
        pdf.add_object(tree)
        _at(pdf, pdf.catalog["StructTreeRoot"])["IDTree"] = tree.reference


def _pictures_say_where_they_stand(pdf: pydyf.PDF, elements: dict[bytes, pydyf.Dictionary]) -> None:
    """A picture's box in points from the page's foot; WeasyPrint gives CSS px from its head."""
    for element in elements.values():
        if element.get("S") == "/Figure":
            height = _at(pdf, element["Pg"])["MediaBox"][3]
            left, top, right, bottom = (side * 0.75 for side in element["A"]["BBox"])
            element["A"]["BBox"] = pydyf.Array([left, height - bottom, right, height - top])


def _texts_say_their_language(laid_out: Any, pdf: pydyf.PDF, elements: dict[bytes, pydyf.Dictionary]) -> None:
    """Each text in another language than the document's. The engine tags texts in the
    order of its boxes, and keeps no other tie between the two.
    """
    tagged = list(_texts_tagged(elements, pdf.catalog["StructTreeRoot"]))
    boxes = [box for page in laid_out.pages for box in _boxes(page._page_box)]
    if len(tagged) != len(boxes):
        return
    for element, box in zip(tagged, boxes, strict=True):
        language = box.style["lang"]
        if language != laid_out.metadata.lang:
            element["Lang"] = pydyf.String(language)


def _texts_tagged(elements: dict[bytes, pydyf.Dictionary], reference: bytes) -> Iterator[pydyf.Dictionary]:
    """The element of each text and picture, in reading order."""
    element = elements.get(reference)
    for kid in element.get("K", ()) if element else ():
        if isinstance(kid, int):
            yield element
        else:
            yield from _texts_tagged(elements, kid)


def _boxes(box: Any) -> Iterator[Any]:
    """The engine's boxes of texts and pictures below this one, those in the margins aside."""
    for child in getattr(box, "children", ()):
        child = getattr(child, "_box", child)
        kind = type(child).__name__
        if kind == "TextBox" or kind.endswith("ReplacedBox"):
            yield child
        elif kind != "MarginBox":
            yield from _boxes(child)


def _titles_have_no_joiners(pdf: pydyf.PDF) -> None:
    """The outline's titles and the links' words, which no line breaks."""
    for found in pdf.objects:
        if not isinstance(found, pydyf.Dictionary):
            continue
        for name in ("Title", "Contents"):
            text = found.get(name)
            if isinstance(text, pydyf.String):
                text.string = text.string.replace(JOINER, "")


def _streams_are_compressed_quickly(pdf: pydyf.PDF) -> None:
    """The library's level 9 takes a twentieth of a render; level 4 a tenth more bytes."""
    for found in pdf.objects:
        if isinstance(found, pydyf.Stream) and found.compress:
            plain = b"\n".join(_bytes(part) for part in found.stream)
            found.stream, found.compress = [zlib.compress(plain, LEVEL)], False
            found.extra["Filter"] = "/FlateDecode"


def _bytes(part: object) -> bytes:
    if isinstance(part, bytes):
        return part
    return bytes(part.data) if isinstance(part, pydyf.Object) else str(part).encode("ascii")


def _colours_are_srgb(pdf: pydyf.PDF) -> None:
    """The output intent of PDF/A; WeasyPrint's own option for it leaves a file open."""
    content = (files("weasyprint.pdf") / "sRGB2014.icc").read_bytes()
    profile = pydyf.Stream([content], pydyf.Dictionary({"N": 3}), compress=True)
    pdf.add_object(profile)
    intent = pydyf.Dictionary({"Type": "/OutputIntent", "S": "/GTS_PDFA1", "DestOutputProfile": profile.reference})
    intent["OutputConditionIdentifier"] = intent["Info"] = pydyf.String("sRGB2014")
    pdf.catalog["OutputIntents"] = pydyf.Array([intent])


def _no_empty_resources(pdf: pydyf.PDF) -> None:
    """PDF/A's rules know no empty resource dictionary."""
    for found in pdf.objects:
        if isinstance(found, pydyf.Dictionary) and "ColorSpace" in found and "XObject" in found:
            for name in ("ExtGState", "XObject", "Pattern", "Shading"):
                if not found.get(name, True):
                    del found[name]
