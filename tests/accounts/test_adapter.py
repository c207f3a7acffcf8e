"""Ways in and out through the sign-in package: who is let in, what is put on record, and our words on its forms."""

import pytest
import requests
from allauth.account.adapter import get_adapter
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from django.contrib.auth.models import AnonymousUser
from django.core import mail
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.provider_session import ProviderSession
from audit.models import Event
from tests.config.processes import free_port

NEW = "a much longer pass phrase"
SIGNING_IN = {
    "signup": False,
    "email": None,
    "signal_kwargs": None,
    "email_verification": "none",
    "redirect_url": None,
}


@pytest.fixture(autouse=True)
def _no_attempts_yet():
    cache.clear()


def signed_in() -> Client:
    client = Client()
    client.post(reverse("account_login"), {"login": "interviewer@example.com", "password": "evenhand-demo"})
    return client


def kinds_of(user: User) -> list[str]:
    """What the trail says that this person did, in order."""
    return list(Event.objects.filter(actor_id=user.pk).order_by("pk").values_list("kind", flat=True))


def test_signing_in_a_new_password_and_signing_out_are_on_record(sample, person):
    user = person("interviewer")
    before = len(kinds_of(user))
    client = signed_in()

    sent = {"oldpassword": "evenhand-demo", "password1": NEW, "password2": NEW}
    client.post(reverse("account_change_password"), sent)
    client.post(reverse("account_logout"))

    assert kinds_of(user)[before:] == ["user.signed_in", "user.password_changed", "user.signed_out"]


def test_signing_out_without_having_signed_in_is_no_event(sample):
    before = Event.objects.count()

    Client().post(reverse("account_logout"))

    assert Event.objects.count() == before


def test_a_failed_attempt_is_on_record_without_what_was_typed(sample):
    Client().post(reverse("account_login"), {"login": "interviewer@example.com", "password": "my-bank-password"})

    event = Event.objects.get(kind="user.sign_in_failed")
    assert (event.actor_id, event.subject_id, event.detail) == (None, None, {})


def test_no_way_in_is_open_to_somebody_external(db, rf):
    guest = User.objects.create_user("outside@example.org", is_guest=True)

    with pytest.raises(PermissionDenied):
        get_adapter().pre_login(rf.get("/"), guest, **SIGNING_IN)


def test_a_forgotten_password_is_mailed_to_colleagues_alone(sample):
    User.objects.create_user("outside@example.org", "kept from long ago", is_guest=True)

    for email in ("outside@example.org", "recruiter@example.com"):
        Client().post(reverse("account_reset_password"), {"email": email})

    linked = [message.to for message in mail.outbox if "/password/reset/key/" in message.body]
    assert linked == [["recruiter@example.com"]]


@pytest.mark.parametrize(
    ("name", "labels"),
    [
        ("account_login", ["E-mail address", "Password"]),
        ("account_reset_password", ["E-mail address"]),
        ("account_change_password", ["Current password", "New password", "New password again"]),
    ],
)
def test_forms_of_the_package_have_our_labels_and_no_placeholder(sample, name, labels):
    client = signed_in() if name == "account_change_password" else Client()

    fields = client.get(reverse(name)).context["form"].fields.values()

    assert [field.label for field in fields if field.label in labels] == labels
    assert [field.widget.attrs["placeholder"] for field in fields if "placeholder" in field.widget.attrs] == []


def test_a_new_password_says_what_it_must_be(sample):
    page = signed_in().get(reverse("account_change_password")).content.decode()

    assert "At least ten characters." in page


# --- the company's provider ------------------------------------------------------
def test_a_provider_that_is_away_is_a_page_that_says_so(db, rf):
    request = rf.get("/")
    request.user, request.session = AnonymousUser(), {}

    with context.request_context(request), pytest.raises(ImmediateHttpResponse) as refused:
        ProviderSession().get(f"http://127.0.0.1:{free_port()}/keys")

    assert refused.value.response.status_code == 502
    assert isinstance(refused.value.__cause__, requests.ConnectionError)
