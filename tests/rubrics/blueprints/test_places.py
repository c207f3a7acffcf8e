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


def text_block(*lines: str, number: int = 0) -> Block:
    return Block("text", lines=tuple(map(Line, lines)), number=number)


def test_a_heading_is_one_place_and_a_table_s_own_name_is_its_first_row():
    named = Block("table", text="Craft", rows=((Cell("Tact", False),),), number=5)

    texts = Texts.of([Block("heading", 2, "Criteria", number=0), named])

    assert [texts.place(texts.find(text)) for text in ("criteria", "craft", "tact")] == [
        Place(0, -1),
        Place(5, 0),
        Place(5, 0),
    ]


def test_a_text_is_looked_for_behind_a_position():
    texts = Texts.of([text_block("Tact"), text_block("Tact", number=1)])

    assert [texts.find("Tact", after) for after in (0, 1, 4, 5)] == [0, 4, 4, -1]


def test_sixty_letters_tell_one_text_from_another():
    texts = Texts.of([text_block("a" * 60 + "b")])

    assert texts.find("a" * 60 + "c") == 0
    assert texts.find("a" * 59 + "c") == -1


def test_as_many_as_twenty_places_of_a_whole_text_are_told():
    texts = Texts.of([text_block(*["Tact"] * 25)])

    assert len(texts.whole("tact!")) == 20


def test_lines_that_a_text_does_not_say_end_it_from_the_third_on():
    two = Texts.of([text_block("One", "x", "y", "two")])
    three = Texts.of([text_block("One", "x", "y", "z", "two")])

    assert two.covered(0, "One two") == (Place(0, 0), Place(0, 3))
    assert three.covered(0, "One two") == (Place(0, 0),)


def test_a_text_ends_with_its_last_line_or_the_document():
    texts = Texts.of([text_block("One", "two", "two")])

    assert texts.covered(0, "One two") == (Place(0, 0), Place(0, 1))
    assert texts.covered(0, "One two and more") == (Place(0, 0), Place(0, 1), Place(0, 2))


def test_a_row_of_the_first_place_begins_at_nothing():
    texts = Texts.of([table(0, "Tact|20 %|30 %")])

    assert texts.start_of_row(texts.find("30")) == 0
