"""The chain over the audit trail: what is done behind the triggers' back is found, and named."""

import json
from io import StringIO

import pgtrigger
import pytest
from django.core.management import call_command
from django.db import connection, transaction

from audit.chain import verify
from audit.models import Event, Link
from audit.services import record
from tests.concurrently import at_once


@pytest.fixture
def chain(db):
    """Five events, linked as at a commit; returns their numbers."""
    events = [record("packet.ready", by=None, n=number) for number in range(5)]
    _commit()
    return [event.pk for event in events]


def _commit() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


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
def test_what_was_changed_or_removed_is_found_at_its_place(chain, sql, problem):
    place = Link.objects.get(event_id=chain[2]).place

    tampered(sql, chain[2])

    verdict = verify()
    assert problem in verdict.problem
    assert verdict.events == place - 1


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


def test_the_command_says_it_as_json_and_by_its_exit_status(chain):
    out = StringIO()
    call_command("verify_audit", stdout=out)
    good = json.loads(out.getvalue())
    tampered("UPDATE audit_event SET kind = 'x' WHERE id = %s", chain[3])

    out = StringIO()
    with pytest.raises(SystemExit) as left:
        call_command("verify_audit", stdout=out)

    bad = json.loads(out.getvalue())
    assert (good["ok"], bad["ok"], left.value.code) == (True, False, 1)
    assert bad["event"] == chain[3]


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
    assert list(Link.objects.values_list("place", flat=True)) == [1, 2, 3, 4]
