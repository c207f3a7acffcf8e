"""The page of people: for administrators, with one person per address."""

import pytest
from django.urls import reverse

from accounts.models import User
from audit.models import Event

NEW = {"name": "Nora New", "email": "Nora.New@Example.com", "password": ""}


@pytest.mark.parametrize("name", ["interviewer", "recruiter", "manager"])
def test_people_are_for_administrators(client_of, sample, name):
    client = client_of(name)

    assert client.get(reverse("people")).status_code == 403
    assert client.post(reverse("people"), NEW | {"is_administrator": "on"}).status_code == 403
    assert not User.objects.filter(name="Nora New").exists()


def test_administrator_adds_a_person_and_it_is_on_record(client_of, person):
    response = client_of("admin").post(reverse("people"), NEW | {"is_recruiter": "on"}, follow=True)

    added = User.objects.get(email="nora.new@example.com")
    assert "Nora New added." in response.content.decode()
    assert (added.is_recruiter, added.is_administrator, added.has_usable_password()) == (True, False, False)
    assert Event.objects.filter(kind="user.created", subject_id=added.pk, actor_id=person("admin").pk).count() == 1


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"email": "RECRUITER@example.com"}, "Someone with this e-mail address already has an account."),
        ({"email": "nobody"}, "Enter a valid email address."),
        ({"password": "password"}, "This password is too short"),
        ({"password": "1234567890"}, "entirely numeric"),
    ],
)
def test_person_that_does_not_fit_is_refused_and_the_text_kept(client_of, sample, change, words):
    before = User.objects.count()

    body = client_of("admin").post(reverse("people"), NEW | change).content.decode()

    assert words in body
    assert "Nora New" in body
    assert User.objects.count() == before


def test_name_is_shown_as_text(client_of, sample):
    client_of("admin").post(reverse("people"), NEW | {"name": "<script>alert(1)</script>"})

    body = client_of("admin").get(reverse("people")).content.decode()

    assert "<script>alert(1)" not in body
    assert "&lt;script&gt;alert(1)" in body


@pytest.mark.parametrize("sought", ["NEW nora", "nóra", "norra", "nora.new@", "Nora.New@example.com"])
def test_people_are_found_by_name_and_address(client_of, sample, sought):
    client = client_of("admin")
    client.post(reverse("people"), NEW)

    page = client.get(reverse("people"), {"q": sought})

    assert [user.name for user in page.context["people"]] == ["Nora New"]
    assert "1 person" in page.content.decode()


def test_a_search_without_a_match_leads_back_to_everybody(client_of, sample):
    body = client_of("admin").get(reverse("people"), {"q": "zyzzyva"}).content.decode()

    assert "Nothing found for “zyzzyva”" in body
    assert 'href="?">Show all' in body


def test_no_external_interviewer_is_found(client_of, sample):
    User.objects.create_user("guest@example.net", name="Gwen Guest", is_guest=True)

    assert list(client_of("admin").get(reverse("people"), {"q": "gwen"}).context["people"]) == []
