"""Mails that wait while what they say comes to be untrue: as in the hour in which a mail server is away."""

from datetime import timedelta

from candidates.models import Interview, Panelist
from notices import outbox
from notices.models import Mail
from scorecards import telling
from scorecards.models import owed
from scorecards.settled import settled_mails
from tests.scorecards.conftest import NOON


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
