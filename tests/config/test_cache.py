"""Where limits on attempts are counted: somewhere that all web processes share."""

import pytest

from tests.config.processes import environment

SHOW = """
from django.conf import settings
held = settings.CACHES["default"]
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
