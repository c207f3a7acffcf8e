"""manage.py restore: what was compared as JSON, or one line that says what to do."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command


def test_it_says_what_it_compared_in_a_database_with_and_without_tables(backup_of_nothing, second_database, settings):
    for _ in range(2):
        out = StringIO()
        call_command("restore", backup_of_nothing, stdout=out)

    told = json.loads(out.getvalue())
    assert told["audit"] == {"ok": True, "events": 0, "head": ""}
    assert told["release"] == settings.RELEASE
    assert told["rows"] > 300


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "there is no such file or folder"),
        (b"something else", "it is not a backup made by Evenhand"),
        (b"age-encryption.org/v1\n-> X25519 abc\n", "the backup is encrypted"),
    ],
)
def test_what_hinders_it_is_one_line(db, tmp_path, content, words):
    path = tmp_path / "b"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(CommandError, match=f"^Nothing was restored: .*{words}[^\n]*$"):
        call_command("restore", path)
