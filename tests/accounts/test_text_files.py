"""What a command is told of a text file that it was given."""

import pytest
from django.core.management.base import CommandError

from accounts.text_files import text_in


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_the_text_is_there_without_its_mark(tmp_path, mark):
    file = tmp_path / "notes.txt"
    file.write_bytes(mark + "Zoë\r\nsagte".encode())

    assert text_in(file) == "Zoë\r\nsagte"


def test_a_file_that_cannot_be_read_is_named(tmp_path):
    (tmp_path / "notes.bin").write_bytes(b"\xff\xfe\x00")

    with pytest.raises(CommandError, match=r"^notes\.bin: not a text file in UTF-8$"):
        text_in(tmp_path / "notes.bin")
    with pytest.raises(CommandError, match=r"missing\.txt: No such file"):
        text_in(tmp_path / "missing.txt")
    with pytest.raises(CommandError, match="Is a directory"):
        text_in(tmp_path)
