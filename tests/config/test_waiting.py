"""Waiting for another process: the first true answer, or the last one."""

from config.waiting import eventually


def test_the_first_true_answer_is_given_back_and_nothing_is_asked_after_it():
    answers = iter([0, "", "there", "too late"])

    assert eventually(lambda: next(answers), within=30) == "there"
    assert next(answers) == "too late"


def test_when_the_time_is_over_the_last_answer_is_given_back():
    answers = iter(["", 0])

    assert eventually(lambda: next(answers), within=0) == ""
