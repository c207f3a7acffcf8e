"""A command that needs no database makes nothing; only Django's own server on loopback does without TLS."""

import subprocess
import sys

import pytest
from django.core.management import get_commands, load_command_class

from config.commands import acts_as_owner, is_beat, needs_no_database, serves_plainly_on_loopback
from tests.architecture.test_imports import ORDER
from tests.config.processes import GOOD_KEY, ROOT, end, environment, eventually, free_port, running
from tests.ops.pages import ask

BLUEPRINT = next((ROOT / "rubrics" / "samples").glob("*.json"))
WITHOUT = [
    "",
    "help migrate",
    "version",
    "--version",
    "migrate --help",
    "runserver -h",
    "collectstatic --noinput",
    "findstatic x",
    "find_names FILE --name X",
    "makemigrations --check",
    "protected_words FILE --json",
    "import_blueprint FILE --dry-run",
    "check",
    "check --tag security",
]
WITH = [
    "migrate",
    "runserver",
    "shell",
    "import_blueprint FILE",
    "debrief 1",
    "check --deploy",
    "check --database default",
]


@pytest.mark.parametrize("words", WITHOUT)
def test_what_needs_no_database(words):
    assert needs_no_database(["manage.py", *words.split()], has_server=False)


@pytest.mark.parametrize("words", WITH)
def test_what_needs_one(words):
    assert not needs_no_database(["manage.py", *words.split()], has_server=False)


@pytest.mark.parametrize(
    ("words", "does"),
    [
        ("manage.py migrate --noinput", True),
        ("/srv/evenhand/manage.py migrate", True),
        ("manage.py restore FILE", True),
        ("manage.py backup FILE", False),
        ("manage.py showmigrations", False),
        ("manage.py runserver migrate", False),
        ("gunicorn migrate", False),
        ("manage.py", False),
    ],
)
def test_only_a_migration_and_a_restore_change_tables(words, does):
    assert acts_as_owner(words.split()) is does


@pytest.mark.parametrize(
    ("words", "does"),
    [
        ("/srv/evenhand/.venv/bin/celery -A config beat -l INFO", True),
        ("/packages/celery/__main__.py -A config beat --pidfile", True),
        ("/srv/evenhand/.venv/bin/celery -A config worker -B", False),
        ("manage.py beat", False),
        ("celery", False),
    ],
)
def test_a_beat_is_known_by_its_command_line(words, does):
    assert is_beat(words.split()) is does


def test_a_beat_begins_without_the_code_of_every_page():
    loaded = (
        "import sys\n"
        "sys.argv = ['celery', '-A', 'config', 'beat']\n"
        "from config.celery import app\n"
        "app.loader.init_worker()\n"
        "print('notices.tasks' in sys.modules, 'config.urls' in sys.modules)"
    )
    env = environment(DEBUG="1", DATABASE_URL="postgresql://nowhere/none")

    done = subprocess.run([sys.executable, "-c", loaded], cwd=ROOT, env=env, capture_output=True, text=True, check=True)

    assert done.stdout.split() == ["True", "False"]


def test_a_check_of_a_servers_settings_looks_at_all_of_them():
    assert not needs_no_database(["manage.py", "check"], has_server=True)
    assert needs_no_database(["manage.py", "collectstatic"], has_server=True)


def test_word_lists_are_asked_of_a_database_that_is_there():
    words = ["manage.py", "protected_words", "FILE"]

    assert not needs_no_database(words, has_server=False, has_folder=True)
    assert needs_no_database(words, has_server=True)


OURS = {name for name, room in get_commands().items() if room in ORDER} - {"migrate"}  # which is Django's


@pytest.mark.parametrize("name", sorted(OURS))
def test_a_command_of_ours_begins_without_the_code_of_every_page(name):
    """Django's checks read it, which takes a command as long as all else that it loads; `check` asks them."""
    assert load_command_class(get_commands()[name], name).requires_system_checks == []


def test_memory_is_tidied_up_again_once_a_command_begins(forking, tmp_path):
    env = environment(EVENHAND_DATA=str(tmp_path), DATABASE_URL="postgresql://nowhere/none", SECRET_KEY=GOOD_KEY)
    tell = "import gc; print(gc.isenabled(), gc.get_freeze_count() > 100_000)"

    said = forking.manage("shell", "-v", "0", "-c", tell, env=env)

    assert said.stdout.split() == ["True", "True"], said.stderr


def test_such_a_command_makes_no_key_and_no_folder(forking, tmp_path):
    data = tmp_path / "data"
    env = environment(EVENHAND_DATA=str(data))
    commands = [["check"], ["findstatic", "css/evenhand.css"], ["import_blueprint", str(BLUEPRINT), "--dry-run"]]

    done = [forking.manage(*words, env=env) for words in commands]

    assert [one.returncode for one in done] == [0, 0, 0]
    assert "no issues" in done[0].stdout
    assert '"format": "evenhand-rubric/1"' in done[2].stdout
    assert not data.exists()


def test_the_key_of_such_a_command_is_another_each_time(forking, tmp_path):
    env = environment(EVENHAND_DATA=str(tmp_path / "data"))

    said = [forking.manage("diffsettings", env=env).stdout for _ in range(2)]
    keys = [line for shown in said for line in shown.splitlines() if "SECRET_KEY" in line]

    assert len(keys) == len(set(keys)) == 2
    assert all(len(key) > 60 for key in keys)


@pytest.mark.parametrize(
    "words", ["", "8001", "127.0.0.1:8001", "localhost:8001 --noreload", "--nothreading [::1]:8001"]
)
def test_djangos_server_on_loopback_serves_plainly(words):
    assert serves_plainly_on_loopback(["/somewhere/manage.py", "runserver", *words.split()])


@pytest.mark.parametrize(
    "command",
    [
        "manage.py runserver 0.0.0.0:8000",
        "manage.py runserver 0:8000",
        "manage.py runserver [::]:8000",
        "manage.py runserver hire.example.com:8000",
        "manage.py migrate",
        "gunicorn config.wsgi",
        "gunicorn runserver",
    ],
)
def test_everything_else_is_a_server(command):
    assert not serves_plainly_on_loopback(command.split())


def test_it_answers_without_a_redirect_and_with_its_style(database_address, tmp_path):
    port, log = free_port(), tmp_path / "runserver.log"
    env = environment(DATABASE_URL=database_address, EVENHAND_DATA=str(tmp_path), SECRET_KEY=GOOD_KEY)

    with running(sys.executable, "manage.py", "runserver", "--noreload", str(port), env=env, log=log) as server:
        assert eventually(lambda: server.poll() is not None or ask(port, "/healthz").status == 200)
        page, style = ask(port, "/accounts/login/"), ask(port, "/static/css/evenhand.css")
        end(server)

    assert page.status in {200, 302}, log.read_text()
    assert not page.headers.get("Location", "").startswith("https:")
    assert "Strict-Transport-Security" not in page.headers
    assert style.status == 200


@pytest.mark.parametrize(("behind", "secure"), [("1", True), ("0", False)])
def test_behind_a_proxy_that_ends_tls_it_is_as_secure_as_any(behind, secure, tmp_path):
    env = environment(DATABASE_URL="postgresql://x@127.0.0.1:9/x", SECRET_KEY=GOOD_KEY, BEHIND_TLS_PROXY=behind)
    shown = (
        "import sys; sys.argv = ['manage.py', 'runserver']; from config import settings as s; "
        "print(s.SESSION_COOKIE_SECURE, s.SECURE_SSL_REDIRECT, s.SECURE_HSTS_SECONDS > 0)"
    )

    done = subprocess.run([sys.executable, "-c", shown], cwd=ROOT, env=env, capture_output=True, text=True, check=True)

    assert done.stdout.split() == [str(secure)] * 3


# --- how it starts -----------------------------------------------------------
COLLECTIONS = """
import gc, runpy, sys
phases = []
gc.callbacks.append(lambda phase, info: phases.append(phase))
sys.argv = ["manage.py", "check"]
runpy.run_path("manage.py", run_name="__main__")
print(phases.count("start"))
"""


def test_a_command_hardly_looks_for_garbage_while_it_reads_code():
    env = environment(DEBUG="1", DATABASE_URL="postgresql://nowhere/none")
    done = subprocess.run(
        [sys.executable, "-c", COLLECTIONS], cwd=ROOT, env=env, check=True, capture_output=True, text=True, timeout=120
    )

    assert int(done.stdout.split()[-1]) < 30
