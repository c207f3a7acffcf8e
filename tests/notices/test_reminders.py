"""When reminders come and when they wait; pure."""

from datetime import UTC, datetime, time, timedelta

import pytest

from notices.reminders import Quiet, Rule, hours_open, is_past, is_quiet, is_soon, quiet_ends, step_due

DUE = datetime(2026, 12, 1, 12, tzinfo=UTC)
NIGHT = Quiet(time(20), time(7, 30), [5, 6])


@pytest.mark.parametrize(
    ("hours", "step"),
    [(-3, None), (-2, 0), (-0.1, 0), (0, 1), (23, 1), (24, 2), (47, 2), (48, 3), (500, 3)],
)
def test_reminders_come_before_and_then_again_a_few_times(hours, step):
    assert step_due(Rule(before_hours=2, every_hours=24, times=3), DUE, DUE + timedelta(hours=hours)) == step


def test_nought_switches_a_reminder_off():
    assert step_due(Rule(before_hours=0), DUE, DUE - timedelta(minutes=1)) is None
    assert step_due(Rule(times=0), DUE, DUE + timedelta(days=5)) is None
    assert not is_past(0, DUE, DUE + timedelta(days=90))


@pytest.mark.parametrize(("step", "hours", "soon"), [(1, 0, False), (2, 11, True), (2, 12, False), (3, 1, True)])
def test_a_further_reminder_keeps_half_its_distance_from_the_last(step, hours, soon):
    last = DUE + timedelta(hours=20)

    assert is_soon(Rule(every_hours=24), step, last, last + timedelta(hours=hours)) == soon
    assert not is_soon(Rule(every_hours=24), step, None, last)


def test_those_who_run_it_are_told_after_their_hours():
    assert not is_past(24, DUE, DUE + timedelta(hours=23, minutes=59))
    assert is_past(24, DUE, DUE + timedelta(hours=24))


@pytest.mark.parametrize(
    ("moment", "quiet"),
    [
        (datetime(2026, 12, 1, 19, 59), False),
        (datetime(2026, 12, 1, 20, 0), True),
        (datetime(2026, 12, 2, 7, 29), True),
        (datetime(2026, 12, 2, 7, 30), False),
        (datetime(2026, 12, 5, 12, 0), True),  # a Saturday
    ],
)
def test_evenings_and_weekends_are_quiet(moment, quiet):
    assert is_quiet(NIGHT, moment) == quiet


def test_a_week_of_quiet_days_is_none_and_hours_of_a_day_may_be_quiet():
    assert not is_quiet(Quiet(time(0), time(0), range(7)), datetime(2026, 12, 5, 12, 0))
    assert is_quiet(Quiet(time(12), time(13), []), datetime(2026, 12, 1, 12, 30))
    assert not is_quiet(Quiet(time(12), time(13), []), datetime(2026, 12, 1, 13, 0))


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        (time(20), time(7, 30), 12.5),
        (time(7, 30), time(7, 29), 1 / 60),
        (time(12), time(13), 23),
        (time(0), time(0), 24),
    ],
)
def test_a_day_has_hours_outside_the_quiet_ones(start, end, hours):
    assert hours_open(Quiet(start, end, [])) == pytest.approx(hours)


@pytest.mark.parametrize(
    ("moment", "end"),
    [
        (datetime(2026, 12, 1, 12, 0), datetime(2026, 12, 1, 12, 0)),
        (datetime(2026, 12, 1, 21, 5), datetime(2026, 12, 2, 7, 30)),
        (datetime(2026, 12, 2, 6, 0), datetime(2026, 12, 2, 7, 30)),
        (datetime(2026, 12, 4, 22, 0), datetime(2026, 12, 7, 7, 30)),  # from Friday evening over the weekend
    ],
)
def test_what_waits_for_the_end_of_the_quiet_hours_goes_out_then(moment, end):
    assert quiet_ends(NIGHT, moment) == end


def test_a_week_of_quiet_days_holds_nothing_back_but_its_nights():
    evening = datetime(2026, 12, 1, 22, 0)

    assert quiet_ends(Quiet(time(20), time(7), range(7)), evening) == datetime(2026, 12, 2, 7, 0)
