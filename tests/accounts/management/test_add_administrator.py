"""The first administrator of a new installation comes from the command line."""

import io
import subprocess
import sys

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from audit.models import Event
from tests.config.processes import GOOD_KEY, ROOT, environment

pytestmark = pytest.mark.django_db


def add(monkeypatch, email: str, password: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{password}\n"))
    call_command("add_administrator", email, "--password-stdin", stdout=io.StringIO())


def test_add_administrator_creates_one_who_may_sign_in(monkeypatch, client):
    add(monkeypatch, "First@example.com", "a long and odd passphrase")

    user = User.objects.get(email="first@example.com")
    client.post("/accounts/login/", {"login": user.email, "password": "a long and odd passphrase"})

    assert (user.is_administrator, user.is_recruiter, user.is_hiring_manager) == (True, False, False)
    assert client.get("/people/").status_code == 200
    assert Event.objects.get(kind="user.created").subject_id == user.pk


def test_add_administrator_without_a_password_leaves_the_account_without_one(monkeypatch):
    add(monkeypatch, "first@example.com", "")

    assert not User.objects.get().has_usable_password()


@pytest.mark.parametrize(
    ("email", "password"),
    [("nobody", "a long and odd passphrase"), ("a@example.com", "short"), ("HERE@example.com", "")],
)
def test_add_administrator_says_what_is_wrong_and_stores_nothing(monkeypatch, email, password):
    User.objects.create_user("here@example.com")

    with pytest.raises(CommandError):
        add(monkeypatch, email, password)

    assert User.objects.count() == 1


def test_without_a_terminal_the_way_to_give_a_password_is_named():
    env = environment(DATABASE_URL="postgresql://nowhere/none", SECRET_KEY=GOOD_KEY)
    command = [sys.executable, "manage.py", "add_administrator", "first@example.com"]

    done = subprocess.run(  # in a session of its own, which has no terminal
        command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True, start_new_session=True
    )

    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].endswith("give one with --password-stdin.")
    assert "Traceback" not in done.stderr
