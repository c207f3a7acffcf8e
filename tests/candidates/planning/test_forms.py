"""What the forms of a loop take by themselves."""

from datetime import date

import pytest

from candidates.planning.forms import next_working_day


@pytest.mark.parametrize(
    ("today", "following"),
    [
        (date(2031, 3, 3), date(2031, 3, 4)),
        (date(2031, 3, 7), date(2031, 3, 10)),
        (date(2031, 3, 8), date(2031, 3, 10)),
    ],
)
def test_the_first_day_is_the_next_one_that_people_work_on(today, following):
    assert next_working_day(today) == following
