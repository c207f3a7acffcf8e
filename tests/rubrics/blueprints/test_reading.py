"""A reader's result and its warnings."""

import pytest

from rubrics.blueprints.reading import PlanWarning, Read, all_warnings

FIRST, SECOND = PlanWarning("first", "One."), PlanWarning("second", "Two.")


@pytest.mark.parametrize("empty", [(), "", None, []])
def test_an_empty_value_gets_the_warning_behind_those_that_it_has(empty):
    found = Read(empty, (FIRST,)).or_warning("second", "Two.")

    assert found == Read(empty, (FIRST, SECOND))


def test_a_value_that_is_there_gets_no_warning():
    found = Read(("a",), (FIRST,))

    assert found.or_warning("second", "Two.") is found


def test_warnings_keep_the_order_of_the_readings():
    assert all_warnings(Read("b", (SECOND,)), Read(None), Read("a", (FIRST, SECOND))) == (SECOND, FIRST, SECOND)


def test_a_reading_cannot_be_changed():
    with pytest.raises(AttributeError):
        Read("a").value = "b"


def test_a_warning_is_printed_with_code_and_message():
    assert FIRST.as_json() == {"code": "first", "message": "One."}
