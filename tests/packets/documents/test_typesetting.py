"""What is done to a document's tree before it is laid out."""

import pytest

from packets.documents.markup import tree
from packets.documents.typesetting import JOINER, TOGETHER, lines, prepare, width


def prepared(body: str):
    root = tree(f'<html lang="en"><head><title>a-b</title></head><body>{body}</body></html>')
    prepare(root)
    return root


def row(*cells: str) -> str:
    return f"<table><tbody><tr>{''.join(cells)}</tr></tbody></table>"


def classes(root, tag: str) -> set[str]:
    return set(next(root.iter(tag)).get("class", "").split())


# --- rows --------------------------------------------------------------------
@pytest.mark.parametrize(
    "cell",
    [
        "<td class='text'>" + "ok\n" * (TOGETHER + 1) + "</td>",
        "<td>" + "many words " * 80 + "</td>",
        "<td>" + "<p>one</p>" * (TOGETHER + 1) + "</td>",
        "<td>x" + "<br>" * (TOGETHER + 1) + "</td>",
        "<td class='text'>short<p class='note'>" + "amended at length " * 60 + "</p></td>",
        "<td>" + "面" * 400 + "</td>",
        "<td><bdi class='eh-prewrap'>" + "\u000b" * (TOGETHER + 1) + "</bdi></td>",
    ],
)
def test_a_row_that_may_be_high_goes_on_over_the_page(cell):
    assert "long" in classes(prepared(row("<td>4</td>", cell)), "tr")


@pytest.mark.parametrize(
    "cell", ["<td>short</td>", "<td>" + " \n" * 90 + "short</td>", "<td class='text'>a\nb\nc</td>", "<td></td>"]
)
def test_other_rows_stay_together(cell):
    assert "long" not in classes(prepared(row("<td>4</td>", cell)), "tr")


def test_a_row_is_as_high_as_its_highest_cell():
    root = prepared(row("<td class='text'>1\n2\n3</td>", "<td>x</td>"))

    assert 3 <= lines(next(root.iter("tr"))) + 1 <= 4


@pytest.mark.parametrize(("count", "together"), [(3, True), (60, False)])
def test_a_table_stays_together_only_where_a_page_holds_it(count, together):
    table = f'<table class="matrix together"><tbody>{"<tr><th>Depth</th></tr>" * count}</tbody></table>'

    assert ("together" in classes(prepared(table), "table")) is together


def test_a_small_table_stays_together_untold():
    assert "together" in classes(prepared(row("<td>short</td>")), "table")


@pytest.mark.parametrize(("words", "kept"), [("short", True), ("many words " * 40, False)])
def test_first_and_last_row_have_another_beside_them_unless_they_are_high(words, kept):
    root = prepared(f"<table><tbody>{f'<tr><td>{words}</td></tr>' * 12}</tbody></table>")

    first, *between, last = root.iter("tr")
    assert ("with-next" in first.get("class", "")) is kept
    assert ("with-last" in last.get("class", "")) is kept
    assert {found.get("class", "").replace("long", "") for found in between} == {""}


def test_words_before_a_table_stay_with_it():
    root = prepared(f"<p>far</p><p>near</p>{row('<td>x</td>')}<p>after</p>")

    assert [found.get("class", "") for found in root.iter("p")] == ["", "keep", ""]


@pytest.mark.parametrize(("words", "long"), [("brief", False), ("at length " * 40, True)])
def test_a_list_of_levels_breaks_only_where_it_is_long(words, long):
    root = prepared(f'<ul class="anchors">{f"<li>{words}</li>" * 3}</ul>')

    assert ("long" in classes(root, "ul")) is long


@pytest.mark.parametrize(("text", "columns"), [("abc", 3), ("面", 2), ("A", 1.25), ("m", 1.5), ("e\u0301", 1)])
def test_width_counts_small_letters_as_one(text, columns):
    assert width(text) == columns


# --- words -------------------------------------------------------------------
@pytest.mark.parametrize("name", ["Ortega-Ruiz", "Nguyễn-Thị-Hoa", "אבן־גבירול", "Ortega\u2010Ruiz", "O'Neill-Quinn"])
def test_parts_with_a_hyphen_are_joined_wherever_they_stand(name):
    root = prepared(f"<p>before {name}, <strong>{name}</strong> after {name}</p>")

    said = "".join(next(root.iter("p")).itertext())
    assert said.replace(JOINER, "") == f"before {name}, {name} after {name}"
    assert said.count(JOINER) == 3 * (sum(map(name.count, "-\u2010\u05be")))


def test_lone_hyphens_and_the_title_stay_as_they_are():
    root = prepared("<p>a - b, -x, y-, 1–5</p>")

    assert next(root.iter("p")).text == "a - b, -x, y-, 1–5"
    assert next(root.iter("title")).text == "a-b"


@pytest.mark.parametrize(
    ("name", "size"),
    [
        ("Ada Ito", set()),
        ("Oyelaran-Bartholoson", {"close"}),
        ("Oyelaran-Bartholoson-Liu", {"closer"}),
        ("Oyelaran-Bartholosen-Lindell", {"closest"}),
        ("x" * 35, set()),
    ],
)
def test_a_long_word_of_a_name_is_set_smaller_where_that_helps(name, size):
    assert classes(prepared(row(f'<td class="name"><bdi>{name}</bdi></td>')), "td") == {"name"} | size


def test_a_long_word_of_a_title_is_set_smaller():
    assert classes(prepared('<h1 class="title">Oyelaran-Bartholossonen</h1>'), "h1") == {"title", "close"}


# --- boxes -------------------------------------------------------------------
def isolated(root) -> list[str]:
    return [found.text for found in root.iter("bdi")]


def test_words_from_left_to_right_are_one_text_with_those_beside_them():
    root = prepared("<p>by <bdi>Ada Ito</bdi>, <b>then</b> <bdi>Zoë “Z” Li</bdi>; <bdi>x</bdi></p>")

    paragraph = next(root.iter("p"))
    assert isolated(root) == []
    assert (paragraph.text, next(root.iter("b")).tail) == ("by Ada Ito, ", " Zoë “Z” Li; x")


@pytest.mark.parametrize("name", ["נועה", "دلال", "٣٤"])
def test_beside_words_from_right_to_left_each_name_stays_apart(name):
    assert isolated(prepared(f"<p><bdi>Ada</bdi>, <bdi>{name}</bdi></p>")) == ["Ada", name]
    assert isolated(prepared(f"<p><bdi>Ada</bdi>, <b>{name}</b></p>")) == ["Ada"]


def test_what_another_font_prints_stays_apart():
    assert isolated(prepared("<p><bdi>Ada</bdi>, <bdi>佐藤美咲</bdi></p>")) == ["佐藤美咲"]


@pytest.mark.parametrize(
    "cell",
    ["<th><bdi>Depth</bdi></th>", "<td class='dimension'><bdi>Depth</bdi></td>", "<td><bdi dir='rtl'>Depth</bdi></td>"],
)
def test_what_is_set_in_a_way_of_its_own_stays_apart(cell):
    assert isolated(prepared(row(cell))) == ["Depth"]


def test_in_a_document_of_another_language_each_text_says_its_own():
    root = tree('<html lang="de"><body><p>by <bdi>Ada</bdi></p></body></html>')
    prepare(root)

    assert [found.get("lang") for found in root.iter("bdi")] == ["de"]


# --- signs -------------------------------------------------------------------
def test_pasted_signs_are_usual_ones_in_text_and_attributes():
    root = prepared('<p title="a\u000bb">one\u000btwo<br>\uf0b7 three</p>')

    paragraph = next(root.iter("p"))
    assert (paragraph.text, paragraph.get("title")) == ("one\ntwo", "a\nb")
    assert next(root.iter("br")).tail == "• three"
