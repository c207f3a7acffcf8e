"""Retention: who is due when, what a run does and reports, and who may read and set it."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from audit.models import Event
from candidates.models import Application, Candidate, Opening, Panelist
from candidates.services import add_candidate, create_opening
from debriefs import meetings
from debriefs.models import Decision
from privacy.legal_holds import impose_hold
from privacy.retention import kept, kept_for, run_retention, set_retention


def due(application):
    return kept().get(candidate=application.candidate_id).kept_until


def test_it_is_counted_from_the_decision(scored_application, decided):
    assert due(scored_application) == decided.decided_at + timedelta(days=366)


def test_without_a_decision_it_is_counted_from_the_last_activity(unscored_application):
    last = max(row.due_at for row in unscored_application.interviews.all())

    assert due(unscored_application) == max(last, unscored_application.created_at) + timedelta(days=366)


def test_a_reopened_decision_and_one_to_wait_do_not_count(scored_application, decided, person):
    reopening = meetings.reopen_debrief(scored_application, reason="News", by=person("manager"))
    row = Application.objects.get(pk=scored_application.pk)
    assert row.active_at >= reopening.at
    assert row.kept_until == row.active_at + timedelta(days=366)
    meetings.record_decision(scored_application, outcome=Decision.Outcome.HOLD, rationale="Later", by=person("manager"))

    row = Application.objects.get(pk=scored_application.pk)
    assert row.kept_until == row.active_at + timedelta(days=366)


def test_the_last_application_of_a_person_counts(scored_application, decided, person):
    other = create_opening("Another", rubric_version=scored_application.opening.rubric_version, by=None)
    second = add_candidate(other, name="", email="", known=scored_application.candidate, by=None)
    set_retention(other, preset="california", days=None, by=person("admin"))

    assert due(scored_application) == second.created_at + timedelta(days=1461)


@pytest.mark.parametrize(("preset", "days"), Opening.RETENTION_DAYS.items())
def test_each_preset_has_its_days(scored_application, person, preset, days):
    set_retention(scored_application.opening, preset=preset, days=5, by=person("admin"))

    scored_application.opening.refresh_from_db()
    assert (scored_application.opening.retention, scored_application.opening.retention_days) == (preset, days)
    assert Event.objects.get(kind="opening.retention_set").detail == {"preset": preset, "days": days}


@pytest.mark.parametrize(("preset", "days"), [("purpose", None), ("purpose", 0), ("purpose", 3661), ("other", 5)])
def test_a_purpose_says_how_long(scored_application, person, preset, days):
    with pytest.raises(ValidationError):
        set_retention(scored_application.opening, preset=preset, days=days, by=person("admin"))


def test_a_dry_run_only_reports(scored_application, day_after_due):
    report = run_retention(dry_run=True, at=day_after_due)

    assert scored_application.candidate_id in report.due
    assert report.erased == []
    assert not Candidate.objects.filter(erased_at__isnull=False).exists()
    event = Event.objects.get(kind="retention.run")
    assert event.detail == {"dry_run": True, "due": len(report.due), "held": 0, "erased": []}


def test_a_run_erases_those_who_are_due_and_not_held(scored_application, unscored_application, day_after_due, person):
    impose_hold(unscored_application.candidate, reason="Case 12", by=person("admin"))
    Opening.objects.update(retention_days=1)

    report = run_retention(dry_run=False, at=day_after_due)

    assert unscored_application.candidate_id in report.held
    assert scored_application.candidate_id in report.erased
    assert sorted(report.erased + report.held) == sorted(report.due)
    assert not Candidate.objects.get(pk=unscored_application.candidate_id).erased_at
    assert run_retention(dry_run=False, at=day_after_due).due == report.held


def test_nobody_is_erased_before_their_time(scored_application, decided):
    run_retention(dry_run=False, at=decided.decided_at + timedelta(days=365))

    assert Candidate.objects.get(pk=scored_application.candidate_id).erased_at is None


# --- pages -------------------------------------------------------------------


def test_somebody_blind_is_not_told_of_a_decision(unscored_application, person):
    admin = person("admin")
    assert kept_for(admin).filter(candidate=unscored_application.candidate_id).exists()
    Panelist.objects.create(interview=unscored_application.interviews.first(), user=admin)

    assert not kept_for(admin).filter(candidate=unscored_application.candidate_id).exists()


def test_a_recruiter_reads_only_of_those_whose_every_application_they_see(unscored_application, person):
    recruiter = person("recruiter")
    assert kept_for(recruiter).filter(candidate=unscored_application.candidate_id).exists()
    version = unscored_application.opening.rubric_version
    secret = create_opening("Secret", rubric_version=version, confidential=True, by=None)
    add_candidate(secret, name="", email="", known=unscored_application.candidate, by=None)

    assert not kept_for(recruiter).filter(candidate=unscored_application.candidate_id).exists()
    assert kept_for(person("admin")).filter(candidate=unscored_application.candidate_id).exists()
