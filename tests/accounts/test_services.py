"""Changes to people: each is on record without a name, and somebody always administers."""

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from accounts import services
from accounts.models import EarlierAddress, User
from accounts.services import add_person, edit_person, vouch_for_address
from audit.models import Event
from candidates.models import Application, Candidate, Opening, Panelist

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator():
    """The only one."""
    return add_person("admin@example.com", by=None, name="Ada Lind", is_administrator=True)


@pytest.mark.parametrize("password", [None, ""])
def test_an_empty_password_is_none(administrator, password):
    user = add_person("new@example.com", by=administrator, password=password)

    assert not user.has_usable_password()
    assert Event.objects.filter(kind="user.created", actor_id=administrator.pk, subject_id=user.pk).exists()


@pytest.mark.parametrize("fields", [{"is_administrator": False}, {"is_active": False}])
def test_the_last_administrator_stays_one(administrator, fields):
    add_person("left@example.com", by=None, is_administrator=True, is_active=False)

    with pytest.raises(ValidationError):
        edit_person(administrator, by=administrator, **fields)

    administrator.refresh_from_db()
    assert administrator.is_administrator
    assert administrator.is_active
    assert not Event.objects.filter(kind="user.edited").exists()


def test_one_of_two_administrators_may_go(administrator):
    other = add_person("other@example.com", by=administrator, is_administrator=True)

    edit_person(other, by=administrator, is_administrator=False)

    assert User.objects.filter(is_administrator=True).get() == administrator


def test_the_last_administrator_may_change_what_else_there_is(administrator):
    edited = edit_person(administrator, by=administrator, name="Ada Berg", is_recruiter=True)

    assert (edited.name, edited.is_recruiter, edited.is_administrator) == ("Ada Berg", True, True)


def test_an_edit_is_on_record_by_its_roles_and_without_the_name(administrator):
    user = add_person("new@example.com", by=administrator)

    edit_person(user, by=administrator, name="Nora New", is_recruiter=True, is_active=True)

    event = Event.objects.get(kind="user.edited")
    assert (event.actor_id, event.subject_id) == (administrator.pk, user.pk)
    assert event.detail == {"is_recruiter": True, "is_active": True}


def test_an_edit_goes_by_what_is_stored_now(administrator):
    stale = User.objects.get(pk=administrator.pk)
    edit_person(administrator, by=administrator, name="Ada Berg")

    edit_person(stale, by=administrator, is_recruiter=True)

    assert User.objects.values_list("name", "is_recruiter").get() == ("Ada Berg", True)


def test_an_address_is_vouched_for_once(administrator, django_assert_num_queries):
    vouch_for_address(administrator)

    with django_assert_num_queries(1):
        vouch_for_address(administrator)

    assert EmailAddress.objects.values_list("email", "verified").get() == (administrator.email, True)


def test_an_address_that_another_had_is_the_new_owners(administrator):
    other = add_person("other@example.com", by=administrator)
    EmailAddress.objects.create(user=other, email="ADMIN@example.com", verified=True)

    vouch_for_address(administrator)

    assert EmailAddress.objects.get().user == administrator


# --- addresses, and who comes and goes -----------------------------------------
def test_a_changed_address_is_the_one_to_sign_in_with_and_the_old_one_is_kept(person):
    user, admin = person("interviewer"), person("admin")

    services.change_address(user, email="Iris.New@Example.net", by=admin)

    stored = User.objects.get(pk=user.pk)
    assert stored.email == "iris.new@example.net"
    assert list(EmailAddress.objects.filter(user=user).values_list("email", "verified")) == [(stored.email, True)]
    earlier = stored.earlier_addresses.get()
    assert (earlier.email, earlier.by) == ("interviewer@example.com", admin)
    event = Event.objects.get(kind="user.address_changed")
    assert (event.subject_id, event.detail) == (user.pk, {"earlier_address": earlier.pk})


@pytest.mark.parametrize("email", ["MANAGER@example.com", "interviewer@EXAMPLE.com"])
def test_an_address_that_somebody_has_is_refused(person, email):
    with pytest.raises(ValidationError) as refused:
        services.change_address(person("interviewer"), email=email, by=person("admin"))

    assert set(refused.value.message_dict) == {"email"}
    assert not EarlierAddress.objects.exists()


def test_an_application_under_the_old_address_stays_ones_own(unscored_application, person):
    manager = person("manager")
    Candidate.objects.filter(pk=unscored_application.candidate_id).update(email=manager.email)
    own = Application.objects.filter(pk=unscored_application.pk)

    services.change_address(manager, email="mona.new@example.net", by=person("admin"))

    assert not Application.objects.visible_to(User.objects.get(pk=manager.pk)).filter(pk__in=own).exists()
    assert Application.objects.visible_to(person("recruiter")).filter(pk__in=own).exists()


def test_an_external_interviewer_who_is_added_becomes_a_colleague_with_their_past(person, client_of):
    guest = User.objects.create_user("ada@out.example", name="Ada Out", is_guest=True)

    sent = {"name": "Ada Outer", "email": "ADA@out.example"}
    asked = client_of("admin").post(reverse("people"), sent)
    page = client_of("admin").post(reverse("people"), sent | {"meant": "on"})

    assert asked.status_code == 422
    assert "is the address of Ada Out, an external interviewer" in asked.content.decode()
    assert page.status_code == 302
    stored = User.objects.get(email__iexact="ada@out.example")
    assert (stored.pk, stored.name, stored.is_guest, stored.is_active) == (guest.pk, "Ada Outer", False, True)
    assert Event.objects.filter(kind="user.became_colleague", subject_id=guest.pk).exists()


def test_an_external_interviewer_who_is_added_without_a_name_keeps_theirs(person):
    guest = User.objects.create_user("ada@out.example", name="Ada Out", is_guest=True)

    services.add_person("ada@out.example", name="", by=person("admin"))

    assert User.objects.get(pk=guest.pk).display_name == "Ada Out"


def test_only_a_former_colleague_becomes_external_and_keeps_nothing(person):
    admin, former = person("admin"), person("manager")
    with pytest.raises(ValidationError, match="has an account"):
        services.make_external(former, by=admin)
    User.objects.filter(pk=former.pk).update(is_active=False)

    services.make_external(former, by=admin)

    stored = User.objects.get(pk=former.pk)
    assert (stored.is_guest, stored.is_active, stored.is_hiring_manager) == (True, True, False)
    assert not stored.has_usable_password()


def test_a_misspelt_external_interviewer_is_corrected_and_no_colleague(person):
    guest = User.objects.create_user("ada@out.example", name="Ado", is_guest=True)

    services.rename_external(guest, name=" Ada ", by=person("recruiter"))

    assert User.objects.get(pk=guest.pk).name == "Ada"
    with pytest.raises(ValidationError, match="Enter a name"):
        services.rename_external(guest, name=" ", by=person("recruiter"))
    with pytest.raises(ValidationError, match="Only an administrator"):
        services.rename_external(person("manager"), name="Else", by=person("recruiter"))


def test_a_new_address_is_told_to_both_addresses(sample, person):
    services.change_address(person("interviewer"), email="Ines.New@example.com", by=person("admin"))

    assert [message.to for message in mail.outbox] == [["interviewer@example.com"], ["ines.new@example.com"]]
    assert all("ines.new@example.com" in message.body for message in mail.outbox)


def test_only_external_interviewers_are_readdressed_by_others_than_administrators(person):
    with pytest.raises(ValidationError, match="Only an administrator"):
        services.readdress_external(person("manager"), email="new@example.com", by=person("recruiter"))


@pytest.mark.parametrize("left", [False, True])
def test_nobody_gets_the_address_of_the_candidate_whom_they_interview(unscored_application, person, client_of, left):
    interviewer, candidate = person("interviewer"), unscored_application.candidate
    panels = Panelist.objects.filter(interview__application=unscored_application, user=interviewer)
    if left:
        panels.update(ended_at=timezone.now())
    url = reverse("person_address", args=[interviewer.pk])

    page = client_of("admin").post(url, {"email": candidate.email.upper(), "whose": "on"})

    assert page.status_code == 422
    assert "A candidate whom this person interviews has this address." in page.content.decode()
    assert User.objects.get(pk=interviewer.pk).email == "interviewer@example.com"
    assert panels.visible_to(interviewer).exists()


def test_an_external_interviewer_is_not_given_their_candidates_address(unscored_application, person):
    guest = User.objects.create_user("ada@out.example", name="Ada", is_guest=True)
    Panelist.objects.create(interview=unscored_application.interviews.first(), user=guest)

    with pytest.raises(ValidationError, match="whom this person interviews"):
        services.readdress_external(guest, email=unscored_application.candidate.email, by=person("recruiter"))


def test_before_somebody_gets_a_candidates_address_it_is_asked(unscored_application, person, client_of):
    manager, email = person("manager"), unscored_application.candidate.email
    url, client = reverse("person_address", args=[manager.pk]), client_of("admin")

    asked = client.post(url, {"email": email})
    assert User.objects.get(pk=manager.pk).email == "manager@example.com"
    said = client.post(url, {"email": email, "whose": "on"})

    assert asked.status_code == 422
    assert f"{email} is the address of a candidate: Noor Haddad." in asked.content.decode()
    assert "never sees their own application" in asked.content.decode()
    assert said.status_code == 302
    assert not Application.objects.visible_to(User.objects.get(pk=manager.pk)).filter(candidate__email=email).exists()


def test_before_an_account_is_made_with_a_candidates_address_it_is_asked(unscored_application, client_of):
    sent = {"name": "Noor", "email": unscored_application.candidate.email.title(), "is_recruiter": "on"}
    client = client_of("admin")

    asked = client.post(reverse("people"), sent)
    assert not User.objects.filter(email=sent["email"].lower()).exists()
    client.post(reverse("people"), sent | {"whose": "on"})

    assert "is the address of a candidate: Noor Haddad." in asked.content.decode()
    made = User.objects.get(email=sent["email"].lower())
    assert made.is_recruiter
    assert not Application.objects.visible_to(made).filter(pk=unscored_application.pk).exists()
    assert Application.objects.visible_to(made).exists()


def test_a_candidate_whom_the_administrator_does_not_see_is_not_named(unscored_application, person, client_of):
    Opening.objects.filter(pk=unscored_application.opening_id).update(confidential=True)
    url = reverse("person_address", args=[person("manager").pk])

    seen = Application.objects.visible_to(person("admin")).filter(pk=unscored_application.pk).exists()
    page = client_of("admin").post(url, {"email": unscored_application.candidate.email})

    assert ("Noor Haddad" in page.content.decode()) == seen
