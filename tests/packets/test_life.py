"""The life of a packet row: asked for once, claimed by one, finished once, revived when a worker is lost."""

import hashlib
import re
import sys
from contextlib import contextmanager
from datetime import timedelta

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from audit.models import Event
from candidates.models import Application, Candidate
from debriefs import meetings
from debriefs.aggregate import aggregate
from debriefs.gathering import NAMED, debrief_facts, rows_digest
from packets import life
from packets.documents.content import EARLIER
from packets.models import Packet
from packets.tasks import build_packet, sweep_packets
from scorecards import drafts


def lose_worker(packet, *, attempts=1):
    """As if the worker had died long ago."""
    past = timezone.now() - timedelta(minutes=5)
    Packet.objects.filter(pk=packet.pk).update(lease_until=past, attempts=attempts)


def events(kind, packet):
    return Event.objects.filter(kind=kind, subject_type="packet", subject_id=packet.pk).count()


@contextmanager
def calls_of(function):
    """A list with one entry for each call of the function in this thread."""
    calls = []

    def note(frame, event, argument):
        if event == "call" and frame.f_code is function.__code__:
            calls.append(event)

    sys.setprofile(note)
    try:
        yield calls
    finally:
        sys.setprofile(None)


def test_evidence_put_together_otherwise_is_another_packet(requested_packet):
    by_dimension, by_interviewer = requested_packet("full"), requested_packet("full", evidence_by="interviewer")

    assert (by_dimension.evidence_by, by_interviewer.evidence_by) == ("dimension", "interviewer")
    assert requested_packet("full", evidence_by="dimension").pk == by_dimension.pk != by_interviewer.pk
    assert life.is_current(by_interviewer)


@pytest.mark.parametrize("profile", ["summary", "totals"])
def test_a_profile_without_evidence_is_one_packet_however_it_is_asked_for(requested_packet, profile):
    assert requested_packet(profile).pk == requested_packet(profile, evidence_by="interviewer").pk


def test_packet_of_nothing_is_refused_in_plain_words(unscored_application, person):
    with pytest.raises(ValidationError, match="No one has submitted a scorecard yet"):
        life.request_packet(unscored_application.pk, profile="full", by=person("manager"))

    assert not Packet.objects.exists()


@pytest.mark.parametrize("name", ["interviewer", "interviewer2", "admin"])
def test_packet_is_for_those_who_run_the_opening(scored_application, person, name):
    with pytest.raises(PermissionDenied):
        life.request_packet(scored_application.pk, profile="full", by=person(name))


def test_same_content_is_one_row_and_one_event(requested_packet):
    first, second, other = requested_packet(), requested_packet(), requested_packet("totals")

    assert first.pk == second.pk != other.pk
    assert events("packet.requested", first) == 1


def test_new_content_is_a_new_row(requested_packet, scored_application, person):
    first = requested_packet()
    meetings.record_decision(scored_application, by=person("manager"), outcome="hire", rationale="Yes")

    assert requested_packet().pk != first.pk
    assert not life.is_current(first)


def test_packet_of_the_same_rows_is_found_without_reading_the_debrief(
    requested_packet, django_assert_num_queries, person
):
    first = requested_packet()
    by = person("manager")

    with django_assert_num_queries(5):  # the application, the mark of its rows, the packet, and a savepoint's two ends
        assert life.request_packet(first.application_id, profile=first.profile, by=by).pk == first.pk


def test_row_that_tells_nothing_new_costs_one_reading_of_the_debrief(
    requested_packet, two_panelists, django_assert_num_queries, person
):
    first = requested_packet()
    two_panelists[0].user.last_login = timezone.now()
    two_panelists[0].user.save(update_fields=["last_login"])

    assert requested_packet().pk == first.pk

    by = person("manager")
    with django_assert_num_queries(5):
        assert life.request_packet(first.application_id, profile=first.profile, by=by).pk == first.pk


def test_packet_of_facts_that_changed_while_they_were_read_is_found_by_no_digest(requested_packet, scored_application):
    """Of such facts nobody can say which state of the rows they tell."""
    written = []

    def write_meanwhile(execute, sql, params, many, context):
        if 'FROM "debriefs_decision"' in sql and "string_agg" not in sql and not written:
            written.append(
                Candidate.objects.filter(pk=scored_application.candidate_id).update(name="Written Meanwhile")
            )
        return execute(sql, params, many, context)

    with connection.execute_wrapper(write_meanwhile):
        first = requested_packet()

    assert written == [1]
    assert first.rows_digest == ""
    assert requested_packet().rows_digest


def test_mark_is_of_every_row_that_the_facts_are_made_of(scored_application):
    with CaptureQueriesContext(connection) as read:
        debrief_facts(Application.objects.select_related(*NAMED).get(pk=scored_application.pk))
    rows_digest(scored_application)
    with CaptureQueriesContext(connection) as marked:
        rows_digest(scored_application)

    tables = {table for query in read for table in re.findall(r'(?:FROM|JOIN) "(\w+)"', query["sql"])}
    seen = set(re.findall(r'(?:FROM|JOIN) "(\w+)"', marked[0]["sql"]))
    assert len(marked) == 1
    assert len(tables) > 15
    assert tables <= seen


def test_opened_draft_changes_no_packet(requested_packet, two_panelists):
    asked = requested_packet("full")

    card = drafts.open_scorecard(two_panelists[1])
    drafts.save_draft(card, {"summary": "not yet"}, edit=0, by=two_panelists[1].user)

    assert life.is_current(asked)
    assert requested_packet("full").pk == asked.pk


@pytest.mark.parametrize("profile", ["full", "totals", "no-interviewers", "no-candidate"])
def test_shadow_changes_no_packet(requested_packet, two_panelists, person, hand_in, profile):
    from candidates.models import Panelist

    asked = requested_packet(profile)

    shadow = Panelist.objects.create(interview=two_panelists[0].interview, user=person("admin"), role="shadow")
    hand_in(shadow)

    assert life.is_current(asked)


@pytest.mark.parametrize("profile", ["full", "totals", "no-interviewers"])
def test_a_packet_aggregates_once_when_asked_for_and_once_when_built(requested_packet, profile):
    with calls_of(aggregate) as asking:
        packet = requested_packet(profile, archival=True)
    packet = life.claim(packet.pk)
    with calls_of(aggregate) as building:
        life.pdf_of(packet, lambda stage, progress: None)

    assert (len(asking), len(building)) == (1, 1)


def test_build_ends_ready_with_a_file_that_matches(finished_packet):
    packet = finished_packet()

    assert (packet.state, packet.progress, packet.error) == ("ready", 100, "")
    with packet.file.open() as stored:
        pdf = stored.read()
    assert pdf.startswith(b"%PDF-")
    assert len(pdf) == packet.size
    assert events("packet.ready", packet) == 1


def test_task_builds_what_is_queued_and_leaves_the_rest(requested_packet):
    packet = requested_packet()

    build_packet(packet_id=packet.pk)
    done = Packet.objects.get(pk=packet.pk)
    build_packet(packet_id=packet.pk)
    build_packet(packet_id=10**15)

    assert done.state == "ready"
    assert Packet.objects.get(pk=packet.pk).file.name == done.file.name


@pytest.mark.parametrize("changes", [False, True])
def test_what_a_version_before_asked_for_is_built_while_its_rows_are_the_same(
    requested_packet, scored_application, person, changes
):
    packet = requested_packet()
    digest = hashlib.sha256(f"{EARLIER[-1]} {rows_digest(scored_application)}".encode()).hexdigest()
    Packet.objects.filter(pk=packet.pk).update(fingerprint="8" * 64, rows_digest=digest)
    if changes:
        meetings.record_decision(scored_application, by=person("manager"), outcome="hire", rationale="Yes")

    done = life.build(life.claim(packet.pk))

    assert (done.state, done.error) == (("failed", life.CHANGED) if changes else ("ready", ""))


def test_debrief_that_changed_while_waiting_fails_in_plain_words_and_retry_is_possible(
    requested_packet, scored_application, person
):
    packet = requested_packet()
    meetings.record_decision(scored_application, by=person("manager"), outcome="hire", rationale="Yes")

    done = life.build(life.claim(packet.pk))
    life.retry_packet(done, by=person("manager"))

    assert (done.state, done.error) == ("failed", life.CHANGED)
    again = Packet.objects.get(pk=packet.pk)
    assert (again.state, again.error, again.attempts) == ("queued", "", 0)
    assert events("packet.failed", packet) == events("packet.retried", packet) == 1


def test_retry_leaves_a_packet_that_did_not_fail(finished_packet, person):
    packet = finished_packet()

    life.retry_packet(packet, by=person("manager"))

    assert Packet.objects.get(pk=packet.pk).state == "ready"
    assert events("packet.retried", packet) == 0
    with pytest.raises(PermissionDenied):
        life.retry_packet(packet, by=person("interviewer"))


def test_packet_under_lease_is_claimed_by_nobody_else(requested_packet):
    packet = requested_packet()

    mine = life.claim(packet.pk)

    assert mine.attempts == 1
    assert life.claim(packet.pk) is None
    assert life.claim(10**15) is None


def test_expired_lease_is_claimed_with_a_new_token(requested_packet):
    lost = life.claim(requested_packet().pk)
    lose_worker(lost)

    taken = life.claim(lost.pk)

    assert taken.token != lost.token
    assert taken.attempts == 2


def test_late_finish_after_a_lost_lease_changes_nothing_and_leaves_no_file(requested_packet, stored_files):
    slow = life.claim(requested_packet().pk)
    lose_worker(slow)
    quick = life.claim(slow.pk)

    life.build(slow)
    between = Packet.objects.get(pk=slow.pk)
    files_between = stored_files()
    done = life.build(quick)

    assert (between.state, between.token) == ("building", quick.token)
    assert files_between == []
    assert done.state == "ready"
    assert len(stored_files()) == 1
    assert events("packet.ready", done) == 1


def test_late_failure_after_a_lost_lease_changes_nothing(requested_packet, scored_application, person):
    slow = life.claim(requested_packet().pk)
    lose_worker(slow)
    quick = life.claim(slow.pk)
    meetings.record_decision(scored_application, by=person("manager"), outcome="hire", rationale="Yes")

    life.build(slow)

    now = Packet.objects.get(pk=slow.pk)
    assert (now.state, now.token, now.error) == ("building", quick.token, "")
    assert events("packet.failed", slow) == 0


def test_sweep_wakes_for_lost_and_forgotten_packets(requested_packet):
    lost = life.claim(requested_packet().pk)
    lose_worker(lost)
    forgotten = requested_packet("totals")
    Packet.objects.filter(pk=forgotten.pk).update(requested_at=timezone.now() - timedelta(minutes=1))
    requested_packet("no-candidate")
    life.claim(requested_packet("no-interviewers").pk)

    assert life.sweep() == 2
    assert Packet.objects.get(pk=lost.pk).state == "building"


def test_sweep_gives_up_after_the_last_attempt(requested_packet, person):
    packet = life.claim(requested_packet().pk)
    lose_worker(packet, attempts=life.MAX_ATTEMPTS)

    sweep_packets()

    given_up = Packet.objects.get(pk=packet.pk)
    assert (given_up.state, given_up.error) == ("failed", life.GIVEN_UP)
    assert events("packet.failed", packet) == 1
    life.retry_packet(given_up, by=person("manager"))
    assert life.claim(packet.pk).attempts == 1


def test_file_lost_from_storage_is_built_again_when_asked_for(requested_packet, finished_packet):
    packet = finished_packet()
    packet.file.storage.delete(packet.file.name)

    again = life.build(life.claim(requested_packet().pk))

    assert again.pk == packet.pk
    assert again.state == "ready"
    assert again.file.storage.exists(again.file.name)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (SoftTimeLimitExceeded(), "longer than the time limit"),
        (MemoryError(), "more memory than is available"),
        (SystemError("a function returned NULL without setting an exception"), "more memory than is available"),
        (PermissionError(13, "denied", "/srv/files"), "could not be written to storage"),
        (KeyError("noor.haddad@example.org"), "Building failed (KeyError)"),
    ],
)
def test_reason_is_plain_and_shows_no_path_or_name(error, words):
    reason = life.plain_reason(error)

    assert words in reason
    assert "/srv" not in reason
    assert "noor" not in reason
