"""How an application stands: set by hand with a reason, or by a decision alone, and by nothing else."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction
from django.utils import timezone

from audit.models import Event
from candidates import services, states
from candidates.models import Application, Status
from debriefs import meetings


@pytest.fixture
def put(unscored_application, person):
    """Sets the state of the application that nobody has scored, as its recruiter."""

    def to(state, **given):
        return states.set_state(unscored_application, state=state, **{"by": person("recruiter")} | given)

    return to


@pytest.fixture
def other_opening(unscored_application, person):
    version = unscored_application.opening.rubric_version
    return services.create_opening("The other one", rubric_version=version, by=person("recruiter"))


def decide(application, manager, outcome):
    musts = application.opening.rubric_version.dimensions.filter(must_have=True).values_list("key", flat=True)
    reasons = dict.fromkeys(musts, "Seen")
    meetings.record_decision(application, outcome=outcome, rationale="Seen", rationales=reasons, by=manager)


def stored(application) -> tuple[Status, Status]:
    """How it stands: the property's answer and the query's."""
    row = Application.objects.annotate(shown=states.status()).get(pk=application.pk)
    return states.status_of(row), Status(row.shown)


@pytest.mark.parametrize("state", ["on_hold", "withdrawn"])
def test_a_state_is_set_by_hand_and_back(put, unscored_application, person, state):
    change = put(state, reason="  They wrote to us  ")

    assert stored(unscored_application) == (Status(state), Status(state))
    assert (change.state, change.reason, change.by) == (state, "They wrote to us", person("recruiter"))
    event = Event.objects.filter(kind="application.state_set").latest("pk")
    assert (event.subject_id, event.detail) == (unscored_application.pk, {"state": state})
    put("active")
    assert stored(unscored_application) == (Status.ACTIVE, Status.ACTIVE)
    assert [row.state for row in unscored_application.state_changes.all()] == ["active", state]


@pytest.mark.parametrize(("outcome", "status"), [("hire", "hired"), ("no_hire", "not_hired"), ("hold", "on_hold")])
def test_a_decision_says_how_it_stands_until_it_is_reopened(scored_application, person, outcome, status):
    decide(scored_application, person("manager"), outcome)
    decided = stored(scored_application)

    meetings.reopen_debrief(scored_application, reason="There is news", by=person("manager"))

    assert decided == (Status(status), Status(status))
    assert stored(scored_application) == (Status.ACTIVE, Status.ACTIVE)


def test_who_declines_the_offer_has_withdrawn_and_the_decision_stands(scored_application, person):
    decide(scored_application, person("manager"), "hire")

    states.set_state(scored_application, state="withdrawn", by=person("recruiter"))

    assert stored(scored_application) == (Status.WITHDRAWN, Status.WITHDRAWN)
    assert scored_application.decisions.current().exists()
    states.set_state(scored_application, state="active", by=person("recruiter"))
    assert stored(scored_application) == (Status.HIRED, Status.HIRED)


@pytest.mark.parametrize("outcome", ["hire", "no_hire", "hold"])
def test_the_database_takes_no_outcome_without_its_decision(scored_application, outcome):
    with pytest.raises(DatabaseError, match="follows from its decision alone"), transaction.atomic():
        Application.objects.filter(pk=scored_application.pk).update(decided=outcome)


@pytest.mark.parametrize(
    ("state", "given", "message"),
    [
        ("active", {}, "already"),
        ("hired", {}, "Choose how"),
        ("moved", {}, "Choose how"),
        ("rejected", {"reason": " \n"}, "needs a reason"),
        ("on_hold", {"reason": "x" * 2_001}, "limit is 2,000"),
    ],
)
def test_what_cannot_be_set_is_refused_and_changes_nothing(put, unscored_application, state, given, message):
    with pytest.raises(ValidationError, match=message):
        put(state, **given)

    assert stored(unscored_application) == (Status.ACTIVE, Status.ACTIVE)
    assert not unscored_application.state_changes.exists()


def test_nobody_is_rejected_before_interviews_once_one_has_begun(put, unscored_application):
    first = unscored_application.interviews.first()
    first.starts_at = timezone.now() - timedelta(minutes=1)
    first.save(update_fields=["starts_at"])

    with pytest.raises(ValidationError, match="An interview has begun"):
        put("rejected", reason="No licence to drive")


def test_a_rejection_before_interviews_keeps_its_reason(put, unscored_application, tomorrow):
    unscored_application.interviews.update(starts_at=tomorrow, due_at=tomorrow)

    assert put("rejected", reason="No licence to drive").reason == "No licence to drive"
    assert stored(unscored_application) == (Status.REJECTED, Status.REJECTED)


def test_only_those_who_run_the_opening_set_it(put, person):
    with pytest.raises(PermissionDenied):
        put("withdrawn", by=person("interviewer"))


def test_a_closed_application_is_neither_planned_nor_decided(put, unscored_application, person, tomorrow):
    put("withdrawn")

    with pytest.raises(ValidationError, match=r"closed \(withdrawn\)"):
        services.plan_interview(
            unscored_application,
            round=unscored_application.opening.rounds.first(),
            starts_at=tomorrow,
            due_at=tomorrow,
            leads=[person("admin")],
            shadows=[],
            by=person("recruiter"),
        )
    with pytest.raises(ValidationError, match=r"closed \(withdrawn\)"):
        decide(unscored_application, person("manager"), "no_hire")


# --- moving --------------------------------------------------------------------
def test_a_moved_application_names_the_one_it_became(unscored_application, other_opening, person):
    by = person("recruiter")

    arrived = states.move_application(unscored_application, to=other_opening, reason="Typed into the wrong one", by=by)

    unscored_application.refresh_from_db()
    assert (arrived.candidate, arrived.opening) == (unscored_application.candidate, other_opening)
    assert unscored_application.moved_to == arrived
    assert stored(unscored_application) == (Status.MOVED, Status.MOVED)
    assert stored(arrived) == (Status.ACTIVE, Status.ACTIVE)
    states.set_state(unscored_application, state="active", by=by)
    assert Application.objects.get(pk=unscored_application.pk).moved_to is None


def test_who_applied_there_already_is_not_there_twice(unscored_application, other_opening, person):
    candidate, by = unscored_application.candidate, person("recruiter")
    there = services.add_candidate(other_opening, name=candidate.name, email=candidate.email, by=by)

    assert states.move_application(unscored_application, to=other_opening, by=by) == there


def test_an_application_moves_only_to_another_open_opening_that_one_runs(unscored_application, other_opening, person):
    by = person("recruiter")

    with pytest.raises(ValidationError, match="for this opening already"):
        states.move_application(unscored_application, to=unscored_application.opening, by=by)
    with pytest.raises(PermissionDenied):
        states.move_application(unscored_application, to=other_opening, by=person("manager"))
    other_opening.closed_at, other_opening.outcome = timezone.now(), "filled"
    other_opening.save(update_fields=["closed_at", "outcome"])
    with pytest.raises(ValidationError, match="This opening is closed"):
        states.move_application(unscored_application, to=other_opening, by=by)
    assert stored(unscored_application) == (Status.ACTIVE, Status.ACTIVE)


def test_who_is_moved_back_is_active_there_again(unscored_application, other_opening, person):
    by = person("recruiter")
    arrived = states.move_application(unscored_application, to=other_opening, by=by)

    back = states.move_application(arrived, to=unscored_application.opening, reason="After all", by=by)

    assert back == unscored_application
    assert stored(back) == (Status.ACTIVE, Status.ACTIVE)
    assert stored(arrived) == (Status.MOVED, Status.MOVED)
    assert back.state_changes.first().reason == "After all"


def error_of(call) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as caught:
        call()
    return caught.value.message_dict


def test_a_refused_state_is_told_at_its_field(put, unscored_application):
    unscored_application.interviews.update(cancelled_at=timezone.now())

    assert error_of(lambda: put("hired")) == {"state": ["Choose how the application stands."]}
    assert error_of(lambda: put("active")) == {"state": ["It is set to “Active” already."]}
    assert set(error_of(lambda: put("rejected"))) == {"reason"}
    assert set(error_of(lambda: put("on_hold", reason="x" * 2_001))) == {"reason"}


def test_a_cancelled_interview_does_not_keep_anybody_from_being_rejected_before_interviews(put, unscored_application):
    now = timezone.now()
    unscored_application.interviews.update(starts_at=now - timedelta(days=1), due_at=now, cancelled_at=now)

    assert put("rejected", reason="No licence").state == "rejected"


def test_a_reason_may_be_as_long_as_its_limit(put):
    assert len(put("on_hold", reason="x" * 2_000).reason) == 2_000


def test_how_nobody_erased_stands_is_set(put, unscored_application):
    type(unscored_application.candidate).objects.update(erased_at=timezone.now())

    with pytest.raises(ValidationError, match="has been erased"):
        put("withdrawn")


def test_a_state_is_compared_with_what_is_stored_now(put, unscored_application):
    Application.objects.filter(pk=unscored_application.pk).update(state="withdrawn")

    assert put("active").state == "active"


def test_an_application_is_moved_once(unscored_application, other_opening, person):
    by = person("recruiter")
    states.move_application(unscored_application, to=other_opening, by=by)

    told = error_of(lambda: states.move_application(unscored_application, to=other_opening, by=by))

    assert told == {"to": ["This application has been moved already."]}


def test_a_move_makes_an_application_with_a_code_name_and_an_event_only_where_there_is_none(
    unscored_application, other_opening, person
):
    by = person("recruiter")

    arrived = states.move_application(unscored_application, to=other_opening, by=by)
    states.set_state(unscored_application, state="active", by=by)
    states.move_application(unscored_application, to=other_opening, by=by)

    assert arrived.code_name.startswith("Candidate ")
    assert Event.objects.filter(kind="application.created", subject_id=arrived.pk).count() == 1
    assert Event.objects.filter(kind="application.state_set", subject_id=unscored_application.pk).count() == 3


def test_to_an_opening_that_one_runs_nobody_moves_from_one_that_one_does_not(confidential, other_opening, person):
    application = confidential.applications.get()

    with pytest.raises(PermissionDenied):
        states.move_application(application, to=other_opening, by=person("recruiter"))


@pytest.mark.parametrize("state", Application.CLOSED)
def test_what_was_closed_by_hand_says_more_than_a_decision(state):
    closed = Application(state=state, decided="hire")

    assert states.status_of(closed) == Status(state)


@pytest.mark.parametrize(("decided", "status"), [("hire", "hired"), ("no_hire", "not_hired"), ("hold", "on_hold")])
def test_on_hold_a_decision_says_how_it_stands(decided, status):
    assert states.status_of(Application(state="on_hold", decided=decided)) == Status(status)
