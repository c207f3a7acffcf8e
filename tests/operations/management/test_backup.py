"""manage.py backup: a summary as JSON, or one line that says what to do."""

import json
import signal
from io import StringIO

import pytest
from django.core.management import CommandError, call_command


@pytest.fixture
def secret(tmp_path):
    path = tmp_path / "secret"
    path.write_text("correct horse battery staple\n")
    return path


def test_it_says_what_it_wrote(db, tmp_path, secret):
    out, path = StringIO(), tmp_path / "evenhand.backup"

    call_command("backup", path, passphrase_file=secret, stdout=out)

    told = json.loads(out.getvalue())
    assert (told["file"], told["encrypted"], told["missing"]) == (str(path), True, 0)
    assert told["size"] == path.stat().st_size
    assert path.read_bytes().startswith(b"age-encryption.org/v1\n")
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("secret", "exists already: choose another name"),
        ("nowhere/evenhand.backup", "there is no such file or folder"),
    ],
)
def test_what_hinders_it_is_one_line(db, tmp_path, secret, name, words):
    with pytest.raises(CommandError, match=f"^No backup was made: .*{words}[^\n]*$"):
        call_command("backup", tmp_path / name)


def test_an_empty_passphrase_does_not_mean_unencrypted(db, tmp_path, secret):
    secret.write_text("\n")

    with pytest.raises(CommandError, match="fewer than 12 characters"):
        call_command("backup", tmp_path / "evenhand.backup", passphrase_file=secret)
    assert not (tmp_path / "evenhand.backup").exists()
