"""The steps of a start: one line each, with the time it took or that it did not finish."""

import re

import pytest

from config.steps import step


def test_a_step_says_its_name_first_and_its_time_at_the_end(capsys):
    with step("database"):
        begun = capsys.readouterr().out
    ended = capsys.readouterr().out

    assert begun == "  database      "
    assert re.fullmatch(r" *\d+\.\d s\n", ended)


@pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt])
def test_a_step_that_fails_says_so_and_passes_the_error_on(capsys, error):
    with pytest.raises(error), step("web"):
        raise error

    assert capsys.readouterr().out == "  web           not finished\n"
