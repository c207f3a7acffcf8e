"""Where limits on attempts are counted: somewhere that all web processes share."""

import shutil
import subprocess
from contextlib import suppress

import pytest
from django.core.cache import cache, caches

from config import embedded
from tests.config import prepared
from tests.config.processes import GOOD_KEY, closed_folder, environment, manage

SHOW = """
from django.conf import settings
held = settings.CACHES["shared"]
print(held["BACKEND"].rpartition(".")[2], held["LOCATION"])
"""
COUNT = """
from django.core.cache import cache
cache.add("attempts", 0, 60)
print(cache.incr("attempts"))
"""


def said(forking, program: str, folder, **values: str) -> str:
    env = environment(DEBUG="1", DATABASE_URL="postgresql://nowhere/none", EVENHAND_DATA=str(folder), **values)
    done = forking.manage("shell", "-v", "0", "-c", program, env=env)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()[-1]


@pytest.mark.parametrize("broker", ["redis://127.0.0.1:9/0", "rediss://:secret@cache.example.com:6379/1"])
def test_redis_counts_where_it_is_the_broker(forking, tmp_path, broker):
    assert said(forking, SHOW, tmp_path, CELERY_BROKER_URL=broker) == f"RedisCache {broker}"


def test_else_a_folder_counts_that_every_process_sees(forking, tmp_path):
    assert said(forking, SHOW, tmp_path) == f"FileBasedCache {tmp_path / 'cache'}"
    assert [said(forking, COUNT, tmp_path) for _ in range(2)] == ["1", "2"]


SIGN_IN = """
from django.test import Client
from accounts.models import User
client = Client(headers={"host": "127.0.0.1"}, raise_request_exception=False)
wrong = {"login": "interviewer@example.com", "password": "wrong"}
told = [client.post("/accounts/login/", wrong).content.decode() for _ in range(7)]
print([("Too many failed attempts" in page) for page in told])
right = wrong | {"login": "recruiter@example.com", "password": "evenhand-demo"}
print(client.post("/accounts/login/", right).status_code)
"""


def sign_in(data, **values: str) -> list[str]:
    """Six wrong passwords are one too many; another person's right one opens the door."""
    env = environment(EVENHAND_DATA=str(data), EVENHAND_DEMO="1", SECRET_KEY=GOOD_KEY, **values)
    done = manage("shell", "-v", "0", "-c", SIGN_IN, env=env)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()[-2:]


ONE_TOO_MANY = ["[False, False, False, False, False, True, True]", "302"]


@pytest.fixture(scope="module")
def data():
    with closed_folder("data") as folder:
        prepared.fill(folder)
        yield folder
        embedded.stop(folder)


def test_on_a_disk_that_is_full_people_sign_in_and_limits_hold(data):
    """A real small disk; where this user may mount none, a file stands where the folder should be made."""
    folder = data / "cache"
    folder.mkdir(exist_ok=True)
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4k", "tmpfs", str(folder)], capture_output=True)
    if mounted.returncode == 0:
        with suppress(OSError):
            (folder / "filling").write_bytes(b"x" * 8192)
    else:
        shutil.rmtree(folder)
        folder.write_text("")
    try:
        told = sign_in(data)
    finally:
        if mounted.returncode == 0:
            subprocess.run(["umount", str(folder)], check=True)

    assert told == ONE_TOO_MANY


def test_while_redis_is_away_people_sign_in_and_limits_hold(data):
    assert sign_in(data, CELERY_BROKER_URL="redis://127.0.0.1:9/0") == ONE_TOO_MANY


def test_what_one_process_kept_alone_goes_before_what_is_shared(settings):
    caches["shared"].set("attempts", 1)
    caches["local"].set("attempts", 5)

    assert (cache.get("attempts"), cache.incr("attempts"), caches["shared"].get("attempts")) == (5, 6, 1)
    assert cache.delete("attempts")
    assert cache.get("attempts") is None
