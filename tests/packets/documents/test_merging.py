"""Several PDFs as one, from three short documents of two sections each."""

import pikepdf
import pytest

from packets.documents.merging import LEADS_TO, UA_PART, Part, merge, page_counts
from packets.documents.pdf import render


def document(title: str, *, link: str = "") -> str:
    anchor = f'<p><a href="{link}">{title}</a></p>' if link else ""
    table = "<table><thead><tr><th id='h'>Score</th></tr></thead><tbody><tr><td headers='h'>4</td></tr></tbody></table>"
    return (
        f"<html lang='en'><head><title>{title}</title></head><body><h1>{title}</h1>{anchor}{table}"
        f"<h1 style='break-before: page'>{title}, continued</h1></body></html>"
    )


@pytest.fixture(scope="module")
def merged(tmp_path_factory):
    """The contents, whose link leads to the second part, and two parts."""
    folder = tmp_path_factory.mktemp("merged")
    names = ("contents", "one", "two")
    for name in names:
        link = f"{LEADS_TO}2" if name == "contents" else ""
        (folder / f"{name}.pdf").write_bytes(render(document(name, link=link)).content)
    parts = [Part(name.title(), folder / f"{name}.pdf") for name in names[1:]]
    merge(folder / "contents.pdf", parts, folder / "out.pdf", title="All of them")
    with pikepdf.open(folder / "out.pdf") as pdf:
        yield pdf


def test_pages_are_counted_in_the_order_of_the_files(merged, tmp_path):
    short = tmp_path / "short.pdf"
    short.write_bytes(render("<html lang='en'><head><title>x</title></head><body><p>x</p></body></html>").content)

    assert page_counts([short, short]) == [1, 1]
    assert len(merged.pages) == 6


def test_title_is_that_of_the_whole(merged):
    with merged.open_metadata() as metadata:
        assert metadata["dc:title"] == "All of them"
    assert str(merged.docinfo["/Title"]) == "All of them"


def test_outline_has_the_contents_own_items_and_one_for_each_part(merged):
    with merged.open_outline() as outline:
        titles = [item.title for item in outline.root]
        below = [child.title for child in outline.root[-1].children]

    assert titles[-2:] == ["One", "Two"]
    assert below == ["two", "two, continued"]


def test_link_leads_to_the_first_page_of_its_part(merged):
    [link] = [row for row in merged.pages[0].obj["/Annots"] if "/Dest" in row]

    assert link["/Dest"][0].objgen == merged.pages[4].obj.objgen
    assert "/A" not in link


def test_every_page_has_its_own_number_in_the_structure(merged):
    numbers = [int(page.obj["/StructParents"]) for page in merged.pages if "/StructParents" in page.obj]
    known = [int(number) for number in list(merged.Root.StructTreeRoot.ParentTree.Nums)[::2]]

    assert len(set(numbers)) == len(numbers) == 6
    assert set(numbers) <= set(known)
    assert int(merged.Root.StructTreeRoot.ParentTreeNextKey) == max(known) + 1


def test_ids_of_cells_stay_apart_and_sorted(merged):
    names = [bytes(name) for name in list(merged.Root.StructTreeRoot.IDTree.Names)[::2]]

    assert names == sorted(names)
    assert len(set(names)) == 3


@pytest.mark.parametrize(("words", "claimed"), [("all printed", True), ("a sign \ue5a1 that no font has", False)])
def test_the_whole_claims_pdf_ua_where_each_part_does(tmp_path, words, claimed):
    paths = [tmp_path / f"{name}.pdf" for name in ("contents", "one", "two")]
    for path, text in zip(paths, ("contents", words, "other"), strict=True):
        path.write_bytes(render(document(text)).content)

    merge(paths[0], [Part(path.stem, path) for path in paths[1:]], tmp_path / "out.pdf", title="All")

    with pikepdf.open(tmp_path / "out.pdf") as whole, whole.open_metadata() as metadata:
        assert (UA_PART in metadata) is claimed
