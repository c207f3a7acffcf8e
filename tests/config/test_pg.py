"""bin/pg: PostgreSQL's own programs on the embedded database."""

import subprocess
import sys

import pytest

from config.pg import main
from tests.config.processes import ROOT, closed_folder, environment


def pg(*arguments: str, data) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "config.pg", *arguments]
    env = environment(EVENHAND_DATA=str(data))
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=120, check=False)


@pytest.mark.parametrize("arguments", [[], ["rm"], ["../psql"], ["--help"]])
def test_another_program_than_postgresqls_is_not_run(capsys, arguments):
    assert main(arguments) == 1
    assert "Name the program to run: psql, pg_dump" in capsys.readouterr().err


def test_psql_reaches_the_database_of_the_folder_and_its_status_is_given_back():
    with closed_folder("data") as data:
        asked = pg("psql", "-At", "-c", "SELECT current_database() || ' ' || current_user", data=data)
        failed = pg("psql", "-c", "SELECT nothing", data=data)

    assert (asked.returncode, asked.stdout) == (0, "evenhand postgres\n"), asked.stderr
    assert failed.returncode == 1
    assert "nothing" in failed.stderr


def test_a_folder_that_cannot_be_used_is_one_line(tmp_path):
    (tmp_path / "file").write_text("not a folder")

    done = pg("psql", data=tmp_path / "file")

    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert str(tmp_path / "file") in done.stderr
