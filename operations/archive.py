"""Pure: a backup as a tar file: what it is, the database as SQL in compressed pieces, the
files, and last the manifest that all of it has to agree with.

    evenhand-backup.json        what made it: format, release, migrations
    database/00000001.sql.gz    the pieces, in order, are one SQL script
    files/NAME                  a file of the storage under its own name
    manifest.json               rows and fingerprint per table, size and sha256 per file
"""

import gzip
import hashlib
import io
import json
import tarfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from typing import IO, Any, BinaryIO

FORMAT = "evenhand-backup/1"
HEAD = "evenhand-backup.json"
MANIFEST = "manifest.json"
SCRIPT = "database/"
FILES = "files/"
PIECE = 8 * 1024 * 1024  # bytes of SQL that are compressed at a time
COPIED = 1024 * 1024
MOST_JSON = 256 * 1024 * 1024


class NotABackup(ValueError):
    """The file is none, is damaged or is not whole; the message says which."""


@dataclass(frozen=True)
class Head:
    """What made the backup. `migrations` are the names of all that were applied."""

    release: str
    made_at: str  # ISO 8601 with zone
    postgresql: int  # such as 180004
    migrations: list[str]
    format: str = FORMAT


@dataclass(frozen=True)
class TableState:
    """`fingerprint` is a sum over the hashes of the rows' texts, whatever their
    order.
    """

    rows: int
    fingerprint: str


@dataclass(frozen=True)
class StoredFile:
    """Its name in the storage, its size in bytes, the sha256 of its bytes."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What the backup holds. `missing` names files that rows named and the storage did
    not have; `audit_head` is the last hash of the trail, empty where it has none."""

    tables: dict[str, TableState]
    script: StoredFile
    files: list[StoredFile] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    audit_head: str = ""

    @property
    def rows(self) -> int:
        return sum(table.rows for table in self.tables.values())


class Digesting:
    """Counts and hashes what goes by."""

    def __init__(self) -> None:
        self.size = 0
        self._sha256 = hashlib.sha256()

    def add(self, data: bytes) -> None:
        self.size += len(data)
        self._sha256.update(data)

    def of(self, name: str) -> StoredFile:
        return StoredFile(name, self.size, self._sha256.hexdigest())


# --- written -----------------------------------------------------------------
class Writer:
    """Writes the parts in their order to `out`, which need not be seekable."""

    def __init__(self, out: BinaryIO, head: Head) -> None:
        self._tar = tarfile.open(fileobj=out, mode="w|", format=tarfile.PAX_FORMAT)  # noqa: SIM115 - closed by finish
        self._json(HEAD, asdict(head))

    def abandon(self) -> None:
        """Write no more, where the rest failed; what `out` has by then is no backup."""
        with suppress(OSError):
            self._tar.fileobj.close()

    def script(self, source: IO[bytes]) -> StoredFile:
        """The whole SQL script, read to its end."""
        digest = Digesting()
        number = 0
        while piece := source.read(PIECE):
            digest.add(piece)
            number += 1
            self._member(f"{SCRIPT}{number:08}.sql.gz", gzip.compress(piece, compresslevel=3, mtime=0))
        return digest.of(SCRIPT)

    def file(self, name: str, source: IO[bytes], size: int) -> StoredFile:
        """One file. Raises OSError where it is shorter than `size`."""
        digest = Digesting()
        told = tarfile.TarInfo(FILES + name)
        told.size = size
        self._tar.addfile(told, _Watched(source, digest))
        return digest.of(name)

    def finish(self, manifest: Manifest) -> None:
        self._json(MANIFEST, asdict(manifest))
        self._tar.close()

    def _json(self, name: str, content: dict[str, Any]) -> None:
        self._member(name, json.dumps(content, indent=1).encode())

    def _member(self, name: str, content: bytes) -> None:
        told = tarfile.TarInfo(name)
        told.size = len(content)
        self._tar.addfile(told, io.BytesIO(content))


class _Watched(io.RawIOBase):
    """A file of which what is read is counted."""

    def __init__(self, source: IO[bytes], digest: Digesting) -> None:
        super().__init__()
        self._source = source
        self._digest = digest

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1, /) -> bytes:
        data = self._source.read(size)
        self._digest.add(data)
        return data


# --- read --------------------------------------------------------------------
def read_head(source: BinaryIO) -> Head:
    """What made the backup, from its beginning. Raises NotABackup."""
    with _opened(source) as tar:
        return _head(tar)


def walk(
    source: BinaryIO, *, script: Callable[[bytes], object], file: Callable[[str, IO[bytes]], object]
) -> tuple[Head, Manifest]:
    """Hand out the pieces of the script and each file in their order, all of them, and
    compare them with the manifest. Raises NotABackup."""
    files: list[StoredFile] = []
    whole = Digesting()
    with _opened(source) as tar:
        head = _head(tar)
        for member in _members(tar):
            if member.name == MANIFEST:
                manifest = _manifest(_content(tar, member))
                _compare(manifest, whole.of(SCRIPT), files)
                _drain(source)
                return head, manifest
            content = _handed_out(tar, member)
            if member.name.startswith(SCRIPT):
                piece = _unzipped(content.read())
                whole.add(piece)
                script(piece)
            elif member.name.startswith(FILES):
                files.append(_one_file(member.name.removeprefix(FILES), content, file))
            else:
                raise NotABackup(f"it holds {member.name}, which is no part of a backup")
    raise NotABackup("its end is missing: it was cut off or is still being written")


def _drain(source: BinaryIO) -> None:
    """To the very end, where an encrypted file says that it is whole."""
    while source.read(COPIED):
        pass


def _opened(source: BinaryIO) -> tarfile.TarFile:
    try:
        return tarfile.open(fileobj=source, mode="r|")
    except tarfile.ReadError as error:
        raise NotABackup("it is not a backup made by Evenhand") from error


def _members(tar: tarfile.TarFile) -> Iterator[tarfile.TarInfo]:
    try:
        while member := tar.next():
            yield member
    except tarfile.ReadError as error:
        raise NotABackup("it was cut off or changed") from error


def _head(tar: tarfile.TarFile) -> Head:
    member = next(_members(tar), None)
    if member is None or member.name != HEAD:
        raise NotABackup("it is not a backup made by Evenhand")
    stated = _loaded(_content(tar, member))
    if stated.get("format") != FORMAT:
        raise NotABackup(f"its format is {stated.get('format')}, and this Evenhand reads {FORMAT}")
    try:
        return Head(**stated)
    except TypeError as error:
        raise NotABackup("its first part was changed") from error


def _content(tar: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    if member.size > MOST_JSON:
        raise NotABackup(f"its part {member.name} is too large")
    return _handed_out(tar, member).read()


def _handed_out(tar: tarfile.TarFile, member: tarfile.TarInfo) -> IO[bytes]:
    content = tar.extractfile(member) if member.isreg() else None
    if content is None:
        raise NotABackup(f"its part {member.name} is not a file")
    return _Whole(content, member)  # type: ignore[return-value]  # as far as it is read here


class _Whole(io.RawIOBase):
    """The content of one part; tarfile ends early, without a word, where the file
    does.
    """

    def __init__(self, content: IO[bytes], member: tarfile.TarInfo) -> None:
        super().__init__()
        self._content = content
        self._member = member
        self._left = member.size

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1, /) -> bytes:
        try:
            data = self._content.read(size)
        except tarfile.ReadError as error:
            raise NotABackup("it was cut off or changed") from error
        self._left -= len(data)
        if self._left and not data and size:
            raise NotABackup(f"it was cut off within {self._member.name}")
        return data


def _one_file(name: str, content: IO[bytes], file: Callable[[str, IO[bytes]], object]) -> StoredFile:
    digest = Digesting()
    watched = _Watched(content, digest)
    file(name, watched)  # type: ignore[arg-type]  # as far as a file is read here
    while watched.read(COPIED):
        pass
    return digest.of(name)


def _unzipped(content: bytes) -> bytes:
    try:
        return gzip.decompress(content)
    except (OSError, EOFError, ValueError) as error:
        raise NotABackup("a piece of its database was changed") from error


def _loaded(content: bytes) -> dict[str, Any]:
    try:
        stated: dict[str, Any] = json.loads(content)
    except ValueError as error:
        raise NotABackup("it was cut off or changed") from error
    return stated


def _manifest(content: bytes) -> Manifest:
    stated = _loaded(content)
    try:
        return Manifest(
            tables={name: TableState(**table) for name, table in stated["tables"].items()},
            script=StoredFile(**stated["script"]),
            files=[StoredFile(**file) for file in stated["files"]],
            missing=list(stated["missing"]),
            audit_head=str(stated["audit_head"]),
        )
    except (TypeError, KeyError, AttributeError) as error:
        raise NotABackup("its manifest was changed") from error


def _compare(manifest: Manifest, script: StoredFile, files: list[StoredFile]) -> None:
    if manifest.script != script:
        raise NotABackup("its database is not the one of its manifest: it was changed")
    found = {file.name: file for file in files}
    for stated in manifest.files:
        if found.pop(stated.name, None) != stated:
            raise NotABackup(f"its file {stated.name} is not the one of its manifest: it was changed")
    if found:
        raise NotABackup(f"its file {next(iter(found))} is not in its manifest")
