"""Changing an interview: times and panel, without dropping anything that somebody wrote or may not know."""

import pytest
from django.core.exceptions import ValidationError

from candidates.models import Interview, Panelist
from scorecards import drafts, panels
from scorecards.models import Scorecard


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

    assert "has started a scorecard" in str(refused.value)
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
