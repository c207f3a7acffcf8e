"""manage.py find_names: what would go from a text, without a database."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.config.processes import environment


@pytest.fixture
def notes(tmp_path):
    path = tmp_path / "notes.txt"
    path.write_text("\ufeffThen D\u2019Angelo and Mira asked.\nGrace helped D'Angelovi.\n", encoding="utf-8")
    return path


def found(path, *options: str) -> str:
    out = StringIO()
    call_command("find_names", str(path), *options, stdout=out)
    return out.getvalue()


def test_json_says_what_goes_and_what_a_person_decides(notes):
    told = json.loads(found(notes, "--name", "Rita D'Angelo", "--name", "Grace Roe", "--json"))

    assert told == {
        "text": "Then [removed] and Mira asked.\nGrace helped D'Angelovi.\n",
        "removed": ["D\u2019Angelo"],
        "ask": ["Grace", "D'Angelovi"],
    }


def test_without_json_it_is_plain_text(notes):
    told = found(notes, "--name", "Mira Roe")

    assert "D\u2019Angelo and [removed] asked." in told
    assert "Removed: Mira\n" in told
    assert "For a person to tick: none\n" in told


def test_an_unusable_file_is_said_in_one_line(tmp_path):
    binary = tmp_path / "notes.bin"
    binary.write_bytes(b"\xff\xfe\x00\xd8")

    with pytest.raises(CommandError, match=r"^notes\.bin: not a text file in UTF-8$"):
        found(binary, "--name", "Mira")
    with pytest.raises(CommandError, match="No such file"):
        found(tmp_path / "none.txt", "--name", "Mira")


def test_it_needs_neither_database_nor_key(notes, tmp_path, forking):
    data = tmp_path / "data"
    env = environment(EVENHAND_DATA=str(data))

    said = forking.manage("find_names", str(notes), "--name", "Mira Roe", "--json", env=env)

    assert json.loads(said.stdout)["removed"] == ["Mira"]
    assert not data.exists()
