"""PDF files: headings by size, tables over pages, running heads, and what has no text."""

from collections.abc import Callable
from io import BytesIO

import pikepdf
import pytest

from rubrics.readers.page import UnusableBlueprint
from rubrics.readers.pdf import read

SHEET = "<style>td,th{border:1px solid}table{border-collapse:collapse}@page{size:A5;@top-left{content:'Secret Inc'}"
SHEET += "@bottom-center{content:'Page ' counter(page)}}</style>"


def pdf(markup: str, sheet: str = SHEET) -> bytes:
    from weasyprint import HTML

    return HTML(string=sheet + markup).write_pdf()


@pytest.fixture(scope="module")
def markup() -> str:
    """What is read of a document with a table that runs over two pages."""
    rows = "".join(f"<tr><td>Skill {number}<td>low<td rowspan=1>high</tr>" for number in range(40))
    table = f"<table><thead><tr><th rowspan=2>Name<th colspan=2>Levels</tr><tr><th>1<th>5</tr></thead>{rows}</table>"
    page = "<h1>Night porter</h1><h2>1) Role</h2><p>Opens the door, again and again, all night, for one and all and "
    page += "<b>never</b> sleeps.</p><ul><li>one<ul><li>two</ul><li>three</ul><h2>2) Hiring</h2>"
    return read(pdf(page + table)).markup


def test_headings_paragraphs_and_lists_are_told_apart(markup):
    assert markup.startswith("<h1>Night porter</h1><h2>1) Role</h2><p>Opens the door, again and again, all night")
    assert "<strong>never</strong> sleeps.</p><ul><li>one</li><ul><li>two</li></ul><li>three</li></ul><h2>" in markup


def test_a_table_goes_on_over_the_page_with_its_head_once(markup):
    assert markup.count("<table>") == 1
    assert markup.count("<td>Skill") == 40
    assert markup.count("Levels") == 1
    assert '<th rowspan="2">Name</th><th colspan="2">Levels</th>' in markup


def test_running_heads_and_page_numbers_are_no_text(markup):
    assert "Secret" not in markup
    assert "Page" not in markup


def locked(data: bytes) -> bytes:
    out = BytesIO()
    with pikepdf.open(BytesIO(data)) as document:
        document.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"%PDF-1.7\nnothing", "damaged"),
        (lambda: pdf("<svg width=9 height=9><rect width=9 height=9 /></svg>", ""), "a scan"),
        (lambda: locked(pdf("<h1>A</h1>")), "password"),
    ],
)
def test_what_cannot_be_read_says_what_to_do(data, words):
    with pytest.raises(UnusableBlueprint) as refusal:
        read(data() if callable(data) else data)

    assert words in str(refusal.value)


def test_two_columns_are_read_one_after_the_other():
    """A list that goes on in the second column stays one list of one depth."""
    items = "".join(f"<li>item {number} has some words that fill the line and then go on</li>" for number in range(8))
    sheet = "<style>@page{size:A5} div{columns:2;column-gap:1cm} ul{margin:0}</style>"

    markup = read(
        pdf(f"<h1>A title over both of the columns of this page</h1><div><ul>{items}</ul></div>", sheet)
    ).markup

    assert markup.count("<ul>") == 1
    numbers = [markup.index(f"item {number} has") for number in range(8)]
    assert numbers == sorted(numbers)
    assert "item 3 has some words that fill the line and then go on</li>" in markup


# --- what is not read ---

DOT = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
PORTER = "<h1>Night porter</h1><p>Opens the door, again and again, all night, for one and all.</p>"


def changed(data: bytes, change: Callable[[pikepdf.Pdf], object]) -> bytes:
    out = BytesIO()
    with pikepdf.open(BytesIO(data)) as document:
        change(document)
        document.save(out)
    return out.getvalue()


@pytest.mark.parametrize(("pages", "told"), [(60, []), (61, ["The PDF has 61 pages. Only the first 60 were read."])])
def test_pages_beyond_the_sixtieth_are_told(pages, told):
    def add_blanks(document: pikepdf.Pdf) -> None:
        while len(document.pages) < pages:
            document.add_blank_page()

    found = read(changed(pdf(PORTER, ""), add_blanks))

    assert [row.message for row in found.warnings if row.code == "pages_left_out"] == told
    assert "Night porter" in found.markup


def test_pages_that_are_pictures_are_told_by_their_numbers():
    picture = f"<div style='break-before: page'><img width=90 src='data:image/png;base64,{DOT}'></div>"

    found = read(pdf(f"{PORTER}{picture}{picture}<p style='break-before: page'>Keeps the keys.</p>", ""))

    messages = [row.message for row in found.warnings if row.code == "pages_without_text"]
    assert messages == ["Pages that are pictures could not be read: 2, 3."]
    assert "Keeps the keys." in found.markup


def test_a_picture_beside_text_is_passed_over_without_a_word():
    found = read(pdf(f"{PORTER}<img width=90 src='data:image/png;base64,{DOT}'>", ""))

    assert [row.code for row in found.warnings] == ["pdf_reading"]


def _is_dictionary(item: object) -> bool:
    return isinstance(item, pikepdf.Dictionary)


def test_letters_that_their_fonts_do_not_name_are_refused():
    def forget_letters(document: pikepdf.Pdf) -> None:
        """Neither the file nor the font in it says any more which letter a shape is."""
        for item in filter(_is_dictionary, document.objects):
            for name in ("/ToUnicode", "/FontFile2"):
                if name in item:
                    del item[name]

    with pytest.raises(UnusableBlueprint, match="fonts"):
        read(changed(pdf(PORTER, ""), forget_letters))


def test_cells_that_touch_stand_apart_where_others_begin_and_capitals_within_words_stay():
    rows = "<tr><th>Skill<th>Low<th>High<tr><td>McDonald<td>Uneven<td>Even<tr><td>Far<td>Low<td>Far off"
    sheet = "<style>table{border-collapse:collapse}th,td{padding:2px 0;text-align:left;font:11pt sans-serif}</style>"
    found = read(pdf(f"<h1>Sheet</h1><table>{rows}</table>", sheet)).markup

    assert "<td>McDonald</td><td>Uneven</td><td>Even</td>" in found
    assert "<td>Far</td><td>Low</td><td>Far off</td>" in found


def test_lines_that_begin_with_a_label_are_not_run_together():
    lines = "Q: How would you open it?<br>Weak: waits<br>Strong: begins with a person<br>and with what was found"
    markup = read(pdf(f"<h1>Reporter</h1><h2>Stories</h2><p>{lines}</p><h2>Pay</h2><p>By the month.</p>")).markup

    assert "<p>Q: How would you open it?</p><p>Weak: waits</p><p>Strong: begins" in markup
    assert "person and with what was found</p>" in markup


def test_lines_that_count_levels_are_not_run_together():
    markup = read(
        pdf("<h1>Porter</h1><h2>Care</h2><p>1 Drops it.<br>2 Holds it.<br>3 Mends it.</p><h2>Pay</h2><p>x</p>")
    )

    assert "<p>1 Drops it.</p><p>2 Holds it.</p><p>3 Mends it.</p>" in markup.markup
