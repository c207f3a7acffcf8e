"""A form that is sent twice acts once; other words under the same token are another act."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import SentForm
from accounts.once import AGAIN, KEPT
from candidates.models import Interview, Opening
from debriefs import meetings
from debriefs.models import MeetingNote, ReRating
from packets.models import PacketBatch
from scorecards.models import HandoffNote
from tests.concurrently import at_once

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


def token(client: Client, url: str) -> dict[str, str]:
    """The token of the forms on this page, shown anew."""
    found = TOKEN.search(client.get(url).content.decode())
    assert found
    return {"csrfmiddlewaretoken": found[1]}


@pytest.fixture
def noting(client_of, scored_application, person):
    """A manager's browser, the address of the open debrief and of its notes."""
    meetings.open_debrief(scored_application, by=person("manager"))
    return (
        client_of("manager"),
        reverse("debrief", args=[scored_application.pk]),
        reverse("debrief_note", args=[scored_application.pk]),
    )


def said() -> list[str]:
    return list(MeetingNote.objects.values_list("text", flat=True))


def test_a_note_sent_again_stands_once_and_leads_to_the_same_page(noting):
    client, page, url = noting
    form = {"text": "She asked for the numbers.", "kind": "note", "keep": "note-1", **token(client, page)}

    answers = [client.post(url, form) for _ in range(4)]

    assert said() == ["She asked for the numbers."]
    assert [(answer.status_code, answer["Location"]) for answer in answers] == [(302, page)] * 4
    assert AGAIN in client.get(page).content.decode()


def test_the_device_forgets_the_words_though_the_first_answer_was_lost(noting):
    client, page, url = noting
    form = {"text": "Kept on the device.", "kind": "follow_up", "keep": "note-77", **token(client, page)}
    client.post(url, form)
    client.get(page)  # the message of the first answer

    client.post(url, form)

    assert 'data-kept="note-77"' in client.get(page).content.decode()


def test_the_same_words_from_a_page_shown_anew_are_another_note(noting):
    client, page, url = noting

    for _ in range(2):
        client.post(url, {"text": "Again.", "kind": "note", **token(client, page)})

    assert said() == ["Again.", "Again."]


def test_other_words_under_the_same_token_are_kept_too(noting):
    client, page, url = noting
    same = token(client, page)

    for text in ("One.", "Two.", "One."):
        client.post(url, {"text": text, "kind": "note", **same})

    assert said() == ["One.", "Two."]


def test_a_refused_form_can_be_sent_again(noting, scored_application, person):
    client, page, url = noting
    form = {"text": "After the decision.", "kind": "note", **token(client, page)}
    meetings.record_decision(scored_application, outcome="hold", rationale="Wait.", by=person("manager"))
    refused = client.post(url, form)
    meetings.reopen_debrief(scored_application, reason="More to say.", by=person("manager"))

    taken = client.post(url, form)

    assert (refused.status_code, taken.status_code) == (422, 302)
    assert said() == ["After the decision."]


def test_a_form_without_a_token_counts_each_time(noting):
    client, _, url = noting

    for _ in range(2):
        client.post(url, {"text": "By a program.", "kind": "note"})

    assert said() == ["By a program."] * 2


def test_a_form_belongs_to_whoever_was_shown_it(noting, client_of):
    client, page, url = noting
    form = {"text": "Both think so.", "kind": "note", **token(client, page)}

    client.post(url, form)
    client_of("recruiter").post(url, form)

    assert said() == ["Both think so."] * 2


def test_sent_forms_are_forgotten_in_the_end(noting, person):
    client, page, url = noting
    client.post(url, {"text": "First.", "kind": "note", **token(client, page)})
    SentForm.objects.update(at=timezone.now() - KEPT - timedelta(minutes=1))

    client.post(url, {"text": "Second.", "kind": "note", **token(client, page)})

    assert SentForm.objects.filter(user=person("manager")).count() == 1


def test_a_note_for_the_next_interviewers_is_left_once(client_of, two_panelists):
    client, page = client_of("interviewer2"), reverse("scorecard", args=[two_panelists[1].pk])
    form = {"kind": "probe", "text": "Ask about the outage.", **token(client, page)}

    for _ in range(3):
        client.post(reverse("handoff", args=[two_panelists[1].pk]), form)

    assert HandoffNote.objects.filter(text="Ask about the outage.").count() == 1


def test_a_re_rating_stands_once(client_of, scored_application, two_panelists, person):
    meetings.open_debrief(scored_application, by=person("manager"))
    card = two_panelists[0].scorecard
    key = scored_application.opening.rubric_version.dimensions.first().key
    client, url = client_of("interviewer"), reverse("re_rate", args=[scored_application.pk, card.pk, key])
    form = {"answer": "2", "kind": "reread", "reason": "I had misread it.", **token(client, url)}

    for _ in range(2):
        client.post(url, form)

    assert ReRating.objects.filter(scorecard=card).count() == 1


def test_an_opening_is_created_once(client_of, sample):
    client, url = client_of("recruiter"), reverse("opening_new")
    rubric = Opening.objects.get().rubric_version_id
    managers = client.get(url).context["form"].fields["hiring_managers"].queryset
    form = {"title": "Second line", "rubric_version": rubric, "hiring_managers": [managers[0].pk], **token(client, url)}

    for _ in range(2):
        assert client.post(url, form).status_code == 302

    assert Opening.objects.filter(title="Second line").count() == 1


def test_an_interview_is_planned_once(client_of, unscored_application, person):
    client, url = client_of("recruiter"), reverse("interview_new", args=[unscored_application.pk])
    before = Interview.objects.filter(application=unscored_application).count()
    first_round = unscored_application.opening.rounds.first().pk
    form = {
        "round": first_round,
        "starts_at": "2030-05-06T09:00",
        "hours_to_score": "24",
        "leads": [person("interviewer").pk],
        "meant": [f"again-{first_round}"],
        **token(client, url),
    }

    for _ in range(2):
        assert client.post(url, form).status_code == 302

    assert Interview.objects.filter(application=unscored_application).count() == before + 1


def test_packets_for_several_candidates_are_asked_for_once(client_of, scored_application):
    client, url = client_of("manager"), reverse("batch_new", args=[scored_application.opening_id])
    form = {"applications": [scored_application.pk], "profile": "full", **token(client, url)}

    answers = [client.post(url, form)["Location"] for _ in range(2)]

    assert answers[0] == answers[1]
    assert PacketBatch.objects.count() == 1


def test_the_same_form_at_the_same_time_acts_once(transactional_db, noting, person):
    client, page, url = noting
    form = {"text": "Clicked twice.", "kind": "note", **token(client, page)}
    other = Client()
    other.force_login(person("manager"))

    answers = at_once(lambda: client.post(url, form), lambda: other.post(url, form), behind=SentForm)

    assert [answer.status_code for answer in answers] == [302, 302]
    assert said() == ["Clicked twice."]
