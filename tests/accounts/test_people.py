"""The page of people: for administrators, with one person per address."""

import pytest
from django.urls import reverse

from accounts.models import User
from audit.models import Event

NEW = {"name": "Nora New", "email": "Nora.New@Example.com", "password": ""}


@pytest.mark.parametrize("name", ["interviewer", "recruiter", "manager"])
def test_people_are_for_administrators(as_, sample, name):
    client = as_(name)

    assert client.get(reverse("people")).status_code == 403
    assert client.post(reverse("people"), NEW | {"is_administrator": "on"}).status_code == 403
    assert not User.objects.filter(name="Nora New").exists()


def test_administrator_adds_a_person_and_it_is_on_record(as_, person):
    response = as_("admin").post(reverse("people"), NEW | {"is_recruiter": "on"}, follow=True)

    added = User.objects.get(email="nora.new@example.com")
    assert "Nora New was added." in response.content.decode()
    assert (added.is_recruiter, added.is_administrator, added.has_usable_password()) == (True, False, False)
    assert Event.objects.filter(kind="user.created", subject_id=added.pk, actor_id=person("admin").pk).count() == 1


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"email": "RECRUITER@example.com"}, "Somebody with this e-mail address is here already."),
        ({"email": "nobody"}, "Enter a valid email address."),
        ({"password": "password"}, "This password is too short"),
        ({"password": "1234567890"}, "entirely numeric"),
    ],
)
def test_person_that_does_not_fit_is_refused_and_the_text_kept(as_, sample, change, words):
    before = User.objects.count()

    body = as_("admin").post(reverse("people"), NEW | change).content.decode()

    assert words in body
    assert "Nora New" in body
    assert User.objects.count() == before


def test_name_is_shown_as_text(as_, sample):
    as_("admin").post(reverse("people"), NEW | {"name": "<script>alert(1)</script>"})

    body = as_("admin").get(reverse("people")).content.decode()

    assert "<script>alert(1)" not in body
    assert "&lt;script&gt;alert(1)" in body
