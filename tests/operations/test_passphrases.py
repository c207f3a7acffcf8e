"""A passphrase is the first line of a file."""

import pytest

from operations.passphrases import PassphraseRefused, read_passphrase


def test_it_is_the_first_line(tmp_path):
    file = tmp_path / "secret"
    file.write_text("correct horse battery\nanother line\n")

    assert read_passphrase(file) == "correct horse battery"
    assert read_passphrase(None) == ""


@pytest.mark.parametrize("content", [b"", b"\n", b"short\n", b"\xff\xfe\x00 not text"])
def test_what_protects_nothing_is_refused(tmp_path, content):
    file = tmp_path / "secret"
    file.write_bytes(content)

    with pytest.raises(PassphraseRefused):
        read_passphrase(file)
