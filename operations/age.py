"""Pure: encryption by a passphrase in the format of age (age-encryption.org/v1), which
the program `age` reads as well.

The primitives are those of the package cryptography: scrypt for the passphrase, HKDF,
HMAC, and ChaCha20-Poly1305 over pieces of 64 KiB, the last of which is marked, so that
a file that was cut off is never taken for a whole one.
"""

import base64
import hmac
import io
import os
import re
from collections.abc import Iterator
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

MAGIC = b"age-encryption.org/v1\n"
PIECE = 64 * 1024
TAG = 16
WORK = 16  # scrypt's N is 2 to the power of it: 64 MB and a fifth of a second
MOST_WORK = 20
STANZA = re.compile(rb"-> scrypt ([A-Za-z0-9+/]{22}) ([1-9][0-9]?)\n([A-Za-z0-9+/]{43})\n")


class NotReadable(ValueError):
    """The file cannot be decrypted; the message says why."""


class WrongKey(NotReadable):
    """It was encrypted by another passphrase."""


class Truncated(NotReadable):
    """Its end is missing."""


class Encrypting(io.RawIOBase):
    """What is written comes out encrypted in `out`; `finish` writes the last piece, and
    a file without it is refused."""

    def __init__(self, out: BinaryIO, passphrase: str) -> None:
        super().__init__()
        file_key = os.urandom(16)
        nonce = os.urandom(16)
        out.write(_header(file_key, passphrase, os.urandom(16)) + nonce)
        self._out = out
        self._cipher = ChaCha20Poly1305(_derived(file_key, salt=nonce, info=b"payload"))
        self._held = bytearray()
        self._count = 0

    def writable(self) -> bool:
        return True

    def write(self, data: bytes, /) -> int:  # type: ignore[override]  # what is written here is bytes
        self._held += data
        while len(self._held) > PIECE:
            self._write_piece(bytes(self._held[:PIECE]), last=False)
            del self._held[:PIECE]
        return len(data)

    def finish(self) -> None:
        self._write_piece(bytes(self._held), last=True)
        self._held.clear()

    def _write_piece(self, piece: bytes, *, last: bool) -> None:
        self._out.write(self._cipher.encrypt(_piece_nonce(self._count, last=last), piece, None))
        self._count += 1


class Decrypting(io.RawIOBase):
    """Reads what `Encrypting` has written. Raises WrongKey at once, NotReadable or
    Truncated while reading."""

    def __init__(self, source: BinaryIO, passphrase: str) -> None:
        super().__init__()
        file_key = _file_key(source, passphrase)
        nonce = source.read(16)
        if len(nonce) < 16:
            raise Truncated("it ends within its head")
        self._pieces = _pieces(source, ChaCha20Poly1305(_derived(file_key, salt=nonce, info=b"payload")))
        self._held = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray, /) -> int:  # type: ignore[override]  # any buffer of bytes
        if not self._held:
            self._held = next(self._pieces, b"")
        given = self._held[: len(buffer)]
        buffer[: len(given)] = given
        self._held = self._held[len(given) :]
        return len(given)


def _pieces(source: BinaryIO, cipher: ChaCha20Poly1305) -> Iterator[bytes]:
    """Each decrypted. The one after which nothing comes has to be marked as the
    last.
    """
    count = 0
    sealed = source.read(PIECE + TAG)
    while True:
        following = source.read(PIECE + TAG)
        last = not following
        try:
            yield cipher.decrypt(_piece_nonce(count, last=last), sealed, None)
        except InvalidTag as error:
            told = "its end is missing or was changed" if last else "it was changed"
            raise (Truncated if last else NotReadable)(told) from error
        if last:
            return
        sealed = following
        count += 1


def _piece_nonce(count: int, *, last: bool) -> bytes:
    return count.to_bytes(11, "big") + bytes([last])


# --- the head ----------------------------------------------------------------
def _header(file_key: bytes, passphrase: str, salt: bytes) -> bytes:
    wrapped = ChaCha20Poly1305(_from_passphrase(passphrase, salt, WORK)).encrypt(bytes(12), file_key, None)
    stanza = b"-> scrypt %s %d\n%s\n" % (_encoded(salt), WORK, _encoded(wrapped))
    stated = MAGIC + stanza + b"---"
    return stated + b" " + _encoded(_mac(file_key, stated)) + b"\n"


def _file_key(source: BinaryIO, passphrase: str) -> bytes:
    """The key of this very file, from its head. Raises WrongKey or NotReadable."""
    lines = [source.readline(200) for _ in range(4)]
    stanza = STANZA.fullmatch(lines[1] + lines[2])
    if lines[0] != MAGIC or stanza is None or not lines[3].startswith(b"--- "):
        raise NotReadable("it is not encrypted by a passphrase in the format of age")
    salt, work, wrapped = _decoded(stanza[1]), int(stanza[2]), _decoded(stanza[3])
    if work > MOST_WORK:
        raise NotReadable(f"its passphrase takes more work (2^{work}) than is accepted (2^{MOST_WORK})")
    try:
        file_key = ChaCha20Poly1305(_from_passphrase(passphrase, salt, work)).decrypt(bytes(12), wrapped, None)
    except InvalidTag as error:
        raise WrongKey("it was encrypted by another passphrase") from error
    stated = b"".join(lines[:3]) + b"---"
    if not hmac.compare_digest(lines[3], b"--- " + _encoded(_mac(file_key, stated)) + b"\n"):
        raise NotReadable("its head was changed")
    return file_key


def _from_passphrase(passphrase: str, salt: bytes, work: int) -> bytes:
    scrypt = Scrypt(salt=b"age-encryption.org/v1/scrypt" + salt, length=32, n=2**work, r=8, p=1)
    return scrypt.derive(passphrase.encode())


def _derived(file_key: bytes, *, salt: bytes, info: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=salt, info=info).derive(file_key)


def _mac(file_key: bytes, stated: bytes) -> bytes:
    return hmac.digest(_derived(file_key, salt=b"", info=b"header"), stated, "sha256")


def _encoded(data: bytes) -> bytes:
    return base64.b64encode(data).rstrip(b"=")


def _decoded(text: bytes) -> bytes:
    return base64.b64decode(text + b"=" * (-len(text) % 4))
