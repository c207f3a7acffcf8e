"""The recorder: an event says who, what, to which row and in which request, and stands or falls with the act."""

import uuid

import pytest
from django.db import transaction
from django.utils import timezone
from structlog.contextvars import bound_contextvars

from accounts.models import User
from audit.models import Event
from audit.services import record, record_each


@pytest.fixture
def people(db):
    return [User.objects.create_user(f"{name}@example.com") for name in ("one", "two", "three")]


def test_an_event_says_who_did_what_to_which_row(people):
    actor, subject, _ = people

    event = record("user.edited", by=actor, subject=subject, is_recruiter=True, numbers=[1, 2])

    kept = Event.objects.get(pk=event.pk)
    assert (kept.kind, kept.actor_id) == ("user.edited", actor.pk)
    assert (kept.subject_type, kept.subject_id) == ("user", subject.pk)
    assert kept.detail == {"is_recruiter": True, "numbers": [1, 2]}


def test_nobody_and_nothing_in_particular_leave_their_columns_empty(db):
    event = record("retention.run", by=None)

    kept = Event.objects.get(pk=event.pk)
    assert (kept.actor_id, kept.subject_type, kept.subject_id, kept.detail) == (None, "", None, {})
    assert (kept.request_id, kept.ip) == ("", None)


def test_an_event_says_in_which_request_and_from_where(db):
    number = str(uuid.uuid4())

    with bound_contextvars(request_id=number, ip="2001:db8::1"):
        record("packet.ready", by=None)

    assert Event.objects.values_list("request_id", "ip").get() == (number, "2001:db8::1")


@pytest.mark.parametrize(("given", "kept"), [("r" * 100, "r" * 64), (12, "12")])
def test_a_request_number_of_somebody_elses_making_fits_its_column(db, given, kept):
    with bound_contextvars(request_id=given, ip=""):
        record("packet.ready", by=None)

    assert Event.objects.values_list("request_id", "ip").get() == (kept, None)


def test_act_and_record_stand_or_fall_together(db):
    with transaction.atomic():
        record("packet.ready", by=None)
        transaction.set_rollback(True)

    assert not Event.objects.exists()


def test_several_rows_are_recorded_by_one_statement(people, django_assert_num_queries):
    actor, *subjects = people

    with bound_contextvars(request_id="one request", ip="10.0.0.7"), django_assert_num_queries(1):
        record_each("scorecard.compared", by=actor, subjects=subjects)

    kept = Event.objects.order_by("pk").values_list(
        "kind", "actor_id", "subject_type", "subject_id", "request_id", "ip"
    )
    assert list(kept) == [
        ("scorecard.compared", actor.pk, "user", subject.pk, "one request", "10.0.0.7") for subject in subjects
    ]
    assert list(Event.objects.values_list("detail", flat=True)) == [{}, {}]


def test_one_row_alone_is_recorded_as_by_record(people, django_assert_num_queries):
    actor, subject, _ = people
    columns = [field.name for field in Event._meta.fields if field.name not in {"id", "at"}]

    with bound_contextvars(request_id="one request", ip="10.0.0.7"):
        record("scorecard.compared", by=actor, subject=subject, others=2)
        with django_assert_num_queries(1):
            record_each("scorecard.compared", by=actor, subjects=[subject], details=[{"others": 2}])

    by_record, alone = Event.objects.order_by("pk")
    assert [getattr(alone, name) for name in columns] == [getattr(by_record, name) for name in columns]
    assert by_record.at <= alone.at <= timezone.now()


def test_no_rows_are_no_events(people):
    record_each("scorecard.compared", by=people[0], subjects=[])

    assert not Event.objects.exists()


def test_the_trail_of_a_whole_hiring_holds_no_personal_text(scored_application, person):
    details = " ".join(str(event.detail) for event in Event.objects.all())

    assert Event.objects.count() > 10
    for word in ("@", "Noor", "Okafor", "Ines", "Steady"):
        assert word not in details
