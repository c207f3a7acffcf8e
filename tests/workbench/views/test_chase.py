"""The chase list's pages: ticking, reminding, a new due time."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from candidates.models import Interview, Panelist
from notices.models import Notice
from scorecards import drafts
from scorecards.models import PanelistRelease, Scorecard, owed
from scorecards.releasing import release_panelists
from tests.pages import html_of


def test_it_says_who_owes_what_and_for_how_long(client_of, late_panelist):
    body = html_of(client_of("recruiter").get(reverse("chase"), {"due": "late", "sort": "person"}))

    for words in (late_panelist.user.display_name, late_panelist.interview.round.name, "2 hours", 'scope="rowgroup"'):
        assert words in body


def test_a_reminder_says_whom_it_left_alone(client_of, late_panelist):
    client, url = client_of("recruiter"), reverse("chase_remind")
    page = html_of(client.get(url, {"panelist": late_panelist.pk}))
    assert late_panelist.user.display_name in page

    first = html_of(client.post(url, {"panelist": late_panelist.pk}, follow=True))
    second = html_of(client.post(url, {"panelist": late_panelist.pk}, follow=True))

    assert "1 reminder on the way." in first
    assert (
        f"Left alone, because they were reminded in the last four hours: {late_panelist.user.display_name}." in second
    )
    assert Notice.objects.filter(kind="reminded", receiver=late_panelist.user).count() == 1


def test_a_new_due_time_is_set_for_those_who_were_ticked(client_of, late_panelist):
    client, url = client_of("recruiter"), reverse("chase_due")
    soon = timezone.localtime(timezone.now() + timedelta(days=1)).replace(second=0, microsecond=0)

    response = client.post(url, {"panelist": late_panelist.pk, "due_at": f"{soon:%Y-%m-%dT%H:%M}"})

    assert response.status_code == 302
    late_panelist.interview.refresh_from_db()
    assert late_panelist.interview.due_at == soon


@pytest.mark.parametrize(
    ("sent", "words"),
    [({"due_at": "2020-01-01T10:00"}, "still to come"), ({"due_at": "", "panelist": ""}, "Tick at least one")],
)
def test_what_is_refused_is_told(client_of, late_panelist, sent, words):
    response = client_of("recruiter").post(reverse("chase_due"), {"panelist": late_panelist.pk} | sent)

    assert response.status_code == 422
    assert words in html_of(response)


@pytest.fixture
def late_two(late_panelist, person, late_interview_of):
    """Two who owe a scorecard, on two interviews."""
    other = late_interview_of(late_panelist.interview.application, person("admin"))
    return [late_panelist, other]


@pytest.fixture
def late_interview_of():
    """Plans an interview that is over, with one person who owes a scorecard as of two hours ago."""

    def planned(application, user) -> Panelist:
        now = timezone.now()
        times = {"starts_at": now - timedelta(hours=5), "due_at": now - timedelta(hours=2)}
        interview = Interview.objects.create(
            application=application, round=application.opening.rounds.order_by("pk").first(), **times
        )
        return Panelist.objects.create(interview=interview, user=user)

    return planned


def act(client, name, panelists, **said):
    """What the page says once the form is sent."""
    pks = [panelist.pk for panelist in panelists]
    return client.post(reverse(name), {"panelist": pks} | said, follow=True)


def test_whoever_was_ticked_is_released_for_a_reason(client_of, late_two):
    body = html_of(act(client_of("recruiter"), "chase_release", late_two, reason="Fell ill"))

    assert "2 interviewers released." in body
    assert not Panelist.objects.filter(owed(), pk__in=[panelist.pk for panelist in late_two]).exists()
    assert list(PanelistRelease.objects.values_list("reason", flat=True)) == ["Fell ill", "Fell ill"]


@pytest.mark.parametrize("name", ["chase_release", "chase_cancel"])
def test_nothing_is_done_without_a_reason(client_of, late_panelist, name):
    response = act(client_of("recruiter"), name, [late_panelist], reason="  ")

    assert response.status_code == 422
    assert Panelist.objects.filter(owed(), pk=late_panelist.pk).exists()


@pytest.mark.parametrize("name", ["chase_remind", "chase_release", "chase_cancel"])
def test_who_owes_nothing_any_more_is_left_out_by_name(client_of, late_two, person, name):
    first, second = late_two
    release_panelists([second], reason="Fell ill", by=person("recruiter"))
    client = client_of("recruiter")

    page = html_of(client.get(reverse(name), {"panelist": [first.pk, second.pk]}))
    told = html_of(act(client, name, late_two, reason="Fell ill"))

    for body in (page, told):
        assert f"nothing is owed there any more: {second.user.display_name}." in body
    assert "1 " in told


def test_rows_that_one_may_not_act_on_are_counted_and_not_named(client_of, late_two, person):
    mine, other = late_two
    Panelist.objects.create(interview=mine.interview, user=person("manager"))

    response = act(client_of("manager"), "chase_release", late_two, reason="Fell ill")
    body = html_of(response)

    assert response.status_code == 422
    assert "Left out, because you may not act on them: 2 ticked rows." in body
    assert other.user.display_name not in body
    assert not PanelistRelease.objects.exists()


def test_an_interview_that_did_not_take_place_is_cancelled_and_the_draft_stays(client_of, late_panelist):
    card = drafts.open_scorecard(late_panelist)
    drafts.save_draft(card, {"summary": "They did not come"}, edit=0, by=late_panelist.user)

    body = html_of(act(client_of("recruiter"), "chase_cancel", [late_panelist], reason="Nobody came"))

    assert "1 interview cancelled." in body
    interview = Interview.objects.get(pk=late_panelist.interview_id)
    assert interview.cancelled_at
    assert Scorecard.objects.get(pk=card.pk).summary == "They did not come"
    assert PanelistRelease.objects.get(panelist=late_panelist).reason == "Nobody came"
    debrief = html_of(client_of("recruiter").get(reverse("debrief", args=[interview.application_id])))
    assert "Nobody came" in debrief


def test_of_several_interviews_those_that_took_place_stay_and_are_told(client_of, late_two, person, hand_in):
    took_place, missed = late_two
    colleague = Panelist.objects.create(interview=took_place.interview, user=person("manager"))
    hand_in(colleague)

    body = html_of(act(client_of("recruiter"), "chase_cancel", late_two, reason="Nobody came"))

    assert "1 interview cancelled, 1 not:" in body
    assert f"{colleague.user.display_name} has submitted a scorecard" in body
    assert Panelist.objects.filter(owed(), pk=took_place.pk).exists()
    assert Interview.objects.get(pk=missed.interview_id).cancelled_at
    assert not Interview.objects.get(pk=took_place.interview_id).cancelled_at


def test_where_mail_is_not_set_up_no_reminder_is_said_to_be_on_its_way(client_of, late_panelist, settings):
    settings.MAIL_IS_SET_UP = False

    body = html_of(act(client_of("recruiter"), "chase_remind", [late_panelist]))

    assert "E-mail is not set up here, so nothing was sent. 1 reminder among their notices." in body
    assert "on the way" not in body
