"""Sessions are Django's own rows, read by a statement of ours."""

from datetime import timedelta

import pytest
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from accounts.sessions import SessionStore

pytestmark = pytest.mark.django_db


@pytest.fixture
def key():
    """The key of a session that Django itself has stored."""
    stored = db.SessionStore()
    stored["seen"] = "yes"
    stored.save()
    return stored.session_key


def test_what_django_has_stored_is_read(key):
    assert SessionStore(key)["seen"] == "yes"


def test_one_that_has_run_out_is_empty_and_its_key_forgotten(key):
    Session.objects.filter(pk=key).update(expire_date=timezone.now() - timedelta(seconds=1))

    session = SessionStore(key)

    assert session.is_empty() is False  # it has not been looked at yet
    assert session.get("seen") is None
    assert session.session_key is None


@pytest.mark.parametrize("unknown", ["x" * 32, "it's", "%s"])
def test_a_key_that_nobody_has_is_an_empty_session(unknown, key):
    assert SessionStore(unknown).get("seen") is None
