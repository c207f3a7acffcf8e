"""Files as they come: sections and their numbers, the role's name, encodings, hostile text, and what is refused."""

import json
import re

import pytest

from rubrics.blueprints.documents import UnusableBlueprint, load
from rubrics.blueprints.plan import plan
from tests.rubrics.role_documents import START, codes, read, read_hiring, read_post, table

HOSTILE = "\u202e\u2066\u061c\u200b\ufeff\x07\u00ad\U000e0041"


def sections(*headings: str, level: int = 2) -> list[tuple]:
    found = read("".join(f"<h{level}>{heading}</h{level}><p>x</p>" for heading in headings))
    return [(row["number"], row["title"]) for row in found["sections"]]


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        (("1) Role", "2. Mission", "19 – Hiring"), [(1, "Role"), (2, "Mission"), (19, "Hiring")]),
        (("Role", "Mission", "Hiring"), [(None, "Role"), (None, "Mission"), (None, "Hiring")]),
        (("Section 1: Role", "SECTION 12 – Hiring"), [(1, "Role"), (12, "Hiring")]),
        (("I. Role", "IV: Mission", "XIX) Hiring"), [(1, "Role"), (4, "Mission"), (19, "Hiring")]),
        (("1 Role", "2 Mission", "3 Hiring"), [(1, "Role"), (2, "Mission"), (3, "Hiring")]),
        (("(1) Role", "[2] Mission", "#3 Hiring"), [(1, "Role"), (2, "Mission"), (3, "Hiring")]),
        (("1.0 Role", "2.0 Hiring"), [(1, "Role"), (2, "Hiring")]),
        (("30-day role goals", "24/7 hiring"), [(None, "30-day role goals"), (None, "24/7 hiring")]),
        (("I manage roles", "Hiring", "Skills"), [(None, "I manage roles"), (None, "Hiring"), (None, "Skills")]),
        (("1)<br>Role &amp;<br>Aim", "2)&nbsp;Hiring\u202e"), [(1, "Role & Aim"), (2, "Hiring")]),
    ],
)
@pytest.mark.parametrize("level", [1, 2, 3])
def test_sections_have_the_number_that_their_heading_states(headings, expected, level):
    assert sections(*headings, level=level) == expected


@pytest.mark.parametrize(
    "markup",
    [
        "<h1>Engineer</h1><h2>1) Role</h2><p>a</p><h2>2) Hiring</h2><h3>1. Red flags</h3><h3>2. Weak</h3><h3>3. x</h3>",
        "<p><strong>1) Role</strong></p><p>a</p><p><strong>2) Hiring</strong></p><p>x</p>",
        "<h1>Site</h1><h1>Engineer</h1><h2>1) Role</h2><p>a</p><h2>2) Hiring</h2><h3>1. Red flags</h3>",
    ],
)
def test_numbered_sub_headings_page_titles_and_bold_headings(markup):
    found = read(markup)["sections"]

    assert [(row["number"], row["title"]) for row in found if row["number"]] == [(1, "Role"), (2, "Hiring")]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Product Designer: Role Blueprint, Responsibilities, Skills", "Product Designer"),
        ("Designer: Brand: Role Blueprint, KPIs", "Designer: Brand"),
        ("R&#038;D Lead &#8211; Ops: Role Blueprint", "R&D Lead – Ops"),
        ("<em>Head</em> of Security: role blueprint", "Head of Security"),
        ("R&amp;amp;D: Role Blueprint", "R&amp;D"),
        ("Head of Security", "Head of Security"),
    ],
)
def test_the_name_is_the_title_up_to_role_blueprint(title, name):
    assert read_post(START, title)["title"] == name


def test_the_role_title_row_names_the_role_and_a_column_called_title_does_not():
    career = f"<h2>3) Career path</h2>{table('Title|Level', 'Staff|5')}"
    final = "<h2>20) Final summary</h2><table><tr><th>Role title:</th><td><b>A &amp; B</b></td></tr></table>"

    assert read_post(START + career)["title"] == "Designer"
    assert read_post(START + career + final)["title"] == "A & B"


def test_the_title_element_names_an_html_page():
    markup = f"<html><head><title>Zed &amp; Co: Role Blueprint | Site</title></head><body>{START}</body></html>"

    assert read(markup)["title"] == "Zed & Co"


@pytest.mark.parametrize(
    ("markup", "summary"),
    [
        ("<h2>1) Role Summary</h2><p>A <b>big</b>\none.</p><p>Two.</p><h2>2) Role</h2>", "A big one."),
        ("<h2>Executive summary</h2><h3>x</h3><ul><li>y</li></ul><div>Loose.</div><h2>Role</h2>", "Loose."),
        ("<h2>1) Role Mission</h2><p>a</p><h2>20) Final Role Summary</h2><p>No.</p>", ""),
    ],
)
def test_the_summary_is_the_first_paragraph_of_its_section(markup, summary):
    assert read_post(markup)["summary"] == summary


CONTENT = f"{START}<h2>19) Hiring</h2><h3>Red flags</h3><ul><li>Ünïcode 'q'</li></ul>"


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


def test_no_text_carries_marks_that_cannot_be_seen():
    inner = "<h3>Red flags</h3><ul><li>{0}a{0}b{0}</li></ul><h3>Scorecard</h3>" + table("Dimension|Meets", "{0}A|{0}m")
    found = read_hiring(inner.replace("{0}", HOSTILE))

    assert found["signals"]["red_flag"] == ["ab"]
    assert found["dimensions"][0]["name"] == "A"
    assert not set(HOSTILE) & set(str(found))


def test_joiners_stay_where_writing_needs_them():
    persian, family = "می\u200cخواهم", "👩\u200d👧"
    found = read_hiring(f"<h3>Red flags</h3><ul><li>{persian} {family} a\u200db</li></ul>")

    assert found["signals"]["red_flag"] == [f"{persian} {family} ab"]


def test_a_german_document_is_read_by_its_numbers_and_says_what_it_lacks():
    card = table("Kriterium|Gewichtung|1 – Unzureichend|5 – Herausragend", "Fachwissen|100 %|a|b", "Gesamt|100 %||")
    found = read(f"<h2>1. Aufgabe</h2><p>x</p><h2>Abschnitt 2: Einstellung</h2><h3>Bewertung</h3>{card}")

    assert [(row["name"], row["weight"], row["anchors"]) for row in found["dimensions"]] == [
        ("Fachwissen", 100, {"1": "a", "5": "b"})
    ]
    assert {"hiring_section_guessed", "focus_areas_missing", "skills_missing"} <= set(codes(found))


@pytest.mark.parametrize("line", ["<li>e</li>", "<p>– e</p>", "<h4>e</h4><p>f</p>", "e<br>"])
@pytest.mark.parametrize("title", ["8) Technical Skills", "9) Soft Skills", "19) Hiring</h2><h3>Red flags</h3><h2>"])
def test_a_part_of_many_thousand_lines_is_read_to_its_end(line, title):
    found = read(f"{START}<h2>{title}</h2>{line * 3_000}<h2>19) Hiring</h2><h3>Weak signals</h3><p>– d</p>")

    assert found["sections"][-1]["number"] == 19


def test_an_empty_row_in_any_table_does_not_stop_the_reading():
    rows = "<table><tr></tr><tr><th>Skill</th></tr><tr></tr><tr><td>Go</td></tr></table>"
    found = read(f"{START}<h2>8) Technical Skills</h2>{rows}<h2>9) Soft Skills</h2>{rows}<h2>19) Hiring</h2>{rows}")

    assert [row["name"] for row in found["skills"]] == ["Go"]


@pytest.mark.parametrize(
    "word", ["interview ", "technical ", "what to ", "strong a ", "1 = a, ", "(critical ", "- ", "Use: ", "(a "]
)
def test_a_line_that_repeats_a_known_word_for_ever_is_read(word):
    long = word * 20_000
    parts = (
        f"<h2>8) Technical Skills</h2><ul><li>Go {long}</li></ul><h2>19) Hiring</h2><h3>{long}</h3><p>score {long}</p>"
    )
    found = read(f"{START}{parts}<h2>{long}</h2><h2>20) Final summary</h2>")

    assert [row["number"] for row in found["sections"] if row["number"]] == [1, 2, 8, 19, 20]
