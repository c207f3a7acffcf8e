"""Changing an interview: times and panel, without dropping anything that somebody wrote or may not know."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from candidates.models import Application, Interview, Panelist
from debriefs import meetings
from debriefs.gathering import debrief_sheet
from scorecards import drafts, guests, panels, services
from scorecards.models import GuestLink, PanelistRelease, Scorecard, writable
from scorecards.releasing import release_panelists


@pytest.fixture
def interview(unscored_application):
    return unscored_application.interviews.order_by("pk").first()


@pytest.fixture
def change(interview, person):
    def changed(leads, shadows=(), by="recruiter") -> Interview:
        return panels.change_interview(
            interview,
            starts_at=interview.starts_at,
            due_at=interview.due_at,
            leads=[person(name) for name in leads],
            shadows=[person(name) for name in shadows],
            by=person(by),
        )

    return changed


def panel(interview) -> dict[str, str]:
    return {panelist.user.email.split("@")[0]: panelist.role for panelist in interview.panelists.all()}


def test_panel_is_replaced_while_nobody_has_begun(interview, change):
    drafts.open_scorecard(interview.panelists.get())

    change(["interviewer2"], ["admin"])

    assert panel(interview) == {"interviewer2": "lead", "admin": "shadow"}
    assert not Scorecard.objects.filter(panelist__interview=interview).exists()


def test_somebody_who_has_begun_stays(interview, change):
    panelist = interview.panelists.get()
    drafts.save_draft(drafts.open_scorecard(panelist), {"summary": "begun"}, edit=0, by=panelist.user)

    with pytest.raises(ValidationError) as refused:
        change(["interviewer2"])

    assert "Release" in str(refused.value)
    assert panel(interview) == {"interviewer": "lead"}
    assert Scorecard.objects.get(panelist=panelist).summary == "begun"


def test_lead_or_shadow_stays_once_submitted(interview, change, hand_in):
    hand_in(interview.panelists.get())

    with pytest.raises(ValidationError):
        change(["interviewer2"], ["interviewer"])

    assert panel(interview) == {"interviewer": "lead"}


def test_who_has_yet_to_submit_does_not_learn_who_has_begun(interview, change, person):
    Panelist.objects.create(interview=interview, user=person("manager"))

    with pytest.raises(ValidationError) as refused:
        change(["manager"], by="manager")

    assert "begun" not in str(refused.value)
    assert panel(interview) == {"interviewer": "lead", "manager": "lead"}


def test_interview_is_cancelled_while_nobody_has_begun(interview, person):
    panels.cancel_interview(interview, by=person("recruiter"))

    assert not Interview.objects.filter(pk=interview.pk).exists()


def test_interview_with_a_scorecard_stays(interview, person, hand_in):
    hand_in(interview.panelists.get())

    with pytest.raises(ValidationError):
        panels.cancel_interview(interview, by=person("recruiter"))

    assert panel(interview) == {"interviewer": "lead"}


def test_page_changes_the_time_and_keeps_what_was_typed_on_an_error(interview, client_of, person):
    client, path = client_of("recruiter"), f"/interviews/{interview.pk}/"
    form = {"starts_at": "2030-05-01T09:30", "hours_to_score": "48", "leads": [person("interviewer").pk]}

    refused = client.post(path, form | {"leads": []})
    saved = client.post(path, form)

    assert refused.status_code == 422
    assert "2030-05-01T09:30" in refused.content.decode()
    assert saved.status_code == 302
    interview.refresh_from_db()
    assert f"{interview.starts_at:%Y-%m-%d %H:%M}" == "2030-05-01 09:30"


# --- released ------------------------------------------------------------------
def begun(panelist, words="begun"):
    return drafts.save_draft(drafts.open_scorecard(panelist), {"summary": words}, edit=0, by=panelist.user)


@pytest.fixture
def released(interview, person):
    """The only panelist, who wrote something and then fell ill."""
    panelist = interview.panelists.get()
    begun(panelist)
    release_panelists([panelist], reason="Fell ill", by=person("recruiter"))
    return Panelist.objects.get(pk=panelist.pk)


def test_who_is_released_owes_nothing_and_keeps_the_draft(released, interview, change, client_of):
    assert not Panelist.objects.filter(writable(), pk=released.pk).exists()
    assert Scorecard.objects.get(panelist=released).summary == "begun"
    with pytest.raises(drafts.Finished):
        drafts.save_draft(released.scorecard, {"summary": "more"}, edit=1, by=released.user)

    changed = change(["interviewer2"])

    assert [row.user.email for row in changed.panelists.on_panel()] == ["interviewer2@example.com"]
    own = client_of("interviewer").get(reverse("scorecard", args=[released.pk])).content.decode()
    assert "You were released from this interview" in own
    assert "begun" in own
    assert "Fell ill" not in own


def test_the_debrief_says_who_was_released_and_shows_none_of_the_draft(released, interview, client_of, hand_in):
    hand_in(interview.application.interviews.last().panelists.get())

    body = client_of("recruiter").get(reverse("debrief", args=[interview.application_id])).content.decode()
    sheet = debrief_sheet(interview.application)

    assert "Fell ill" in body
    assert "begun" not in body
    assert [(card.state, card.summary) for card in sheet.cards] == [("released", ""), ("submitted", "summary seen")]
    assert sheet.complete


def test_who_is_put_back_goes_on_with_the_draft(released, interview, change):
    change(["interviewer"])

    panelist = interview.panelists.on_panel().get()
    assert panelist == released
    assert Scorecard.objects.get(panelist=panelist).is_writable
    assert not PanelistRelease.objects.exists()


def test_an_interview_whose_people_were_released_can_be_cancelled(released, interview, person):
    panels.cancel_interview(interview, by=person("recruiter"))

    interview.refresh_from_db()
    assert interview.cancelled_at
    assert Scorecard.objects.get(panelist=released).summary == "begun"
    with pytest.raises(ValidationError, match="has been cancelled"):
        panels.cancel_interview(interview, by=person("recruiter"))


def test_a_deactivated_panelist_is_released_and_hinders_nothing(interview, person, client_of, tomorrow):
    panelist = interview.panelists.get()
    begun(panelist)
    User.objects.filter(pk=panelist.user_id).update(is_active=False)
    client, page = client_of("recruiter"), reverse("interview_edit", args=[interview.pk])
    times = {"starts_at": f"{tomorrow:%Y-%m-%dT%H:%M}", "hours_to_score": 5}

    moved = client.post(page, times | {"leads": [panelist.user_id]})
    release = client.post(reverse("panelist_release", args=[interview.pk, panelist.pk]), {"reason": "Left the company"})
    replaced = client.post(page, times | {"leads": [person("interviewer2").pk]})

    assert [moved.status_code, release.status_code, replaced.status_code] == [302, 302, 302]
    assert [row.user for row in interview.panelists.on_panel()] == [person("interviewer2")]


# --- declined ------------------------------------------------------------------
@pytest.fixture
def declined(interview):
    panelist = interview.panelists.get()
    card = begun(panelist, "before declining")
    return services.decline_scorecard(card, reason="Was double-booked", by=panelist.user)


def test_who_declined_is_replaced(declined, interview, change):
    changed = change(["interviewer2"])

    assert [row.user.email for row in changed.panelists.on_panel()] == ["interviewer2@example.com"]
    assert [card.state for card in debrief_sheet(interview.application).declined] == ["declined"]


def test_declining_is_taken_back_with_what_was_written(declined, interview, client_of):
    response = client_of("interviewer").post(reverse("decline_take_back", args=[declined.panelist_id]))

    again = interview.panelists.on_panel().get()
    assert response.url == reverse("scorecard", args=[again.pk])
    card = Scorecard.objects.get(panelist=again)
    assert (card.summary, card.is_writable) == ("before declining", True)
    declined.refresh_from_db()
    assert (declined.state, declined.decline_reason) == ("declined", "Was double-booked")
    assert not debrief_sheet(interview.application).declined


def test_declining_stands_once_the_debrief_has_opened(declined, interview, person, hand_in):
    hand_in(interview.application.interviews.last().panelists.get())
    meetings.open_debrief(interview.application, by=person("manager"))

    with pytest.raises(ValidationError, match="debrief has opened"):
        panels.take_back_declining(declined, by=declined.panelist.user)
    with pytest.raises(ValidationError, match="not declined, or you are no longer"):
        panels.take_back_declining(declined, by=person("admin"))


# --- external interviewers -------------------------------------------------------
def test_an_external_interviewers_link_ends_with_the_new_times(interview, person, tomorrow):
    guests.add_guest(
        interview, name="Ada Out", email="ada@out.example", role="shadow", by=person("recruiter"), link=lambda key: key
    )
    later = tomorrow + timedelta(weeks=3)
    people = [row.user for row in interview.panelists.filter(role="lead").select_related("user")]
    guest = User.objects.get(email="ada@out.example")

    panels.change_interview(
        interview, starts_at=later, due_at=later, leads=people, shadows=[guest], by=person("recruiter")
    )

    assert GuestLink.objects.get().expires_at == later + GuestLink.lasting()


def test_who_owes_another_scorecard_learns_nothing_of_the_debrief_by_the_declined_one(declined, client_of, person):
    interview, author = declined.panelist.interview, declined.panelist.user
    another = Interview.objects.create(
        application=interview.application,
        round=interview.round,
        starts_at=interview.starts_at,
        due_at=interview.due_at,
    )
    Panelist.objects.create(interview=another, user=author)
    page = reverse("scorecard", args=[declined.panelist_id])
    client = client_of(author.email.split("@")[0])
    before = client.get(page).content.decode()
    Application.objects.filter(pk=interview.application_id).update(debrief_opened_at=timezone.now())

    assert "Score it after all" not in before
    assert "Score it after all" not in client.get(page).content.decode()
    with pytest.raises(ValidationError, match="that you owe"):
        panels.take_back_declining(declined, by=author)
