"""Whose interviews are open, what is proposed from what the planner runs, and that all are planned or none."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.services import change_address
from candidates.models import Application, Candidate, Interview
from candidates.planning.loops import Hours, Step
from candidates.planning.proposals import Wanted, open_ones, plan_all, propose, to_plan
from candidates.services import add_candidate, plan_interview
from candidates.states import set_state
from notices.models import Mail
from tests.concurrently import at_once

START = datetime(2031, 3, 3, 9, tzinfo=UTC)
HOURS = Hours(ZoneInfo("UTC"), date(2031, 3, 3), time(9), time(17))


@pytest.fixture
def recruiter(person):
    return person("recruiter")


@pytest.fixture
def people(person):
    return [person("interviewer"), person("interviewer2")]


@pytest.fixture
def three(opening, recruiter) -> list[Application]:
    made = []
    for name in ("Ann", "Ben", "Cleo"):
        made.append(add_candidate(opening, name=name, email=f"{name.lower()}@x.example", by=recruiter))
    return made


def names(applications) -> list[str]:
    return [application.candidate.name for application in applications]


def wanted(application, round_, people, start=START, meant=()) -> Wanted:
    return Wanted(application, round_, start, tuple(people), meant)


def test_those_who_lack_an_interview_are_open_unless_they_are_closed_or_on_hold(opening, three, recruiter, people):
    ann, ben, cleo = three
    set_state(ben, state="withdrawn", by=recruiter)
    set_state(cleo, state="on_hold", by=recruiter)
    for round_ in opening.rounds.all():
        plan_interview(ann, round=round_, starts_at=START, due_at=START, leads=people[:1], shadows=[], by=recruiter)

    assert {"Ann", "Ben", "Cleo"}.isdisjoint(names(open_ones(opening, by=recruiter)))
    [(application, rounds)] = to_plan([cleo], list(opening.rounds.all()))
    assert (application, len(rounds)) == (cleo, 2)
    assert to_plan([ann], list(opening.rounds.all())) == []


def test_a_proposal_takes_the_same_queries_for_one_and_for_three(opening, three, recruiter, people):
    rounds = list(opening.rounds.all())
    steps = {round_.pk: Step(round_.pk, round_.minutes, tuple(user.pk for user in people)) for round_ in rounds}

    counts = []
    for number in (1, 3):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            slots = propose([(each, rounds) for each in three[:number]], steps, HOURS, by=recruiter)
        counts.append(len(queries))
        assert all(slot.starts_at for slot in slots)
    assert counts[0] == counts[1] <= 3  # one of them asks whose accounts the candidates are


def test_an_interview_elsewhere_keeps_busy_only_where_the_planner_runs_it(opening, confidential, three, person):
    interviewer, round_ = person("interviewer"), opening.rounds.first()
    hidden = confidential.rounds.create(name="Secret")
    there = confidential.applications.get()
    plan_interview(
        there, round=hidden, starts_at=START, due_at=START, leads=[interviewer], shadows=[], by=person("manager")
    )
    steps = {round_.pk: Step(round_.pk, 60, (interviewer.pk,))}

    [seen] = propose([(three[0], [round_])], steps, HOURS, by=person("manager"))
    [unseen] = propose([(three[0], [round_])], steps, HOURS, by=person("recruiter"))

    assert (seen.starts_at, unseen.starts_at) == (START + timedelta(hours=1), START)


def test_all_are_planned_with_their_panels_and_due_times(opening, three, recruiter, people):
    first, second = opening.rounds.all()
    cells = [wanted(three[0], first, people[:1]), wanted(three[0], second, people, START + timedelta(hours=2))]

    one, two = plan_all(opening, cells, hours_to_score=24, by=recruiter)

    assert one.due_at == START + timedelta(minutes=first.minutes, hours=24)
    assert {panelist.user for panelist in two.panelists.all()} == set(people)
    invited = Mail.objects.filter(kind="invited", about_id=three[0].pk)
    assert sorted(mail.receiver_id for mail in invited) == sorted([people[0].pk, *(user.pk for user in people)])


def test_none_is_planned_where_one_cannot_be(opening, three, recruiter, people):
    first = opening.rounds.first()
    set_state(three[1], state="withdrawn", by=recruiter)
    before = Interview.objects.count()
    cells = [
        wanted(three[0], first, people[:1]),
        wanted(three[1], first, people[:1], START + timedelta(hours=2)),
    ]

    with pytest.raises(ValidationError, match="withdrawn"):
        plan_all(opening, cells, hours_to_score=24, by=recruiter)

    assert Interview.objects.count() == before


def test_two_at_once_within_one_plan_are_doubted_and_can_be_meant(opening, three, recruiter, people):
    first = opening.rounds.first()
    cells = [wanted(three[0], first, people[:1]), wanted(three[1], first, people[:1])]

    with pytest.raises(ValidationError, match="meanwhile"):
        plan_all(opening, cells, hours_to_score=24, by=recruiter)
    key = f"busy-{people[0].pk}-3 March 2031, 09:00"
    meant = [wanted(cell.application, first, cell.leads, meant=[key]) for cell in cells]
    assert len(plan_all(opening, meant, hours_to_score=24, by=recruiter)) == 2


@pytest.mark.django_db(transaction=True)
def test_of_two_who_plan_the_same_at_once_one_is_told(opening, three, recruiter, people):
    cells = [wanted(three[0], opening.rounds.first(), people[:1])]

    def plan():
        return plan_all(opening, cells, hours_to_score=24, by=recruiter)

    outcomes = at_once(plan, plan, behind=type(opening).objects.filter(pk=opening.pk))

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["ValidationError", "list"]
    assert three[0].interviews.count() == 1


@pytest.mark.parametrize("said_by", ["mark", "address", "earlier address"])
def test_a_proposal_puts_nobody_on_their_own_panel(opening, three, recruiter, people, person, said_by):
    said = {"colleague": people[0]} if said_by == "mark" else {"email": people[0].email}
    Candidate.objects.filter(pk=three[1].candidate_id).update(**said)
    if said_by == "earlier address":
        change_address(people[0], email="changed@x.example", by=person("admin"))
    applications = [Application.objects.get(pk=application.pk) for application in three]
    rounds = list(opening.rounds.all())
    pool = tuple(user.pk for user in people)
    steps = {round_.pk: Step(round_.pk, round_.minutes, pool) for round_ in rounds}

    slots = propose(to_plan(applications, rounds), steps, HOURS, by=recruiter)

    of_ben = {slot.people for slot in slots if slot.application_id == three[1].pk}
    assert of_ben == {(people[1].pk,)}
    assert any(people[0].pk in slot.people for slot in slots)


def test_a_plan_names_the_candidate_who_would_interview_themselves(opening, three, recruiter, people):
    Candidate.objects.filter(pk=three[1].candidate_id).update(colleague=people[0])
    stored = Application.objects.select_related("candidate").filter(pk__in=[row.pk for row in three[:2]])
    rows = [wanted(application, opening.rounds.first(), people[:1]) for application in stored.order_by("pk")]
    rows[1] = replace(rows[1], starts_at=START + timedelta(hours=3))

    with pytest.raises(ValidationError, match="Ben: A candidate cannot be on their own panel"):
        plan_all(opening, rows, hours_to_score=None, by=recruiter)
