"""Markdown: front matter, tables, boxes to tick, struck out text."""

from rubrics.readers.markdown import read


def test_front_matter_gives_the_title_and_is_no_text():
    page = read("---\ntitle: 'Potter'\ntags: a\n---\n# Clay\n")

    assert page.title == "Potter"
    assert page.markup == "<h1>Clay</h1>\n"


def test_tables_and_struck_out_text_are_read():
    markup = read("| A | B |\n|---|---|\n| 1<br>2 | ~~old~~ new |\n").markup

    assert "<th>A</th>" in markup
    assert "<td>1<br>2</td>" in markup
    assert "<s>old</s> new" in markup


def test_boxes_to_tick_are_not_part_of_an_item():
    assert "<li>one</li>" in read("- [ ] one\n- [x] two\n").markup


def test_lines_of_a_form_are_not_wrapped_into_one():
    assert read("Care .... 1  2  3\nOrder .... 1  2  3\n").markup.count("<br />") == 1
    assert read("Care: ____\nOrder: ____\n").markup.count("<br />") == 1
    assert "<br" not in read("A plain text\nthat goes on\n").markup
