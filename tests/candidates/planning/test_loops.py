"""Loops of interviews: nobody twice at once, the working day kept, the load spread, clocks that are put."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candidates.planning.loops import Hours, Slot, Step, is_twice, moment, spread

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY = date(2031, 3, 3)
FIRST, SECOND = Step(1, 60, (11, 12), 1), Step(2, 45, (12, 13, 14), 2)
HOURS = Hours(BERLIN, MONDAY, time(9), time(17), timedelta(minutes=15))


def plan(number: int, *steps: Step, hours: Hours = HOURS, **known) -> list[Slot]:
    wanted = [(application, application, steps) for application in range(number)]
    return spread(wanted, hours, **{"busy": {}, "met": {}, "load": {}} | known)


def local(slot: Slot) -> str:
    return f"{slot.starts_at.astimezone(BERLIN):%a %H:%M}"


def test_a_candidate_has_one_round_after_the_other_with_a_break():
    slots = plan(1, FIRST, SECOND)

    assert [local(slot) for slot in slots] == ["Mon 09:00", "Mon 10:15"]
    assert [len(slot.people) for slot in slots] == [1, 2]


def test_whoever_has_the_least_to_do_comes_first_and_the_others_follow():
    slots = plan(6, Step(1, 60, (11, 12, 13)), load={11: 4, 13: 1})

    assert [slot.people[0] for slot in slots] == [12, 13, 11, 12, 13, 11]


def test_a_weekend_is_left_out_unless_it_is_worked_on():
    friday = date(2031, 3, 7)
    few = Hours(BERLIN, friday, time(9), time(10))

    assert [local(slot) for slot in plan(2, Step(1, 60, (11,)), hours=few)] == ["Fri 09:00", "Mon 09:00"]
    worked = Hours(BERLIN, friday, time(9), time(10), weekends=True)
    assert [local(slot) for slot in plan(2, Step(1, 60, (11,)), hours=worked)] == ["Fri 09:00", "Sat 09:00"]


def test_whoever_is_held_elsewhere_is_left_alone_with_a_break():
    held = (datetime(2031, 3, 3, 8, tzinfo=UTC), datetime(2031, 3, 3, 9, tzinfo=UTC))  # 9 to 10 in Berlin

    assert local(plan(1, Step(1, 60, (11,)), busy={11: [held]})[0]) == "Mon 10:15"
    assert local(plan(1, FIRST, met={0: [held]})[0]) == "Mon 10:15"


def test_a_round_is_not_before_its_time_of_day():
    assert local(plan(1, Step(1, 60, (11,), not_before=time(13, 30)))[0]) == "Mon 13:30"


@pytest.mark.parametrize("step", [Step(1, 60, ()), Step(1, 60, (11,), panel_size=2), Step(1, 600, (11,))])
def test_what_fits_nowhere_has_no_time(step):
    assert plan(1, step) == [Slot(0, 1, None)]


def test_times_that_clocks_skip_or_show_twice():
    assert moment(datetime(2031, 3, 30, 2, 30), BERLIN) is None
    assert not is_twice(datetime(2031, 3, 30, 2, 30), BERLIN)
    assert is_twice(datetime(2031, 10, 26, 2, 30), BERLIN)
    assert not is_twice(datetime(2031, 10, 26, 4), BERLIN)
    night = Hours(BERLIN, date(2031, 3, 30), time(1, 30), time(4), weekends=True)
    assert [local(slot) for slot in plan(2, Step(1, 30, (11,)), hours=night)] == ["Sun 01:30", "Sun 03:00"]


@given(st.integers(1, 12), st.integers(1, 3), st.integers(1, 2), st.integers(0, 60))
def test_nobody_is_ever_in_two_places_and_every_interview_is_in_hours(number, people, panel_size, gap):
    steps = (Step(1, 60, tuple(range(people)), min(panel_size, people)), Step(2, 30, tuple(range(people + 1)), 1))
    hours = Hours(BERLIN, date(2031, 3, 28), time(9), time(12), timedelta(minutes=gap))
    minutes = {step.round_id: timedelta(minutes=step.minutes) for step in steps}

    slots = [slot for slot in plan(number, *steps, hours=hours) if slot.starts_at]

    held: dict[tuple[str, int], list[tuple[datetime, datetime]]] = {}
    for slot in slots:
        end = slot.starts_at + minutes[slot.round_id]
        begins, ends = slot.starts_at.astimezone(BERLIN), end.astimezone(BERLIN)
        assert time(9) <= begins.time() <= ends.time() <= time(12)
        for who in [("candidate", slot.application_id), *(("person", pk) for pk in slot.people)]:
            held.setdefault(who, []).append((slot.starts_at, end))
    for times in held.values():
        times.sort()
        assert all(later[0] - earlier[1] >= timedelta(minutes=gap) for earlier, later in pairwise(times))


@pytest.mark.parametrize(
    ("begins", "expected"),
    [(time(9), "Mon 10:15"), (time(9, 15), "Mon 10:30"), (time(10, 15), "Mon 09:00"), (time(10), "Mon 11:15")],
)
def test_a_break_is_kept_on_both_sides(begins, expected):
    start = datetime.combine(MONDAY, begins, BERLIN).astimezone(UTC)
    held = (start, start + timedelta(hours=1))

    assert local(plan(1, Step(1, 60, (11,)), busy={11: [held]})[0]) == expected


def test_without_a_break_one_follows_on_the_other():
    hours = Hours(BERLIN, MONDAY, time(9), time(17))

    assert [local(slot) for slot in plan(2, Step(1, 60, (11,)), hours=hours)] == ["Mon 09:00", "Mon 10:00"]


@pytest.mark.parametrize(("minutes", "fits"), [(60, True), (61, False)])
def test_an_interview_may_end_as_the_day_does(minutes, fits):
    hours = Hours(BERLIN, MONDAY, time(9), time(10))

    assert bool(plan(1, Step(1, minutes, (11,)), hours=hours)[0].starts_at) == fits


def test_starts_stand_on_quarters_of_an_hour_from_the_days_begin():
    held = (datetime(2031, 3, 3, 8, 10, tzinfo=UTC), datetime(2031, 3, 3, 8, 20, tzinfo=UTC))  # 9:10 to 9:20
    hours = Hours(BERLIN, MONDAY, time(9, 10), time(17))

    assert local(plan(1, Step(1, 30, (11,)), hours=hours, busy={11: [held]})[0]) == "Mon 09:25"


def test_whoever_is_held_through_midnight_is_held_on_both_days():
    night = (datetime(2031, 3, 2, 20, tzinfo=UTC), datetime(2031, 3, 3, 9, tzinfo=UTC))

    assert local(plan(1, Step(1, 60, (11,)), busy={11: [night]})[0]) == "Mon 10:15"


def test_of_people_with_as_much_to_do_the_first_of_the_pool_is_taken():
    assert plan(1, Step(1, 60, (12, 11)))[0].people == (12,)


def test_a_round_that_fits_nowhere_lets_the_next_one_begin_as_if_it_were_not():
    nowhere, after = plan(1, Step(1, 60, ()), Step(2, 30, (11,)))

    assert nowhere.starts_at is None
    assert local(after) == "Mon 09:00"


def test_days_are_looked_at_for_four_months():
    hours = Hours(BERLIN, MONDAY, time(9), time(10), weekends=True)

    days = list(hours.days())

    assert (len(days), days[0], days[-1]) == (120, MONDAY, MONDAY + timedelta(days=119))


def test_a_time_that_clocks_show_twice_is_the_first_of_the_two():
    assert moment(datetime(2031, 10, 26, 2, 30), BERLIN) == datetime(2031, 10, 26, 0, 30, tzinfo=UTC)


def test_nobody_interviews_themselves_and_others_stand_in():
    step = Step(1, 60, pool=(7, 8))

    slots = plan(2, step, never={0: {7}, 1: {8}})

    assert [slot.people for slot in slots] == [(8,), (7,)]


def test_where_too_few_are_left_beside_the_candidate_there_is_no_slot():
    step = Step(1, 60, (7, 8), 2)

    [slot] = plan(1, step, never={0: {7}})

    assert (slot.starts_at, slot.people) == (None, ())
