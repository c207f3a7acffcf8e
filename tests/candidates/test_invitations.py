"""What a panel is told: who, of what, and how little of the candidate."""

from datetime import timedelta

import pytest
from django.utils import timezone
from icalendar import Calendar

from candidates import services
from candidates.models import Interview
from notices.models import Mail, Notice, NoticePreferences
from scorecards import panels
from scorecards.drafts import open_scorecard
from scorecards.services import decline_scorecard


@pytest.fixture
def nothing_told(sample):
    Notice.objects.all().delete()


@pytest.fixture
def planned(nothing_told, unscored_application, person, tomorrow) -> Interview:
    """An interview to come with one lead, who was told."""
    return services.plan_interview(
        unscored_application,
        round=unscored_application.opening.rounds.first(),
        starts_at=tomorrow,
        due_at=tomorrow + timedelta(hours=24),
        leads=[person("interviewer")],
        shadows=[],
        by=person("recruiter"),
    )


def change(interview, person, *, leads, later=timedelta(), place=""):
    return panels.change_interview(
        interview,
        starts_at=interview.starts_at + later,
        due_at=interview.due_at + later,
        leads=[person(name) for name in leads],
        shadows=[],
        by=person("recruiter"),
        place=place,
    )


def told() -> list[tuple[str, str]]:
    """Who was told what, in order."""
    return [(mail.receiver.email.split("@")[0], mail.kind) for mail in Mail.objects.order_by("pk")]


def event(mail: Mail):
    return Calendar.from_ical(mail.calendar).walk("VEVENT")[0]


def test_the_panel_gets_an_invitation_with_time_round_and_way(planned, person):
    NoticePreferences.objects.create(user=person("interviewer"), time_zone="Asia/Tokyo")
    change(planned, person, leads=["interviewer"], later=timedelta(hours=1))

    first, second = Mail.objects.order_by("pk")
    assert (first.kind, second.kind) == ("invited", "moved")
    assert first.state == "stopped"
    assert "Noor Haddad" in second.subject
    assert "JST" in second.text
    assert f"/panelists/{planned.panelists.get().pk}/scorecard/" in second.text
    assert event(first)["UID"] == event(second)["UID"]
    assert event(first)["SEQUENCE"] < event(second)["SEQUENCE"]
    assert event(second).start - event(first).start == timedelta(hours=1)


def test_a_changed_interview_says_what_it_was_and_where_it_is(planned, person):
    before = planned.starts_at
    link = "https://meet.example.org/systems"
    change(planned, person, leads=["interviewer"], later=timedelta(hours=1), place=link)

    moved = Mail.objects.get(kind="moved")
    assert f"It was planned for {before:%a %-d %b %Y, %H:%M} UTC." in moved.text
    assert f"Place or link: {link}\n" in moved.text


def test_another_panel_tells_who_came_and_who_left_alone(planned, person):
    Mail.objects.all().delete()

    change(planned, person, leads=["interviewer2", "admin"])
    change(planned, person, leads=["interviewer2"])

    assert told() == [
        ("interviewer", "cancelled"),
        ("interviewer2", "invited"),
        ("admin", "invited"),
        ("admin", "cancelled"),
    ]


def test_a_cancelled_interview_is_taken_back_with_a_higher_number(planned, person):
    panels.cancel_interview(planned, by=person("recruiter"))

    asked, off = Mail.objects.order_by("pk")
    assert off.calendar_method == "CANCEL"
    assert event(off)["SEQUENCE"] > event(asked)["SEQUENCE"]
    assert "It will not take place." in off.text
    assert asked.state == "stopped"


def test_a_mail_of_an_anonymous_opening_has_the_code_name_alone(nothing_told, unscored_application, person, tomorrow):
    opening = unscored_application.opening
    opening.anonymous = True
    opening.save(update_fields=["anonymous"])
    services.plan_interview(
        unscored_application,
        round=opening.rounds.first(),
        starts_at=tomorrow,
        due_at=tomorrow,
        leads=[person("interviewer")],
        shadows=[],
        by=person("recruiter"),
    )

    mail = Mail.objects.get()
    said = f"{mail.subject} {mail.text} {mail.html} {mail.calendar}"
    assert unscored_application.alias in said
    assert not {"Noor", "Haddad", "noor.haddad"} & set(said.replace(",", " ").split())


def test_a_mail_of_a_confidential_opening_says_neither_who_nor_what_for(confidential, person, tomorrow):
    application = confidential.applications.get()
    round_ = confidential.rounds.create(name="First talk", minutes=30)
    services.plan_interview(
        application,
        round=round_,
        starts_at=tomorrow,
        due_at=tomorrow,
        leads=[person("interviewer")],
        shadows=[],
        by=person("manager"),
    )

    mail = Mail.objects.get(kind="invited")
    said = f"{mail.subject} {mail.text} {mail.html} {mail.calendar}"
    assert "First talk" in said
    for secret in ("Hidden", "Secret chief"):
        assert secret not in said


def test_what_is_over_and_what_a_program_plans_is_told_to_nobody(nothing_told, unscored_application, person):
    yesterday = timezone.now() - timedelta(days=1)
    for by in (person("recruiter"), None):
        services.plan_interview(
            unscored_application,
            round=unscored_application.opening.rounds.first(),
            starts_at=yesterday,
            due_at=yesterday,
            leads=[person("interviewer")],
            shadows=[],
            by=by,
        )

    assert not Notice.objects.exists()


def test_who_is_given_a_role_is_told_unless_they_took_it(nothing_told, confidential, person):
    services.add_member(confidential, person("recruiter"), role="recruiter", by=person("manager"))
    services.add_member(confidential, person("manager"), role="recruiter", by=person("manager"))

    notice = Notice.objects.get()
    assert notice.receiver == person("recruiter")
    assert "Secret chief" not in notice.mail.text


def test_who_declined_is_not_invited_again_where_it_moves(planned, person):
    change(planned, person, leads=["interviewer", "interviewer2"])
    panelist = planned.panelists.get(user=person("interviewer"))
    decline_scorecard(open_scorecard(panelist), reason="I know them", by=panelist.user)
    Mail.objects.all().delete()

    change(planned, person, leads=["interviewer", "interviewer2"], later=timedelta(hours=1))

    assert told() == [("interviewer2", "moved")]


def edited(interview, person, *, shadows=(), **changes):
    same = {"starts_at": interview.starts_at, "due_at": interview.due_at, "place": interview.place}
    leads = [person(name) for name in ("interviewer", "interviewer2") if name not in shadows]
    return panels.change_interview(
        interview, leads=leads, shadows=[person(name) for name in shadows], by=person("recruiter"), **same | changes
    )


@pytest.fixture
def shared(planned, person):
    """An interview with two leads, of which nothing is told yet."""
    interview = edited(planned, person, place="Room 3")
    Mail.objects.all().delete()
    return interview


def test_another_place_is_said_with_the_one_before(shared, person):
    edited(shared, person, place="Room 5")

    assert told() == [("interviewer", "moved"), ("interviewer2", "moved")]
    text = Mail.objects.first().text
    assert "Place or link: Room 5\nBefore: Room 3" in text
    assert "It was planned" not in text
    assert "It was due" not in text


def test_another_due_time_is_said_with_the_one_before(shared, person):
    before = shared.due_at
    edited(shared, person, due_at=before + timedelta(hours=2), place="")

    text = Mail.objects.first().text
    after = before + timedelta(hours=2)
    assert f"is due {after:%a %-d %b %Y, %H:%M} UTC. It was due {before:%a %-d %b %Y, %H:%M} UTC." in text
    assert "It has no place or link any more.\nBefore: Room 3" in text


def test_who_is_made_a_shadow_and_back_is_told_and_nobody_else(shared, person):
    edited(shared, person, shadows=["interviewer2"])
    assert told() == [("interviewer2", "moved")]
    assert "You are a shadow interviewer now: what you write is never counted." in Mail.objects.get().text

    edited(shared, person)
    assert told() == [("interviewer2", "moved"), ("interviewer2", "moved")]
    assert "You are a lead interviewer now: what you write counts." in Mail.objects.first().text


def test_a_change_that_changes_nothing_tells_nobody(shared, person):
    edited(shared, person)

    assert told() == []


def lengthen(round_, person, minutes):
    round_.minutes = minutes
    services.save_round(round_, dimensions=list(round_.dimensions.all()), by=person("recruiter"))


def test_another_length_of_the_round_is_told_with_the_new_end(shared, person):
    round_, before = shared.round, shared.round.minutes
    held = Interview.objects.exclude(pk=shared.pk).filter(starts_at__lte=timezone.now())
    assert held.exists()

    lengthen(round_, person, before + 30)

    assert told() == [("interviewer", "moved"), ("interviewer2", "moved")]
    mail = Mail.objects.first()
    assert f"It was planned to take {before} minutes." in mail.text
    assert event(mail).end - event(mail).start == timedelta(minutes=before + 30)
    assert event(mail)["SEQUENCE"] == shared.calendar_sequence + 1
    assert mail.text.count("It was planned for") == 0


def test_another_name_of_the_round_alone_tells_nobody(shared, person):
    lengthen(shared.round, person, shared.round.minutes)

    assert told() == []


def test_another_length_is_told_to_nobody_who_declined(shared, person):
    panelist = shared.panelists.get(user=person("interviewer2"))
    decline_scorecard(open_scorecard(panelist), reason="I know them", by=panelist.user)
    Mail.objects.all().delete()

    lengthen(shared.round, person, 15)

    assert told() == [("interviewer", "moved")]
