"""The gate before a part that may be away."""

from accounts.gate import Gate


def test_all_may_pass_until_something_failed_and_again_once_it_answered():
    gate = Gate(pause=60)

    before = [gate.may_pass(), gate.may_pass()]
    gate.failed()
    away = [gate.may_pass(), gate.may_pass()]
    gate.answered()

    assert (before, away, gate.may_pass()) == ([True, True], [False, False], True)


def test_after_the_pause_one_looks_and_the_others_are_told():
    gate = Gate(pause=60)
    gate.failed()
    gate._shut_until = 0.0

    assert [gate.may_pass(), gate.may_pass()] == [True, False]
