"""The door that an external interviewer's link opens: one click, one interview, and no word about the candidate."""

from django.core import mail
from django.test import Client
from django.urls import reverse

from audit.models import Event
from tests.scorecards.external import link, opened, page


def test_looking_at_the_link_opens_nothing(guest_panelist):
    client = Client()

    shown = client.get(link())

    assert shown.status_code == 200
    assert client.get(page(guest_panelist)).status_code == 302
    assert not Event.objects.filter(kind="guest.link_opened").exists()


def test_the_mail_and_the_door_name_no_candidate(guest_panelist):
    name = guest_panelist.interview.application.candidate.name

    assert mail.outbox[-1].to == ["outside@example.org"]
    assert name not in mail.outbox[-1].body + mail.outbox[-1].subject
    assert name not in Client().get(link()).content.decode()


def test_leaving_closes_this_browser_only(guest_panelist):
    client = opened()

    client.post(reverse("guest_leave"))

    assert client.get(page(guest_panelist)).status_code == 302
    assert opened().get(page(guest_panelist)).status_code == 200


def test_whoever_is_signed_in_stays_themselves(guest_panelist, client_of):
    client = client_of("interviewer2")

    shown = client.post(link()).content.decode()

    assert "You are signed in as" in shown
    assert client.get(page(guest_panelist)).status_code == 404


def test_every_ended_or_made_up_link_reads_the_same(guest_panelist, recruiter):
    earlier = link()
    recruiter.post(reverse("guest_renew", args=[guest_panelist.interview_id, guest_panelist.pk]))
    links = [earlier, "/guest/", "/guest/?key=guess", link() + "x", link()[:-1]]

    answers = [Client().get(url) for url in links]

    assert {response.status_code for response in answers} == {404}
    assert len({response.content for response in answers}) == 1
