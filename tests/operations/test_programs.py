"""Programs that are as new as the server, wherever they are."""

import pytest

from operations import programs
from operations.programs import NoPrograms, programs_for


def test_the_wheels_own_serve_every_server_up_to_theirs():
    found = programs_for(15)

    assert found.version >= 18
    assert found == programs_for(found.version)


def test_a_server_that_is_newer_than_all_of_them_is_told_with_what_to_install():
    with pytest.raises(
        NoPrograms, match=r"PostgreSQL 99 or newer are needed .*install the package postgresql-client-99"
    ):
        programs_for(99)


def test_without_the_wheel_those_of_the_machine_are_taken(settings, monkeypatch, tmp_path):
    settings.POSTGRES_PROGRAMS = "config.nowhere.programs"
    monkeypatch.setattr(programs, "DEBIAN", tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(NoPrograms, match="found: none"):
        programs_for(15)

    for name in ("pg_dump", "psql"):
        (tmp_path / name).write_text("#!/bin/sh\necho 'pg_dump (PostgreSQL) 16.2'\n")
        (tmp_path / name).chmod(0o755)
    assert programs_for(15).folder == tmp_path
