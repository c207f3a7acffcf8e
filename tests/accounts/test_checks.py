"""What `check --deploy` says about accounts that have the sample's published password."""

import pytest

from accounts.models import User
from accounts.published import PASSWORD
from tests.config.processes import GOOD_KEY, connected_database, environment

REAL = {"SECRET_KEY": GOOD_KEY, "ALLOWED_HOSTS": "hire.example.com", "CELERY_BROKER_URL": "redis://127.0.0.1:9/0"}
OWN = "a-long-one-of-ones-own"


@pytest.fixture
def check(forking):
    def checked(**values: str):
        return forking.manage("check", "--deploy", "--fail-level", "WARNING", env=environment(**REAL | values))

    return checked


def test_the_deployment_check_counts_such_accounts_and_names_none(transactional_db, settings, check):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    for number in range(2):
        User.objects.create_user(f"person{number}@company.org", PASSWORD)
    User.objects.create_user("inactive@company.org", PASSWORD, is_active=False)
    User.objects.create_user("real@company.org", OWN)
    User.objects.create_user("none@company.org")

    done = check(DATABASE_URL=connected_database())
    User.objects.filter(email__startswith="person").update(is_active=False)
    after = check(DATABASE_URL=connected_database())

    assert done.returncode == 1
    assert "(accounts.W002) Accounts using the sample's published password: 2." in done.stderr
    assert "@" not in done.stderr
    assert (after.returncode, after.stderr) == (0, "")


def test_the_deployment_check_says_that_the_demo_is_on(transactional_db, check):
    done = check(DATABASE_URL=connected_database(), EVENHAND_DEMO="1", SECURE_COOKIES="1")

    assert done.returncode == 1
    assert "(accounts.W001)" in done.stderr
    assert "W002" not in done.stderr


def test_the_deployment_check_says_where_it_could_not_look(check):
    done = check(DATABASE_URL="postgresql://x:hidden-words@127.0.0.1:9/x")

    assert done.returncode == 0
    assert "(accounts.I001)" in done.stderr
    assert "hidden-words" not in done.stderr
