"""The chain over the audit trail: what is done behind the triggers' back is found, and named."""

import pgtrigger
import pytest
from django.db import connection, transaction

import audit.chain
from audit.chain import Verdict, verify
from audit.models import Event, Link
from audit.services import record
from tests.concurrently import at_once


@pytest.fixture
def chain(link_events):
    """Five events, linked as at a commit; returns their numbers."""
    events = [record("packet.ready", by=None, n=number) for number in range(5)]
    link_events()
    return [event.pk for event in events]


def tampered(sql: str, *values: object) -> None:
    with pgtrigger.ignore(), connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_a_whole_chain_is_good_and_says_its_head(chain):
    verdict = verify()

    assert (verdict.ok, verdict.events) == (True, Link.objects.count())
    assert verdict.head == Link.objects.last().hash


@pytest.mark.parametrize(
    ("sql", "problem"),
    [
        ("UPDATE audit_event SET actor_id = 7 WHERE id = %s", "changed"),
        ("UPDATE audit_event SET detail = '{}' WHERE id = %s", "changed"),
        ("UPDATE audit_event SET at = at + interval '1 microsecond' WHERE id = %s", "changed"),
        ("UPDATE audit_event SET ip = '10.0.0.1' WHERE id = %s", "changed"),
        ("UPDATE audit_link SET hash = repeat('0', 64) WHERE event_id = %s", "changed"),
        ("DELETE FROM audit_event WHERE id = %s", "removed"),
        ("DELETE FROM audit_link WHERE event_id = %s", "missing"),
    ],
)
def test_what_was_changed_or_removed_is_found_at_its_position(chain, sql, problem):
    position = Link.objects.get(event_id=chain[2]).position

    tampered(sql, chain[2])

    verdict = verify()
    assert problem in verdict.problem
    assert verdict.events == position - 1


def test_an_event_and_its_link_removed_together_leave_a_gap(chain):
    tampered("DELETE FROM audit_event WHERE id = %s", chain[1])
    tampered("DELETE FROM audit_link WHERE event_id = %s", chain[1])

    assert "is missing" in verify().problem


def test_an_event_slipped_in_without_a_link_is_found(chain):
    tampered("INSERT INTO audit_event (at, kind, subject_type, detail, request_id) VALUES (now(), 'x', '', '{}', '')")

    assert verify().problem == "the event is not in the chain"


def test_a_cut_off_end_is_found_by_a_head_noted_earlier(chain):
    head = verify().head
    tampered("DELETE FROM audit_event WHERE id = %s", chain[-1])
    tampered("DELETE FROM audit_link WHERE event_id = %s", chain[-1])

    assert verify().ok
    assert "cut off" in verify(expect=head).problem


def test_a_chain_that_was_begun_anew_is_found_by_a_head_noted_earlier(chain, link_events):
    """Who removes everything and records it again gets other hashes, since the moments differ."""
    head = verify().head
    tampered("DELETE FROM audit_link")
    tampered("DELETE FROM audit_event")
    record("packet.ready", by=None, n=0)
    link_events()

    assert verify().ok
    assert "replaced" in verify(expect=head).problem


def test_an_earlier_head_stays_in_a_chain_that_grows(chain, link_events):
    head = verify().head
    record("packet.ready", by=None)
    link_events()

    found = verify(expect=head)

    assert (found.ok, found.events) == (True, 6)
    assert found.head != head


def test_two_events_that_changed_positions_are_found(chain):
    first, second = (Link.objects.get(event_id=number).position for number in chain[1:3])
    tampered("UPDATE audit_link SET position = -1 WHERE position = %s", first)
    tampered("UPDATE audit_link SET position = %s WHERE position = %s", first, second)
    tampered("UPDATE audit_link SET position = %s WHERE position = -1", second)

    verdict = verify()

    assert (verdict.problem, verdict.position) == ("the event or its link was changed", first)


def test_an_empty_trail_is_whole_and_holds_no_head_noted_earlier(db):
    assert verify() == Verdict(events=0, head="")
    assert not verify(expect="0" * 64).ok


def test_a_trail_longer_than_one_reading_is_walked_to_its_end(chain, monkeypatch):
    monkeypatch.setattr(audit.chain, "BATCH", 2)
    whole = verify()
    tampered("UPDATE audit_event SET kind = 'x' WHERE id = %s", chain[-1])

    assert (whole.ok, whole.events) == (True, 5)
    assert verify().events == 4


@pytest.mark.django_db(transaction=True)
def test_commits_at_once_make_one_chain_without_a_gap():
    gate = record("packet.ready", by=None)

    def act(number):
        with transaction.atomic():
            Event.objects.select_for_update(of=("self",)).get(pk=gate.pk)
            record("packet.ready", by=None, n=number)

    outcomes = at_once(lambda: act(1), lambda: act(2), lambda: act(3), behind=Event.objects.filter(pk=gate.pk))
    with transaction.atomic():
        record("packet.failed", by=None)
        transaction.set_rollback(True)

    assert outcomes == [None] * 3
    assert verify().ok
    assert list(Link.objects.values_list("position", flat=True)) == [1, 2, 3, 4]
