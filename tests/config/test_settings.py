"""A value that does not fit stops every command with one line that names the variable, and shows no secret."""

import os
import uuid
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import env
from tests.config.processes import GOOD_KEY, connected_database, environment, manage

SERVER = {
    "DATABASE_URL": "postgresql://evenhand:hidden-words@127.0.0.1:9/evenhand",
    "CELERY_BROKER_URL": "redis://127.0.0.1:9/0",
    "SECRET_KEY": GOOD_KEY,
    "ALLOWED_HOSTS": "hire.example.com",
    "EMAIL_URL": "smtp+tls://evenhand:hidden-words@mail.example.com:587",
}
REFUSED = [
    ("PACKET_LEASE_SECONDS", "abc"),
    ("PACKET_LEASE_SECONDS", "0"),
    ("PACKET_TIME_LIMIT", "5 minutes"),
    ("SESSION_HOURS", "1.5"),
    ("SESSION_HOURS", "-4"),
    ("TRUSTED_PROXY_COUNT", "-1"),
    ("TRUSTED_PROXY_COUNT", "one"),
    ("SECURE_HSTS_SECONDS", "forever"),
    ("DEBUG", "maybe"),
    ("SECURE_COOKIES", "2"),
    ("BEHIND_TLS_PROXY", "nginx"),
    ("DATABASE_URL", "mysql://user:hidden-words@host/name"),
    ("DATABASE_URL", "postgresql://user:hidden-words@host:port/name"),
    ("DATABASE_URL", "postgresql://user:hidden-words@host"),
    ("DATABASE_URL", "hidden-words"),
    ("CELERY_BROKER_URL", "hidden-words"),
    ("CELERY_BROKER_URL", "http://:hidden-words@host"),
    ("EMAIL_URL", "hidden-words"),
    ("EMAIL_URL", "smtp://user:hidden-words@host:port"),
    ("EMAIL_URL", "smtp:///hidden-words"),
    ("COMPANY_TIME_ZONE", "Mars/Base"),
    ("COMPANY_TIME_ZONE", "../etc/passwd"),
    ("ALLOWED_HOSTS", "https://hire.example.com"),
    ("ALLOWED_HOSTS", "hire.example.com:443"),
    ("ALLOWED_HOSTS", " , "),
    ("CSRF_TRUSTED_ORIGINS", "hire.example.com"),
    ("LOG_LEVEL", "LOUD"),
    ("SECRET_KEY", "hidden-words"),
    ("SECRET_KEY", "ab" * 40),
]


@pytest.mark.parametrize(("name", "value"), REFUSED)
def test_a_bad_value_stops_the_start_with_one_line_that_names_the_variable(forking, name, value):
    done = forking.manage("check", env=environment(**SERVER | {name: value}))

    assert done.returncode == 1
    assert done.stderr.startswith(f"Evenhand cannot start: {name} ")
    assert done.stderr.count("\n") == 1
    assert "hidden-words" not in done.stderr
    assert done.stdout == ""


def test_a_missing_secret_key_is_named_where_a_database_is_set(forking):
    without = {name: value for name, value in SERVER.items() if name != "SECRET_KEY"}

    done = forking.manage("check", env=environment(**without))

    assert done.returncode == 1
    assert done.stderr == "Evenhand cannot start: SECRET_KEY is missing: set it to at least 32 random characters\n"


def test_a_data_folder_that_is_a_file_is_named(forking, tmp_path):
    (tmp_path / "file").write_text("")
    values = SERVER | {"CELERY_BROKER_URL": "filesystem://", "EVENHAND_DATA": str(tmp_path / "file")}

    done = forking.manage("check", env=environment(**values))

    assert done.returncode == 1
    assert done.stderr.startswith(f"Evenhand cannot start: EVENHAND_DATA points to {tmp_path / 'file'}")


@pytest.fixture
def unprivileged():
    """Root may write everywhere, so that it becomes nobody for a moment."""
    own = os.geteuid()
    if own == 0:
        os.seteuid(65534)
    yield
    os.seteuid(own)


def test_a_data_folder_that_cannot_be_made_is_named_by_whoever_would_use_it(unprivileged):
    inside = Path("/usr/evenhand/data")
    cannot = "EVENHAND_DATA points to /usr/evenhand/data, which cannot be created: /usr is not writable"

    assert env.folder("EVENHAND_DATA", inside, used=False) == inside
    with pytest.raises(ImproperlyConfigured, match=cannot):
        env.folder("EVENHAND_DATA", inside, used=True)
    fresh = Path("/tmp") / f"evenhand-{uuid.uuid4()}" / "data"
    assert env.folder("EVENHAND_DATA", fresh, used=True) == fresh


def test_production_settings_pass_the_deployment_check(transactional_db, forking):
    values = SERVER | {"DATABASE_URL": connected_database()}

    done = forking.manage("check", "--deploy", "--fail-level", "WARNING", env=environment(**values))

    assert (done.returncode, done.stderr) == (0, "")
    assert "no issues (0 silenced)" in done.stdout


def test_an_empty_variable_counts_as_not_set(forking):
    empty = dict.fromkeys(
        ("EMAIL_URL", "LOG_LEVEL", "COMPANY_TIME_ZONE", "SESSION_HOURS", "DEBUG", "SECURE_COOKIES"), ""
    )
    shown = "from django.conf import settings as s; print(s.SESSION_COOKIE_AGE, s.DEBUG, s.SESSION_COOKIE_SECURE)"

    done = forking.manage("shell", "-v", "0", "-c", shown, env=environment(**SERVER | empty))

    assert (done.returncode, done.stdout) == (0, "43200 False True\n"), done.stderr


def test_a_process_that_is_begun_afresh_says_the_same(forking):
    env = environment(**SERVER | {"SESSION_HOURS": "1.5"})

    afresh, forked = manage("check", env=env), forking.manage("check", env=env)

    assert (afresh.returncode, afresh.stdout, afresh.stderr) == (forked.returncode, forked.stdout, forked.stderr)
