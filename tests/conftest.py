"""Shared fixtures: people, a published rubric, an opening with two interviews. Everything is real."""

import fcntl
import gc
import hashlib
import os
from collections.abc import Generator, Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import Client, TransactionTestCase, override_settings
from django.utils import timezone
from hypothesis import HealthCheck
from hypothesis import settings as property_tests

from tests import n_plus_one
from tests.config.processes import Forking
from tests.scheduling import FewBrowsers
from tests.stored_rows import StoredRows

MIGRATED = "evenhand_migrated_"  # databases that are kept from run to run begin so
SAMPLED = "evenhand_sampled_"  # and so those that hold the sample as one run has stored it
# How long an example takes says how busy the machine is, and nothing of what is tested. The suite tries the same few
# examples each time: what fails is of the change. The drill tries more of them (`many`), `make drill` new ones as well.
UNTIMED = property_tests(deadline=None, suppress_health_check=[HealthCheck.too_slow])
property_tests.register_profile("new", UNTIMED)
property_tests.register_profile("many", UNTIMED, derandomize=True)
property_tests.register_profile("same", UNTIMED, derandomize=True, max_examples=30)
property_tests.load_profile("same")
HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
FOLDERS = count(1)
COMMITTED = ("filled", "emptied")  # copies of the test database for tests that commit
STORED: dict[str, StoredRows] = {}  # what stands in each of these of this process, by the database's name
COMMITTING = {"transactional_db", "live_server"}
ASKING = {"db", "transactional_db", "redis_url", "forking"}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--asking", action="store_true", help="only tests that may ask a database or a broker")


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """What finding the tests loads lives to the end of the run, and need not be looked at whenever memory is tidied."""
    gc.disable()
    found = yield
    gc.freeze()
    gc.enable()
    gc.set_threshold(100_000, 20, 20)  # a request makes thousands of objects, and nearly none of them in circles
    return found


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What waits longest comes first, so that all processes end at about the same time."""
    items.sort(key=lambda item: not item.nodeid.startswith("tests/config/"))
    if config.getoption("--asking"):
        left = [item for item in items if not _may_ask(item)]
        config.hook.pytest_deselected(items=left)
        items[:] = [item for item in items if _may_ask(item)]


def _may_ask(item: pytest.Item) -> bool:
    """Whether the test may ask a database or a broker: pytest-django lets no other one reach the database, and a
    process that a test starts knows only those that a fixture names or that the test has started itself.
    """
    return bool(ASKING & set(getattr(item, "fixturenames", ())) or item.get_closest_marker("django_db"))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> FewBrowsers:
    return FewBrowsers(config, log)


@pytest.fixture(scope="session", autouse=True)
def _rows_are_put_back() -> Iterator[None]:
    """Django empties every table after a test that commits, with TRUNCATE, which takes ten times as long as to put back
    what stood there before, and which the audit table refuses.
    """
    original = TransactionTestCase._fixture_teardown

    def teardown(self: TransactionTestCase) -> None:
        STORED[connection.settings_dict["NAME"]].put_back(connection)

    TransactionTestCase._fixture_teardown = teardown
    yield
    TransactionTestCase._fixture_teardown = original


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """The test database is taken as `django_db_modify_db_settings` leaves it; --create-db migrates a new one."""
    return True


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings, django_db_blocker) -> None:
    """A test database like one that some earlier process has migrated, unless migrations have changed since."""
    original = connections[DEFAULT_DB_ALIAS]
    migrated, name = f"{MIGRATED}{_mark_of_migrations()}", original.creation._get_test_db_name()
    with django_db_blocker.unblock(), _one_at_a_time(), original._nodb_cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{MIGRATED}%"])
        known = {row[0] for row in cursor.fetchall()}
        for old in known - {migrated}:
            cursor.execute(f'DROP DATABASE "{old}" WITH (FORCE)')
        if migrated not in known:
            _migrate(cursor, original, migrated)
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{migrated}"')


def _migrate(cursor, original: BaseDatabaseWrapper, name: str) -> None:
    """A database of that name with every migration in it; it gets its name at the end, so that no half one has it."""
    unfinished = original.copy()
    unfinished.settings_dict["NAME"] = "evenhand_unfinished"
    cursor.execute("DROP DATABASE IF EXISTS evenhand_unfinished WITH (FORCE)")
    cursor.execute("CREATE DATABASE evenhand_unfinished")
    with connected_to(unfinished):
        call_command("migrate", verbosity=0)
    unfinished.close()
    cursor.execute(f'ALTER DATABASE evenhand_unfinished RENAME TO "{name}"')


def _mark_of_migrations() -> str:
    """Another one as soon as any application's migrations are others."""
    digest = hashlib.sha256()
    for app in apps.get_app_configs():
        for path in sorted(Path(app.path).glob("migrations/*.py")):
            digest.update(f"{app.label} {path.name} ".encode() + path.read_bytes())
    return digest.hexdigest()[:16]


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Among all processes of a run, and whichever other runs share their data folder."""
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    with (settings.DATA_DIR / "tests.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@pytest.fixture(scope="session")
def django_db_setup(request, django_db_setup, django_db_blocker) -> Iterator[dict[str, BaseDatabaseWrapper]]:
    """The test database, and copies of it for those whom it does not serve, made before anybody holds it open.

    `sample` holds the sample, stored once for all processes: what a test changes there is taken back at its end.
    Tests that commit have `emptied`, or `filled` where they want the sample. After each of them its rows are put back,
    so that no other test meets what they left.
    """
    wanted = {name for item in request.session.items if (name := database_of(item))}
    with django_db_blocker.unblock(), ExitStack() as copies:
        _hurry()
        made = {}
        for name in wanted:
            template = "" if name == "emptied" else _sampled()
            made[name] = copies.enter_context(copy_of_the_database(name, template=template))
        for name in wanted.intersection(COMMITTED):
            STORED[made[name].settings_dict["NAME"]] = StoredRows.of(made[name])
        yield made
    with django_db_blocker.unblock():
        original = connections[DEFAULT_DB_ALIAS]
        original.close()
        with original._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{original.settings_dict["NAME"]}" WITH (FORCE)')


def _hurry() -> None:
    """No table of a test is ever analysed: what a test has written is uncommitted, so that the server would count it
    as nothing in the middle of it and plan its queries for one row, which takes a hundred times as long. Nor does a
    commit wait for the disk: no test's data outlives the machine that it ran on.

    A server that DATABASE_URL names is not ours to set: `.ci/run` starts its own in the same way.
    """
    if "DATABASE_URL" not in os.environ:
        with connection.cursor() as cursor:
            for setting in ("autovacuum", "fsync", "full_page_writes", "synchronous_commit"):
                cursor.execute(f"ALTER SYSTEM SET {setting} = off")
            cursor.execute("SELECT pg_reload_conf()")


def database_of(item: pytest.Item) -> str:
    """The copy of the test database in which the test runs, by what it asks for; none is the test database itself."""
    names, marker = getattr(item, "fixturenames", ()), item.get_closest_marker("django_db")
    if COMMITTING.intersection(names) or (marker and marker.kwargs.get("transaction")):
        return "filled" if "sample" in names else "emptied"
    return "sample" if "sample" in names else ""


def _sampled() -> str:
    """The name of the database with the sample, which the first process of a run makes for all of them."""
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID") or f"process_{os.getpid()}"
    original, name = connections[DEFAULT_DB_ALIAS], f"{SAMPLED}{run}"
    with _one_at_a_time(), original._nodb_cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{SAMPLED}%"])
        known = {row[0] for row in cursor.fetchall()}
        for old in known - {name}:
            cursor.execute(f'DROP DATABASE "{old}" WITH (FORCE)')
        if name not in known:
            with copy_of_the_database("sampling") as made:
                with connected_to(made), override_settings(PASSWORD_HASHERS=HASHERS):
                    call_command("load_sample")
                made.close()
                cursor.execute(f'ALTER DATABASE "{made.settings_dict["NAME"]}" RENAME TO "{name}"')
    return name


@contextmanager
def copy_of_the_database(name: str, *, template: str = "") -> Iterator[BaseDatabaseWrapper]:
    """A connection to a copy of the test database, or of the template, which is dropped at the end."""
    original = connections[DEFAULT_DB_ALIAS]
    copied = original.copy()
    copied.settings_dict["NAME"] += f"_{name}"
    drop = f'DROP DATABASE IF EXISTS "{copied.settings_dict["NAME"]}" WITH (FORCE)'
    if not template:
        original.close()  # nobody may be connected to what is copied
    with original._nodb_cursor() as cursor:
        cursor.execute(drop)
        source = template or original.settings_dict["NAME"]
        cursor.execute(f'CREATE DATABASE "{copied.settings_dict["NAME"]}" TEMPLATE "{source}"')
    yield copied
    copied.close()
    with original._nodb_cursor() as cursor:
        cursor.execute(drop)


@contextmanager
def connected_to(database: BaseDatabaseWrapper) -> Iterator[None]:
    """Let the queries of this thread, and of threads that begin, go there until the block ends."""
    wrapper, of_threads = connections[DEFAULT_DB_ALIAS], connections.settings[DEFAULT_DB_ALIAS]
    name = of_threads["NAME"]
    connections[DEFAULT_DB_ALIAS], of_threads["NAME"] = database, database.settings_dict["NAME"]
    try:
        yield
    finally:
        connections[DEFAULT_DB_ALIAS], of_threads["NAME"] = wrapper, name


@pytest.fixture
def _own_database(request, django_db_setup) -> Iterator[None]:
    name = database_of(request.node)
    with connected_to(django_db_setup[name]) if name else nullcontext():
        yield


@pytest.fixture
def _django_db_helper(_own_database, _django_db_helper) -> None:
    """pytest-django's own, by which every test enters its database, after that is chosen."""


@pytest.fixture(scope="session", autouse=True)
def _n_plus_one_is_watched() -> None:
    n_plus_one.watch()


@pytest.fixture(autouse=True)
def _no_n_plus_one() -> Iterator[None]:
    n_plus_one.found.clear()
    yield
    assert n_plus_one.found == []


@pytest.fixture(scope="session")
def _folder_of_files(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("files")


@pytest.fixture(autouse=True)
def _own_files(request, settings, _folder_of_files) -> None:
    """A folder of this test's own: most tests store no file, and theirs is never made."""
    asks = "tmp_path" in request.fixturenames
    own = request.getfixturevalue("tmp_path") if asks else _folder_of_files / str(next(FOLDERS))
    settings.MEDIA_ROOT = own / "files"
    settings.PASSWORD_HASHERS = HASHERS


@pytest.fixture
def sample(request, db) -> None:
    if database_of(request.node) not in {"sample", "filled"}:  # which hold it already
        call_command("load_sample")


@pytest.fixture
def person(sample):
    """Somebody of the sample by the name in their address: `person("admin")`."""
    from accounts.models import User

    return lambda name: User.objects.get(email=f"{name}@example.com")


@pytest.fixture
def client_of(person):
    """A browser in which this person of the sample is signed in."""

    def signed_in(name: str) -> Client:
        client = Client()
        client.force_login(person(name))
        return client

    return signed_in


@pytest.fixture
def unscored_application(sample):
    """An application of the sample with two interviews and no scorecard yet."""
    from candidates.models import Application

    return Application.objects.get(candidate__email="noor.haddad@example.org")


@pytest.fixture
def scored_application(sample):
    """An application of the sample where the first interviewer has submitted and the second has not."""
    from candidates.models import Application

    return Application.objects.get(candidate__email="elias.okafor@example.org")


@pytest.fixture
def two_panelists(scored_application):
    """The two on the panel of the scored application: the first has submitted, the second owes a scorecard."""
    from candidates.models import Panelist

    return list(Panelist.objects.filter(interview__application=scored_application).order_by("pk"))


@pytest.fixture
def late_panelist(two_panelists):
    """Of these the one who owes, as of now late by two hours."""
    from candidates.models import Interview, Panelist

    panelist, now = two_panelists[1], timezone.now()
    times = {"starts_at": now - timedelta(hours=5), "due_at": now - timedelta(hours=2)}
    Interview.objects.filter(pk=panelist.interview_id).update(**times)
    related = ("interview__application__opening", "interview__round", "user")
    return Panelist.objects.select_related(*related).get(pk=panelist.pk)


@pytest.fixture
def complete_answers():
    """Changes that fill a panelist's scorecard completely; planted words go into evidence and summary."""

    def changes(panelist, *, score: str = "4", words: str = "seen") -> dict[str, str]:
        filled = {"recommendation": "yes", "summary": f"summary {words}"}
        for dimension in panelist.interview.round.dimensions.all():
            filled[f"score_{dimension.pk}"] = score
            filled[f"evidence_{dimension.pk}"] = f"evidence {words}"
        return filled

    return changes


@pytest.fixture
def hand_in(complete_answers):
    """Fills a panelist's scorecard completely and submits it."""

    def submit(panelist, **kwargs):
        from scorecards import drafts, services

        changes = complete_answers(panelist, **kwargs)
        card = drafts.save_draft(drafts.open_scorecard(panelist), changes, edit=0, by=panelist.user)
        return services.submit_scorecard(card, by=panelist.user)

    return submit


@pytest.fixture(scope="session")
def forking() -> Iterator[Forking]:
    """Begins many manage.py commands of their own environment in little time."""
    begun = Forking()
    yield begun
    begun.close()


@pytest.fixture
def tomorrow():
    """This time tomorrow, when interviews may be planned."""
    return timezone.now() + timedelta(days=1)
