"""The page of scorecards that ticked applications wait for."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from candidates.models import Panelist
from notices.models import Notice
from scorecards.models import owed
from tests.pages import html_of


@pytest.fixture
def page(unscored_application):
    return reverse("opening_owed", args=[unscored_application.opening_id])


def owing(application):
    return Panelist.objects.filter(owed(), interview__application=application).order_by("pk")


def test_it_lists_whom_the_ticked_applications_wait_for_and_releases_the_ticked_ones(
    page, unscored_application, client_of
):
    first, second = owing(unscored_application)
    client, ticked = client_of("recruiter"), {"application": unscored_application.pk}

    shown = html_of(client.get(page, ticked))
    done = client.post(page, ticked | {"panelist": [first.pk], "reason": "Fell ill"}, follow=True)

    assert "2 scorecards owed" in shown
    assert first.user.display_name in shown
    assert "1 interviewer released" in html_of(done)
    assert list(owing(unscored_application)) == [second]


def test_the_ticked_ones_are_reminded_and_soon_after_left_alone(page, unscored_application, client_of):
    begun = timezone.now() - timedelta(hours=2)
    unscored_application.interviews.update(starts_at=begun, due_at=begun + timedelta(hours=1))
    first, second = owing(unscored_application)
    client, sent = client_of("recruiter"), {"application": unscored_application.pk, "act": "remind"}

    once = client.post(page, sent | {"panelist": [first.pk]}, follow=True)
    again = client.post(page, sent | {"panelist": [first.pk, second.pk]}, follow=True)

    assert "1 reminder on the way" in html_of(once)
    assert "1 reminder on the way. 1 interviewer left alone, reminded in the last four hours" in html_of(again)
    assert Notice.objects.filter(kind="reminded").count() == 2
    assert owing(unscored_application).count() == 2


def test_without_a_reason_or_a_tick_the_page_comes_back_as_it_was_sent(page, unscored_application, client_of):
    first, second = owing(unscored_application)
    client, ticked = client_of("recruiter"), {"application": unscored_application.pk}

    silent = client.post(page, ticked | {"panelist": [first.pk], "reason": " "})
    nobody = client.post(page, ticked | {"reason": "Fell ill"})

    assert [silent.status_code, nobody.status_code] == [422, 422]
    assert f'id="panelist_{first.pk}" checked' in html_of(silent)
    assert f'id="panelist_{second.pk}" checked' not in html_of(silent)
    assert "Tick at least one scorecard" in html_of(nobody)
    assert owing(unscored_application).count() == 2


def test_of_an_application_on_which_one_owes_a_scorecard_it_shows_nobody(page, unscored_application, client_of, person):
    panelist = owing(unscored_application)[0]
    Panelist.objects.create(interview=panelist.interview, user=person("manager"))
    client, ticked = client_of("manager"), {"application": unscored_application.pk}

    shown = html_of(client.get(page, ticked))
    refused = client.post(page, ticked | {"panelist": [panelist.pk], "reason": "Fell ill"})

    assert "1 of the chosen applications is left out" in shown
    assert panelist.user.display_name not in shown.partition("<main")[2]
    assert refused.status_code == 422
    assert panelist in owing(unscored_application)
