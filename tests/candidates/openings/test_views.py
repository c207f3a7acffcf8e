"""The pages that correct an opening, as its recruiter sends them."""

import pytest
from django.urls import reverse

from candidates.models import Opening


@pytest.fixture
def opening(unscored_application) -> Opening:
    return unscored_application.opening


@pytest.fixture
def send(client_of, opening):
    client = client_of("recruiter")
    return lambda name, *more, **data: client.post(reverse(name, args=[opening.pk, *more]), data, follow=True)


def test_a_refused_edit_keeps_what_was_typed_and_asks(send, opening):
    response = send("opening_edit", title="Night cook", confidential="on")

    assert response.status_code == 422
    body = response.content.decode()
    assert "Night cook" in body
    assert "will no longer see it" in body
    assert f'{reverse("opening", args=[opening.pk])}">{opening.title}</a>' in body  # it is called so until it is saved
    done = send("opening_edit", title="Night cook", confidential="on", meant="confidential-True")
    assert "Opening saved." in done.content.decode()
    opening.refresh_from_db()
    assert (opening.title, opening.confidential) == ("Night cook", True)


def test_an_opening_is_closed_and_opened_on_its_settings_page(send):
    closed = send("opening_close", outcome="unfilled").content.decode()
    opened = send("opening_open_again").content.decode()

    assert "Nobody was hired" in closed
    assert "Open again" in closed
    assert "Opening open again." in opened


def test_the_last_manager_stays_and_the_page_says_why(send, opening, person):
    manager = opening.members.get(user=person("manager"))

    body = send("member_remove", manager.pk).content.decode()

    assert "An opening needs a hiring manager." in body
    assert opening.members.filter(pk=manager.pk).exists()


def test_who_takes_themselves_off_a_confidential_opening_ends_at_the_list(send, opening, person):
    Opening.objects.filter(pk=opening.pk).update(confidential=True)
    own = opening.members.get(user=person("recruiter"))

    response = send("member_remove", own.pk)

    assert response.redirect_chain[-1][0] == reverse("opening_list")


def test_a_copy_leads_to_its_plan(send):
    response = send("opening_copy", title="Second seat")

    made = Opening.objects.get(title="Second seat")
    assert response.redirect_chain[-1][0] == reverse("opening_plan", args=[made.pk])


def test_a_mistaken_application_is_removed_from_its_status_page(client_of, opening, person):
    client = client_of("recruiter")
    client.post(reverse("candidate_new", args=[opening.pk]), {"name": "Ines Paz", "email": "ines@example.org"})
    application = opening.applications.get(candidate__email="ines@example.org")
    page = client.get(reverse("application_state", args=[application.pk])).content.decode()

    client.post(reverse("application_remove", args=[application.pk]))

    assert reverse("application_remove", args=[application.pk]) in page
    assert not opening.applications.filter(pk=application.pk).exists()
