"""Several tagged PDFs as one, with the outline, the links and the structure of each."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, OutlineItem, Pdf, String

LEADS_TO = "packet:"  # how the contents' links name a part; a link of the PDF engine has no way into another file


@dataclass(frozen=True)
class Part:
    """One PDF to append, and what the common outline calls it."""

    title: str
    path: Path


def page_counts(paths: Iterable[Path]) -> list[int]:
    counts = []
    for path in paths:
        with pikepdf.open(path) as pdf:
            counts.append(len(pdf.pages))
    return counts


def merge(contents: Path, parts: list[Part], out: Path, *, title: str) -> None:
    """Write the contents followed by the parts. Links `packet:N` in the contents lead to the Nth part, from 1.

    Memory holds the structure of all parts, their pages' bytes stay on disk until they are written.
    """
    with pikepdf.open(contents) as pdf:
        own, starts, branches = len(pdf.pages), [], [_outline_length(pdf)]
        structure = _Structure(pdf)
        for number, part in enumerate(parts, 1):
            source = pikepdf.open(part.path)  # never closed but let go: the pdf reads its bytes when it is written
            branches.append(_outline_length(source))
            starts.append(len(pdf.pages))
            _own_ids(source, number)
            pdf.add_pages_from(source)
            structure.append(source, starts[-1])
        structure.write()
        _group_outline(pdf, [part.title for part in parts], starts, branches)
        for number in range(own):
            _link(pdf, pdf.pages[number], starts)
        _describe(pdf, title)
        pdf.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)


def _outline_length(pdf: Pdf) -> int:
    with pdf.open_outline() as outline:
        return len(outline.root)


def _group_outline(pdf: Pdf, titles: list[str], starts: list[int], branches: list[int]) -> None:
    """Put each part's own items, which stand one after the other by now, under an item of its title."""
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


def _describe(pdf: Pdf, title: str) -> None:
    pdf.docinfo[Name.Title] = String(title)
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        metadata["dc:title"] = title


# --- structure ---------------------------------------------------------------
class _Structure:
    """The pdf's structure tree while those of others are hung under it: children, parents by number, elements by id."""

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
        offset = max((int(number) for number, _ in self.parents), default=-1) + 1
        self.parents += [(int(number) + offset, owner) for number, owner in _pairs(copied.ParentTree, Name.Nums)]
        self.ids += _pairs(copied.get(Name.IDTree, Dictionary()), Name.Names)
        _renumber(self.pdf, start, offset)

    def write(self) -> None:
        self.document.K = Array(self.kids)
        self.root.ParentTree = self._tree(Name.Nums, self.parents)
        self.root.ParentTreeNextKey = max((int(number) for number, _ in self.parents), default=-1) + 1
        if self.ids:
            self.root.IDTree = self._tree(Name.Names, sorted(self.ids, key=lambda pair: bytes(pair[0])))

    def _tree(self, name: Name, pairs: list[tuple[Any, Any]]) -> Any:
        return self.pdf.make_indirect(Dictionary({str(name): Array([part for pair in pairs for part in pair])}))


def _kids(element: Any) -> list[Any]:
    kids = element.get(Name.K, Array())
    return list(kids) if isinstance(kids, Array) else [kids]


def _pairs(tree: Any, name: Name) -> list[tuple[Any, Any]]:
    """The pairs of a number or name tree."""
    flat = list(tree.get(name, Array()))
    below = [pair for kid in tree.get(Name.Kids, Array()) for pair in _pairs(kid, name)]
    return [*zip(flat[::2], flat[1::2], strict=True), *below]


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

    def own(name: Any) -> String:
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
        pairs = _pairs(root.IDTree, Name.Names)
        root.IDTree = Dictionary(Names=Array([part for name, owner in pairs for part in (own(name), owner)]))
