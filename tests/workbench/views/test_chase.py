"""The chase list's pages: ticking, reminding, a new due time."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from notices.models import Notice
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
