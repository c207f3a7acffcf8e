"""manage.py verify_audit: its verdict as JSON, and as exit status."""

import json
from io import StringIO

import pgtrigger
import pytest
from django.core.management import call_command
from django.db import connection

from audit.models import Event, Link
from audit.services import record


@pytest.fixture
def linked(link_events):
    """Three events and their links."""
    events = [record("packet.ready", by=None) for _ in range(3)]
    link_events()
    return events


def told(*arguments: str) -> tuple[int, dict[str, object]]:
    """Exit status and answer."""
    out, status = StringIO(), 0
    try:
        call_command("verify_audit", *arguments, stdout=out)
    except SystemExit as left:
        status = left.code
    return status, json.loads(out.getvalue())


def test_a_whole_trail_is_told_with_its_head(linked):
    assert told() == (0, {"ok": True, "events": 3, "head": Link.objects.get(position=3).hash})


def test_a_changed_event_is_named(linked):
    with pgtrigger.ignore(), connection.cursor() as cursor:
        cursor.execute("UPDATE audit_event SET kind = 'x' WHERE id = %s", [linked[1].pk])

    status, answer = told()

    assert status == 1
    assert answer == {
        "ok": False,
        "events": 1,
        "head": Link.objects.get(position=1).hash,
        "problem": "the event or its link was changed",
        "position": 2,
        "event": linked[1].pk,
    }


def test_a_head_noted_earlier_must_still_be_there(linked):
    head = Link.objects.get(position=2).hash

    assert told("--expect", f" {head} ")[0] == 0
    status, answer = told("--expect", "0" * 64)

    assert (status, answer["ok"], answer["events"]) == (1, False, 3)
    assert Event.objects.count() == 3
