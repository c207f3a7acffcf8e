from rubrics.blueprints.lines import Cell, Line
from rubrics.blueprints.places import Place, Texts, comparable
from rubrics.blueprints.sections import Block


def table(number: int, *rows: str) -> Block:
    cells = [tuple(Cell(text, False) for text in row.split("|")) for row in rows]
    return Block("table", rows=tuple(cells), number=number)


BLOCKS = (
    Block("heading", 2, "Criteria and weights", number=0),
    Block("text", lines=(Line("Weights count."), Line("Tact matters.")), number=1),
    table(2, "Name|Weight", "Tact|20 %", "Care|30 %"),
    Block("heading", 3, "Ours", number=-1),
)


def test_a_text_is_found_whatever_its_case_and_signs():
    texts = Texts.of(BLOCKS)

    at = texts.find("tact   MATTERS!")

    assert texts.place(at) == Place(1, 1)


def test_a_text_may_go_on_in_the_next_line_or_cell():
    texts = Texts.of(BLOCKS)

    at = texts.find("Weights count. Tact matters.")

    assert texts.place(at) == Place(1, 0)


def test_a_text_covers_the_lines_that_it_is_made_of():
    lines = tuple(Line(text) for text in ("Plan a move.", "Prompt:", "Two vans", "No lift", "Something else", "x"))
    texts = Texts.of([Block("text", lines=lines, number=0), Block("text", lines=(Line("y"),), number=1)])
    wanted = "Plan a move. Two vans; no lift"

    places = texts.covered(texts.find(wanted.partition(".")[0]), wanted)

    assert places == (Place(0, 0), Place(0, 2), Place(0, 3))


def test_only_what_stands_alone_is_whole():
    texts = Texts.of(BLOCKS)

    assert [texts.place(at) for at in texts.whole("Tact")] == [Place(2, 1)]
    assert [texts.place(at) for at in texts.whole("Weight")] == [Place(2, 0)]


def test_a_row_begins_with_its_first_cell():
    texts = Texts.of(BLOCKS)
    at = texts.find("30 %")

    assert texts.joined[texts.start_of_row(at) :] == "care30"


def test_what_is_not_there_or_has_no_letters_is_nowhere():
    texts = Texts.of(BLOCKS)

    assert (texts.find("Zeal"), texts.find("–"), texts.whole("…"), Texts.of(()).find("a")) == (-1, -1, [], -1)


def test_headings_that_are_ours_are_no_place():
    assert "ours" not in Texts.of(BLOCKS).joined


def test_letters_of_every_script_are_compared():
    assert comparable("Ärger – 5 %") == "ärger5"
