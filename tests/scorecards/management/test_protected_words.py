"""manage.py protected_words: the lists tried on a file, with and without a database."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from scorecards.models import WordList
from tests.config.processes import environment

TEXT = "She is 47, I guess\n\nAdded an index\nOn est passé à sa grossesse"


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "notes.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def told(file, *options) -> str:
    out = io.StringIO()
    call_command("protected_words", str(file), *options, stdout=out)
    return out.getvalue()


@pytest.mark.django_db
def test_every_line_is_told_with_its_words(file):
    assert json.loads(told(file, "--json")) == [
        {"line": 1, "text": "She is 47, I guess", "words": ["She is 47"]},
        {"line": 2, "text": "", "words": []},
        {"line": 3, "text": "Added an index", "words": []},
        {"line": 4, "text": "On est passé à sa grossesse", "words": ["sa grossesse"]},
    ]


@pytest.mark.django_db
def test_without_json_only_lines_with_a_hint_are_told(file):
    assert told(file).splitlines() == ["1: She is 47", "4: sa grossesse"]


@pytest.mark.django_db
def test_an_administrators_list_counts(file):
    WordList.objects.create(language="en", words="guess")

    assert told(file).splitlines() == ["1: guess", "4: sa grossesse"]


def test_without_a_database_the_lists_that_ship_are_tried(file, tmp_path, forking):
    data = tmp_path / "data"
    env = environment(EVENHAND_DATA=str(data))

    done = forking.manage("protected_words", str(file), "--json", env=env)

    assert [row["line"] for row in json.loads(done.stdout) if row["words"]] == [1, 4]
    assert not data.exists()


@pytest.mark.parametrize("content", [None, b"\xff\xfe\xff"])
def test_a_file_that_cannot_be_read_is_named(tmp_path, content):
    path = tmp_path / "missing.txt"
    if content:
        path.write_bytes(content)

    with pytest.raises(CommandError, match=r"missing\.txt"):
        call_command("protected_words", str(path))
