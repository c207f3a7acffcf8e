"""Notes for the next interviewers, and a shadow's scorecard beside the lead's."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from candidates.models import Panelist
from scorecards import services
from scorecards.models import HandoffNote, Sighting

NOTE = "The outage story is told; ask about capacity"


@pytest.fixture
def rounds(unscored_application):
    """Two panelists of one application, the second interview a day after the first."""
    first, second = Panelist.objects.filter(interview__application=unscored_application).order_by("pk")
    second.interview.starts_at += timedelta(days=1)
    second.interview.due_at += timedelta(days=1)
    second.interview.save()
    return first, second


def test_a_later_panelist_reads_the_note_and_an_earlier_one_does_not(rounds, client_of):
    first, second = rounds
    services.leave_note(first, kind="probe", text=NOTE, by=first.user)
    services.leave_note(second, kind="background", text="Moves house in May", by=second.user)

    later = client_of("interviewer2").get(f"/panelists/{second.pk}/scorecard/").content.decode()
    earlier = client_of("interviewer").get(f"/panelists/{first.pk}/scorecard/").content.decode()

    assert NOTE in later
    assert "Please probe" in later
    assert "Moves house in May" not in earlier


def test_a_shadows_note_reaches_nobody_else(rounds, person):
    first, second = rounds
    shadow = Panelist.objects.create(interview=first.interview, user=person("admin"), role="shadow")
    services.leave_note(shadow, kind="probe", text=NOTE, by=person("admin"))

    assert list(HandoffNote.objects.for_panelist(second)) == []
    assert [note.text for note in HandoffNote.objects.for_panelist(shadow)] == [NOTE]


def test_a_note_of_another_application_stays_there(rounds, scored_application):
    first, _ = rounds
    services.leave_note(first, kind="probe", text=NOTE, by=first.user)
    other = Panelist.objects.filter(interview__application=scored_application).last()

    assert list(HandoffNote.objects.for_panelist(other)) == []


@pytest.mark.parametrize(("kind", "text"), [("opinion", "good"), ("probe", "  "), ("probe", "x" * 1001)])
def test_a_note_that_is_none_is_refused(rounds, kind, text):
    with pytest.raises(ValidationError):
        services.leave_note(rounds[0], kind=kind, text=text, by=rounds[0].user)

    assert not HandoffNote.objects.exists()


def test_a_refused_note_keeps_what_was_typed(rounds, client_of):
    response = client_of("interviewer").post(
        f"/panelists/{rounds[0].pk}/scorecard/notes/", {"kind": "probe", "text": "x" * 1001}
    )

    assert response.status_code == 422
    assert "x" * 1001 in response.content.decode()


@pytest.fixture
def shadowed(rounds, person, hand_in):
    lead = rounds[0]
    shadow = Panelist.objects.create(interview=lead.interview, user=person("admin"), role="shadow")
    hand_in(lead, words="zanzibar")
    return lead, shadow


def test_shadow_and_lead_are_laid_side_by_side_once_both_have_submitted(shadowed, client_of, hand_in):
    lead, shadow = shadowed
    client = client_of("admin")
    before = client.get(f"/panelists/{shadow.pk}/scorecard/compare/")

    hand_in(shadow, words="quokka")
    page = client.get(f"/panelists/{shadow.pk}/scorecard/compare/").content.decode()

    assert before.status_code == 403
    assert b"zanzibar" not in before.content
    assert "evidence zanzibar" in page
    assert "evidence quokka" in page
    assert Sighting.objects.filter(user=shadow.user, scorecard__panelist=lead, way="comparison").exists()


def test_nobody_compares_who_still_owes_a_scorecard_of_the_application(shadowed, client_of, hand_in, rounds):
    lead, shadow = shadowed
    hand_in(shadow, words="quokka")
    Panelist.objects.filter(pk=rounds[1].pk).update(user=lead.user)

    response = client_of("interviewer").get(f"/panelists/{lead.pk}/scorecard/compare/")

    assert response.status_code == 403
    assert b"quokka" not in response.content
