"""Values that nothing can be done with are told with a status of 400, wherever they come from."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from debriefs import meetings
from debriefs.models import MeetingNote


def told(response) -> bool:
    return response.status_code == 400 and "We could not read that request" in response.content.decode()


def test_a_nul_in_a_hidden_field_is_told_and_nothing_stored(client_of, scored_application, person):
    meetings.open_debrief(scored_application, by=person("manager"))

    response = client_of("manager").post(
        reverse("debrief_note", args=[scored_application.pk]), {"text": "Words", "kind": "note", "key": "systems\x00"}
    )

    assert told(response)
    assert not MeetingNote.objects.exists()


def test_a_nul_in_a_field_that_is_seen_is_told_at_the_field(client_of, scored_application, person):
    meetings.open_debrief(scored_application, by=person("manager"))

    response = client_of("manager").post(
        reverse("debrief_note", args=[scored_application.pk]), {"text": "Words\x00 and more", "kind": "note"}
    )

    assert response.status_code == 422
    assert "Null characters are not allowed" in response.content.decode()


@pytest.mark.parametrize("key", ["a\x00", "\x00"])
def test_a_nul_in_an_address_is_told(client_of, scored_application, two_panelists, person, key):
    meetings.open_debrief(scored_application, by=person("manager"))
    url = reverse("re_rate", args=[scored_application.pk, two_panelists[0].scorecard.pk, "key"]).replace("key", key)

    assert client_of("interviewer").get(url).status_code in {400, 404}


def test_a_nul_in_a_cookie_is_told(sample):
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = "abc\x00def"

    assert told(client.get(reverse("home")))


def test_a_year_beyond_the_calendar_is_told_at_its_field(client_of, unscored_application, person):
    form = {
        "round": unscored_application.opening.rounds.first().pk,
        "hours_to_score": "24",
        "leads": [person("interviewer").pk],
    }

    answers = []
    for moment in ("9999-12-31T23:59", "9999-01-01T00:00"):
        answers.append(
            client_of("recruiter").post(
                reverse("interview_new", args=[unscored_application.pk]), form | {"starts_at": moment}
            )
        )

    assert [answer.status_code for answer in answers] == [422, 422]
    assert "too far in the future" in answers[0].content.decode()


def test_what_a_page_did_before_such_a_value_is_taken_back(client_of, sample, person):
    """The last day of the calendar has no day after it; the export is recorded before it is narrowed."""
    response = client_of("admin").get(reverse("audit_export"), {"until": "9999-12-31"})

    assert told(response)
