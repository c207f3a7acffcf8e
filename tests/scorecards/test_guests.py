"""External interviewers: one mailed link, one interview, and nothing after the scorecard is handed in."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from audit.history import kept
from audit.models import Event
from candidates.models import Application, Opening, Panelist
from candidates.services import add_member
from scorecards import guests
from scorecards.gathering import debrief_facts
from scorecards.models import GuestLink, Scorecard
from tests.queries import queries_of

OUTSIDE = {"name": "Somebody Outside", "email": "Outside@Example.org", "role": "lead"}


@pytest.fixture(autouse=True)
def _no_attempts_yet():
    cache.clear()


@pytest.fixture
def interview(fresh):
    return fresh.interviews.order_by("pk").first()


@pytest.fixture
def recruiter(as_):
    return as_("recruiter")


@pytest.fixture
def seat(recruiter, interview):
    """The seat of somebody external, whose link is in the last mail."""
    response = recruiter.post(reverse("guest_new", args=[interview.pk]), OUTSIDE)
    assert response.status_code == 302
    return Panelist.objects.select_related("user", "interview").get(user__email="outside@example.org")


def link() -> str:
    found = re.search(r"http://testserver(/guest/\S+)", mail.outbox[-1].body)
    assert found
    return found[1]


def opened() -> Client:
    client = Client()
    assert client.post(link()).status_code == 302
    return client


def page(seat: Panelist, name: str = "scorecard") -> str:
    return reverse(name, args=[seat.pk])


def test_the_link_leads_through_the_whole_scorecard_and_ends_with_it(seat, complete_draft):
    client, url = opened(), page(seat)

    kit = client.get(url).content.decode()
    saved = client.post(page(seat, "scorecard_draft"), {"summary": "So far", "edit": "0"}).json()
    handed_in = client.post(url, complete_draft(seat) | {"edit": str(saved["edit"]), "submit": "1"})
    finished = client.get(url).content.decode()

    assert "Interview kit" in kit
    assert saved["ok"]
    assert handed_in["Location"] == url
    assert Scorecard.objects.get(panelist=seat).state == "submitted"
    assert {row.pgh_context["user"] for row in kept("scorecards", "RatingChange").filter(scorecard__panelist=seat)} == {
        seat.user_id
    }
    assert "This was all: your link has ended" in finished
    assert reverse("debrief", args=[seat.interview.application_id]) not in finished
    assert client.get(page(seat, "scorecard_draft")).status_code == 302
    assert Client().get(link()).status_code == 404
    assert Client().post(link()).status_code == 404


def test_declining_ends_it_too(seat):
    client = opened()

    client.post(page(seat, "scorecard_decline"), {"decline_reason": "Was ill"})

    assert Client().get(link()).status_code == 404
    assert "Was ill" in client.get(page(seat)).content.decode()


def test_looking_at_the_link_opens_nothing(seat):
    client = Client()

    shown = client.get(link())

    assert shown.status_code == 200
    assert client.get(page(seat)).status_code == 302
    assert not Event.objects.filter(kind="guest.link_opened").exists()


def test_the_mail_and_the_door_name_no_candidate(seat):
    name = seat.interview.application.candidate.name

    assert mail.outbox[-1].to == ["outside@example.org"]
    assert name not in mail.outbox[-1].body + mail.outbox[-1].subject
    assert name not in Client().get(link()).content.decode()


def test_each_page_of_theirs_offers_no_way_elsewhere(seat):
    client = opened()

    for name in ("scorecard", "scorecard_decline", "kit_blueprint"):
        body = client.get(page(seat, name)).content.decode()
        hrefs = set(re.findall(r'(?:href|action)="(/[^"#]*)"', body))
        own = {page(seat, each) for each in ("scorecard", "scorecard_decline", "kit_blueprint", "handoff")}
        assert {href for href in hrefs if not href.startswith("/static/")} <= own | {reverse("guest_leave")}


def test_taking_the_link_back_closes_what_is_open_and_keeps_what_was_written(seat, recruiter):
    client = opened()
    client.post(page(seat, "scorecard_draft"), {"summary": "So far", "edit": "0"})

    recruiter.post(reverse("guest_revoke", args=[seat.interview_id, seat.pk]))

    assert client.get(page(seat)).status_code == 302
    assert client.post(page(seat, "scorecard_draft"), {"summary": "More", "edit": "1"}).status_code == 302
    assert Client().get(link()).status_code == 404
    assert Scorecard.objects.get(panelist=seat).summary == "So far"


def test_a_new_link_ends_the_earlier_one(seat, recruiter):
    client, earlier = opened(), link()

    recruiter.post(reverse("guest_renew", args=[seat.interview_id, seat.pk]))

    assert client.get(page(seat)).status_code == 302
    assert Client().get(earlier).status_code == 404
    assert opened().get(page(seat)).status_code == 200


def test_it_ends_some_days_after_the_scorecard_is_due(seat, settings):
    client = opened()
    made = GuestLink.objects.get()
    assert made.expires_at - max(seat.interview.due_at, made.created_at) <= timedelta(
        days=settings.GUEST_LINK_DAYS, seconds=1
    )

    GuestLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    assert client.get(page(seat)).status_code == 302
    assert Client().get(link()).status_code == 404


def test_the_link_of_one_interview_opens_no_other(seat, recruiter, fresh):
    other = fresh.interviews.order_by("pk").last()
    first = opened()
    recruiter.post(reverse("guest_new", args=[other.pk]), OUTSIDE)
    second_seat = Panelist.objects.get(interview=other, user=seat.user)

    assert first.get(page(second_seat)).status_code == 302
    assert opened().get(page(second_seat)).status_code == 200
    assert opened().get(page(seat)).status_code == 302
    assert first.get(page(seat)).status_code == 200


def test_leaving_closes_this_browser_only(seat):
    client = opened()

    client.post(reverse("guest_leave"))

    assert client.get(page(seat)).status_code == 302
    assert opened().get(page(seat)).status_code == 200


def test_whoever_is_signed_in_stays_themselves(seat, as_):
    client = as_("interviewer2")

    shown = client.post(link()).content.decode()

    assert "You are signed in as" in shown
    assert client.get(page(seat)).status_code == 404


def test_somebody_external_never_signs_in(seat):
    seat.user.set_password("a long pass phrase")
    seat.user.save()
    sent = len(mail.outbox)

    client = Client()
    client.post("/accounts/login/", {"login": seat.user.email, "password": "a long pass phrase"})
    Client().post(reverse("account_reset_password"), {"email": seat.user.email})
    forced = Client()
    forced.force_login(seat.user)

    assert client.get("/").status_code == 302
    assert "/password/reset/key/" not in "".join(message.body for message in mail.outbox[sent:])
    assert forced.get("/").status_code == 302


def test_somebody_external_is_offered_for_no_role_and_no_other_panel(seat, recruiter, as_, fresh):
    other = fresh.interviews.order_by("pk").last()
    urls = [
        reverse("member_new", args=[fresh.opening_id]),
        reverse("interview_new", args=[fresh.pk]),
        reverse("interview_edit", args=[other.pk]),
    ]

    assert all(seat.user.name not in recruiter.get(url).content.decode() for url in urls)
    assert seat.user.name not in as_("admin").get(reverse("people")).content.decode()
    assert as_("admin").get(reverse("person", args=[seat.user_id])).status_code == 404
    with pytest.raises(ValidationError):
        add_member(fresh.opening, seat.user, role="recruiter", by=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=seat.user_id).update(is_recruiter=True)


def test_changing_the_interview_keeps_them_on_the_panel_where_they_stay_chosen(seat, recruiter, interview):
    url = reverse("interview_edit", args=[interview.pk])
    form = recruiter.get(url).context["form"]
    sent = {
        "starts_at": f"{interview.starts_at:%Y-%m-%dT%H:%M}",
        "hours_to_score": 48,
        "leads": form.initial["leads"],
        "shadows": form.initial["shadows"],
    }

    response = recruiter.post(url, sent)

    assert seat.user_id in form.initial["leads"]
    assert response.status_code == 302
    assert opened().get(page(seat)).status_code == 200
    recruiter.post(url, sent | {"leads": [pk for pk in form.initial["leads"] if pk != seat.user_id]})
    assert not GuestLink.objects.exists()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"email": "Interviewer2@example.com"}, "This person has an account"),
        ({"email": "NOOR.haddad@example.org"}, "A candidate cannot be on their own panel."),
        ({"email": "nobody"}, "Enter a valid email address."),
        ({"name": ""}, "This field is required."),
        ({"role": "chief"}, "not one of the available choices"),
    ],
)
def test_who_does_not_fit_is_refused(recruiter, interview, change, words):
    response = recruiter.post(reverse("guest_new", args=[interview.pk]), OUTSIDE | change)

    assert response.status_code == 422
    assert words in response.content.decode()
    assert mail.outbox == []
    assert not User.objects.filter(is_external=True).exists()


def test_nobody_sits_twice_on_one_panel(seat, recruiter):
    response = recruiter.post(reverse("guest_new", args=[seat.interview_id]), OUTSIDE)

    assert "This person is on the panel already." in response.content.decode()


def test_a_mail_server_that_refuses_leaves_nobody_behind(recruiter, interview, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9

    response = recruiter.post(reverse("guest_new", args=[interview.pk]), OUTSIDE)

    assert "could not be mailed" in response.content.decode()
    assert not User.objects.filter(is_external=True).exists()
    assert not GuestLink.objects.exists()


def test_whether_somebody_external_has_finished_is_hidden_from_the_blind(seat, person, submitted, interview):
    owing = person("recruiter")
    Panelist.objects.create(interview=interview, user=owing)
    submitted(seat)

    with pytest.raises(ValidationError, match="You have yet to submit your own scorecard"):
        guests.renew_link(seat, by=owing, link=str)


def test_a_finished_scorecard_gets_no_new_link(seat, person, submitted):
    submitted(seat)

    with pytest.raises(ValidationError, match="finished"):
        guests.renew_link(seat, by=person("recruiter"), link=str)


def test_every_ended_or_made_up_link_reads_the_same(seat, recruiter):
    earlier = link()
    recruiter.post(reverse("guest_renew", args=[seat.interview_id, seat.pk]))
    links = [earlier, "/guest/", "/guest/?key=guess", link() + "x", link()[:-1]]

    answers = [Client().get(url) for url in links]

    assert {response.status_code for response in answers} == {404}
    assert len({response.content for response in answers}) == 1


def test_the_database_and_the_trail_know_no_key(seat):
    key = link().partition("key=")[2]

    assert key not in str(GuestLink.objects.values())
    assert key not in str(list(Event.objects.values("detail")))


def test_each_step_is_on_record(seat, recruiter, person, complete_draft):
    client = opened()
    client.post(page(seat), complete_draft(seat) | {"edit": "0", "submit": "1"})

    told = Event.objects.filter(subject_type__in=["interview", "scorecard"], actor_id=seat.user_id)

    assert set(told.values_list("kind", flat=True)) == {"guest.link_opened", "scorecard.submitted"}
    sent = Event.objects.get(kind="guest.link_sent")
    assert (sent.actor_id, sent.subject_id, sent.detail) == (
        person("recruiter").pk,
        seat.interview_id,
        {"user_id": seat.user_id},
    )
    recruiter.post(reverse("guest_revoke", args=[seat.interview_id, seat.pk]))
    assert Event.objects.filter(kind="guest.link_revoked", subject_id=seat.interview_id).exists()


def test_their_scorecard_counts_like_any_other(seat, submitted, person):
    submitted(seat)

    facts = debrief_facts(seat.interview.application)
    assert seat.user.email in str(facts)


def test_being_a_guest_costs_two_queries_more_at_most(seat, as_, interview):
    colleague = interview.panelists.exclude(user=seat.user).select_related("user").first()
    signed_in = Client()
    signed_in.force_login(colleague.user)

    assert queries_of(opened(), page(seat)) <= queries_of(signed_in, page(colleague)) + 2


def test_an_anonymous_opening_keeps_its_candidate_from_them_too(seat):
    application = seat.interview.application
    Opening.objects.filter(pk=application.opening_id).update(anonymous=True)
    client = opened()

    bodies = [client.get(page(seat, name)).content.decode() for name in ("scorecard", "scorecard_decline")]

    assert all(application.candidate.name not in body for body in bodies)
    assert all(Application.objects.get(pk=application.pk).called in body for body in bodies)
