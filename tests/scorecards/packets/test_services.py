"""The life of a packet row: asked for once, claimed by one, finished once, revived when a worker is lost."""

import re
from datetime import timedelta

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from audit.models import Event
from candidates.models import Application
from scorecards import drafts, meetings
from scorecards.gathering import NAMED, debrief_facts, rows_mark
from scorecards.models import Packet
from scorecards.packets import services
from scorecards.tasks import build_packet, sweep_packets


def lose_worker(packet, *, attempts=1):
    """As if the worker had died long ago."""
    past = timezone.now() - timedelta(minutes=5)
    Packet.objects.filter(pk=packet.pk).update(lease_until=past, attempts=attempts)


def events(kind, packet):
    return Event.objects.filter(kind=kind, subject_type="packet", subject_id=packet.pk).count()


def test_packet_of_nothing_is_refused_in_plain_words(fresh, person):
    with pytest.raises(ValidationError, match="Nobody has submitted a scorecard yet"):
        services.request_packet(fresh.pk, profile="full", by=person("manager"))

    assert not Packet.objects.exists()


@pytest.mark.parametrize("name", ["interviewer", "interviewer2", "admin"])
def test_packet_is_for_those_who_run_the_opening(scored, person, name):
    with pytest.raises(PermissionDenied):
        services.request_packet(scored.pk, profile="full", by=person(name))


def test_same_content_is_one_row_and_one_event(asked):
    first, second, other = asked(), asked(), asked("totals")

    assert first.pk == second.pk != other.pk
    assert events("packet.requested", first) == 1


def test_new_content_is_a_new_row(asked, scored, person):
    first = asked()
    meetings.record_decision(scored, by=person("manager"), outcome="hire", rationale="Yes")

    assert asked().pk != first.pk
    assert not services.is_current(first)


def test_packet_of_the_same_rows_is_found_without_reading_the_debrief(asked, django_assert_num_queries, person):
    first = asked()
    by = person("manager")

    with django_assert_num_queries(5):  # the application, the mark of its rows, the packet, and a savepoint's two ends
        assert services.request_packet(first.application_id, profile="full", by=by).pk == first.pk


def test_row_that_tells_nothing_new_costs_one_reading_of_the_debrief(asked, seats, django_assert_num_queries, person):
    first = asked()
    seats[0].user.last_login = timezone.now()
    seats[0].user.save(update_fields=["last_login"])

    assert asked().pk == first.pk

    by = person("manager")
    with django_assert_num_queries(5):
        assert services.request_packet(first.application_id, profile="full", by=by).pk == first.pk


def test_mark_is_of_every_row_that_the_facts_are_made_of(scored):
    with CaptureQueriesContext(connection) as read:
        debrief_facts(Application.objects.select_related(*NAMED).get(pk=scored.pk))
    rows_mark(scored)
    with CaptureQueriesContext(connection) as marked:
        rows_mark(scored)

    tables = {table for query in read for table in re.findall(r'(?:FROM|JOIN) "(\w+)"', query["sql"])}
    seen = set(re.findall(r'(?:FROM|JOIN) "(\w+)"', marked[0]["sql"]))
    assert len(marked) == 1
    assert len(tables) > 15
    assert tables <= seen


def test_opened_draft_changes_no_packet(asked, built, seats):
    ready = built()

    card = drafts.open_scorecard(seats[1])
    drafts.save_draft(card, {"summary": "not yet"}, edit=0, by=seats[1].user)

    assert services.is_current(ready)
    assert asked().pk == ready.pk


@pytest.mark.parametrize("profile", ["full", "totals", "no-interviewers", "no-candidate"])
def test_shadow_changes_no_packet(asked, built, scored, seats, person, submitted, profile):
    from candidates.models import Panelist

    ready = built(profile)

    shadow = Panelist.objects.create(interview=seats[0].interview, user=person("admin"), role="shadow")
    submitted(shadow)

    assert services.is_current(ready)


def test_build_ends_ready_with_a_file_that_matches(built):
    packet = built()

    assert (packet.state, packet.progress, packet.error) == ("ready", 100, "")
    with packet.file.open() as stored:
        pdf = stored.read()
    assert pdf.startswith(b"%PDF-")
    assert len(pdf) == packet.size
    assert events("packet.ready", packet) == 1


def test_task_builds_what_is_queued_and_leaves_the_rest(asked):
    packet = asked()

    build_packet(packet_id=packet.pk)
    done = Packet.objects.get(pk=packet.pk)
    build_packet(packet_id=packet.pk)
    build_packet(packet_id=10**15)

    assert done.state == "ready"
    assert Packet.objects.get(pk=packet.pk).file.name == done.file.name


def test_debrief_that_changed_while_waiting_fails_in_plain_words_and_retry_is_possible(asked, scored, person):
    packet = asked()
    meetings.record_decision(scored, by=person("manager"), outcome="hire", rationale="Yes")

    done = services.build(services.claim(packet.pk))
    services.retry_packet(done, by=person("manager"))

    assert (done.state, done.error) == ("failed", services.CHANGED)
    again = Packet.objects.get(pk=packet.pk)
    assert (again.state, again.error, again.attempts) == ("queued", "", 0)
    assert events("packet.failed", packet) == events("packet.retried", packet) == 1


def test_retry_leaves_a_packet_that_did_not_fail(built, person):
    packet = built()

    services.retry_packet(packet, by=person("manager"))

    assert Packet.objects.get(pk=packet.pk).state == "ready"
    assert events("packet.retried", packet) == 0
    with pytest.raises(PermissionDenied):
        services.retry_packet(packet, by=person("interviewer"))


def test_packet_under_lease_is_claimed_by_nobody_else(asked):
    packet = asked()

    mine = services.claim(packet.pk)

    assert mine.attempts == 1
    assert services.claim(packet.pk) is None
    assert services.claim(10**15) is None


def test_expired_lease_is_claimed_with_a_new_token(asked):
    lost = services.claim(asked().pk)
    lose_worker(lost)

    taken = services.claim(lost.pk)

    assert taken.token != lost.token
    assert taken.attempts == 2


def test_late_finish_after_a_lost_lease_changes_nothing_and_leaves_no_file(asked, stored_files):
    slow = services.claim(asked().pk)
    lose_worker(slow)
    quick = services.claim(slow.pk)

    services.build(slow)
    between = Packet.objects.get(pk=slow.pk)
    files_between = stored_files()
    done = services.build(quick)

    assert (between.state, between.token) == ("building", quick.token)
    assert files_between == []
    assert done.state == "ready"
    assert len(stored_files()) == 1
    assert events("packet.ready", done) == 1


def test_late_failure_after_a_lost_lease_changes_nothing(asked, scored, person):
    slow = services.claim(asked().pk)
    lose_worker(slow)
    quick = services.claim(slow.pk)
    meetings.record_decision(scored, by=person("manager"), outcome="hire", rationale="Yes")

    services.build(slow)

    now = Packet.objects.get(pk=slow.pk)
    assert (now.state, now.token, now.error) == ("building", quick.token, "")
    assert events("packet.failed", slow) == 0


def test_sweep_wakes_for_lost_and_forgotten_packets(asked):
    lost = services.claim(asked().pk)
    lose_worker(lost)
    forgotten = asked("totals")
    Packet.objects.filter(pk=forgotten.pk).update(requested_at=timezone.now() - timedelta(minutes=1))
    asked("no-candidate")
    services.claim(asked("no-interviewers").pk)

    assert services.sweep() == 2
    assert Packet.objects.get(pk=lost.pk).state == "building"


def test_sweep_gives_up_after_the_last_attempt(asked, person):
    packet = services.claim(asked().pk)
    lose_worker(packet, attempts=services.MAX_ATTEMPTS)

    sweep_packets()

    given_up = Packet.objects.get(pk=packet.pk)
    assert (given_up.state, given_up.error) == ("failed", services.GIVEN_UP)
    assert events("packet.failed", packet) == 1
    services.retry_packet(given_up, by=person("manager"))
    assert services.claim(packet.pk).attempts == 1


def test_file_lost_from_storage_is_built_again_when_asked_for(asked, built):
    packet = built()
    packet.file.storage.delete(packet.file.name)

    again = services.build(services.claim(asked().pk))

    assert again.pk == packet.pk
    assert again.state == "ready"
    assert again.file.storage.exists(again.file.name)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (SoftTimeLimitExceeded(), "longer than the time limit"),
        (MemoryError(), "more memory than there is"),
        (PermissionError(13, "denied", "/srv/files"), "could not be written to storage"),
        (KeyError("noor.haddad@example.org"), "Building failed (KeyError)"),
    ],
)
def test_reason_is_plain_and_shows_no_path_or_name(error, words):
    reason = services.plain_reason(error)

    assert words in reason
    assert "/srv" not in reason
    assert "noor" not in reason
