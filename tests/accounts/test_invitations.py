"""Invitations: one mailed link, for some days, once; whoever has no open one learns nothing."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.invitations import InvitationEnded, accept_invitation, find_invitation
from accounts.models import Invitation, User
from audit.models import Event
from notices.models import Mail

PHRASE = "a long pass phrase"
SET = {"name": "Nora New", "password": PHRASE}


@pytest.fixture(autouse=True)
def _no_attempts_yet():
    cache.clear()


@pytest.fixture
def invited(client_of):
    """Somebody who was added with an invitation; the administrator's session."""
    client = client_of("admin")
    client.post(reverse("people"), {"name": "", "email": "nora@example.com", "invite": "on"})
    return client, User.objects.get(email="nora@example.com")


def link() -> str:
    """The path in the last mail."""
    found = re.search(r"http://testserver(/\S+)", mail.outbox[-1].body)
    assert found
    return found[1]


def test_the_link_sets_name_and_password_once(invited):
    _, nora = invited
    client = Client()

    shown = client.get(link())
    set_ = client.post(link(), SET)
    again = client.post(link(), SET | {"name": "Somebody Else"})
    nora.refresh_from_db()

    assert (shown.status_code, set_.status_code, again.status_code) == (200, 302, 404)
    assert set_["Location"] == reverse("home")
    assert client.session["_auth_user_id"] == str(nora.pk)
    assert nora.name == "Nora New"
    signed_in = Client().post(reverse("account_login"), {"login": nora.email, "password": PHRASE})
    assert signed_in["Location"] == "/"


def test_whoever_is_signed_in_already_stays_so(invited, client_of, person):
    client = client_of("manager")

    assert client.post(link(), SET)["Location"] == reverse("home")

    assert client.session["_auth_user_id"] == str(person("manager").pk)


def test_mail_goes_to_the_person_and_names_the_end(invited, settings):
    _, nora = invited

    assert mail.outbox[-1].to == [nora.email]
    until = nora.invitations.get().expires_at
    assert until - timezone.now() > timedelta(days=settings.INVITATION_DAYS - 1)
    assert f"{until:%Y}" in mail.outbox[-1].body


def test_the_database_knows_the_hash_only(invited):
    key = link().partition("key=")[2]

    assert key not in str(Invitation.objects.values())
    assert key not in str(list(Event.objects.values("detail")))


def test_every_way_to_have_no_open_link_reads_the_same(invited, client_of):
    admin, nora = invited
    replaced = link()
    admin.post(reverse("invite", args=[nora.pk]))
    taken_back = link()
    admin.post(reverse("invitation_revoke", args=[nora.pk]))
    admin.post(reverse("invite", args=[nora.pk]))
    run_out = link()
    Invitation.objects.pending().update(expires_at=timezone.now() - timedelta(seconds=1))

    links = [replaced, taken_back, run_out, "/invitation/", "/invitation/?key=guess", run_out[:-1], run_out + "x"]
    answers = [Client().get(url) for url in links]

    assert {response.status_code for response in answers} == {404}
    assert len({response.content for response in answers}) == 1
    assert nora.email not in answers[0].content.decode()


def test_somebody_deactivated_meanwhile_does_not_get_in(invited):
    _, nora = invited
    User.objects.filter(pk=nora.pk).update(is_active=False)

    assert Client().get(link()).status_code == 404


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"password": "password12"}, "too common"),
        ({"password": "short"}, "too short"),
        ({"password": "nora@example.com"}, "too similar"),
        ({"name": ""}, "This field is required."),
    ],
)
def test_what_does_not_fit_is_said_and_the_link_still_works(invited, change, words):
    response = Client().post(link(), SET | change)

    assert response.status_code == 422
    assert words in response.content.decode()
    assert Client().get(link()).status_code == 200


def test_two_browsers_at_once_one_wins(invited):
    key = link().partition("key=")[2]
    first, second = find_invitation(key), find_invitation(key)

    accept_invitation(first, name="First", password=PHRASE)

    with pytest.raises(InvitationEnded):
        accept_invitation(second, name="Second", password=PHRASE)
    assert User.objects.get(email="nora@example.com").name == "First"


def test_nobody_with_a_password_is_invited(client_of, person):
    client_of("admin").post(reverse("invite", args=[person("interviewer").pk]))

    assert mail.outbox == []
    assert not Invitation.objects.exists()


def test_with_the_mail_server_away_the_invitation_waits_in_the_outbox(client_of, settings, sample):
    settings.EMAIL_BACKEND = "notices.backends.OutboxBackend"

    page = client_of("admin").post(
        reverse("people"), {"name": "", "email": "nora@example.com", "invite": "on"}, follow=True
    )

    assert "Invitation to nora@example.com is on its way." in page.content.decode()
    waiting = Mail.objects.get(address="nora@example.com")
    assert (waiting.state, waiting.secret) == ("waiting", True)


def test_where_mail_is_not_set_up_the_page_shows_the_link_to_hand_over(client_of, settings, sample):
    settings.MAIL_IS_SET_UP = False

    page = client_of("admin").post(
        reverse("people"), {"name": "", "email": "nora@example.com", "invite": "on"}, follow=True
    )

    words = page.content.decode()
    assert "E-mail is not set up here, so nothing was sent." in words
    link = re.search(r"http://testserver(/invitation/\?key=\S+)", words)
    assert Client().get(link.group(1)).status_code == 200


def test_each_step_is_on_record(invited, person):
    admin, nora = invited
    admin.post(reverse("invite", args=[nora.pk]))
    admin.post(reverse("invitation_revoke", args=[nora.pk]))
    admin.post(reverse("invite", args=[nora.pk]))
    Client().post(link(), SET)

    told = Event.objects.filter(kind__contains="invit").order_by("pk").values_list("kind", "actor_id", "subject_id")

    me = person("admin").pk
    assert list(told) == [
        ("user.invited", me, nora.pk),
        ("user.invited", me, nora.pk),
        ("user.invitation_revoked", me, nora.pk),
        ("user.invited", me, nora.pk),
        ("user.invitation_accepted", nora.pk, nora.pk),
    ]


def test_the_persons_page_says_where_the_invitation_stands(invited):
    admin, nora = invited
    url = reverse("person", args=[nora.pk])

    sent = admin.get(url).content.decode()
    admin.post(reverse("invitation_revoke", args=[nora.pk]))
    revoked = admin.get(url).content.decode()
    admin.post(reverse("invite", args=[nora.pk]))
    Client().post(link(), SET)

    assert "Its link works once" in sent
    assert "was revoked" in revoked
    assert 'id="invitation"' not in admin.get(url).content.decode()


def test_password_and_invitation_are_one_or_the_other(client_of, sample):
    page = client_of("admin").post(
        reverse("people"), {"name": "", "email": "nora@example.com", "invite": "on", "password": PHRASE}
    )

    assert "Set a password or send an invitation, not both." in page.content.decode()
    assert not User.objects.filter(email="nora@example.com").exists()


def test_one_pending_invitation_for_each_person(invited):
    _, nora = invited

    with pytest.raises(IntegrityError), transaction.atomic():
        Invitation.objects.create(user=nora, key_hash="0" * 64, expires_at=timezone.now())


def test_trying_links_is_slowed_down(sample):
    answers = [Client().get(f"/invitation/?key=guess{number}").status_code for number in range(31)]

    assert answers[-1] == 429
    assert set(answers[:30]) == {404}
