"""What was told of a candidate before their opening became anonymous or confidential."""

from datetime import timedelta

import pytest
from django.urls import reverse
from icalendar import Calendar

from candidates import services
from candidates.models import Opening
from candidates.openings import changing
from notices import hooks, outbox
from notices.models import ChatMessage, Mail, Notice
from privacy.erasure import erase_candidate
from scorecards import panels, telling

NAME = "Noor Haddad"


@pytest.fixture
def opening(unscored_application) -> Opening:
    return unscored_application.opening


@pytest.fixture(autouse=True)
def _memory(settings):
    settings.SENDING_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def test_of_an_erased_candidate_nothing_names_an_opening_that_becomes_confidential(
    unscored_application, opening, person, tomorrow
):
    services.plan_interview(
        unscored_application,
        round=opening.rounds.first(),
        starts_at=tomorrow,
        due_at=tomorrow + timedelta(days=1),
        leads=[person("interviewer")],
        shadows=[],
        by=person("recruiter"),
    )
    erase_candidate(unscored_application.candidate, by=person("recruiter"), reason="asked")
    title = opening.title
    changing.edit_opening(opening, title=title, confidential=True, anonymous=False, by=person("recruiter"))

    cancelled = [*Notice.objects.filter(kind="cancelled"), *Mail.objects.filter(kind="cancelled")]

    assert cancelled
    assert not any(title in said.text for said in cancelled)


@pytest.fixture
def told(unscored_application, opening, person, tomorrow):
    """An invitation, a cancellation, a reminder, word of who is late and of a role: all wait."""
    Notice.objects.all().delete()
    by = person("recruiter")
    for place in (opening.pk, None):
        hooks.add_hook("https://hooks.example.com/1", form="slack", opening_id=place, by=person("admin"))
    for number, leads in enumerate((["interviewer"], ["interviewer2"])):
        planned = services.plan_interview(
            unscored_application,
            round=opening.rounds.first(),
            starts_at=tomorrow + timedelta(days=number),
            due_at=tomorrow + timedelta(days=number + 1),
            leads=[person(name) for name in leads],
            shadows=[],
            by=by,
        )
    panels.cancel_interview(planned, by=by)
    first = unscored_application.interviews.order_by("pk").first()
    type(first).objects.filter(pk=first.pk).update(
        starts_at=tomorrow - timedelta(days=4), due_at=tomorrow - timedelta(days=3)
    )
    telling.remind(tomorrow.replace(hour=12))
    services.add_member(opening, person("admin"), role="hiring_manager", by=by)
    Mail.objects.update(not_before=tomorrow - timedelta(days=2))
    return set(Mail.objects.filter(state="waiting").values_list("kind", flat=True))


def edit(opening, person, **wanted):
    same = {"title": opening.title, "confidential": opening.confidential, "anonymous": opening.anonymous}
    return changing.edit_opening(opening, **same | wanted, by=person("recruiter"))


def everything(mails) -> str:
    words = [f"{mail.subject} {mail.text} {mail.html} {mail.calendar}" for mail in mails]
    return " ".join(words).replace("\r\n ", "")


def sent(mailoutbox) -> str:
    return " ".join(message.message().as_string() for message in mailoutbox) + " ".join(
        f"{message.subject} {message.body} {message.alternatives}" for message in mailoutbox
    )


def test_mail_that_waited_as_an_opening_became_anonymous_has_the_code_name(
    told, opening, unscored_application, person, mailoutbox
):
    assert {"invited", "cancelled", "added"} <= told
    assert NAME in everything(Mail.objects.all())

    edit(opening, person, anonymous=True)
    outbox.send_due()

    assert mailoutbox
    assert NAME not in sent(mailoutbox)
    invitation = Mail.objects.get(kind="invited", receiver=person("interviewer"), state="sent")
    assert invitation.subject == f"Interview: {unscored_application.alias}, {opening.title}"
    assert unscored_application.alias in str(Calendar.from_ical(invitation.calendar).walk("VEVENT")[0]["SUMMARY"])
    assert "minutes." in invitation.text


def test_mail_that_waited_as_an_opening_became_confidential_names_nothing(told, opening, person, mailoutbox):
    edit(opening, person, confidential=True)
    outbox.send_due()

    assert mailoutbox
    assert NAME not in sent(mailoutbox)
    assert opening.title not in sent(mailoutbox)
    subjects = {mail.subject for mail in mailoutbox}
    assert {"Interview", "Cancelled interview", "You are now a hiring manager for a confidential opening"} <= subjects
    off = Mail.objects.get(kind="cancelled")
    assert "It will not take place." in off.text


def test_what_was_sent_before_is_not_sent_again_with_the_name(told, opening, person, mailoutbox):
    outbox.send_due()
    mailoutbox.clear()
    edit(opening, person, anonymous=True)

    for mail in Mail.objects.filter(kind__in=["invited", "cancelled"], state="sent"):
        outbox.send_again(mail, by=person("admin"))
    outbox.send_due()

    assert mailoutbox
    assert NAME not in sent(mailoutbox)


@pytest.mark.parametrize("change", [{"anonymous": True}, {"confidential": True}])
def test_the_list_of_notices_names_nobody_any_more(told, opening, person, client_of, change):
    page = client_of("interviewer").get(reverse("notice_list")).content.decode()
    assert NAME in page

    edit(opening, person, **change)

    for name in ("interviewer", "interviewer2", "manager", "admin"):
        page = client_of(name).get(reverse("notice_list")).content.decode()
        assert NAME not in page
        assert ("confidential" not in change) or opening.title not in page


def test_a_rule_that_lets_more_be_known_changes_no_word(told, opening, person):
    edit(opening, person, anonymous=True)
    before = list(Notice.objects.order_by("pk").values_list("title", "text"))

    edit(opening, person, anonymous=False)

    assert list(Notice.objects.order_by("pk").values_list("title", "text")) == before


def test_channels_are_told_the_code_name_by_what_waits(told, opening, unscored_application, person):
    edit(opening, person, anonymous=True)

    titles = set(ChatMessage.objects.values_list("title", flat=True))
    called = f"{unscored_application.alias}, {opening.title}"
    assert titles == {f"Interview planned: {called}", f"Interview cancelled: {called}"}


def test_the_installations_channels_are_told_no_more_of_a_confidential_one(told, opening, person):
    edit(opening, person, confidential=True)

    said = set(ChatMessage.objects.values_list("webhook__opening_id", "title"))
    assert said == {(opening.pk, "Interview planned"), (opening.pk, "Interview cancelled")}


def test_who_planned_with_the_page_from_before_names_nobody(opening, unscored_application, person, tomorrow):
    """The application was read before the opening became anonymous, and the panel is told after."""
    assert not unscored_application.opening.anonymous
    Opening.objects.filter(pk=opening.pk).update(anonymous=True)

    services.plan_interview(
        unscored_application,
        round=opening.rounds.first(),
        starts_at=tomorrow,
        due_at=tomorrow,
        leads=[person("interviewer")],
        shadows=[],
        by=person("recruiter"),
    )

    said = everything(Mail.objects.filter(kind="invited"))
    assert unscored_application.alias in said
    assert NAME not in said
