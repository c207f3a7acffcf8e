"""Several applications set to one state or moved: all or none, each with its row and its event."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from audit.models import Event
from candidates.bulk.standing import move_all, set_states
from candidates.models import Application, StateChange
from candidates.services import add_candidate, create_opening, plan_interview


@pytest.fixture
def recruiter(person):
    return person("recruiter")


@pytest.fixture
def three(opening, recruiter) -> list[Application]:
    made = []
    for name in ("Ann", "Ben", "Cleo"):
        made.append(add_candidate(opening, name=name, email=f"{name.lower()}@x.example", by=recruiter))
    return made


@pytest.fixture
def elsewhere(opening, recruiter):
    return create_opening("Elsewhere", rubric_version=opening.rubric_version, by=recruiter)


def states(applications) -> list[str]:
    return [Application.objects.get(pk=application.pk).state for application in applications]


def test_all_are_set_with_a_row_and_an_event_each(three, recruiter):
    changed = set_states(three, state="withdrawn", reason="Took another job", by=recruiter)

    assert states(three) == ["withdrawn"] * 3
    assert StateChange.objects.filter(application__in=changed, reason="Took another job").count() == 3
    events = Event.objects.filter(kind="application.state_set", subject_id__in=[each.pk for each in three])
    assert [event.detail for event in events] == [{"state": "withdrawn"}] * 3


def test_those_that_stand_so_are_left_alone(three, recruiter):
    set_states(three[:1], state="on_hold", by=recruiter)

    assert [each.pk for each in set_states(three, state="on_hold", by=recruiter)] == [each.pk for each in three[1:]]


def test_one_that_cannot_be_rejected_keeps_all_and_is_named(three, recruiter, person, tomorrow):
    began = tomorrow.replace(year=tomorrow.year - 1)
    round_ = three[1].opening.rounds.first()
    leads = [person("interviewer")]
    plan_interview(three[1], round=round_, starts_at=began, due_at=tomorrow, leads=leads, shadows=[], by=recruiter)

    with pytest.raises(ValidationError, match="Ben"):
        set_states(three, state="rejected", reason="No licence", by=recruiter)
    with pytest.raises(ValidationError, match="Say why"):
        set_states(three[:1], state="rejected", by=recruiter)

    assert states(three) == ["active"] * 3


def test_all_move_to_applications_of_the_same_people(three, recruiter, elsewhere):
    there = add_candidate(elsewhere, name="Ann", email="ann@x.example", by=recruiter)

    move_all(three, to=elsewhere, reason="Fits better", by=recruiter)

    moved = [Application.objects.get(pk=each.pk) for each in three]
    assert [each.state for each in moved] == ["moved"] * 3
    assert moved[0].moved_to == there
    assert {each.moved_to.opening for each in moved} == {elsewhere}
    assert elsewhere.applications.count() == 3


def test_what_was_moved_already_keeps_all(three, recruiter, elsewhere):
    move_all(three[:1], to=elsewhere, by=recruiter)

    with pytest.raises(ValidationError, match="Ann"):
        move_all(three, to=elsewhere, by=recruiter)

    assert states(three) == ["moved", "active", "active"]


def test_whoever_runs_only_one_of_the_openings_moves_nobody(three, recruiter, confidential):
    with pytest.raises(PermissionDenied):
        move_all(three, to=confidential, by=recruiter)
