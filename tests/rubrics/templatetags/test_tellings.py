from selectolax.lexbor import LexborHTMLParser

from rubrics.blueprints import tellings
from rubrics.blueprints.lines import Cell
from rubrics.shown_document import ShownRow
from rubrics.templatetags.tellings import column_answers, heading_answers, lines, row_cells, table_answers


def test_each_answer_is_offered_once_and_the_one_given_is_chosen():
    answers = (heading_answers("exercise"), table_answers("nothing"), column_answers("level-3"))

    for markup, offered in zip(answers, (tellings.OF_HEADINGS, tellings.OF_TABLES, tellings.OF_COLUMNS), strict=True):
        options = LexborHTMLParser(f"<select>{markup}</select>").css("option")
        assert sorted(option.attributes["value"] or "" for option in options) == sorted(offered)
    chosen = LexborHTMLParser(f"<select>{''.join(answers)}</select>").css("option[selected]")
    assert [option.attributes["value"] for option in chosen] == ["exercise", "nothing", "level-3"]


def test_nothing_is_chosen_where_nothing_was_told():
    assert "selected" not in heading_answers("") + table_answers("") + column_answers("")


def test_cells_are_written_as_text():
    row = ShownRow("block-1-0", False, (Cell("<b>Tact</b>", True, 2), Cell("3", False)))

    assert row_cells(row) == '<th colspan="2">&lt;b&gt;Tact&lt;/b&gt;</th><td colspan="1">3</td>'


def test_lines_are_written_as_text_in_the_language_of_the_document():
    rows = [ShownRow("block-1-0", True, text="a < b", depth=1), ShownRow("block-1-1", False, text="c")]

    assert lines(rows, "de") == (
        '<p class="eh-line eh-depth-1 eh-used" id="block-1-0"><bdi lang="de">a &lt; b</bdi></p>'
        '<p class="eh-line eh-depth-0" id="block-1-1"><bdi lang="de">c</bdi></p>'
    )
