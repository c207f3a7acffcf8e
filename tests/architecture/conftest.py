import copy
import functools
from collections.abc import Iterator

import pgtrigger
import pytest
from django.core.cache import cache
from django.db import transaction

from packets import kits
from tests.architecture.permission_world import World


@pytest.fixture(scope="package")
def _built(django_db_setup, django_db_blocker) -> Iterator[World]:
    """The world of docs/permissions.md, built once in a transaction that is taken back at the end.

    Its events get no link in the chain: what each test takes back would stay in the way of every later one.
    """
    with django_db_blocker.unblock(), transaction.atomic(), pytest.MonkeyPatch.context() as kept:
        # Each test begins with an empty cache; a kit that is the same to the letter is set once for all of them.
        kept.setattr(kits, "rendered", functools.cache(kits.rendered))
        pgtrigger.disable("audit.Event:takes_its_turn")
        yield World()
        transaction.set_rollback(True)


@pytest.fixture
def world(_built: World, db, settings) -> Iterator[World]:
    """That world with its files in place; what a test changes is taken back, and whoever it signed in or out too."""
    _built.store_files()
    cache.clear()  # how often an address asked for links is counted there
    cookies = {person: copy.deepcopy(client.cookies) for person, client in _built.clients.items()}
    yield _built
    for person, kept in cookies.items():
        _built.clients[person].cookies = kept
