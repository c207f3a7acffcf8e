"""The pages that correct an opening, as its recruiter sends them."""

import pytest
from django.urls import reverse

from candidates.models import Candidate, Opening


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
    assert "Opening reopened." in opened


CLOSED = "is closed (nobody was hired)"


def forms_on(body: str) -> bool:
    """Whether the page has fields to fill in beside those of the frame."""
    return "<textarea" in body or 'type="text"' in body or 'type="file"' in body


@pytest.mark.parametrize("name", ["candidate_new", "candidate_import_new", "loop_plan", "interview_new"])
def test_a_closed_opening_shows_no_form_that_could_only_be_refused(send, client_of, opening, name):
    send("opening_close", outcome="unfilled")
    about = opening.applications.first() if name == "interview_new" else opening
    url = reverse(name, args=[about.pk])

    closed = client_of("recruiter").get(url).content.decode()
    send("opening_open_again")
    opened = client_of("recruiter").get(url).content.decode()

    assert CLOSED in closed
    assert reverse("opening_open_again", args=[opening.pk]) in closed
    assert not forms_on(closed.partition("<main")[2])
    assert CLOSED not in opened


def test_what_was_typed_before_an_opening_closed_comes_back_with_the_refusal(send, client_of, opening):
    send("opening_close", outcome="unfilled")
    url, typed = reverse("candidate_new", args=[opening.pk]), {"name": "Ines Paz", "email": "ines@example.org"}

    refused = client_of("recruiter").post(url, typed)

    assert refused.status_code == 422
    assert "This opening is closed. Open it again first." in refused.content.decode()
    assert "ines@example.org" in refused.content.decode()
    assert not opening.applications.filter(candidate__name="Ines Paz").exists()


def test_pages_of_a_closed_opening_lead_to_nothing_that_would_be_refused(send, client_of, opening):
    client = client_of("recruiter")
    application = opening.applications.create(candidate=Candidate.objects.create(name="Ines Paz"))
    send("opening_close", outcome="unfilled")
    pages = {"opening": opening.pk, "opening_plan": opening.pk, "application": application.pk}

    bodies = [client.get(reverse(name, args=[pk])).content.decode() for name, pk in pages.items()]

    ways = [reverse(name, args=[opening.pk]) for name in ("candidate_new", "candidate_import_new", "loop_plan")]
    ways.append(reverse("interview_new", args=[application.pk]))
    assert [way for way in ways for body in bodies if way in body] == []


def test_for_a_closed_application_the_page_leads_to_its_status(client_of, opening):
    application = opening.applications.first()
    type(application).objects.filter(pk=application.pk).update(state="withdrawn")

    body = client_of("recruiter").get(reverse("interview_new", args=[application.pk])).content.decode()

    assert "This application is closed (withdrawn)" in body
    assert reverse("application_state", args=[application.pk]) in body


def test_the_last_manager_stays_and_the_page_says_why(send, opening, person):
    manager = opening.members.get(user=person("manager"))

    body = send("member_remove", manager.pk).content.decode()

    assert "An opening needs a hiring manager." in body
    assert opening.members.filter(pk=manager.pk).exists()


def test_who_takes_themselves_off_a_confidential_opening_ends_at_the_list(send, opening, person):
    Opening.objects.filter(pk=opening.pk).update(confidential=True)
    own = opening.members.get(user=person("recruiter"))

    response = send("member_remove", own.pk, meant="on")

    assert response.redirect_chain[-1][0] == reverse("opening_list")
    assert not opening.members.filter(pk=own.pk).exists()


def test_who_would_lose_sight_of_an_opening_is_asked_first(send, opening, person):
    Opening.objects.filter(pk=opening.pk).update(confidential=True)
    own = opening.members.get(user=person("recruiter"))

    asked = send("member_remove", own.pk)

    body = asked.content.decode()
    assert (asked.status_code, asked.redirect_chain) == (200, [])
    assert "You will no longer see this opening" in body
    assert f"{person('manager').display_name} (hiring manager)" in body
    assert "No recruiter is left" in body
    assert 'name="meant"' in body
    assert opening.members.filter(pk=own.pk).exists()


def test_who_still_sees_the_opening_is_not_asked(send, opening, person):
    own = opening.members.get(user=person("recruiter"))

    send("member_remove", own.pk)

    assert not opening.members.filter(pk=own.pk).exists()


def test_a_copy_leads_to_its_plan(send):
    response = send("opening_copy", title="Second engineer")

    made = Opening.objects.get(title="Second engineer")
    assert response.redirect_chain[-1][0] == reverse("opening_plan", args=[made.pk])


def test_a_mistaken_application_is_removed_from_its_status_page(client_of, opening, person):
    client = client_of("recruiter")
    client.post(reverse("candidate_new", args=[opening.pk]), {"name": "Ines Paz", "email": "ines@example.org"})
    application = opening.applications.get(candidate__email="ines@example.org")
    page = client.get(reverse("application_state", args=[application.pk])).content.decode()

    client.post(reverse("application_remove", args=[application.pk]))

    assert reverse("application_remove", args=[application.pk]) in page
    assert not opening.applications.filter(pk=application.pk).exists()
