"""Mail about an interview that reached nobody is told to those who run the opening."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from candidates.models import Round
from candidates.services import plan_interview
from candidates.undelivered import tell_undelivered
from notices import outbox
from notices.models import Mail, Notice
from privacy.erasure import erase_candidate
from tests.notices.conftest import mail_server

__all__ = ["mail_server"]


@pytest.fixture
def planned(unscored_application, person):
    """An interview to come, whose invitation is the only mail."""
    Mail.objects.all().delete()
    Notice.objects.all().delete()
    interview = plan_interview(
        unscored_application,
        round=Round.objects.filter(opening=unscored_application.opening).first(),
        starts_at=timezone.now() + timedelta(days=2),
        due_at=timezone.now() + timedelta(days=3),
        leads=[person("interviewer")],
        shadows=[],
        by=person("recruiter"),
    )
    return interview


def test_a_refused_invitation_is_told_to_the_recruiters_with_the_servers_words(mail_server, planned, person):
    mail_server.refused["interviewer@example.com"] = "550 5.1.1 no such person"

    outbox.send_due()
    outbox.send_due()

    (said,) = Notice.objects.filter(kind="undelivered")
    name = person("interviewer").display_name
    assert said.receiver == person("recruiter")
    assert said.title.startswith(f"Mail did not reach {name}: {planned.application.candidate.name}, ")
    (message,) = mail_server.taken
    text = message.get_body(("plain",)).get_content()
    assert f"{name} does not know of the interview unless you say so yourself." in text
    assert "no such person" in text


def test_of_a_confidential_opening_it_names_no_candidate(mail_server, planned):
    opening = planned.application.opening
    opening.confidential = True
    opening.save(update_fields=["confidential"])
    mail_server.refused["interviewer@example.com"] = "550 no"

    outbox.send_due()

    assert planned.application.candidate.name not in Notice.objects.get(kind="undelivered").title


def test_somebody_without_an_address_is_told_of_too(mail_server, planned, person):
    interviewer = person("interviewer")
    interviewer.email = ""
    interviewer.save(update_fields=["email"])

    outbox.send_due()

    assert Notice.objects.filter(kind="undelivered", receiver=person("recruiter")).count() == 1


def test_where_the_only_recruiter_is_not_reached_the_hiring_manager_is_told(planned, person):
    mail = Mail.objects.get()
    mail.receiver = person("recruiter")

    tell_undelivered(mail, "550 no")

    assert [said.receiver for said in Notice.objects.filter(kind="undelivered")] == [person("manager")]


def test_it_is_told_once_and_again_where_it_was_sent_again_in_vain(mail_server, planned, person):
    mail_server.refused["interviewer@example.com"] = "550 no"
    outbox.send_due()
    mail = Mail.objects.get(kind="invited")
    tell_undelivered(mail, "550 no")
    assert Notice.objects.filter(kind="undelivered").count() == 1

    outbox.send_again(mail, by=person("admin"))
    outbox.send_due()

    assert Notice.objects.filter(kind="undelivered").count() == 2


def test_that_an_interview_is_off_since_its_candidate_was_erased_is_told_of_too(mail_server, planned, person):
    name = planned.application.candidate.name
    erase_candidate(planned.application.candidate, by=person("recruiter"), reason="asked")
    mail_server.refused["interviewer@example.com"] = "550 no"

    outbox.send_due()

    said = Notice.objects.get(kind="undelivered")
    assert "does not know that the interview is off" in said.text
    assert name not in said.title + said.text


def test_a_worker_that_dies_before_it_has_told_of_it_has_not_given_the_mail_up(mail_server, planned, person):
    mail_server.refused["interviewer@example.com"] = "550 no"

    def dies(execute, sql, params, many, context):
        if sql.startswith('INSERT INTO "notices_notice"'):
            raise SystemExit
        return execute(sql, params, many, context)

    with connection.execute_wrapper(dies), pytest.raises(SystemExit):
        outbox.send_due()
    assert Mail.objects.get(kind="invited").state == "sending"
    assert not Notice.objects.filter(kind="undelivered").exists()

    Mail.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    outbox.send_due()

    assert Mail.objects.get(kind="invited").state == "failed"
    assert Notice.objects.get(kind="undelivered").receiver == person("recruiter")


def test_a_server_that_is_busy_is_no_reason_yet_and_other_mail_is_the_administrators_matter(mail_server, planned):
    mail_server.answer = "451 4.3.2 try again later"
    outbox.send_due()

    mail_server.answer = "250 OK"
    Mail.objects.update(kind="all_in", not_before=timezone.now())
    mail_server.refused["interviewer@example.com"] = "550 no"
    outbox.send_due()

    assert not Notice.objects.filter(kind="undelivered").exists()
