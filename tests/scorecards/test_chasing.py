"""Going after scorecards: reminded once, not at night, by those who may; and a new due time."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from audit.models import Event
from candidates.models import Interview, Panelist
from notices.models import Mail, Notice, NoticePreferences
from scorecards import chasing, telling


@pytest.fixture
def owing(late_panelist) -> Panelist:
    """Late by two hours, told nothing yet, and reachable at any hour; who owed anything else is forgotten."""
    now = timezone.now()
    others = Interview.objects.exclude(pk=late_panelist.interview_id)
    others.update(starts_at=now - timedelta(days=400), due_at=now - timedelta(days=390))
    always = now.time()
    NoticePreferences.objects.create(user=late_panelist.user, quiet_from=always, quiet_until=always, quiet_days=[])
    Notice.objects.all().delete()
    return late_panelist


@pytest.fixture
def recruiter(person):
    return person("recruiter")


def reminders(panelist: Panelist) -> int:
    """How often somebody was reminded of this scorecard."""
    return Notice.objects.filter(kind="reminded", key__startswith=f"reminded:{panelist.pk}:").count()


def test_who_owes_is_reminded_and_the_trail_says_by_whom(owing, recruiter):
    done = chasing.remind([owing], by=recruiter)

    assert (done.told, done.waiting, done.lately, done.others) == ([owing], [], [], [])
    assert Mail.objects.get(kind="reminded").subject.startswith("Your scorecard is late")
    event = Event.objects.get(kind="panelist.reminded")
    assert (event.actor_id, event.subject_id) == (recruiter.pk, owing.interview_id)
    assert event.detail == {"user_id": owing.user_id}


def test_whoever_was_reminded_lately_is_left_alone_unless_it_is_meant(owing, recruiter):
    chasing.remind([owing], by=recruiter)

    assert chasing.remind([owing], by=recruiter).lately == [owing]
    assert reminders(owing) == 1
    assert chasing.remind([owing], by=recruiter, again=True).told == [owing]
    assert reminders(owing) == 2


def test_the_clock_leaves_alone_who_was_reminded_by_hand_and_goes_on_later(owing, recruiter):
    chasing.remind([owing], by=recruiter)

    telling.remind(timezone.now())
    assert reminders(owing) == 1
    telling.remind(timezone.now() + timedelta(hours=5))
    assert reminders(owing) == 2


def test_the_clock_leaves_alone_whom_a_persons_reminder_reaches_only_in_the_morning(owing, recruiter):
    now = timezone.now()
    quiet = {"quiet_from": (now - timedelta(hours=1)).time(), "quiet_until": (now + timedelta(hours=3)).time()}
    NoticePreferences.objects.filter(user=owing.user).update(**quiet)

    chasing.remind([owing], by=recruiter)
    telling.remind(now + timedelta(hours=5))  # two after it reaches them

    assert reminders(owing) == 1


def test_mail_waits_until_the_quiet_hours_end(owing, recruiter):
    local = timezone.now()
    NoticePreferences.objects.filter(user=owing.user).update(
        quiet_from=(local - timedelta(hours=1)).time(), quiet_until=(local + timedelta(hours=2)).time()
    )

    assert chasing.remind([owing], by=recruiter).waiting == [owing]

    waits = Mail.objects.get(kind="reminded").not_before - local
    assert timedelta(hours=1, minutes=59) < waits <= timedelta(hours=2)


def test_nobody_is_reminded_who_owes_nothing(owing, two_panelists, recruiter, hand_in):
    hand_in(owing)

    done = chasing.remind([owing, two_panelists[0]], by=recruiter)

    assert (done.told, set(done.others)) == ([], set(two_panelists))
    assert reminders(owing) == 0


def test_only_those_who_run_the_opening_and_may_know_go_after_it(owing, person):
    for name in ("interviewer", "admin"):
        with pytest.raises(PermissionDenied):
            chasing.remind([owing], by=person(name))
    manager = person("manager")
    Panelist.objects.create(interview=owing.interview, user=manager)  # who owes one there as well
    with pytest.raises(PermissionDenied):
        chasing.remind([owing], by=manager)
    with pytest.raises(PermissionDenied):
        chasing.set_due([owing.interview], due_at=timezone.now() + timedelta(days=1), by=manager)


def test_a_new_due_time_is_told_to_who_owes_and_begins_the_reminders_anew(owing, two_panelists, recruiter):
    telling.remind(timezone.now())
    due_at = timezone.now() + timedelta(days=1)

    assert chasing.set_due([owing.interview], due_at=due_at, by=recruiter) == [owing.interview]

    told = Notice.objects.filter(kind="due_set")
    assert [notice.receiver for notice in told] == [owing.user]
    assert Mail.objects.filter(thread=f"reminder:{owing.pk}").earliest("pk").state == "stopped"
    telling.remind(due_at + timedelta(minutes=1))
    assert reminders(owing) == 2


def test_a_due_time_is_to_come_and_after_the_start(owing, recruiter):
    now = timezone.now()
    with pytest.raises(ValidationError, match="still to come"):
        chasing.set_due([owing.interview], due_at=now - timedelta(minutes=1), by=recruiter)
    Interview.objects.filter(pk=owing.interview_id).update(
        starts_at=now + timedelta(days=2), due_at=now + timedelta(days=3)
    )
    with pytest.raises(ValidationError, match="starts later"):
        chasing.set_due([owing.interview], due_at=now + timedelta(days=1), by=recruiter)
