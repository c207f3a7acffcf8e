"""Shared fixtures: people, a published rubric, an opening with two interviews. Everything is real."""

import os
from collections.abc import Iterator
from datetime import timedelta

import pgtrigger
import pytest
from django.db import connection
from django.test import Client, TransactionTestCase
from django.utils import timezone


@pytest.fixture(scope="session", autouse=True)
def _teardown_may_truncate() -> Iterator[None]:
    """The audit table refuses TRUNCATE, which is how Django empties tables after a transactional test."""
    original = TransactionTestCase._fixture_teardown

    def teardown(self: TransactionTestCase) -> None:
        with pgtrigger.ignore():
            original(self)

    TransactionTestCase._fixture_teardown = teardown
    yield
    TransactionTestCase._fixture_teardown = original


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker) -> None:
    """No table of a test is ever analysed: what a test has written is uncommitted, so that the server would count it
    as nothing in the middle of it and plan its queries for one row, which takes a hundred times as long.

    A server that DATABASE_URL names is not ours to set: `.ci/run` starts its own in the same way.
    """
    if "DATABASE_URL" not in os.environ:
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute("ALTER SYSTEM SET autovacuum = off")
            cursor.execute("SELECT pg_reload_conf()")


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def sample(db):
    from django.core.management import call_command

    call_command("load_sample")


@pytest.fixture
def person(sample):
    from accounts.models import User

    return lambda name: User.objects.get(email=f"{name}@example.com")


@pytest.fixture
def as_(person):
    def signed_in(name: str) -> Client:
        client = Client()
        client.force_login(person(name))
        return client

    return signed_in


@pytest.fixture
def fresh(sample):
    """An application of the sample with two interviews and no scorecard yet."""
    from candidates.models import Application

    return Application.objects.get(candidate__email="noor.haddad@example.org")


@pytest.fixture
def scored(sample):
    """An application of the sample where the first interviewer has submitted and the second has not."""
    from candidates.models import Application

    return Application.objects.get(candidate__email="elias.okafor@example.org")


@pytest.fixture
def seats(scored):
    from candidates.models import Panelist

    return list(Panelist.objects.filter(interview__application=scored).order_by("pk"))


@pytest.fixture
def complete_draft():
    """Changes that fill a panelist's scorecard completely; planted words go into evidence and summary."""

    def changes(panelist, *, score: str = "4", words: str = "seen") -> dict[str, str]:
        filled = {"recommendation": "yes", "summary": f"summary {words}"}
        for dimension in panelist.interview.round.dimensions.all():
            filled[f"score_{dimension.pk}"] = score
            filled[f"evidence_{dimension.pk}"] = f"evidence {words}"
        return filled

    return changes


@pytest.fixture
def submitted(complete_draft):
    def submit(panelist, **kwargs):
        from scorecards import drafts, services

        changes = complete_draft(panelist, **kwargs)
        card = drafts.save_draft(drafts.open_scorecard(panelist), changes, edit=0, by=panelist.user)
        return services.submit_scorecard(card, by=panelist.user)

    return submit


@pytest.fixture
def soon():
    return timezone.now() + timedelta(days=1)
