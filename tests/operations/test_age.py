"""The format is age's own: a file that another program has written is read, and nothing that was changed is."""

import base64
import io

import pytest

from operations import age
from operations.age import PIECE, Decrypting, Encrypting, NotReadable, Truncated, WrongKey

# Written by rage, an implementation of the format in Rust.
BY_ANOTHER_PROGRAM = base64.b64decode(
    "YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IHNjcnlwdCBNYlpXWlp1YVlsUkNkak82L3d4SWF3IDE3CnlzanJMY1hJR2VXbEZTb2tUbGc4UzIyL0xh"
    "REgxNm1rVFltQVZjVGNYQ2MKLS0tIGYzdVVCU3BRWXYrNWdnOE0zbUpSSlk4UnhNWWMyTWkyeVVGQzFJK3EyRzQK6nWVlkpiWZwLGgENnjuTzKYD"
    "Uta51VoVDJUsXTTGlKwF1QE3TdBrSvIqbXxz3oqUNhsCimrKn+BEaA=="
)


@pytest.fixture(autouse=True)
def _little_work(monkeypatch) -> None:
    """What a passphrase costs is written in the file; here it need not be much."""
    monkeypatch.setattr(age, "WORK", 4)


def encrypted(data: bytes, passphrase: str = "a long passphrase") -> bytes:
    out = io.BytesIO()
    encrypting = Encrypting(out, passphrase)
    encrypting.write(data)
    encrypting.finish()
    return out.getvalue()


def decrypted(data: bytes, passphrase: str = "a long passphrase") -> bytes:
    return Decrypting(io.BytesIO(data), passphrase).read()


def test_what_another_program_has_written_is_read():
    assert decrypted(BY_ANOTHER_PROGRAM, "correct horse battery staple") == b"written by another program"


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE])
def test_every_size_comes_back(size):
    data = bytes(number % 251 for number in range(size))

    assert decrypted(encrypted(data)) == data


def test_another_passphrase_opens_nothing():
    with pytest.raises(WrongKey, match="another passphrase"):
        decrypted(encrypted(b"x"), "another passphrase")


@pytest.mark.parametrize("cut", [1, PIECE + 16, PIECE + 20])
def test_a_file_without_its_end_is_refused(cut):
    data = encrypted(bytes(2 * PIECE))

    with pytest.raises(Truncated):
        decrypted(data[:-cut])


@pytest.mark.parametrize("place", [25, 100, 250, -1])
def test_a_changed_byte_is_noticed(place):
    data = bytearray(encrypted(bytes(PIECE + 9)))
    data[place] ^= 1

    with pytest.raises(NotReadable):
        decrypted(bytes(data))


def test_a_head_that_asks_for_endless_work_is_refused():
    data = encrypted(b"x").replace(b" 4\n", b" 30\n", 1)

    with pytest.raises(NotReadable, match="more work"):
        decrypted(data)
