"""What the forms of a loop take by themselves."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django import forms

from accounts.models import User
from candidates.models import Application, Round
from candidates.planning.forms import (
    CellsForm,
    LeadsField,
    SettingsForm,
    StartField,
    next_working_day,
    proposed,
    usual_settings,
)
from candidates.planning.loops import Slot, Step
from candidates.services import add_candidate

BERLIN = ZoneInfo("Europe/Berlin")


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


# --- a start ---------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2031-03-03T10:00", datetime(2031, 3, 3, 9, tzinfo=UTC)),
        ("2031-07-03T10:00:59", datetime(2031, 7, 3, 8, tzinfo=UTC)),
        ("8999-12-31T23:59", datetime(8999, 12, 31, 22, 59, tzinfo=UTC)),
        ("", None),
    ],
)
def test_a_start_is_a_moment_by_the_clocks_of_its_zone(text, moment):
    assert StartField(BERLIN, required=False).clean(text) == moment


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2031-03-03", "Write the start as a date and a time."),
        ("0001-06-01T10:00", "This date is out of range."),
        ("9000-06-01T10:00", "This date is out of range."),
        ("2031-03-30T02:30", "02:30 on 30 March 2031 does not exist in Europe/Berlin, as clocks go forward."),
        (
            "2031-10-26T02:30",
            "02:30 on 26 October 2031 comes twice in Europe/Berlin, as clocks go back. Choose another time.",
        ),
    ],
)
def test_a_start_that_is_no_moment_is_refused(text, words):
    with pytest.raises(forms.ValidationError) as caught:
        StartField(BERLIN).clean(text)

    assert caught.value.messages == [words]


def test_selects_that_stay_empty_are_nobody():
    field = LeadsField(choices=[(3, "Ann"), (4, "Ben")], coerce=int, required=False)

    assert field.clean(["", "4", ""]) == [4]
    assert field.clean([""]) == []


# --- the settings -------------------------------------------------------------------
@pytest.fixture
def rounds(opening, person) -> list[Round]:
    """Both rounds of the sample's opening; the first has two usual interviewers, the second none."""
    first, second = opening.rounds.all()
    first.panel.set([person("interviewer"), person("interviewer2")])
    return [first, second]


def settings_sent(rounds, **changes):
    """What the page sends with its usual settings for the first round alone."""
    sent = usual_settings(rounds)
    del sent[f"use_{rounds[1].pk}"]
    for name, value in changes.items():
        if isinstance(value, list):
            sent.setlist(name, value)
        else:
            sent[name] = value
    return sent


def test_usual_settings_are_tomorrows_hours_and_each_rounds_own_people(rounds, person):
    first, second = rounds
    first.panel_size = 2
    User.objects.filter(email="interviewer2@example.com").update(is_active=False)

    usual = usual_settings(rounds)

    assert (usual["begin"], usual["end"], usual["gap"]) == ("09:00", "17:00", "15")
    assert date.fromisoformat(usual["first_day"]).weekday() < 5
    assert usual.getlist(f"pool_{first.pk}") == [str(person("interviewer").pk)]
    assert usual.getlist(f"pool_{second.pk}") == []
    assert (usual[f"panel_size_{first.pk}"], usual[f"use_{second.pk}"]) == ("2", "on")


def test_settings_say_who_holds_which_round_when(rounds, person):
    first = rounds[0]
    sent = settings_sent(
        rounds, first_day="2031-03-03", zone="Europe/Berlin", gap="30", weekends="on", **{f"from_{first.pk}": "13:00"}
    )

    form = SettingsForm(sent, rounds=rounds)

    assert form.is_valid()
    assert form.used == [first]
    pool = (person("interviewer").pk, person("interviewer2").pk)
    [(key, step)] = form.steps().items()
    assert (key, set(step.pool)) == (first.pk, set(pool))
    assert step == Step(first.pk, first.minutes, step.pool, 1, time(13))
    hours = form.hours()
    assert (hours.zone, hours.first_day, hours.begin, hours.end) == (BERLIN, date(2031, 3, 3), time(9), time(17))
    assert (hours.gap, hours.weekends) == (timedelta(minutes=30), True)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("gap", "-1"),
        ("gap", "601"),
        ("hours_to_score", "0"),
        ("hours_to_score", "721"),
        ("first_day", "1999-12-31"),
        ("first_day", "9000-01-01"),
        ("first_day", "3.3.2031"),
        ("zone", "Mars/Olympus"),
    ],
)
def test_settings_out_of_bounds_are_refused_at_their_field(rounds, field, value):
    assert set(SettingsForm(settings_sent(rounds, **{field: value}), rounds=rounds).errors) == {field}


@pytest.mark.parametrize(("begin", "end", "fits"), [("09:00", "09:01", True), ("09:00", "09:00", False)])
def test_a_day_ends_after_it_begins(rounds, begin, end, fits):
    form = SettingsForm(settings_sent(rounds, begin=begin, end=end), rounds=rounds)

    assert form.is_valid() == fits
    assert set(form.errors) <= {"end"}


@pytest.mark.parametrize(
    ("panel_size", "words"),
    [
        ("3", "Choose at least 3 interviewers, or leave the round out."),
        ("11", None),
        ("2", ""),
    ],
)
def test_a_round_has_as_many_interviewers_to_choose_from_as_sit_there(rounds, panel_size, words):
    first = rounds[0]

    form = SettingsForm(settings_sent(rounds, **{f"panel_size_{first.pk}": panel_size}), rounds=rounds)

    if words is None:
        assert set(form.errors) == {f"panel_size_{first.pk}"}
    else:
        assert form.errors.get(f"pool_{first.pk}", [""])[0] == words


def test_a_round_that_is_left_out_needs_nobody_and_one_has_to_stay(rounds):
    first, second = rounds
    both = settings_sent(rounds, **{f"use_{second.pk}": "on"})
    neither = settings_sent(rounds)
    del neither[f"use_{first.pk}"]

    asked = SettingsForm(both, rounds=rounds)

    words = "Choose an interviewer, or leave the round out."
    assert asked.errors == {f"pool_{second.pk}": [words]}
    assert SettingsForm(neither, rounds=rounds).non_field_errors() == ["Choose at least one round."]


# --- the cells -----------------------------------------------------------------------
@pytest.fixture
def application(opening, person) -> Application:
    return add_candidate(opening, name="Ann Loop", email="ann@x.example", by=person("recruiter"))


@pytest.fixture
def cells(rounds, application, person):
    """Makes the form of one cell: the first round of somebody new; `None` leaves a field out."""
    settings = SettingsForm(settings_sent(rounds, zone="Europe/Berlin"), rounds=rounds)
    assert settings.is_valid()
    key = f"{application.pk}_{rounds[0].pk}"

    def made(**changes) -> CellsForm:
        people = [str(person("interviewer").pk)]
        fields = {"plan": "on", "start": "2031-03-03T10:00", "leads": people} | changes
        sent = {f"{name}_{key}": value for name, value in fields.items() if value is not None}
        wanted = [(application, [rounds[0]])]
        return CellsForm(sent, wanted=wanted, settings=settings, by=person("recruiter"))

    return made


def told(form) -> list[str]:
    """All that the form refuses, in order."""
    return [message for messages in form.errors.values() for message in messages]


def test_a_cell_is_an_interview_that_is_wanted(cells, application, rounds, person):
    form = cells()

    assert form.is_valid()
    [wanted] = form.wanted()
    assert (wanted.application, wanted.round, wanted.leads) == (application, rounds[0], (person("interviewer"),))
    assert wanted.starts_at == datetime(2031, 3, 3, 9, tzinfo=UTC)
    assert form.doubtful == 0


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"plan": None}, ["Choose at least one interview to plan."]),
        ({"start": ""}, ["Choose a start, or leave this interview out."]),
        ({"leads": [""]}, ["Choose an interviewer, or leave this interview out."]),
        ({"start": "2016-03-01T10:00"}, ["Tick what is right as it is, or change it."]),
        ({"start": "2016-03-01T10:00", "meant": ["past-2016-03-01"]}, []),
    ],
)
def test_what_a_cell_lacks_is_said_there(cells, changes, words):
    assert told(cells(**changes)) == words


def test_nobody_sits_in_a_cell_twice(cells, person):
    twice = [str(person("interviewer").pk)] * 2

    assert told(cells(leads=twice)) == ["Each person can be on the panel only once."]


def test_whoever_is_the_candidate_is_refused_in_their_cell(cells, application, person):
    application.candidate.colleague = person("interviewer")
    application.candidate.save()

    assert told(cells()) == ["Ann Loop cannot be on their own panel. Choose somebody else."]


def test_who_is_not_among_the_rounds_people_is_refused(cells, person):
    assert "not one of the available choices" in told(cells(leads=[str(person("admin").pk)]))[0]


def test_a_cell_has_a_select_for_each_lead_and_for_whoever_was_chosen_besides(cells, person, rounds):
    chosen = [str(person(name).pk) for name in ("interviewer", "interviewer2")]

    [(_, [none])] = cells(leads=[""]).loops
    [(_, [both])] = cells(leads=chosen).loops

    assert none.selects == ("",)
    assert both.selects == tuple(chosen)
    assert none.round == rounds[0]


def test_slots_are_sent_as_the_page_would_and_one_without_a_time_is_not_planned():
    start = datetime(2031, 3, 3, 9, tzinfo=UTC)

    sent = proposed([Slot(1, 2, start, (7, 8)), Slot(1, 3, None)], BERLIN)

    expected = {"plan_1_2": ["on"], "start_1_2": ["2031-03-03T10:00"], "leads_1_2": ["7", "8"], "leads_1_3": []}
    assert dict(sent.lists()) == expected
