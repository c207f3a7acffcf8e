"""Several tagged PDFs as one, with the outline, the links and the structure of each.
Pure: no Django.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, OutlineItem, Pdf, String

Pair = tuple[Object | int, Object]  # of a number or name tree: the key, and what it stands for
# How the contents' links name a part: no link of the PDF engine leads into another file.
LEADS_TO = "packet:"
UA_PART = "{http://www.aiim.org/pdfua/ns/id/}part"  # what claims PDF/UA in a file's metadata


@dataclass(frozen=True)
class Part:
    """One PDF to append, and what the common outline calls it."""

    title: str
    path: Path


def page_counts(paths: Iterable[Path]) -> list[int]:
    """How many pages each of the files has, in their order."""
    counts = []
    for path in paths:
        with pikepdf.open(path) as pdf:
            counts.append(len(pdf.pages))
    return counts


def merge(contents: Path, parts: list[Part], out: Path, *, title: str) -> None:
    """Write the contents followed by the parts. Links `packet:N` in the contents lead
    to the Nth part, from 1. The whole claims PDF/UA where each of them does.

    Memory holds the structure of all parts, their pages' bytes stay on disk until they
    are written.
    """
    with pikepdf.open(contents) as pdf:
        own = len(pdf.pages)
        starts: list[int] = []
        branches = [_outline_length(pdf)]
        structure = _Structure(pdf)
        accessible = _claims_ua(pdf)
        for number, part in enumerate(parts, 1):
            source = pikepdf.open(part.path)  # never closed but let go: the pdf reads its bytes when it is written
            branches.append(_outline_length(source))
            accessible = _claims_ua(source) and accessible
            starts.append(len(pdf.pages))
            _own_ids(source, number)
            pdf.add_pages_from(source)
            structure.append(source, starts[-1])
        structure.write()
        _group_outline(pdf, [part.title for part in parts], starts, branches)
        for number in range(own):
            _link(pdf, pdf.pages[number], starts)
        _describe(pdf, title, accessible=accessible)
        pdf.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)


def _outline_length(pdf: Pdf) -> int:
    with pdf.open_outline() as outline:
        return len(outline.root)


def _group_outline(pdf: Pdf, titles: list[str], starts: list[int], branches: list[int]) -> None:
    """Put each part's own items, which follow one another, under an item of its title."""
    with pdf.open_outline() as outline:
        items = list(outline.root)
        del outline.root[:]
        outline.root.extend(items[: branches[0]])
        at = branches[0]
        for title, start, length in zip(titles, starts, branches[1:], strict=True):
            item = OutlineItem(title, start)
            item.children.extend(items[at : at + length])
            item.is_closed = True
            outline.root.append(item)
            at += length


def _link(pdf: Pdf, page: pikepdf.Page, starts: list[int]) -> None:
    for annotation in page.obj.get(Name.Annots, Array()):
        uri = str(annotation.get(Name.A, Dictionary()).get(Name.URI, ""))
        if uri.startswith(LEADS_TO):
            del annotation[Name.A]
            target = pdf.pages[starts[int(uri.removeprefix(LEADS_TO)) - 1]]
            annotation[Name.Dest] = Array([target.obj, Name.Fit])


def _describe(pdf: Pdf, title: str, *, accessible: bool) -> None:
    pdf.docinfo[Name.Title] = String(title)
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        metadata["dc:title"] = title
        if not accessible and UA_PART in metadata:
            del metadata[UA_PART]


def _claims_ua(pdf: Pdf) -> bool:
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        return UA_PART in metadata


# --- structure ---------------------------------------------------------------
class _Structure:
    """The pdf's structure while others' is hung under it: kids, parents by number, ids."""

    def __init__(self, pdf: Pdf) -> None:
        self.pdf = pdf
        self.root = pdf.Root.StructTreeRoot
        self.document = _kids(self.root)[0]
        self.kids = _kids(self.document)
        self.parents = _pairs(self.root.ParentTree, Name.Nums)
        self.ids = _pairs(self.root.get(Name.IDTree, Dictionary()), Name.Names)

    def append(self, source: Pdf, start: int) -> None:
        """Take over the structure of the source, whose pages are the pdf's from `start` on."""
        theirs = source.Root.StructTreeRoot
        copied = self.pdf.copy_foreign(theirs if theirs.is_indirect else source.make_indirect(theirs))
        for kid in _kids(copied):
            kid.P = self.document
            kid.S = Name.Part
            self.kids.append(kid)
        offset = self._next_number()
        for number, owner in _pairs(copied.ParentTree, Name.Nums):
            self.parents.append((int(number) + offset, owner))
        self.ids += _pairs(copied.get(Name.IDTree, Dictionary()), Name.Names)
        _renumber(self.pdf, start, offset)

    def _next_number(self) -> int:
        return max((int(number) for number, _ in self.parents), default=-1) + 1

    def write(self) -> None:
        """Put what was gathered into the pdf, once all sources are appended."""
        self.document.K = Array(self.kids)
        self.root.ParentTree = self._tree(Name.Nums, self.parents)
        self.root.ParentTreeNextKey = self._next_number()
        if self.ids:
            self.ids.sort(key=lambda pair: bytes(pair[0]))
            self.root.IDTree = self._tree(Name.Names, self.ids)

    def _tree(self, name: Name, pairs: list[Pair]) -> Object:
        return self.pdf.make_indirect(Dictionary({str(name): _flat(pairs)}))


def _flat(pairs: list[Pair]) -> Array:
    return Array([part for pair in pairs for part in pair])


def _kids(element: Object) -> list[Object]:
    kids = element.get(Name.K, Array())
    return list(kids) if isinstance(kids, Array) else [kids]


def _pairs(tree: Object, name: Name) -> list[Pair]:
    """The pairs of a number or name tree."""
    flat = list(tree.get(name, Array()))
    pairs: list[Pair] = list(zip(flat[::2], flat[1::2], strict=True))
    for kid in tree.get(Name.Kids, Array()):
        pairs += _pairs(kid, name)
    return pairs


def _renumber(pdf: Pdf, start: int, offset: int) -> None:
    for number in range(start, len(pdf.pages)):
        page = pdf.pages[number].obj
        if Name.StructParents in page:
            page.StructParents = int(page.StructParents) + offset
        for annotation in page.get(Name.Annots, Array()):
            if Name.StructParent in annotation:
                annotation.StructParent = int(annotation.StructParent) + offset


def _own_ids(source: Pdf, number: int) -> None:
    """Cells name their headings by id: give the part's ids a prefix that no other part has."""

    def own(name: object) -> String:
        return String(f"{number}-{name}")

    for thing in source.objects:
        if not isinstance(thing, Dictionary) or thing.get(Name.Type) != Name.StructElem:
            continue
        if Name.ID in thing:
            thing.ID = own(thing.ID)
        attributes = thing.get(Name.A)
        if isinstance(attributes, Dictionary) and Name.Headers in attributes:
            attributes.Headers = Array([own(name) for name in attributes.Headers])
    root = source.Root.StructTreeRoot
    if Name.IDTree in root:
        pairs: list[Pair] = [(own(name), owner) for name, owner in _pairs(root.IDTree, Name.Names)]
        root.IDTree = Dictionary(Names=_flat(pairs))
