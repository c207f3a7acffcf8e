"""What is to come of an application that is closed by hand is cancelled with it."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from icalendar import Calendar

from candidates.bulk.states import move_all, set_states
from candidates.models import Application, Opening, Panelist
from candidates.services import create_opening, plan_interview
from candidates.states import move_application, set_state
from notices import hooks, outbox
from notices.models import ChatMessage, Mail, Notice
from scorecards import drafts, panels
from scorecards.models import PanelistRelease

WAYS = ["withdrawn", "rejected", "moved", "several withdrawn", "several moved"]


@pytest.fixture
def application(unscored_application) -> Application:
    """Its interviews so far are planned anew by the tests."""
    unscored_application.interviews.all().delete()
    return unscored_application


@pytest.fixture
def other(application, person) -> Opening:
    return create_opening("Night shift", rubric_version=application.opening.rubric_version, by=person("recruiter"))


@pytest.fixture
def coming(application, person, tomorrow):
    """An interview to come with two on its panel, who were told."""
    interview = plan_interview(
        application,
        round=application.opening.rounds.first(),
        starts_at=tomorrow,
        due_at=tomorrow + timedelta(hours=24),
        leads=[person("interviewer"), person("interviewer2")],
        shadows=[],
        by=person("recruiter"),
    )
    Mail.objects.update(state="sent")
    Notice.objects.all().delete()
    return interview


def close(application, way, other, by) -> None:
    if way == "moved":
        move_application(application, to=other, by=by)
    elif way == "several moved":
        move_all([application], to=other, by=by)
    elif way == "several withdrawn":
        set_states([application], state="withdrawn", by=by)
    else:
        set_state(application, state=way, reason="No work permit", by=by)


@pytest.mark.parametrize("way", WAYS)
def test_panel_and_channel_are_told_of_what_is_off(application, coming, other, person, settings, mailoutbox, way):
    settings.SENDING_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    hooks.add_hook("https://hooks.example.com/1", form="slack", opening_id=None, by=person("admin"))

    close(application, way, other, person("recruiter"))
    outbox.send_due()

    coming.refresh_from_db()
    assert coming.cancelled_at
    told = {mail.to[0].split("@")[0] for mail in mailoutbox if mail.subject.startswith("Cancelled interview")}
    assert told == {"interviewer", "interviewer2"}
    for mail in Mail.objects.filter(kind="cancelled"):
        event = Calendar.from_ical(mail.calendar).walk("VEVENT")[0]
        assert (mail.calendar_method, event["SEQUENCE"]) == ("CANCEL", 1)
    assert ChatMessage.objects.filter(kind="cancelled").count() == 1


def test_what_was_begun_stays_its_writers(application, coming, person):
    panelist = coming.panelists.get(user=person("interviewer"))
    card = drafts.save_draft(drafts.open_scorecard(panelist), {"summary": "read the files"}, edit=0, by=panelist.user)

    set_state(application, state="withdrawn", by=person("recruiter"))

    card.refresh_from_db()
    assert (card.summary, card.state) == ("read the files", "draft")
    assert set(PanelistRelease.objects.values_list("reason", flat=True)) == {
        "The application was closed before this interview."
    }


def test_what_was_held_and_another_states_change_nothing(application, coming, person):
    type(coming).objects.filter(pk=coming.pk).update(starts_at=coming.starts_at - timedelta(days=2))
    set_state(application, state="withdrawn", by=person("recruiter"))
    coming.refresh_from_db()
    assert coming.cancelled_at is None
    assert not Mail.objects.filter(kind="cancelled").exists()


def test_an_application_on_hold_keeps_its_interviews(application, coming, person):
    set_state(application, state="on_hold", by=person("recruiter"))
    coming.refresh_from_db()
    assert coming.cancelled_at is None


def test_who_closes_and_is_blind_learns_nothing_of_the_panel(application, coming, person, hand_in):
    """What nobody has begun, somebody has begun and somebody has finished is treated alike."""
    Panelist.objects.create(interview=coming, user=person("recruiter"))
    hand_in(coming.panelists.get(user=person("interviewer2")))

    set_state(application, state="withdrawn", by=person("recruiter"))

    coming.refresh_from_db()
    assert coming.cancelled_at
    assert coming.panelists.count() == 3


def test_an_interview_of_a_closed_application_is_not_moved(application, coming, person):
    type(coming).objects.filter(pk=coming.pk).update(starts_at=coming.starts_at - timedelta(days=2))
    set_state(application, state="withdrawn", by=person("recruiter"))
    coming.refresh_from_db()

    with pytest.raises(ValidationError, match="This application is closed"):
        panels.change_interview(
            coming,
            starts_at=coming.starts_at + timedelta(days=9),
            due_at=coming.due_at + timedelta(days=9),
            leads=[person("interviewer"), person("interviewer2")],
            shadows=[],
            by=person("recruiter"),
        )


def test_the_forms_that_close_say_what_is_to_come(application, coming, client_of):
    browser = client_of("recruiter")
    one = browser.get(reverse("application_state", args=[application.pk])).content.decode()
    chosen = {"application": application.pk}
    several = browser.get(reverse("application_states", args=[application.opening_id]), chosen).content.decode()

    assert "These upcoming interviews are then cancelled with it" in one
    assert coming.round.name in one
    assert "1 interview to come" in several
