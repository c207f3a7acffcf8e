"""The page of several applications: what was ticked is shown, set and told."""

import pytest
from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser

from candidates.models import Application
from candidates.services import add_candidate, create_opening
from files.services import add_link, add_note


@pytest.fixture
def two(opening, person) -> list[Application]:
    names = ("Ann", "Ben")
    return [add_candidate(opening, name=name, email=f"{name}@x.example", by=person("recruiter")) for name in names]


@pytest.fixture
def address(opening) -> str:
    return reverse("application_states", args=[opening.pk])


def test_what_was_ticked_is_set(client_of, address, two):
    recruiter, keys = client_of("recruiter"), [each.pk for each in two]
    page = recruiter.get(address, {"application": keys}).content.decode()
    assert "2 applications" in page

    done = recruiter.post(address, {"application": keys, "state": "on_hold"}, follow=True)

    assert "2 applications set to “On hold”." in done.content.decode()
    assert set(Application.objects.filter(pk__in=keys).values_list("state", flat=True)) == {"on_hold"}


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"state": "moved"}, "Choose the opening that the applications move to."),
        ({"state": "rejected"}, "Say why."),
        ({"state": "hired"}, "Select a valid choice"),
        ({}, "This field is required"),
    ],
)
def test_a_refusal_keeps_what_was_ticked(client_of, address, two, sent, says):
    response = client_of("recruiter").post(address, sent | {"application": [two[0].pk]})

    assert response.status_code == 422
    assert says in response.content.decode()
    assert "1 application" in response.content.decode()


def test_those_of_other_openings_and_nonsense_are_nobody(client_of, address, confidential):
    keys = [confidential.applications.get().pk, "x", "-1", "9" * 30]

    assert "No application chosen" in client_of("recruiter").get(address, {"application": keys}).content.decode()


def test_nobody_ticked_is_told(client_of, address, two):
    response = client_of("recruiter").post(address, {"state": "on_hold"})

    assert response.status_code == 422
    assert "Tick at least one application." in response.content.decode()


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        (
            {"along-takes": "files"},
            "1 application moved to Night shift. 1 link went along. There, interviewers see files.",
        ),
        ({"along-takes": "all"}, "1 application moved to Night shift. 1 link and 1 note went along."),
        ({"along-takes": "nothing"}, "1 application moved to Night shift."),
        ({}, "1 application moved to Night shift."),
    ],
)
def test_a_move_of_several_takes_along_what_is_chosen_once(client_of, address, opening, two, person, sent, told):
    by = person("recruiter")
    to = create_opening("Night shift", rubric_version=opening.rubric_version, by=by)
    add_link(two[0], url="https://example.org/", name="", purpose="other", by=by)
    add_note(two[0], text="Free from March", by=by)
    client = client_of("recruiter")
    first = client.get(address, {"application": [two[0].pk]}).context["along"]["takes"].value()

    page = client.post(address, sent | {"application": [two[0].pk], "state": "moved", "to": to.pk}, follow=True)

    assert first == "files"
    assert told in page.content.decode()
    assert to.applications.get().materials.count() == ("link" in told)


def test_packets_are_offered_for_what_was_ticked(client_of, opening, two):
    page = client_of("manager").get(reverse("batch_new", args=[opening.pk]), {"application": [two[0].pk]})

    assert "Ann" in page.content.decode()
    assert "Ben" not in page.content.decode()


def test_those_who_stood_so_already_are_named(client_of, address, two):
    Application.objects.filter(pk=two[1].pk).update(state="on_hold")

    sent = {"application": [each.pk for each in two], "state": "on_hold"}
    done = client_of("recruiter").post(address, sent, follow=True).content.decode()

    assert "1 application set to “On hold”. It was so already for Ben." in done


def test_a_status_set_since_the_page_was_shown_is_not_undone(client_of, address, two):
    recruiter, keys = client_of("recruiter"), [each.pk for each in two]
    page = LexborHTMLParser(recruiter.get(address, {"application": keys}).content.decode())
    Application.objects.filter(pk=two[0].pk).update(state="withdrawn")
    sent = {"application": keys, "state": "on_hold", "seen": page.css_first("[name=seen]").attributes["value"]}

    refused = recruiter.post(address, sent)

    again = LexborHTMLParser(refused.content.decode())
    assert refused.status_code == 422
    assert "Somebody set these meanwhile: Ann." in again.css_first(".eh-error-summary").text()
    assert set(Application.objects.filter(pk__in=keys).values_list("state", flat=True)) == {"withdrawn", "active"}
    recruiter.post(address, sent | {"seen": again.css_first("[name=seen]").attributes["value"]})
    assert set(Application.objects.filter(pk__in=keys).values_list("state", flat=True)) == {"on_hold"}
