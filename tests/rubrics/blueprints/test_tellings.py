from rubrics.blueprints import tellings
from rubrics.blueprints.told import PARTS


def test_whatever_a_heading_can_be_told_to_be_is_read():
    assert PARTS.keys() | tellings.IN_PLACE == tellings.OF_HEADINGS


def test_no_two_answers_read_alike():
    headings = [label for _, choices in tellings.HEADINGS for _, label in choices]
    columns = [label for _, label in tellings.COLUMNS]

    assert (len(set(headings)), len(set(columns))) == (len(headings), len(columns))
