"""Files as they come: encodings that they state, posts, and what is refused."""

import hashlib
import json
import re

import pytest

from rubrics.blueprints.documents import SIZE_LIMIT, UnusableBlueprint, document_of, load
from rubrics.blueprints.plan import plan
from rubrics.readers.encodings import NO_TEXT
from rubrics.readers.page import Page
from tests.rubrics.role_documents import START, blocks_of, table

CONTENT = f"{START}<h2>19) Hiring</h2><h3>Red flags</h3><ul><li>Ünïcode 'q'</li></ul>"


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "empty"),
        (b"  \n", "empty"),
        (b"\xff\xfe\x00", "not text"),
        (b"{", "JSON"),
        (b"{}", "content.rendered"),
        (b'{"content": {"rendered": ""}}', "empty"),
        (b"just words", "no section headings"),
        (b"<h2>Cooking</h2><p>Stir.</p><h2>Eating</h2>", "not a role blueprint"),
        (b"[" * 100_000, "JSON"),
    ],
)
def test_unusable_files_say_why(data, problem):
    with pytest.raises(UnusableBlueprint, match=problem):
        plan(load(data, filename="x"))


@pytest.mark.parametrize(
    "data",
    [
        CONTENT.encode("utf-16"),
        CONTENT.encode("utf-32"),
        b"\xef\xbb\xbf" + CONTENT.encode(),
        b"<meta charset=iso-8859-1>" + CONTENT.encode("latin-1"),
        b"<meta charset='latin1'>" + CONTENT.encode(),
        CONTENT.replace("code", "co\x00de").replace("><", ">\r\n<").encode(),
        json.dumps([{"content": {"rendered": CONTENT}}], ensure_ascii=False).encode("utf-16"),
        json.dumps({"title": 3, "link": [], "content": {"rendered": CONTENT}}).encode(),
        json.dumps({"title": {"rendered": "\ud800"}, "content": {"rendered": CONTENT + "\ud83d"}}).encode(),
    ],
)
def test_encodings_that_the_file_states_are_read(data):
    found = plan(load(data, filename="x")).as_json()

    assert found["signals"]["red_flag"] == ["Ünïcode 'q'"]
    assert json.dumps(found, ensure_ascii=False).encode()


@pytest.mark.parametrize(
    "data",
    [
        *(b"[]", b"3", b"null", b'"abc"', b'{"content": 5}', b'{"content": {"rendered": 5}}', b"[{},{}]"),
        *(b"\x89PNG\r\n\x1a\n\x00\x00", b"%PDF-1.4\n\xff\xfe", b"PK\x03\x04\x00\x00", b"a,b\n1,2"),
        json.dumps({"content": {"rendered": CONTENT}}).encode()[:-9],
        CONTENT.encode("latin-1"),
        b'{"a":' + b"9" * 5000 + b"}",
        b"\xef\xbb\xbf \n",
        b"\xff\xfe<\x00h",
    ],
)
def test_what_is_no_blueprint_is_refused_in_one_line(data):
    with pytest.raises(UnusableBlueprint) as refusal:
        plan(load(data, filename="x"))

    assert re.fullmatch(r"[^\n]{10,150}", str(refusal.value))


# --- posts ---


def post(**fields: object) -> bytes:
    return json.dumps({"content": {"rendered": CONTENT}, **fields}).encode()


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ("https://example.org/role", "https://example.org/role"),
        ("http://example.org/role", "http://example.org/role"),
        ("https://example.org/\u202erole", "https://example.org/role"),
        ("javascript:alert(1)", ""),
        ("/role", ""),
        (["https://example.org"], ""),
        (None, ""),
    ],
)
def test_a_post_s_address_is_kept_where_it_is_one_of_the_web(link, url):
    assert load(post(link=link), filename="x").url == url


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ({"rendered": "R&amp;D <em>Lead</em>"}, "R&D Lead"),
        ({"rendered": "  A \n B "}, "A B"),
        ({"rendered": 3}, ""),
        ("Lead", ""),
        (None, ""),
    ],
)
def test_a_post_s_title_is_plain_text(title, shown):
    assert load(post(title=title), filename="x").title == shown


def test_a_list_of_one_post_is_that_post_and_of_two_is_refused():
    one = {"content": {"rendered": CONTENT}}

    assert load(json.dumps([one]).encode(), filename="x").sections
    with pytest.raises(UnusableBlueprint, match="a list of 2 posts; it must hold exactly one"):
        load(json.dumps([one, one]).encode(), filename="x")


def test_a_title_is_the_post_s_else_the_only_first_heading_s_else_the_page_s():
    page = f"<title>Page</title><h1>Heading</h1>{CONTENT}"
    whole = json.dumps({"title": {"rendered": "Post"}, "content": {"rendered": page}})

    assert load(whole.encode(), filename="x").title == "Post"
    assert load(page.encode(), filename="x").title == "Heading"
    assert load(f"{page}<h1>Another</h1>".encode(), filename="x").title == "Page"
    assert load(page.removeprefix("<title>Page</title>").encode(), filename="x").title == "Heading"
    assert load(CONTENT.encode(), filename="x").title == ""


@pytest.mark.parametrize(
    ("title", "heading", "shown"),
    [
        ("Matrix | Personnel | Lake Library", "Interview matrix: Librarian II", "Interview matrix: Librarian II"),
        ("Librarian guide – Lake Library", "Librarian guide", "Librarian guide"),
        ("Librarian guide – Lake Library", "Lake Library", "Librarian guide – Lake Library"),
        ("Librarian guide with questions", "Librarian guide", "Librarian guide with questions"),
        ("Librarian: Role Blueprint", "What we hire for", "Librarian: Role Blueprint"),
        ("Librarian", "1) Role Summary", "Librarian"),
    ],
)
def test_a_page_s_title_goes_before_a_heading_that_says_less(title, heading, shown):
    page = f"<title>{title}</title><h1>{heading}</h1>{CONTENT}"

    assert load(page.encode(), filename="x").title == shown


def test_a_table_behind_a_paragraph_that_is_not_closed_is_read():
    found = load(b"<h1>Guide</h1><p>Mark each.<table><tr><th>Area<th>1<tr><td>Care<td>Drops</table>", filename="x")

    assert [block.kind for block in found.blocks] == ["heading", "text", "table"]


@pytest.mark.parametrize(
    ("top", "title"),
    [
        ("<h2>INTERVIEW RECORD – PORTER</h2><p>Name ____</p><h2>Care</h2>", "INTERVIEW RECORD – PORTER"),
        (
            "<h2>Matrix</h2><h3>Interview scorecard for porters</h3><table><tr><td>a</table>",
            "Interview scorecard for porters",
        ),
        ("<h2>Matrix</h2><table><tr><td>a</table><p>Interview scorecard for porters</p>", "porter 7"),
        ("<h2>Scorecard</h2><p>Care</p>", "porter 7"),
    ],
)
def test_a_line_at_the_top_that_says_form_goes_before_the_file_s_name(top, title):
    page = Page(top, name="porter 7")

    assert document_of(page, sha256="").title == title


# --- bytes ---


def test_a_document_is_known_by_the_sha256_of_its_bytes():
    data = CONTENT.encode()

    assert load(data, filename="x").sha256 == hashlib.sha256(data).hexdigest()
    assert load(data + b" ", filename="x").sha256 != load(data, filename="x").sha256


def test_the_file_s_name_changes_nothing():
    data = CONTENT.encode()

    assert load(data, filename="a.json") == load(data, filename="b.html")


def test_a_file_above_the_limit_is_refused_with_both_sizes():
    with pytest.raises(UnusableBlueprint) as refusal:
        load(b" " * SIZE_LIMIT + b"xy", filename="x")

    assert str(refusal.value) == "the file has 8,388,610 bytes; the limit is 8,388,608"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "the file is empty"),
        (b"abc\xff", "the file is not UTF-8 text (byte 3): save it again in the encoding UTF-8"),
        (b"a\x00" * 40, NO_TEXT),
        (b"\xf0\x01\x02\x03" * 20, NO_TEXT),
        (b"{", "the file looks like JSON but cannot be parsed"),
        (b'{"content": {}}', "the JSON has no content.rendered, so it is not a WordPress post"),
        (b'{"content": {"rendered": " "}}', "content.rendered is empty"),
        (b"<p>Dear diary</p>", "this is not a role blueprint: it has no section headings"),
    ],
)
def test_each_refusal_names_its_problem(data, message):
    with pytest.raises(UnusableBlueprint) as refusal:
        load(data, filename="x")

    assert str(refusal.value) == message


def test_a_page_that_declares_latin_and_is_utf_8_is_read_as_what_it_is():
    data = b"<meta charset=iso-8859-1><h2>1) R\xc3\xb4le</h2><h2>2) Role</h2>"

    assert load(data, filename="x").sections[0].title == "Rôle"


def test_a_declaration_far_into_the_file_does_not_count():
    data = b"<!--" + b"x" * 3000 + b"--><meta charset=latin1><h2>1) R\xf4le</h2>"

    with pytest.raises(UnusableBlueprint, match="not UTF-8"):
        load(data, filename="x")


# --- blocks ---


def test_every_kind_of_block_is_read_in_order():
    markup = (
        "<h3>Head</h3><p>Text</p>loose <b>words</b><ul><li>item</li></ul>"
        "<table><caption>Cap</caption><tr><td>cell</td></tr></table><hr><pre>code</pre><dl><dt>t</dt><dd>d</dd></dl>"
    )

    found = blocks_of(markup)

    assert [block.kind for block in found] == ["heading", "text", "text", "list", "table", "text", "text"]
    assert [block.text for block in found] == ["Head", "", "", "", "Cap", "", ""]
    assert [line.text for block in found for line in block.lines] == ["Text", "loose words", "item", "code", "t", "d"]


def test_blocks_inside_a_quotation_are_blocks_of_their_own():
    found = blocks_of("<blockquote>said <p>a</p><ul><li>b</li></ul></blockquote><blockquote>plain</blockquote>")

    assert [block.kind for block in found] == ["text", "list", "text"]


def test_empty_headings_and_paragraphs_are_left_out():
    assert blocks_of("<h3> </h3><p>&nbsp;</p><p>\u200b</p>") == []


def test_loose_text_is_kept_for_the_reader_of_the_whole_document():
    (section, _) = load(b"<h2>1) Role</h2>a &lt; b<br>c<h2>2) Role</h2>", filename="x").sections

    assert section.html == "<p>a &lt; b c</p>"


def test_a_document_whose_lists_were_flattened_says_so():
    deep = "<ul><li>" * 30 + "x" + "</li></ul>" * 30

    assert load(f"{CONTENT}{deep}".encode(), filename="x").too_deep is True
    assert load(CONTENT.encode(), filename="x").too_deep is False


def test_a_bold_line_with_nothing_below_it_is_the_title():
    found = load(b"<p><b>Archivist</b></p><p><b>Care</b></p><p>x</p><p><b>Order</b></p><p>y</p>", filename="role.html")

    assert found.title == "Archivist"


CARD = table("Competency|1|5", "Care|drops|mends")
CELLS = "<table><tr><td>{}</td><td>{}</td></tr></table>"


@pytest.mark.parametrize(
    "markup",
    [
        CELLS.format("<p>North</p><p>South</p>", f"<p>Score each.</p>{CARD}"),
        f"<table><tr><td>{CELLS.format('North', CARD)}</td></tr></table>",
        f"<table><tr><td><p>Score each.</p>{CARD}</td></tr></table>",
    ],
)
def test_what_a_table_places_on_the_page_is_read_by_itself(markup):
    [card] = [block for block in blocks_of(markup) if block.kind == "table"]

    assert [cell.text for cell in card.rows[1]] == ["Care", "drops", "mends"]


@pytest.mark.parametrize(
    "markup",
    [
        CELLS.format("Care", "<ul><li>mends</li></ul>"),
        CELLS.format("Care", "<table><tr><td>Look for:</td><td>mends</td></tr></table>"),
        "<table><tr><td><p>Care</p></td></tr></table>",
    ],
)
def test_a_table_whose_cells_hold_lists_or_a_line_stays_one(markup):
    assert [block.kind for block in blocks_of(markup)] == ["table"]
