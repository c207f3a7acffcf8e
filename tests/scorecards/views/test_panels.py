"""The panel's pages: who can be put on it from outside, and who stays when an interview changes."""

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import User
from candidates.services import add_member
from scorecards.models import GuestLink
from tests.scorecards.external import OUTSIDE, opened, page


def test_somebody_external_is_offered_for_no_role_and_no_other_panel(
    guest_panelist, recruiter, client_of, unscored_application
):
    other = unscored_application.interviews.order_by("pk").last()
    urls = [
        reverse("member_new", args=[unscored_application.opening_id]),
        reverse("interview_new", args=[unscored_application.pk]),
        reverse("interview_edit", args=[other.pk]),
    ]

    assert all(guest_panelist.user.name not in recruiter.get(url).content.decode() for url in urls)
    assert guest_panelist.user.name not in client_of("admin").get(reverse("people")).content.decode()
    assert client_of("admin").get(reverse("person", args=[guest_panelist.user_id])).status_code == 404
    with pytest.raises(ValidationError):
        add_member(unscored_application.opening, guest_panelist.user, role="recruiter", by=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=guest_panelist.user_id).update(is_recruiter=True)


def test_changing_the_interview_keeps_them_on_the_panel_where_they_stay_chosen(guest_panelist, recruiter, interview):
    url = reverse("interview_edit", args=[interview.pk])
    form = recruiter.get(url).context["form"]
    sent = {
        "starts_at": f"{interview.starts_at:%Y-%m-%dT%H:%M}",
        "hours_to_score": 48,
        "leads": form.initial["leads"],
        "shadows": form.initial["shadows"],
    }

    response = recruiter.post(url, sent)

    assert guest_panelist.user_id in form.initial["leads"]
    assert response.status_code == 302
    assert opened().get(page(guest_panelist)).status_code == 200
    recruiter.post(url, sent | {"leads": [pk for pk in form.initial["leads"] if pk != guest_panelist.user_id]})
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
    assert not User.objects.filter(is_guest=True).exists()


def test_nobody_sits_twice_on_one_panel(guest_panelist, recruiter):
    response = recruiter.post(reverse("guest_new", args=[guest_panelist.interview_id]), OUTSIDE)

    assert "This person is already on the panel." in response.content.decode()


def test_an_address_of_somebody_else_is_asked_about(guest_panelist, recruiter, unscored_application):
    other = unscored_application.interviews.order_by("pk").last()
    url, sent = reverse("guest_new", args=[other.pk]), OUTSIDE | {"name": "Bruno Costa"}

    asked = recruiter.post(url, sent)
    meant = recruiter.post(url, sent | {"meant": "on"})

    assert asked.status_code == 422
    assert "is the address of Somebody Outside" in asked.content.decode()
    assert meant.status_code == 302
    assert other.panelists.filter(user=guest_panelist.user).exists()


@pytest.mark.parametrize("name", ["outside, SOMEBODY", "Somebody  Outside"])
def test_the_same_name_in_another_order_is_not_asked_about(guest_panelist, recruiter, unscored_application, name):
    other = unscored_application.interviews.order_by("pk").last()
    url = reverse("guest_new", args=[other.pk])

    assert recruiter.post(url, OUTSIDE | {"name": name}).status_code == 302


def test_where_mail_is_not_set_up_the_page_shows_the_guests_link(recruiter, interview, settings):
    settings.MAIL_IS_SET_UP = False

    response = recruiter.post(reverse("guest_new", args=[interview.pk]), OUTSIDE, follow=True)

    words = response.content.decode()
    assert "E-mail is not set up here, so nothing was sent." in words
    assert "/guest/?key=" in words
