"""The last pass over a PDF before it is written: what WeasyPrint leaves open for PDF/UA-1 and PDF/A-3b.

It works on pydyf's objects, so that nothing is parsed or written a second time.
"""

import zlib
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import pydyf

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


def finish(pdf: Any, *, archival: bool) -> None:
    """Complete the tags of the document; for `archival` also say in its metadata that it is PDF/UA-1."""
    elements = {element.reference: element for element in _reachable(pdf, pdf.catalog["StructTreeRoot"])}
    _running_lines_are_artifacts(pdf, elements)
    _table_headers_are_found(pdf, elements)
    _pictures_say_where_they_stand(pdf, elements)
    if archival:
        metadata = _at(pdf, pdf.catalog["Metadata"])
        metadata.stream = [part.replace(b"</rdf:RDF>", PART_OF_UA) for part in metadata.stream]
        pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(pdf.catalog["AF"]))  # WeasyPrint lists each file twice
        _no_empty_resources(pdf)
        _colours_are_srgb(pdf)
    _streams_are_compressed_quickly(pdf)


def _at(pdf: Any, reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]


def _reachable(pdf: Any, reference: bytes) -> Iterator[Any]:
    """The structure elements below the reference, itself included."""
    waiting = [reference]
    while waiting:
        element = _at(pdf, waiting.pop())
        yield element
        waiting += [kid for kid in element.get("K", ()) if isinstance(kid, bytes)]


def _running_lines_are_artifacts(pdf: Any, elements: dict[bytes, Any]) -> None:
    """What stands in the page's margins belongs to no element, so a screen reader must not read it on each page."""
    numbers = _at(pdf, _at(pdf, pdf.catalog["StructTreeRoot"])["ParentTree"])["Nums"]
    owners = dict(zip(numbers[::2], numbers[1::2], strict=True))
    for number, reference in enumerate(pdf.page_references):
        owned = owners[number]
        outside = {mark for mark, owner in enumerate(owned) if owner not in elements}
        if outside:
            _unmark(_at(pdf, _at(pdf, reference)["Contents"]).stream, outside)
            for mark in outside:
                _at(pdf, owned[mark]).clear()
                owned[mark] = "null"


def _unmark(stream: list[Any], outside: set[int]) -> None:
    for place, part in enumerate(stream):
        if isinstance(part, pydyf.Dictionary) and part.get("MCID") in outside:
            stream[place - 1] = "/Artifact"
            stream[place] = pydyf.Dictionary({"Type": "/Pagination"})


def _table_headers_are_found(pdf: Any, elements: dict[bytes, Any]) -> None:
    """Each header cell says whether it heads its row or column, and the tree of their names is there."""
    names = []
    for reference, element in elements.items():
        if element.get("S") == "/TH":
            row = elements[element["P"]]
            in_head = elements[row["P"]].get("S") == "/THead"
            element["A"]["Scope"] = "/Column" if in_head else "/Row"
            if "ID" in element:
                names.append((element["ID"].string, element["ID"], reference))
    pairs = [part for _, name, reference in sorted(names, key=lambda row: row[0]) for part in (name, reference)]
    if pairs:
        tree = pydyf.Dictionary({"Names": pydyf.Array(pairs)})
        pdf.add_object(tree)
        _at(pdf, pdf.catalog["StructTreeRoot"])["IDTree"] = tree.reference


def _pictures_say_where_they_stand(pdf: Any, elements: dict[bytes, Any]) -> None:
    """The box of a picture in the PDF's points from the page's foot; WeasyPrint gives CSS pixels from its head."""
    for element in elements.values():
        if element.get("S") == "/Figure":
            height = _at(pdf, element["Pg"])["MediaBox"][3]
            left, top, right, bottom = (side * 0.75 for side in element["A"]["BBox"])
            element["A"]["BBox"] = pydyf.Array([left, height - bottom, right, height - top])


def _streams_are_compressed_quickly(pdf: Any) -> None:
    """The library's level 9 takes a twentieth of a whole render; level 4 takes a fraction for a tenth more bytes."""
    for found in pdf.objects:
        if isinstance(found, pydyf.Stream) and found.compress:
            plain = b"\n".join(_bytes(part) for part in found.stream)
            found.stream, found.compress = [zlib.compress(plain, LEVEL)], False
            found.extra["Filter"] = "/FlateDecode"


def _bytes(part: Any) -> bytes:
    if isinstance(part, bytes):
        return part
    return bytes(part.data) if isinstance(part, pydyf.Object) else str(part).encode("ascii")


def _colours_are_srgb(pdf: Any) -> None:
    """The output intent that PDF/A asks for, from WeasyPrint's own profile; its option for it leaves a file open."""
    content = (files("weasyprint.pdf") / "sRGB2014.icc").read_bytes()
    profile = pydyf.Stream([content], pydyf.Dictionary({"N": 3}), compress=True)
    pdf.add_object(profile)
    intent = pydyf.Dictionary({"Type": "/OutputIntent", "S": "/GTS_PDFA1", "DestOutputProfile": profile.reference})
    intent["OutputConditionIdentifier"] = intent["Info"] = pydyf.String("sRGB2014")
    pdf.catalog["OutputIntents"] = pydyf.Array([intent])


def _no_empty_resources(pdf: Any) -> None:
    """PDF/A's rules know no empty resource dictionary."""
    for found in pdf.objects:
        if isinstance(found, pydyf.Dictionary) and "ColorSpace" in found and "XObject" in found:
            for name in ("ExtGState", "XObject", "Pattern", "Shading"):
                if not found.get(name, True):
                    del found[name]
