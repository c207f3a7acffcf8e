"""Several applications set to one state or moved: all or none, each with its row and its event."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from audit.models import Event
from candidates.bulk.states import move_all, set_states
from candidates.models import Application, Candidate, Interview, StateChange
from candidates.openings.changing import close_opening
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


def test_who_are_moved_back_are_active_there_again(three, opening, recruiter, elsewhere):
    move_all(three[:2], to=elsewhere, by=recruiter)
    there = [Application.objects.get(pk=each.pk).moved_to for each in three[:2]]
    set_states([there[1]], state="on_hold", by=recruiter)

    move_all(there, to=opening, reason="After all", by=recruiter)

    assert states(three) == ["active"] * 3
    assert [Application.objects.get(pk=each.pk).moved_to for each in there] == three[:2]
    assert three[0].state_changes.first().reason == "After all"


def test_what_was_moved_already_keeps_all(three, recruiter, elsewhere):
    move_all(three[:1], to=elsewhere, by=recruiter)

    with pytest.raises(ValidationError, match="Ann"):
        move_all(three, to=elsewhere, by=recruiter)

    assert states(three) == ["moved", "active", "active"]


def test_whoever_runs_only_one_of_the_openings_moves_nobody(three, recruiter, confidential):
    with pytest.raises(PermissionDenied):
        move_all(three, to=confidential, by=recruiter)


def error_of(call) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as caught:
        call()
    return caught.value.message_dict


@pytest.mark.parametrize("state", ["moved", "hired", ""])
def test_a_state_that_nobody_chooses_is_refused_at_its_field(three, recruiter, state):
    told = error_of(lambda: set_states(three, state=state, by=recruiter))

    assert told == {"state": ["Choose how the applications stand."]}


def test_up_to_three_who_hinder_it_are_named(opening, three, recruiter):
    more = [add_candidate(opening, name=name, email=f"{name}@x.example", by=recruiter) for name in ("Dan", "Eve")]
    people = [*three, *more]

    def told(number: int) -> str:
        hindering = [each.candidate_id for each in people[:number]]
        Candidate.objects.filter(pk__in=hindering).update(erased_at=timezone.now())
        return error_of(lambda: set_states(people, state="on_hold", by=recruiter))["state"][0]

    assert told(1) == "Nothing was changed. This has been erased: Ann. Leave them out."
    assert told(3) == "Nothing was changed. This has been erased: Ann, Ben, Cleo. Leave them out."
    assert told(5) == "Nothing was changed. This has been erased: Ann, Ben, Cleo and 2 more. Leave them out."


def test_an_interview_that_is_cancelled_or_to_come_keeps_nobody_from_being_rejected(three, recruiter, tomorrow, person):
    round_, now = three[0].opening.rounds.first(), timezone.now()
    for application, begins, cancelled in ((three[0], tomorrow, None), (three[1], now - timedelta(days=1), now)):
        Interview.objects.create(
            application=application, round=round_, starts_at=begins, due_at=tomorrow, cancelled_at=cancelled
        )

    assert len(set_states(three, state="rejected", reason="No licence", by=recruiter)) == 3


def test_a_reason_has_an_end_and_no_white_space_around_it(three, recruiter):
    assert set(error_of(lambda: set_states(three, state="on_hold", reason="x" * 2_001, by=recruiter))) == {"reason"}

    set_states(three, state="on_hold", reason="  waits ", by=recruiter)

    assert set(StateChange.objects.values_list("reason", flat=True)) == {"waits"}


def test_a_state_takes_a_move_back(three, recruiter, elsewhere):
    move_all(three[:1], to=elsewhere, by=recruiter)

    set_states(three, state="active", by=recruiter)

    assert Application.objects.get(pk=three[0].pk).moved_to is None


@pytest.mark.parametrize("who", ["interviewer", "admin"])
def test_only_who_runs_the_opening_sets_states(three, person, who):
    with pytest.raises(PermissionDenied):
        set_states(three, state="on_hold", by=person(who))


def test_of_nobody_no_state_is_set(recruiter):
    with pytest.raises(PermissionDenied):
        set_states([], state="on_hold", by=recruiter)


def test_applications_move_to_another_open_opening(opening, three, recruiter, elsewhere):
    same = error_of(lambda: move_all(three, to=opening, by=recruiter))
    close_opening(elsewhere, outcome="filled", by=recruiter)
    with pytest.raises(ValidationError, match="This opening is closed"):
        move_all(three, to=elsewhere, by=recruiter)

    assert same == {"to": ["These applications are for this opening already. Choose another."]}
    assert states(three) == ["active"] * 3


def test_who_was_moved_already_is_told_at_the_opening(three, recruiter, elsewhere):
    move_all(three[:1], to=elsewhere, by=recruiter)

    told = error_of(lambda: move_all(three, to=elsewhere, by=recruiter))

    assert told == {"to": ["Nothing was changed. This has been moved already: Ann. Leave them out."]}


def test_those_who_arrive_have_code_names_and_an_event_each_and_those_who_were_there_have_none(
    three, recruiter, elsewhere
):
    there = add_candidate(elsewhere, name="Ann", email="ann@x.example", by=recruiter)

    move_all(three, to=elsewhere, by=recruiter)

    arrived = elsewhere.applications.exclude(pk=there.pk)
    assert len(set(elsewhere.applications.values_list("code_name", flat=True))) == 3
    made = Event.objects.filter(kind="application.created", subject_id__in=elsewhere.applications.values("pk"))
    assert set(made.values_list("subject_id", flat=True)) == {there.pk, *arrived.values_list("pk", flat=True)}
    assert made.count() == 3
