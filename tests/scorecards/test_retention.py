"""Retention: who is due when, what a run does and reports, and who may read and set it."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from audit.models import Event
from candidates.models import Application, Candidate, Opening, Panelist
from candidates.services import add_candidate, create_opening
from scorecards import meetings
from scorecards.holds import place_hold
from scorecards.models import Decision
from scorecards.retention import dated, kept, kept_for, run_retention, set_retention
from scorecards.tasks import retention


def due(application):
    return kept().get(pk=application.candidate_id).due_at


@pytest.fixture
def decided(scored, person):
    keys = scored.opening.rubric_version.dimensions.values_list("key", flat=True)
    return meetings.record_decision(
        scored, outcome="no_hire", rationale="Clear", rationales=dict.fromkeys(keys, "Clear"), by=person("manager")
    )


@pytest.fixture
def over(decided):
    """A day after the decided candidate is due; the sample's others have later interviews."""
    return decided.decided_at + timedelta(days=367)


def test_it_is_counted_from_the_decision(scored, decided):
    assert due(scored) == decided.decided_at + timedelta(days=366)


def test_without_a_decision_it_is_counted_from_the_last_activity(fresh):
    last = max(row.due_at for row in fresh.interviews.all())

    assert due(fresh) == max(last, fresh.created_at) + timedelta(days=366)


def test_a_reopened_decision_and_one_to_wait_do_not_count(scored, decided, person):
    reopening = meetings.reopen_debrief(scored, reason="News", by=person("manager"))
    row = dated().get(pk=scored.pk)
    assert row.decided_at is None
    assert row.active_at >= reopening.at
    meetings.record_decision(scored, outcome=Decision.Outcome.HOLD, rationale="Later", by=person("manager"))

    assert dated().get(pk=scored.pk).decided_at is None


def test_the_last_application_of_a_person_counts(scored, decided, person):
    other = create_opening("Another", rubric_version=scored.opening.rubric_version, by=None)
    second = add_candidate(other, name="x", email=scored.candidate.email, by=None)
    set_retention(other, preset="california", days=None, by=person("admin"))

    assert due(scored) == second.created_at + timedelta(days=1461)


@pytest.mark.parametrize(("preset", "days"), Opening.RETENTION_DAYS.items())
def test_each_preset_has_its_days(scored, person, preset, days):
    set_retention(scored.opening, preset=preset, days=5, by=person("admin"))

    scored.opening.refresh_from_db()
    assert (scored.opening.retention, scored.opening.retention_days) == (preset, days)
    assert Event.objects.get(kind="opening.retention_set").detail == {"preset": preset, "days": days}


@pytest.mark.parametrize(("preset", "days"), [("purpose", None), ("purpose", 0), ("purpose", 3661), ("other", 5)])
def test_a_purpose_says_how_long(scored, person, preset, days):
    with pytest.raises(ValidationError):
        set_retention(scored.opening, preset=preset, days=days, by=person("admin"))


def test_a_dry_run_only_reports(scored, over):
    report = run_retention(dry_run=True, at=over)

    assert scored.candidate_id in report.due
    assert report.erased == []
    assert not Candidate.objects.filter(erased_at__isnull=False).exists()
    event = Event.objects.get(kind="retention.run")
    assert event.detail == {"dry_run": True, "due": len(report.due), "held": 0, "erased": []}


def test_a_run_erases_those_who_are_due_and_not_held(scored, fresh, over, person):
    place_hold(fresh.candidate, reason="Case 12", by=person("admin"))
    Opening.objects.update(retention_days=1)

    report = run_retention(dry_run=False, at=over)

    assert fresh.candidate_id in report.held
    assert scored.candidate_id in report.erased
    assert sorted(report.erased + report.held) == sorted(report.due)
    assert not Candidate.objects.get(pk=fresh.candidate_id).erased_at
    assert run_retention(dry_run=False, at=over).due == report.held


def test_nobody_is_erased_before_their_time(scored, decided):
    run_retention(dry_run=False, at=decided.decided_at + timedelta(days=365))

    assert Candidate.objects.get(pk=scored.candidate_id).erased_at is None


def test_the_nightly_run_erases_only_where_it_is_set(scored, over, settings):
    with_past(scored)

    retention()
    assert not Candidate.objects.filter(erased_at__isnull=False).exists()
    settings.RETENTION_ERASES = True
    retention()

    assert Candidate.objects.get(pk=scored.candidate_id).erased_at


def with_past(application) -> None:
    """Decide it long ago: only without the triggers can a test set that time."""
    import pgtrigger

    with pgtrigger.ignore():
        Decision.objects.filter(application=application).update(decided_at=timezone.now() - timedelta(days=500))


def test_the_command_prints_its_report(scored, decided):
    with_past(scored)
    out = StringIO()

    call_command("retention", "--dry-run", stdout=out)

    report = json.loads(out.getvalue())
    assert report["dry_run"] is True
    assert report["due"] == [scored.candidate_id]
    assert report["erased"] == report["held"] == report["failed"] == []
    assert scored.candidate.name not in out.getvalue()


# --- pages -------------------------------------------------------------------
def test_the_list_shows_who_is_due_and_who_is_held(scored, fresh, decided, as_, person):
    with_past(scored)
    place_hold(fresh.candidate, reason="Case 12", by=person("admin"))

    page = as_("admin").get(reverse("retention_list")).content.decode()

    assert page.index(scored.candidate.name) < page.index(fresh.candidate.name)
    assert "Due" in page
    assert "Legal hold" in page
    assert as_("manager").get(reverse("retention_list")).status_code == 403


def test_somebody_blind_is_not_told_of_a_decision(fresh, person):
    admin = person("admin")
    assert kept_for(admin).filter(pk=fresh.candidate_id).exists()
    Panelist.objects.create(interview=fresh.interviews.first(), user=admin)

    assert not kept_for(admin).filter(pk=fresh.candidate_id).exists()


def test_a_recruiter_reads_only_of_those_whose_every_application_they_see(fresh, person):
    recruiter = person("recruiter")
    assert kept_for(recruiter).filter(pk=fresh.candidate_id).exists()
    version = fresh.opening.rubric_version
    secret = create_opening("Secret", rubric_version=version, confidential=True, by=None)
    add_candidate(secret, name="x", email=fresh.candidate.email, by=None)

    assert not kept_for(recruiter).filter(pk=fresh.candidate_id).exists()
    assert kept_for(person("admin")).filter(pk=fresh.candidate_id).exists()


def test_the_policy_is_set_on_its_page(scored, as_):
    url = reverse("opening_retention", args=[scored.opening_id])
    recruiter = as_("recruiter")

    assert recruiter.post(url, {"preset": "purpose"}).status_code == 422
    assert recruiter.post(url, {"preset": "purpose", "days": "90"}).status_code == 302
    assert Application.objects.get(pk=scored.pk).opening.retention_days == 90
    assert "kept for 90 days" in recruiter.get(reverse("opening", args=[scored.opening_id])).content.decode()
