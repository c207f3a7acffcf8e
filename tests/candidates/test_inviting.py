"""Several people are invited at once: colleagues, and those who have no account yet."""

import re

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from accounts.models import User
from audit.models import Event
from candidates.inviting import Named, invite_people, read_people
from notices.models import Mail, Notice
from tests.pages import html_of


@pytest.fixture(autouse=True)
def _by_mail(settings, sample):
    settings.EMAIL_BACKEND = "notices.backends.OutboxBackend"
    Notice.objects.all().delete()
    Mail.objects.all().delete()


@pytest.fixture
def invite(opening, person):
    def invited(*people: Named, role: str = "recruiter", by: str = "recruiter", rounds=()):
        return invite_people(opening, people, role=role, rounds=rounds, by=person(by), link=lambda key: f"/{key}")

    return invited


NORA = Named("Nora New", "nora@example.com")


def test_lines_are_addresses_with_or_without_a_name():
    text = "Nora New <Nora@example.com>\n\n  omar@example.com \nnora@example.com"

    assert read_people(text) == [NORA, Named("", "omar@example.com")]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (" \n", "at least one"),
        ("Nora", "“Nora” is not an e-mail address"),
        ("\n".join(f"p{number}@example.com" for number in range(51)), "at most 50"),
    ],
)
def test_what_is_no_list_of_people_is_refused(text, words):
    with pytest.raises(ValidationError, match=words):
        read_people(text)


def test_who_is_new_gets_an_account_and_one_mail_with_role_next_step_and_link(invite, opening):
    [nora] = invite(NORA, role="hiring_manager")

    assert (nora.user.name, nora.user.has_usable_password()) == ("Nora New", False)
    assert opening.members.get(user=nora.user).role == "hiring_manager"
    mail = Mail.objects.get()
    for words in (f"asked to be a hiring manager for {opening.title}", "Next: look at the rubric", nora.link):
        assert words in mail.text
    assert not User.objects.filter(pk=nora.user.pk, is_hiring_manager=True).exists()


def test_the_page_that_sets_the_password_says_role_and_next_step_too(invite, opening):
    [nora] = invite(NORA, role="hiring_manager")

    page = html_of(Client().get(reverse("invitation"), {"key": nora.link.strip("/")}))

    assert f"You are asked to be a hiring manager for {opening.title}." in page
    assert "Next: look at the rubric" in page


def test_who_has_an_account_is_told_and_gets_no_link(invite, person, opening):
    [told] = invite(Named("", "interviewer2@example.com"), role="interviewer", rounds=list(opening.rounds.all()[:1]))

    assert (told.user, told.link) == (person("interviewer2"), "")
    assert opening.rounds.first().panel.filter(pk=told.user.pk).exists()
    assert Notice.objects.get().title == f"You are now an interviewer for {opening.title}"
    assert Event.objects.filter(kind="round.saved").exists()


def test_mail_does_not_name_a_confidential_opening(invite, opening):
    opening.confidential = True
    opening.save(update_fields=["confidential"])

    invite(NORA)

    assert opening.title not in Mail.objects.get().text


def test_all_are_invited_or_none(invite, person):
    person("interviewer2")
    User.objects.filter(email="interviewer2@example.com").update(is_active=False)

    with pytest.raises(ValidationError, match="cannot sign in"):
        invite(NORA, Named("", "interviewer2@example.com"))

    assert not User.objects.filter(email=NORA.email).exists()
    assert not Mail.objects.exists()


def test_only_company_recruiters_and_administrators_bring_in_new_people(invite):
    with pytest.raises(ValidationError, match="has no account"):
        invite(NORA, by="manager")

    assert invite(Named("", "interviewer2@example.com"), by="manager")


def test_interviewers_need_a_round(invite):
    with pytest.raises(ValidationError, match="Choose the rounds"):
        invite(NORA, role="interviewer")


def test_without_mail_the_page_shows_each_link_and_it_signs_in(client_of, opening, settings):
    settings.MAIL_IS_SET_UP = False
    sent = {"people": "Nora New <nora@example.com>\nomar@example.com", "role": "recruiter"}

    page = html_of(client_of("recruiter").post(reverse("opening_invite", args=[opening.pk]), sent, follow=True))

    links = re.findall(r"http://testserver(/invitation/\?key=[^\s<]+)", page)
    assert len(links) == 2
    newcomer = Client()
    words = {"name": "Nora New", "password": "a long pass phrase"}
    assert newcomer.post(links[0], words)["Location"] == reverse("home")
    assert newcomer.get(reverse("opening", args=[opening.pk])).status_code == 200


def test_a_refused_line_is_told_at_its_field(client_of, opening):
    response = client_of("recruiter").post(
        reverse("opening_invite", args=[opening.pk]), {"people": "Nora", "role": "recruiter"}
    )

    assert response.status_code == 422
    assert "is not an e-mail address" in html_of(response)


@pytest.mark.parametrize("number", [1, 50])
def test_up_to_fifty_people_are_read(number):
    text = "\n".join(f"p{at}@example.com" for at in range(number))

    assert len(read_people(text)) == number


def test_a_name_beside_an_address_has_no_quotes_and_an_end():
    [named] = read_people(f'"{"N" * 201}" <nora@example.com>')

    assert named.name == "N" * 200


def test_of_one_address_twice_the_first_name_counts():
    assert read_people("Nora <nora@example.com>\nElse <NORA@example.com>") == [Named("Nora", "nora@example.com")]


def test_whoever_does_not_run_the_opening_invites_nobody(invite):
    with pytest.raises(PermissionDenied):
        invite(NORA, by="interviewer")


@pytest.mark.parametrize("change", [{"is_active": False}, {"is_guest": True}])
def test_whoever_cannot_sign_in_is_named(invite, person, change):
    User.objects.filter(email="interviewer2@example.com").update(**change)

    with pytest.raises(ValidationError) as caught:
        invite(Named("", "interviewer2@example.com"))

    words = "interviewer2@example.com belongs to somebody who cannot sign in. An administrator changes that."
    assert caught.value.message_dict == {"people": [words]}


def test_refusals_stand_at_their_fields(invite):
    def fields(**given) -> set[str]:
        with pytest.raises(ValidationError) as caught:
            invite(NORA, **given)
        return set(caught.value.message_dict)

    assert fields(by="manager") == {"people"}
    assert fields(role="interviewer") == {"rounds"}


def test_a_new_interviewer_is_told_by_the_invitation_alone(invite, opening):
    [nora] = invite(NORA, role="interviewer", rounds=list(opening.rounds.all()))

    mail = Mail.objects.get()
    assert (mail.kind, mail.address) == ("account", NORA.email)
    assert "asked to be an interviewer for" in mail.text
    assert not Notice.objects.filter(receiver=nora.user).exists()
    assert all(round_.panel.filter(pk=nora.user.pk).exists() for round_ in opening.rounds.all())
    assert not opening.members.filter(user=nora.user).exists()


def test_nobody_is_told_of_having_asked_themselves(invite, opening, person):
    recruiter = person("recruiter")

    invite(Named("", recruiter.email), role="interviewer", rounds=list(opening.rounds.all()[:1]))

    assert opening.rounds.first().panel.filter(pk=recruiter.pk).exists()
    assert not Notice.objects.filter(receiver=recruiter).exists()
