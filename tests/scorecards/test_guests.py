"""External interviewers: one mailed link, one interview, and nothing after the scorecard is handed in."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.services import add_person
from audit.history import kept
from audit.models import Event
from candidates.models import Interview, Panelist, Round
from candidates.services import add_candidate, add_member, create_opening, save_round
from debriefs.gathering import debrief_facts
from scorecards import guests
from scorecards.models import GuestLink, Scorecard
from tests.scorecards.external import link, opened, page


def test_the_link_leads_through_the_whole_scorecard_and_ends_with_it(guest_panelist, complete_answers):
    client, url = opened(), page(guest_panelist)

    kit = client.get(url).content.decode()
    saved = client.post(page(guest_panelist, "scorecard_draft"), {"summary": "So far", "edit": "0"}).json()
    handed_in = client.post(url, complete_answers(guest_panelist) | {"edit": str(saved["edit"]), "submit": "1"})
    finished = client.get(url).content.decode()

    assert "Interview kit" in kit
    assert saved["ok"]
    assert handed_in["Location"] == url
    assert Scorecard.objects.get(panelist=guest_panelist).state == "submitted"
    assert {
        row.pgh_context["user"] for row in kept("scorecards", "RatingChange").filter(scorecard__panelist=guest_panelist)
    } == {guest_panelist.user_id}
    assert "Your link no longer works" in finished
    assert reverse("debrief", args=[guest_panelist.interview.application_id]) not in finished
    assert client.get(page(guest_panelist, "scorecard_draft")).status_code == 302
    assert Client().get(link()).status_code == 404
    assert Client().post(link()).status_code == 404


def test_what_submitting_ends_is_said_before(guest_panelist):
    body = " ".join(opened().get(page(guest_panelist)).content.decode().split())

    assert (
        "Submitting ends your link: you can then read the scorecard in this browser, but no longer change it." in body
    )
    assert "amend" not in body.lower()


def test_declining_ends_it_too(guest_panelist):
    client = opened()

    client.post(page(guest_panelist, "scorecard_decline"), {"decline_reason": "Was ill"})

    assert Client().get(link()).status_code == 404
    assert "Was ill" in client.get(page(guest_panelist)).content.decode()


def test_taking_the_link_back_closes_what_is_open_and_keeps_what_was_written(guest_panelist, recruiter):
    client = opened()
    client.post(page(guest_panelist, "scorecard_draft"), {"summary": "So far", "edit": "0"})

    recruiter.post(reverse("guest_revoke", args=[guest_panelist.interview_id, guest_panelist.pk]))

    assert client.get(page(guest_panelist)).status_code == 302
    assert client.post(page(guest_panelist, "scorecard_draft"), {"summary": "More", "edit": "1"}).status_code == 302
    assert Client().get(link()).status_code == 404
    assert Scorecard.objects.get(panelist=guest_panelist).summary == "So far"


def test_a_new_link_ends_the_earlier_one(guest_panelist, recruiter):
    client, earlier = opened(), link()

    recruiter.post(reverse("guest_renew", args=[guest_panelist.interview_id, guest_panelist.pk]))

    assert client.get(page(guest_panelist)).status_code == 302
    assert Client().get(earlier).status_code == 404
    assert opened().get(page(guest_panelist)).status_code == 200


def test_it_ends_some_days_after_the_scorecard_is_due(guest_panelist, settings):
    client = opened()
    made = GuestLink.objects.get()
    assert made.expires_at - max(guest_panelist.interview.due_at, made.created_at) <= timedelta(
        days=settings.GUEST_LINK_DAYS, seconds=1
    )

    GuestLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    assert client.get(page(guest_panelist)).status_code == 302
    assert Client().get(link()).status_code == 404


def test_somebody_external_never_signs_in(guest_panelist):
    guest_panelist.user.set_password("a long pass phrase")
    guest_panelist.user.save()
    sent = len(mail.outbox)

    client = Client()
    client.post("/accounts/login/", {"login": guest_panelist.user.email, "password": "a long pass phrase"})
    Client().post(reverse("account_reset_password"), {"email": guest_panelist.user.email})
    forced = Client()
    forced.force_login(guest_panelist.user)

    assert client.get("/").status_code == 302
    assert "/password/reset/key/" not in "".join(message.body for message in mail.outbox[sent:])
    assert forced.get("/").status_code == 302


def test_whether_somebody_external_has_finished_is_hidden_from_the_blind(guest_panelist, person, hand_in, interview):
    owing = person("recruiter")
    Panelist.objects.create(interview=interview, user=owing)
    hand_in(guest_panelist)

    with pytest.raises(ValidationError, match="You have not submitted your own scorecard yet"):
        guests.renew_link(guest_panelist, by=owing, link=str)


def test_a_finished_scorecard_gets_no_new_link(guest_panelist, person, hand_in):
    hand_in(guest_panelist)

    with pytest.raises(ValidationError, match="finished"):
        guests.renew_link(guest_panelist, by=person("recruiter"), link=str)


def test_the_database_and_the_trail_know_no_key(guest_panelist):
    key = link().partition("key=")[2]

    assert key not in str(GuestLink.objects.values())
    assert key not in str(list(Event.objects.values("detail")))


def test_each_step_is_on_record(guest_panelist, recruiter, person, complete_answers):
    client = opened()
    client.post(page(guest_panelist), complete_answers(guest_panelist) | {"edit": "0", "submit": "1"})

    told = Event.objects.filter(subject_type__in=["interview", "scorecard"], actor_id=guest_panelist.user_id)

    assert set(told.values_list("kind", flat=True)) == {"guest.link_opened", "scorecard.submitted"}
    sent = Event.objects.get(kind="guest.link_sent")
    assert (sent.actor_id, sent.subject_id, sent.detail) == (
        person("recruiter").pk,
        guest_panelist.interview_id,
        {"user_id": guest_panelist.user_id},
    )
    recruiter.post(reverse("guest_revoke", args=[guest_panelist.interview_id, guest_panelist.pk]))
    assert Event.objects.filter(kind="guest.link_revoked", subject_id=guest_panelist.interview_id).exists()


def test_their_scorecard_counts_like_any_other(guest_panelist, hand_in, person):
    hand_in(guest_panelist)

    facts = debrief_facts(guest_panelist.interview.application)
    assert guest_panelist.user.email in str(facts)


def test_a_former_colleague_is_invited_as_external_without_any_role(guest_panelist, person):
    interview, former = guest_panelist.interview, person("manager")
    User.objects.filter(pk=former.pk).update(is_active=False)

    guests.add_guest(
        interview, name="Typed", email=former.email.upper(), role="lead", by=person("recruiter"), link=lambda key: key
    )

    panelist = interview.panelists.get(user=former)
    assert panelist.user.is_guest
    assert not former.memberships.exists()
    assert GuestLink.objects.open().filter(panelist=panelist).exists()


def test_a_link_from_before_they_were_a_colleague_opens_nothing_once_they_are_external_again(
    guest_panelist, unscored_application, person
):
    earlier, other = link(), unscored_application.interviews.order_by("pk").last()
    hired = add_person(guest_panelist.user.email, by=person("admin"))
    User.objects.filter(pk=hired.pk).update(is_active=False)

    guests.add_guest(
        other, name=hired.name, email=hired.email, role="lead", by=person("recruiter"), link=lambda key: key
    )

    assert Client().get(earlier).status_code == 404
    assert GuestLink.objects.open().get().panelist.interview == other


# --- what was misspelt -----------------------------------------------------------
def corrected(client, panelist: Panelist, **changes: str):
    url = reverse("guest_name", args=[panelist.interview_id, panelist.pk])
    return client.post(url, {"name": panelist.user.name, "email": panelist.user.email} | changes)


def test_a_misspelt_name_is_corrected_where_the_interview_is(guest_panelist, client_of):
    mail.outbox.clear()

    corrected(client_of("recruiter"), guest_panelist, name="Spelled Right")

    guest_panelist.user.refresh_from_db()
    assert guest_panelist.user.name == "Spelled Right"
    assert GuestLink.objects.open().count() == 1
    assert mail.outbox == []


def test_a_misspelt_address_gets_another_link_and_the_draft_stays(guest_panelist, recruiter, person):
    client, earlier = opened(), link()
    client.post(page(guest_panelist, "scorecard_draft"), {"summary": "So far", "edit": "0"})

    corrected(recruiter, guest_panelist, email="Right@Example.org")

    assert mail.outbox[-1].to == ["right@example.org"]
    assert client.get(page(guest_panelist)).status_code == 302
    assert Client().get(earlier).status_code == 404
    assert "So far" in opened().get(page(guest_panelist)).content.decode()
    changed = Event.objects.get(kind="user.address_changed")
    assert (changed.actor_id, changed.subject_id) == (person("recruiter").pk, guest_panelist.user_id)
    assert changed.detail == {"earlier_address": guest_panelist.user.earlier_addresses.get().pk}


def test_every_link_to_a_misspelt_address_ends(guest_panelist, unscored_application, person, recruiter):
    other = unscored_application.interviews.order_by("pk").last()
    user = guest_panelist.user
    guests.add_guest(other, name=user.name, email=user.email, role="lead", by=person("recruiter"), link=str)
    before = set(GuestLink.objects.open().values_list("pk", flat=True))

    corrected(recruiter, guest_panelist, email="right@example.org")

    assert len(before) == GuestLink.objects.open().count() == 2
    assert not GuestLink.objects.open().filter(pk__in=before).exists()


def test_after_a_finished_scorecard_the_address_is_corrected_without_a_link(guest_panelist, recruiter, hand_in):
    hand_in(guest_panelist)

    corrected(recruiter, guest_panelist, email="right@example.org")

    assert User.objects.get(pk=guest_panelist.user_id).email == "right@example.org"
    assert not GuestLink.objects.open().exists()


@pytest.mark.parametrize("address", ["manager@example.com", "RECRUITER@example.com", "nobody"])
def test_an_address_that_is_somebodys_or_none_is_refused(guest_panelist, recruiter, address):
    response = corrected(recruiter, guest_panelist, name="Else", email=address)

    assert (response.status_code, list(response.context["form"].errors)) == (422, ["email"])
    guest_panelist.user.refresh_from_db()
    assert (guest_panelist.user.name, guest_panelist.user.email) == ("Somebody Outside", "outside@example.org")
    assert GuestLink.objects.open().count() == 1


def test_the_candidates_address_is_no_interviewers(guest_panelist, recruiter):
    candidate = guest_panelist.interview.application.candidate

    assert corrected(recruiter, guest_panelist, email=candidate.email).status_code == 422


def test_whoever_owes_a_scorecard_beside_them_corrects_no_address(guest_panelist, person, recruiter):
    Panelist.objects.create(interview=guest_panelist.interview, user=person("recruiter"))

    response = corrected(recruiter, guest_panelist, email="right@example.org")

    assert "You have not submitted your own scorecard yet" in response.content.decode()


def test_nobody_gets_links_of_an_opening_that_they_do_not_run(guest_panelist, person, client_of):
    opening = guest_panelist.interview.application.opening
    elsewhere = create_opening("Other", rubric_version=opening.rubric_version, by=person("recruiter"))
    user = User.objects.create_user("local@example.org")
    add_member(opening, user, role="recruiter", by=person("recruiter"))
    application = add_candidate(elsewhere, name="Bo Li", email="", by=person("recruiter"))
    interview = Interview.objects.create(
        application=application,
        round=save_round(Round(opening=elsewhere, name="Talk"), dimensions=[], by=person("recruiter")),
        starts_at=timezone.now(),
        due_at=timezone.now(),
    )
    Panelist.objects.create(interview=interview, user=guest_panelist.user)
    client = Client()
    client.force_login(user)

    response = corrected(client, guest_panelist, email="mine@example.org")

    assert guests.ELSEWHERE in response.content.decode()
    assert User.objects.get(pk=guest_panelist.user_id).email == "outside@example.org"
