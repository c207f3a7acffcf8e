"""The trail at the database: it is only added to, each event is linked as it is committed, and who may read it."""

import hashlib
import json
from types import SimpleNamespace

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import Q

from audit.models import Event, Link, hide_events, name_people, names_of, stated
from audit.services import record
from tests.queries import refused


def reader(*, is_active: bool = True, is_administrator: bool = True, pk: int = 7) -> SimpleNamespace:
    return SimpleNamespace(pk=pk, is_active=is_active, is_administrator=is_administrator)


def stated_text(event: Event) -> str:
    """What the database says that an event states."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {stated('e')} FROM audit_event e WHERE e.id = %s", [event.pk])
        return cursor.fetchone()[0]


ROW = {
    "id": 5,
    "at": "2026-03-02T09:00:00Z",
    "actor_id": 2,
    "kind": "x",
    "subject_type": "a",
    "subject_id": 1,
    "detail": {},
    "request_id": "r",
    "ip": "10.0.0.1",
}


def stated_by(**values: object) -> str:
    """What an event that differs from ROW in these columns would state."""
    row = f"SELECT {stated('e')} FROM jsonb_populate_record(NULL::audit_event, %s) e"
    with connection.cursor() as cursor:
        cursor.execute(row, [json.dumps(ROW | values)])
        return cursor.fetchone()[0]


# --- only added to -----------------------------------------------------------
@pytest.mark.parametrize("table", ["audit_event", "audit_link"])
@pytest.mark.parametrize(
    "statement", ["UPDATE {} SET {} = 'x'", "DELETE FROM {}", "TRUNCATE {}", "TRUNCATE {} CASCADE"]
)
def test_the_database_refuses_to_forget(link_events, table, statement):
    event = record("packet.ready", by=None)
    link_events()
    column = "kind" if table == "audit_event" else "hash"

    assert refused(statement.format(table, column))

    assert Event.objects.get().kind == "packet.ready"
    assert Link.objects.get().event_id == event.pk


@pytest.mark.parametrize(
    "change",
    [
        lambda event: Event.objects.filter(pk=event.pk).update(detail={"n": 2}),
        lambda event: Event.objects.bulk_update([event], ["kind"]),
        lambda event: event.save(),
        lambda event: event.delete(),
        lambda event: Event.objects.all().delete(),
    ],
)
def test_no_way_of_the_orm_changes_or_removes_an_event(db, change):
    event = record("packet.ready", by=None, n=1)

    with pytest.raises(DatabaseError, match=r"Cannot (update|delete)"), transaction.atomic():
        change(event)

    assert Event.objects.get().detail == {"n": 1}


# --- links -------------------------------------------------------------------
def test_an_event_is_linked_as_it_is_committed_and_not_before(link_events):
    event = record("packet.ready", by=None)
    before = Link.objects.count()

    link_events()

    assert before == 0
    assert list(Link.objects.values_list("position", "event_id")) == [(1, event.pk)]


def test_a_link_is_the_hash_of_the_one_before_and_of_what_the_event_states(link_events):
    events = [record("packet.ready", by=None, n=number) for number in range(3)]
    link_events()

    links = list(Link.objects.order_by("position"))

    before = ""
    for link, event in zip(links, events, strict=True):
        before = hashlib.sha256((before + stated_text(event)).encode()).hexdigest()
        assert (link.event_id, link.hash) == (event.pk, before)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("id", 6),
        ("at", "2026-03-02T09:00:00.000001Z"),
        ("actor_id", None),
        ("kind", "y"),
        ("subject_type", ""),
        ("subject_id", 2),
        ("detail", {"n": 1}),
        ("request_id", "s"),
        ("ip", None),
    ],
)
def test_no_column_of_an_event_changes_without_another_text(db, column, value):
    assert set(ROW) == {field.column for field in Event._meta.get_fields()}

    assert stated_by(**{column: value}) != stated_by()


def test_the_text_of_one_column_cannot_pass_for_that_of_two(db):
    first = stated_by(kind='a", "b', subject_type="c")
    second = stated_by(kind="a", subject_type='b", "c')

    assert first != second
    assert json.loads(first)[3:5] == ['a", "b', "c"]


def test_the_time_zone_of_the_connection_changes_no_text(db):
    with connection.cursor() as cursor:
        texts = set()
        for zone in ("UTC", "Asia/Kolkata"):
            cursor.execute("SELECT set_config('TimeZone', %s, true)", [zone])
            texts.add(stated_by())
        cursor.execute("SET LOCAL TimeZone TO DEFAULT")

    assert len(texts) == 1


# --- reading -----------------------------------------------------------------
@pytest.mark.parametrize(
    ("who", "seen"),
    [
        (reader(), 1),
        (reader(is_administrator=False), 0),
        (reader(is_active=False), 0),
        (reader(is_active=False, is_administrator=False), 0),
    ],
)
def test_the_trail_is_for_active_administrators(db, no_apps, who, seen):
    record("packet.ready", by=None)

    assert Event.objects.visible_to(who).count() == seen


def test_what_any_app_hides_from_a_reader_is_left_out(db, no_apps):
    for kind in ("packet.ready", "packet.failed", "hold.imposed"):
        record(kind, by=None)

    def packets_of_seven(user):
        return Q(kind="packet.ready") if user.pk == 7 else Q(pk=0)

    def holds(user):
        return Q(kind__startswith="hold.")

    hide_events(packets_of_seven)
    hide_events(holds)

    assert [event.kind for event in Event.objects.visible_to(reader(pk=7))] == ["packet.failed"]
    assert [event.kind for event in Event.objects.visible_to(reader(pk=8))] == ["packet.failed", "packet.ready"]


def test_a_rule_that_is_told_again_takes_the_place_of_the_first(db, no_apps):
    from audit import models

    def holds(user):
        return Q(kind__startswith="hold.")

    hide_events(holds)
    hide_events(holds)

    assert list(models._hidden.rules.values()) == [holds]


def test_names_are_what_the_app_of_people_says_today(no_apps):
    unnamed = names_of({1, 2})

    name_people(lambda numbers: {number: f"person {number}" for number in numbers})
    name_people(lambda numbers: {1: "Ada"})

    assert unnamed == {}
    assert names_of({1, 2}) == {1: "Ada"}


def test_the_newest_event_comes_first(db):
    events = [record("packet.ready", by=None) for _ in range(3)]

    assert list(Event.objects.all()) == events[::-1]
    assert str(events[0]) == f"packet.ready #{events[0].pk}"
    assert str(Link(position=3, hash="0123456789abcdef")) == "3: 0123456789ab"
