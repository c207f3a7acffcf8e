"""What scorecards tell: who is reminded and when, who learns that one is late, and nobody who may not know."""

from datetime import time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from candidates.bulk.states import set_states
from candidates.models import Interview, Panelist, ReminderRule
from candidates.services import add_candidate, plan_interview
from candidates.states import set_state
from notices import hooks, outbox
from notices.models import ChatMessage, Mail, Notice, NoticePreferences
from privacy.erasure import erase_candidate
from scorecards import drafts, panels, services, telling
from scorecards.releasing import cancel_each, release_panelists
from scorecards.settled import settled_mails
from tests.scorecards.conftest import NOON


def told(kind: str) -> list[str]:
    notices = Notice.objects.filter(kind=kind).order_by("pk")
    return [notice.receiver.email.split("@")[0] for notice in notices]


def test_who_owes_is_reminded_once_a_step_however_often_the_clock_asks(owing):
    for minutes in (-60, -55, 0, 5, 60):
        telling.remind(NOON + timedelta(minutes=minutes))

    assert told("reminded") == ["interviewer2", "interviewer2"]
    titles = list(Notice.objects.filter(kind="reminded").order_by("pk").values_list("title", flat=True))
    assert titles[0].startswith("Your scorecard is due")
    assert titles[1].startswith("Your scorecard is late")


def test_handing_in_stops_it_at_once(owing, hand_in):
    hand_in(owing)

    telling.remind(NOON + timedelta(hours=1))

    assert told("reminded") == []


def test_who_owes_several_gets_one_mail_for_all_that_names_no_candidate(owing, sample):
    mine = Panelist.objects.filter(user=owing.user).exclude(pk=owing.pk).first()
    Interview.objects.filter(pk=mine.interview_id).update(starts_at=NOON - timedelta(hours=4), due_at=NOON)

    telling.remind(NOON)

    assert told("reminded") == ["interviewer2", "interviewer2"]
    mail = Mail.objects.get(kind="reminded")
    assert mail.subject == "You have 2 scorecards to submit"
    assert mail.text.count("interview of Tue 1 Dec 2026") == 2
    for panelist in (owing, mine):
        assert panelist.interview.application.candidate.name not in mail.text + mail.html


@pytest.mark.parametrize("way", ["declined", "switched off", "erased", "not begun"])
def test_nobody_is_reminded_of_what_they_owe_no_more(owing, person, way):
    now = NOON + timedelta(hours=1)
    if way == "declined":
        card = drafts.open_scorecard(owing)
        services.decline_scorecard(card, reason="Was ill", by=owing.user)
    elif way == "switched off":
        owing.user.is_active = False
        owing.user.save(update_fields=["is_active"])
    elif way == "erased":
        erase_candidate(owing.interview.application.candidate, by=person("recruiter"), reason="asked")
    else:
        Interview.objects.filter(pk=owing.interview_id).update(
            starts_at=now + timedelta(hours=1), due_at=now + timedelta(hours=1)
        )

    telling.remind(now)

    assert told("reminded") == []


def test_a_reminder_waits_for_the_end_of_the_persons_own_night(owing):
    NoticePreferences.objects.create(user=owing.user, time_zone="Asia/Tokyo")  # noon in UTC is 21:00 there

    telling.remind(NOON)
    assert told("reminded") == []

    telling.remind(NOON + timedelta(hours=11))  # 08:00 the next day
    assert told("reminded") == ["interviewer2"]


def test_fewer_reminders_leave_out_the_early_one_only(owing):
    NoticePreferences.objects.create(user=owing.user, fewer_reminders=True)

    telling.remind(NOON - timedelta(hours=1))
    assert told("reminded") == []
    telling.remind(NOON)
    assert told("reminded") == ["interviewer2"]


def test_fewer_reminders_leave_the_only_one_that_an_opening_has(owing):
    NoticePreferences.objects.create(user=owing.user, fewer_reminders=True)
    ReminderRule.objects.create(opening=owing.interview.application.opening, times=0)

    telling.remind(NOON - timedelta(hours=1))

    assert told("reminded") == ["interviewer2"]


def switched_off(user: User) -> None:
    user.is_active = False
    user.save(update_fields=["is_active"])


def test_what_somebody_owes_who_can_no_longer_sign_in_is_told_to_those_who_run_it(owing):
    switched_off(owing.user)

    telling.remind(NOON + timedelta(hours=25))

    assert told("reminded") == []
    assert "recruiter" in told("escalated")
    mail = Mail.objects.filter(kind="escalated").first()
    assert "Their account is switched off, so nobody reminds them." in mail.text


def test_an_interview_to_come_whose_interviewer_can_no_longer_sign_in_is_told_once(owing):
    Interview.objects.filter(pk=owing.interview_id).update(
        starts_at=NOON + timedelta(days=1), due_at=NOON + timedelta(days=2)
    )
    switched_off(owing.user)

    telling.remind(NOON)
    telling.remind(NOON + timedelta(minutes=5))

    assert told("gone") == ["recruiter"]
    said = Notice.objects.get(kind="gone")
    assert owing.user.display_name in Mail.objects.get(notice=said).text


def test_those_who_run_the_opening_learn_of_it_by_the_openings_rule(owing, person):
    opening = owing.interview.application.opening
    ReminderRule.objects.create(opening=opening, times=0, before_hours=0, recruiter_hours=1, manager_hours=5)

    telling.remind(NOON + timedelta(hours=1))
    recruiters = told("escalated")
    telling.remind(NOON + timedelta(hours=6))

    assert "manager" not in recruiters
    assert "manager" in told("escalated")
    assert len(told("escalated")) == len(set(told("escalated")))


def test_who_owes_a_scorecard_there_learns_of_nobodys_lateness(owing, person):
    opening = owing.interview.application.opening
    manager = person("manager")
    Panelist.objects.create(interview=owing.interview, user=manager)
    ReminderRule.objects.create(opening=opening, times=0, before_hours=0, recruiter_hours=1, manager_hours=1)

    telling.remind(NOON + timedelta(hours=2))

    assert "manager" not in told("escalated")


def test_all_in_is_told_to_those_who_run_it_and_to_nobody_who_still_owes(owing, hand_in, person):
    manager = person("manager")
    panelist = Panelist.objects.create(interview=owing.interview, user=manager)
    hand_in(owing)
    assert told("all_in") == []

    hand_in(panelist)

    assert "manager" in told("all_in")
    said = Notice.objects.filter(kind="all_in").first()
    assert said.text == "The debrief can be opened."


def test_where_all_declined_nobody_is_told_that_scorecards_are_in(unscored_application):
    panelists = list(Panelist.objects.filter(interview__application=unscored_application).select_related("user"))
    for panelist in panelists:
        services.decline_scorecard(drafts.open_scorecard(panelist), reason="I know them", by=panelist.user)

    said = Notice.objects.filter(kind="all_in", about_id=unscored_application.pk).values_list("title", "text")
    [(title, text)] = set(said)
    assert title == "No scorecard is coming: Noor Haddad, Platform Reliability Engineer"
    assert text.startswith("Whoever was on the panel has declined or was released.")


def test_an_external_interviewer_is_reminded_of_their_link(owing):
    owing.user.is_guest = True
    owing.user.save(update_fields=["is_guest"])

    telling.remind(NOON)

    mail = Mail.objects.get(kind="reminded")
    assert "Use the link that was mailed to you." in mail.text
    assert "http" not in mail.text


def test_a_handed_off_note_is_announced_without_its_words(owing, person):
    first = Panelist.objects.get(interview__application=owing.interview.application, user=person("interviewer"))
    Interview.objects.filter(pk=first.interview_id).update(starts_at=NOON - timedelta(hours=4))
    first.refresh_from_db()

    services.leave_note(first, kind="covered", text="Went through the outage", by=first.user)

    mail = Mail.objects.get(kind="handed_off")
    assert mail.receiver == owing.user
    assert "outage" not in f"{mail.subject} {mail.text} {mail.html}"


def test_an_erasure_takes_notices_and_mail_along(owing, person):
    telling.remind(NOON)
    assert Mail.objects.filter(kind="reminded").exists()

    erase_candidate(owing.interview.application.candidate, by=person("recruiter"), reason="asked")

    assert not Notice.objects.filter(kind="reminded").exists()
    assert not Mail.objects.filter(kind="reminded").exists()


def test_a_recommendation_is_asked_for_once_by_its_rounds_own_time(owing):
    Interview.objects.filter(pk=owing.interview_id).update(due_at=NOON + timedelta(hours=20))
    ended = NOON - timedelta(hours=3) + timedelta(minutes=owing.interview.round.minutes)

    for hours in (1.9, 2, 3):
        telling.remind(ended + timedelta(hours=hours))

    assert [notice.title for notice in Notice.objects.filter(kind="reminded")] == [
        f"Your recommendation is due: {owing.interview.round.name} with Elias Okafor"
    ]


def test_no_recommendation_is_asked_for_where_there_is_one_or_the_round_wants_none(owing):
    Interview.objects.filter(pk=owing.interview_id).update(due_at=NOON + timedelta(hours=20))
    rounds = type(owing.interview.round).objects.filter(pk=owing.interview.round_id)
    rounds.update(recommendation_hours=0)
    telling.remind(NOON + timedelta(hours=3))
    rounds.update(recommendation_hours=2)
    drafts.save_draft(drafts.open_scorecard(owing), {"recommendation": "yes"}, edit=0, by=owing.user)

    telling.remind(NOON + timedelta(hours=3))

    assert told("reminded") == []


# --- a mail in place of several ----------------------------------------------
@pytest.fixture
def gathered(owing, sample, settings):
    """Mail in place of several, waiting: who owes two scorecards since yesterday, and who runs the opening."""
    settings.SENDING_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    now = timezone.now()
    mine = Panelist.objects.filter(user=owing.user).exclude(pk=owing.pk).first()
    theirs = Interview.objects.filter(pk__in=[owing.interview_id, mine.interview_id])
    theirs.update(starts_at=now - timedelta(hours=40), due_at=now - timedelta(hours=30))
    NoticePreferences.objects.bulk_create(
        NoticePreferences(user=user, quiet_from=time(0), quiet_until=time(0), quiet_days=[])
        for user in User.objects.all()
    )
    telling.remind(now)
    return owing, mine


def sent_to(mailoutbox, user) -> list[str]:
    return [mail.subject for mail in mailoutbox if mail.to == [user.email] and "scorecard" in mail.subject]


def test_a_gathered_mail_leaves_out_what_was_handed_in_meanwhile(gathered, hand_in, person, mailoutbox):
    owing, mine = gathered
    assert Mail.objects.get(kind="reminded", about_type="several").subject == "You have 2 scorecards to submit"
    hand_in(mine)

    outbox.send_due()

    assert sent_to(mailoutbox, owing.user) == ["You have a scorecard to submit"]
    (mail,) = [mail for mail in mailoutbox if mail.to == [owing.user.email]]
    assert mail.body.count("\n- ") == 1
    assert owing.interview.round.name in mail.body
    assert sent_to(mailoutbox, person("recruiter")) == ["A scorecard is late"]


def test_a_gathered_mail_says_nothing_of_an_interview_that_was_moved(gathered, person, mailoutbox):
    owing, mine = gathered
    later = timezone.now() + timedelta(days=2)
    panels.change_interview(
        mine.interview,
        starts_at=later,
        due_at=later + timedelta(days=1),
        leads=[owing.user],
        shadows=[],
        by=person("recruiter"),
    )

    outbox.send_due()

    assert "You have a scorecard to submit" in sent_to(mailoutbox, owing.user)
    assert sent_to(mailoutbox, person("recruiter")) == ["A scorecard is late"]


def test_a_gathered_mail_tells_no_more_to_whom_it_may_not(gathered, person, mailoutbox):
    owing, mine = gathered
    recruiter = person("recruiter")
    Panelist.objects.create(interview=mine.interview, user=recruiter)

    outbox.send_due()

    told = sent_to(mailoutbox, recruiter)
    same = mine.interview.application_id == owing.interview.application_id
    assert told == ([] if same else ["A scorecard is late"])


def test_a_reminder_that_waits_does_not_outlive_the_times_that_it_names(owing, person):
    telling.remind(NOON + timedelta(hours=1))
    mail = Mail.objects.get(kind="reminded")
    assert mail.state == "waiting"

    interview = owing.interview
    panels.change_interview(
        interview,
        starts_at=interview.starts_at,
        due_at=interview.due_at + timedelta(days=1),
        leads=[owing.user],
        shadows=[],
        by=person("recruiter"),
    )

    mail.refresh_from_db()
    assert mail.state == "stopped"


def test_who_was_given_another_due_time_is_late_no_more(owing, person):
    telling.remind(NOON + timedelta(hours=30))
    escalated = list(Mail.objects.filter(kind="escalated", thread__startswith="late:"))
    assert escalated
    assert settled_mails(escalated) == set()

    Interview.objects.filter(pk=owing.interview_id).update(due_at=NOON + timedelta(days=3))

    assert settled_mails(escalated) == {mail.pk for mail in escalated}


# --- the end of the last debt ------------------------------------------------
def end_debt(way: str, panelist: Panelist, by: User, hand_in) -> None:
    """By each way in which somebody owes a scorecard no more; the first lead of the interview stays."""
    if way == "submitted":
        hand_in(panelist)
    elif way == "declined":
        services.decline_scorecard(drafts.open_scorecard(panelist), reason="Was ill", by=panelist.user)
    elif way == "released":
        release_panelists([panelist], reason="Left the company", by=by)
    elif way == "did not take place":
        cancel_each([panelist.interview], reason="Nobody came", by=by)
    elif way == "cancelled":
        panels.cancel_interview(panelist.interview, by=by)
    else:
        interview = panelist.interview
        panels.change_interview(
            interview,
            starts_at=interview.starts_at,
            due_at=interview.due_at,
            leads=[other.user for other in interview.panelists.exclude(pk=panelist.pk)],
            shadows=[panelist.user] if way == "made a shadow" else [],
            by=by,
        )


@pytest.mark.parametrize("way", ["submitted", "declined", "released", "did not take place", "cancelled"])
def test_all_in_is_told_however_the_last_debt_ends(owing, hand_in, person, way):
    end_debt(way, owing, person("recruiter"), hand_in)

    assert {"recruiter", "manager"} <= set(told("all_in"))
    assert len(told("all_in")) == len(set(told("all_in")))


@pytest.mark.parametrize("way", ["taken off", "made a shadow", "released", "declined"])
def test_all_in_is_told_where_the_last_who_owes_leaves_a_panel_that_stays(owing, hand_in, person, way):
    first = Panelist.objects.exclude(pk=owing.pk).get(interview__application=owing.interview.application)
    panelist = Panelist.objects.create(interview=first.interview, user=person("admin"))
    hand_in(owing)
    assert told("all_in") == []

    end_debt(way, panelist, person("recruiter"), hand_in)

    assert {"recruiter", "manager"} <= set(told("all_in"))


def test_a_channel_is_not_told_that_all_are_in_while_a_shadow_is_blind(owing, hand_in, person):
    opening = owing.interview.application.opening
    hooks.add_hook("https://hooks.example.com/1", form="slack", opening_id=opening.pk, by=person("admin"))
    Panelist.objects.create(interview=owing.interview, user=person("admin"), role="shadow")

    hand_in(owing)

    assert "manager" in told("all_in")
    assert "admin" not in told("all_in")
    assert not ChatMessage.objects.filter(kind="all_in").exists()


def test_a_channel_is_told_once_the_shadow_has_come_last(owing, hand_in, person):
    opening = owing.interview.application.opening
    hooks.add_hook("https://hooks.example.com/1", form="slack", opening_id=opening.pk, by=person("admin"))
    shadow = Panelist.objects.create(interview=owing.interview, user=person("admin"), role="shadow")
    hand_in(owing)

    hand_in(Panelist.objects.get(pk=shadow.pk))

    telling.tell_all_in(owing.interview.application)
    assert ChatMessage.objects.filter(kind="all_in").count() == 1


def test_all_in_is_told_anew_where_who_was_released_comes_back_and_hands_in(owing, hand_in, person):
    interview = owing.interview
    leads = [panelist.user for panelist in interview.panelists.on_panel()]
    release_panelists([owing], reason="Is ill", by=person("recruiter"))
    before = told("all_in")
    times = {"starts_at": interview.starts_at, "due_at": interview.due_at}
    panels.change_interview(interview, leads=leads, shadows=[], by=person("recruiter"), **times)
    assert told("all_in") == before

    hand_in(Panelist.objects.get(pk=owing.pk))

    assert told("all_in").count("manager") == before.count("manager") + 1


@pytest.mark.parametrize("bulk", [False, True])
def test_all_in_is_told_of_what_is_opened_again_with_nothing_owed(owing, person, tomorrow, bulk):
    by, application = person("recruiter"), owing.interview.application
    Interview.objects.filter(pk=owing.interview_id).update(starts_at=tomorrow, due_at=tomorrow + timedelta(days=1))

    for state in ("withdrawn", "active"):
        if bulk:
            set_states([application], state=state, by=by)
        else:
            set_state(application, state=state, by=by)
        assert ("manager" in told("all_in")) == (state == "active")


def test_gaps_that_were_told_cost_no_more_where_there_are_more(owing):
    Interview.objects.filter(pk=owing.interview_id).update(
        starts_at=NOON + timedelta(days=1), due_at=NOON + timedelta(days=2)
    )
    switched_off(owing.user)
    telling.tell_of_gaps(NOON)
    with CaptureQueriesContext(connection) as one:
        telling.tell_of_gaps(NOON)
    for _ in range(4):
        interview = Interview.objects.get(pk=owing.interview_id)
        interview.pk = None
        interview._state.adding = True
        interview.save()
        Panelist.objects.create(interview=interview, user=owing.user)
    telling.tell_of_gaps(NOON)

    with CaptureQueriesContext(connection) as five:
        telling.tell_of_gaps(NOON)

    assert told("gone").count("recruiter") == 5
    assert len(five) == len(one)


def test_nothing_is_told_of_an_application_whose_only_interview_is_cancelled(owing, hand_in, person, tomorrow):
    application = add_candidate(
        owing.interview.application.opening, name="Ida Falk", email="ida@example.org", by=person("recruiter")
    )
    interview = plan_interview(
        application,
        round=owing.interview.round,
        starts_at=tomorrow,
        due_at=tomorrow,
        leads=[owing.user],
        shadows=[],
        by=person("recruiter"),
    )

    panels.cancel_interview(interview, by=person("recruiter"))

    assert told("all_in") == []
