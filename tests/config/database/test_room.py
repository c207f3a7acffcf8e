"""More connections than PostgreSQL gives are told before the first page, with the settings that can be changed."""

import sys

from django.db import connection

from config.database import room
from tests.config.processes import GOOD_KEY, environment, free_port, running


def test_what_fits_is_not_spoken_of(transactional_db):
    assert room.refusal(processes=2, threads=4) == ""


def test_a_limit_of_the_database_counts_too(transactional_db):
    name = connection.settings_dict["NAME"]
    with connection.cursor() as cursor:
        cursor.execute(f'ALTER DATABASE "{name}" CONNECTION LIMIT 7')
    try:
        told = room.refusal(processes=2, threads=4)
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f'ALTER DATABASE "{name}" CONNECTION LIMIT -1')

    assert "may hold 8 connections, and the database lets Evenhand have 7" in told


def test_a_database_that_is_away_is_no_reason_not_to_start(transactional_db, monkeypatch):
    connection.close()
    with monkeypatch.context() as away:
        away.setitem(connection.settings_dict, "HOST", "/nowhere")
        told = room.refusal(processes=2, threads=4)

    assert told == ""


def test_a_web_server_that_wants_too_many_ends_with_the_way_out(database_address, tmp_path):
    env = environment(
        DATABASE_URL=database_address,
        SECRET_KEY=GOOD_KEY,
        EVENHAND_DATA=str(tmp_path),
        EVENHAND_DEMO="1",
        WEB_CONCURRENCY="50",
        WEB_THREADS="50",
    )
    command = [sys.executable, "-m", "gunicorn", "-c", "config/gunicorn.py", "-b", f"127.0.0.1:{free_port()}"]

    with running(*command, "config.wsgi", env=env, log=tmp_path / "web.log") as process:
        code = process.wait(60)

    assert code != 0
    assert "WEB_CONCURRENCY=50 processes of WEB_THREADS=50 threads may hold 2500" in (tmp_path / "web.log").read_text()
