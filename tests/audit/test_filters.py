"""What a reader of the trail asks for by the address of its page, and which events that leaves."""

from datetime import UTC, datetime
from urllib.parse import parse_qs

import pytest
from django.utils import timezone

from audit.filters import Asked, asked, narrowed, whole
from audit.models import Event
from audit.presenters import SENTENCES


# --- the address -------------------------------------------------------------
def test_an_address_without_parameters_asks_for_everything():
    assert asked({}) == Asked()
    assert asked({"page": "2", "before": "17"}) == Asked()


def test_what_makes_sense_is_taken_as_it_stands():
    sent = {
        "kind": "decision.recorded",
        "person": "12",
        "subject": "application",
        "id": "7",
        "since": "2026-03-01",
        "until": "2026-03-31",
    }

    assert asked(sent) == Asked(**sent)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("kind", "nothing.happened"),
        ("kind", "decision.recorded "),
        ("person", "x"),
        ("person", "-1"),
        ("person", "1.5"),
        ("subject", "no such thing"),
        ("subject", "application;"),
        ("id", "9" * 18),
        ("id", "²"),
        ("since", "yesterday"),
        ("since", "2026-02-30"),
        ("until", "2026-13-01"),
        ("until", "01/03/2026"),
        ("until", "\x00"),
    ],
)
def test_what_makes_no_sense_is_not_asked_for(name, value):
    assert asked({name: value}) == Asked()


def test_every_kind_that_the_page_offers_can_be_asked_for():
    assert [kind for kind in SENTENCES if asked({"kind": kind}).kind != kind] == []


@pytest.mark.parametrize("text", ["0", "7", "007", "9" * 17])
def test_a_whole_number_is_left_as_it_is(text):
    assert whole(text) == text


@pytest.mark.parametrize("text", ["", " 7", "+7", "-7", "7.0", "٣", "²", "1e3", "9" * 18, "\x00"])
def test_anything_else_is_no_whole_number(text):
    assert whole(text) == ""


def test_the_query_of_a_link_asks_for_the_same_again():
    wanted = Asked(kind="decision.recorded", person="12", since="2026-03-01")

    again = {name: values[0] for name, values in parse_qs(wanted.query).items()}

    assert again == {"kind": "decision.recorded", "person": "12", "since": "2026-03-01"}
    assert asked(again) == wanted
    assert Asked().query == ""


# --- the events --------------------------------------------------------------
def event(kind: str = "packet.ready", **values: object) -> Event:
    return Event.objects.create(kind=kind, **values)


@pytest.fixture
def event_at(db, monkeypatch):
    """Makes an event of a given moment: the column takes the moment of the insertion else."""
    monkeypatch.setattr(Event._meta.get_field("at"), "auto_now_add", False)
    return lambda *moment: event(at=datetime(*moment, tzinfo=UTC))


def left(**wanted: str) -> list[Event]:
    return list(narrowed(Event.objects.all(), Asked(**wanted)))


def test_each_part_narrows_by_its_column(db):
    decided = event("decision.recorded", actor_id=1, subject_type="application", subject_id=7)
    viewed = event("debrief.viewed", actor_id=2, subject_type="application", subject_id=8)
    made = event("packet.ready", subject_type="packet", subject_id=7)

    assert left(kind="decision.recorded") == [decided]
    assert left(person="2") == [viewed]
    assert left(subject="application") == [viewed, decided]
    assert left(id="7") == [made, decided]


def test_all_parts_hold_together(db):
    wanted = event("decision.recorded", actor_id=1, subject_type="application", subject_id=7)
    event("decision.recorded", actor_id=2, subject_type="application", subject_id=7)
    event("debrief.viewed", actor_id=1, subject_type="application", subject_id=7)

    assert left(kind="decision.recorded", person="1", subject="application", id="7") == [wanted]
    assert left(kind="decision.recorded", person="3") == []


def test_nothing_asked_for_leaves_all_of_them_in_order(db):
    events = [event() for _ in range(3)]

    assert left() == events[::-1]


def test_both_days_are_included_to_their_last_moment(event_at):
    event_at(2026, 2, 28, 23, 59, 59, 999_999)
    first = event_at(2026, 3, 1)
    last = event_at(2026, 3, 2, 23, 59, 59, 999_999)
    event_at(2026, 3, 3)

    assert left(since="2026-03-01", until="2026-03-02") == [last, first]
    assert left(since="2026-03-01", until="2026-03-01") == [first]
    assert left(since="2026-03-02", until="2026-03-01") == []


def test_days_are_those_of_the_companys_time_zone(event_at):
    evening = event_at(2026, 3, 1, 12)  # the second of March begins there at 11:00 UTC
    event_at(2026, 3, 2, 12)

    with timezone.override("Pacific/Auckland"):
        found = left(since="2026-03-02", until="2026-03-02")

    assert found == [evening]


def test_a_day_may_be_shorter_than_others(event_at):
    """On 29 March 2026 the clocks go forward, so that this day has 23 hours."""
    first = event_at(2026, 3, 28, 23)
    last = event_at(2026, 3, 29, 21, 59, 59)
    event_at(2026, 3, 29, 22)

    with timezone.override("Europe/Berlin"):
        found = left(since="2026-03-29", until="2026-03-29")

    assert found == [last, first]
