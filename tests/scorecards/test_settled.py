"""Mails that wait while what they say comes to be untrue: as in the hour in which a mail server is away."""

from datetime import timedelta

import pytest
from django.urls import reverse

from candidates.inviting import Named, invite_people
from candidates.models import Interview, OpeningMember, Panelist
from candidates.openings import changing
from candidates.services import add_member, plan_interview
from debriefs import meetings
from notices import hooks, kinds, outbox
from notices.kinds import KINDS
from notices.models import Mail, Notice
from scorecards import telling
from scorecards.drafts import open_scorecard
from scorecards.models import owed
from scorecards.panels import cancel_interview, end_panelists
from scorecards.services import decline_scorecard, leave_note
from scorecards.settled import RULES, settled_mails
from tests.notices.chat import channel
from tests.scorecards.conftest import NOON

ROLES = OpeningMember.Role.values


def test_a_reminder_that_waits_already_is_not_sent_once_it_is_handed_in(owing, hand_in, settings, mailoutbox):
    """As in the hour in which a mail server is away."""
    settings.SENDING_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    telling.remind(NOON + timedelta(hours=30))
    assert {"reminded", "escalated"} <= set(Mail.objects.filter(state="waiting").values_list("kind", flat=True))

    hand_in(owing)
    Mail.objects.update(not_before=NOON - timedelta(days=400))
    outbox.send_due()

    assert mailoutbox
    assert not any("late" in message.subject for message in mailoutbox)
    settled = Mail.objects.filter(kind__in=["reminded", "escalated"])
    assert set(settled.values_list("state", "problem")) == {("stopped", "What it says is settled.")}


def test_who_lost_their_role_meanwhile_is_not_told_who_is_late(owing, person):
    telling.remind(NOON + timedelta(hours=30))
    escalated = Mail.objects.filter(kind="escalated", thread__startswith="late:")
    recruiter = person("recruiter")
    assert escalated.filter(receiver=recruiter).exists()
    assert settled_mails(list(escalated)) == set()

    owing.interview.application.opening.members.filter(user=recruiter).delete()

    gone = set(escalated.filter(receiver=recruiter).values_list("pk", flat=True))
    assert settled_mails(list(escalated)) == gone


def test_one_mail_for_several_goes_out_while_one_is_owed_and_no_longer(
    owing, sample, hand_in, person, settings, mailoutbox
):
    """As in the hour in which a mail server is away, for who owes them and who runs the opening."""
    settings.SENDING_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    mine = Panelist.objects.filter(user=owing.user).exclude(pk=owing.pk).first()
    Interview.objects.filter(pk=mine.interview_id).update(starts_at=NOON - timedelta(hours=4), due_at=NOON)
    telling.remind(NOON + timedelta(hours=30))
    mails = Mail.objects.filter(about_type="several", state="waiting")
    assert {"reminded", "escalated"} == set(mails.values_list("kind", flat=True))

    hand_in(owing)
    assert settled_mails(list(mails)) == set()
    for panelist in Panelist.objects.filter(owed()):
        hand_in(panelist)
    Mail.objects.update(not_before=NOON - timedelta(days=400))
    outbox.send_due()

    several = Mail.objects.filter(about_type="several")
    assert set(several.values_list("state", "problem")) == {("stopped", "What it says is settled.")}


# --- how far all are ---------------------------------------------------------
@pytest.fixture
def all_in(owing, hand_in, settings):
    """That all are in is written to those who run the opening, and waits: the mail server is away."""
    settings.SENDING_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    hand_in(owing)
    return Mail.objects.filter(kind="all_in", state="waiting")


def put_on_panel(application, person, name, tomorrow):
    return plan_interview(
        application,
        round=application.opening.rounds.last(),
        starts_at=tomorrow,
        due_at=tomorrow + timedelta(hours=24),
        leads=[person(name)],
        shadows=[],
        by=person("admin"),
    )


def told_all_in(mailoutbox) -> set[str]:
    return {mail.to[0].split("@")[0] for mail in mailoutbox if "All scorecards are in" in mail.subject}


def test_nobody_is_told_that_all_are_in_where_one_is_owed_again(
    all_in, scored_application, person, tomorrow, mailoutbox
):
    assert {"recruiter", "manager"} <= {mail.receiver.email.split("@")[0] for mail in all_in}

    put_on_panel(scored_application, person, "recruiter", tomorrow)
    outbox.send_due()

    assert mailoutbox
    assert told_all_in(mailoutbox) == set()


def test_all_are_told_where_mail_was_stopped_and_all_are_in_again(
    all_in, scored_application, person, tomorrow, mailoutbox
):
    interview = put_on_panel(scored_application, person, "admin", tomorrow)
    outbox.send_due()
    assert told_all_in(mailoutbox) == set()

    cancel_interview(interview, by=person("recruiter"))
    outbox.send_due()

    assert {"recruiter", "manager"} <= told_all_in(mailoutbox)


def test_what_is_sent_again_asks_anew_who_may_know(all_in, scored_application, person, tomorrow, mailoutbox):
    outbox.send_due()
    assert "recruiter" in told_all_in(mailoutbox)
    put_on_panel(scored_application, person, "recruiter", tomorrow)
    mailoutbox.clear()

    mail = Mail.objects.get(kind="all_in", receiver=person("recruiter"))
    outbox.send_again(mail, by=person("admin"))
    outbox.send_due()

    assert told_all_in(mailoutbox) == set()
    mail.refresh_from_db()
    assert (mail.state, mail.problem) == ("stopped", "What it says is settled.")


def test_a_decision_is_told_to_nobody_who_has_come_to_owe_a_scorecard(
    owing, hand_in, person, tomorrow, settings, mailoutbox
):
    settings.SENDING_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    application = owing.interview.application
    hand_in(owing)
    put_on_panel(application, person, "interviewer", tomorrow)
    meetings.record_decision(application, outcome="hold", rationale="More evidence", by=person("manager"))
    put_on_panel(application, person, "recruiter", tomorrow)

    outbox.send_due()

    told = {mail.to[0].split("@")[0] for mail in mailoutbox if "Decision recorded" in mail.subject}
    assert "recruiter" not in told
    assert "interviewer2" in told


def test_a_notice_of_others_judgement_is_withheld_from_who_owes_and_uncounted(
    all_in, scored_application, person, tomorrow, client_of, complete_answers, hand_in
):
    recruiter = person("recruiter")
    said = Notice.objects.filter(receiver=recruiter, kind="all_in")
    shown = Notice.objects.visible_to(recruiter).filter(kind="all_in")
    before = unread_on_page(client_of)
    assert shown.count() == 1

    interview = put_on_panel(scored_application, person, "recruiter", tomorrow)
    assert not shown.exists()
    assert client_of("recruiter").get(reverse("notice_open", args=[said.get().pk])).status_code == 404
    assert unread_on_page(client_of) == before  # one withheld, and one invitation more
    assert Notice.objects.visible_to(recruiter).unread().count() == before

    hand_in(interview.panelists.get())
    assert said.first() in shown


def unread_on_page(client_of) -> int:
    return client_of("recruiter").get(reverse("notice_list")).context["user"].unread_notices


# --- who it concerns ---------------------------------------------------------
def test_each_kind_has_a_rule_for_whom_it_still_concerns():
    assert set(RULES) == set(KINDS)


@pytest.mark.parametrize("kind", ["invited", "moved", "cancelled", "reminded", "due_set", "escalated", "added"])
def test_a_mail_that_is_about_nothing_known_is_sent(person, kind):
    """Such as one of a version before, which wrote no thread."""
    mail = Mail.objects.create(receiver=person("manager"), kind=kind, subject="Said before")

    assert settled_mails([mail]) == set()


@pytest.fixture
def waiting(owing, settings):
    """Nothing waits yet, and what is sent stays in memory."""
    settings.SENDING_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    Mail.objects.all().delete()
    return owing.interview.application


def received(mailoutbox, name) -> list[str]:
    outbox.send_due()
    return [mail.subject for mail in mailoutbox if mail.to == [f"{name}@example.com"]]


@pytest.mark.parametrize("keeps", [True, False])
def test_who_lost_their_role_is_not_told_that_all_are_in(all_in, scored_application, person, mailoutbox, keeps):
    if not keeps:
        changing.remove_member(scored_application.opening.members.get(user=person("recruiter")), by=person("manager"))

    assert any("All scorecards are in" in subject for subject in received(mailoutbox, "recruiter")) is keeps


@pytest.mark.parametrize("keeps", [True, False])
def test_a_decision_is_told_to_who_still_has_a_role(waiting, hand_in, owing, person, mailoutbox, keeps):
    hand_in(owing)
    meetings.record_decision(waiting, outcome="hold", rationale="More evidence", by=person("manager"))
    if not keeps:
        changing.remove_member(waiting.opening.members.get(user=person("recruiter")), by=person("manager"))

    assert any("Decision recorded" in subject for subject in received(mailoutbox, "recruiter")) is keeps


@pytest.mark.parametrize("role", ["recruiter", "hiring_manager"])
def test_a_role_that_was_taken_back_is_not_announced(waiting, person, mailoutbox, role):
    """The same person keeps the other role, of which they are told."""
    members = [add_member(waiting.opening, person("admin"), role=each, by=person("recruiter")) for each in ROLES]
    lost = next(member for member in members if member.role == role)
    changing.remove_member(lost, by=person("recruiter"))

    (told,) = received(mailoutbox, "admin")
    assert lost.get_role_display().lower() not in told


@pytest.mark.parametrize("keeps", [True, False])
def test_a_usual_interviewer_is_told_so_while_they_are_one(waiting, person, mailoutbox, keeps):
    round_ = waiting.opening.rounds.first()
    named = [Named("", "interviewer2@example.com")]
    invite_people(waiting.opening, named, role="interviewer", rounds=[round_], by=person("recruiter"), link=str)
    if not keeps:
        round_.panel.clear()

    assert bool(received(mailoutbox, "interviewer2")) is keeps


@pytest.mark.parametrize("keeps", [True, False])
def test_a_hand_off_note_is_announced_to_who_still_interviews(waiting, owing, person, tomorrow, mailoutbox, keeps):
    first = Panelist.objects.get(interview__application=waiting, user=person("interviewer"))
    later = put_on_panel(waiting, person, "manager", tomorrow)
    leave_note(first, kind="covered", text="Went through the outage", by=first.user)
    if not keeps:
        cancel_interview(later, by=person("recruiter"))

    told = received(mailoutbox, "manager")
    assert any("Hand-off note" in subject for subject in told) is keeps


@pytest.mark.parametrize("way", ["stays", "off the panel", "declined", "application closed"])
def test_an_invitation_goes_to_who_is_still_asked(waiting, person, tomorrow, mailoutbox, way):
    interview = put_on_panel(waiting, person, "manager", tomorrow)
    panelist = interview.panelists.get()
    if way == "off the panel":
        end_panelists([panelist])
    elif way == "declined":
        decline_scorecard(open_scorecard(panelist), reason="I know them", by=panelist.user)
    elif way == "application closed":
        type(waiting).objects.filter(pk=waiting.pk).update(state="withdrawn")

    told = received(mailoutbox, "manager")
    assert any(subject.startswith("Interview") for subject in told) is (way == "stays")


@pytest.mark.parametrize("kind", [kinds.ALL_IN, kinds.DECIDED])
@pytest.mark.parametrize("owes", [True, False])
def test_a_channel_is_told_of_others_judgement_while_nobody_may_still_write(
    scored_application, two_panelists, person, tomorrow, settings, kind, owes
):
    settings.WEBHOOKS_INSIDE = True
    end_panelists(list(Panelist.objects.filter(owed(), interview__application=scored_application)))
    with channel() as chat:
        hook = hooks.add_hook(chat.address, form="json", opening_id=7, by=person("recruiter"))
        [message] = hooks.store([hook], [hooks.Told(kind, "Said", "", "", ("application", scored_application.pk))])
        if owes:
            put_on_panel(scored_application, person, "recruiter", tomorrow)
        hooks.send_due()
        told = len(chat.told)

    message.refresh_from_db()
    assert (told, message.state) == ((0, "stopped") if owes else (1, "sent"))
