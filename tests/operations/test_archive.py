"""What was written is read again, and whatever is missing or another is told."""

import io
import tarfile
from collections.abc import Callable
from dataclasses import asdict

import pytest

from operations.archive import HEAD, Head, Manifest, NotABackup, TableState, Writer, read_head, walk

HEAD_ROW = Head("0.2.0", "2026-01-02T03:04:05+00:00", 180004, ["audit.0001_initial"])
SCRIPT = b"SELECT 1;\n" * 400


def written(change: Callable[[Manifest], Manifest] = lambda manifest: manifest) -> bytes:
    out = io.BytesIO()
    writer = Writer(out, HEAD_ROW)
    script = writer.script(io.BytesIO(SCRIPT))
    files = [writer.file("packets/1.pdf", io.BytesIO(b"%PDF one"), 8)]
    writer.finish(change(Manifest({"audit_event": TableState(3, "17")}, script, files, ["packets/2.pdf"], "ab")))
    return out.getvalue()


def read(data: bytes) -> tuple[Head, Manifest, bytes, dict[str, bytes]]:
    pieces: list[bytes] = []
    files: dict[str, bytes] = {}
    head, manifest = walk(
        io.BytesIO(data),
        script=pieces.append,
        file=lambda name, content: files.update({name: content.read()}),
    )
    return head, manifest, b"".join(pieces), files


def test_what_was_written_is_read():
    head, manifest, script, files = read(written())

    assert (head, script, files) == (HEAD_ROW, SCRIPT, {"packets/1.pdf": b"%PDF one"})
    assert (manifest.rows, manifest.missing, manifest.audit_head) == (3, ["packets/2.pdf"], "ab")
    assert read_head(io.BytesIO(written())) == HEAD_ROW


@pytest.mark.parametrize("kept", [300, 600, 1300, 2100, 3200, 4000])
def test_a_file_that_was_cut_off_is_told(kept):
    with pytest.raises(NotABackup):
        read(written()[:kept])


@pytest.mark.parametrize("words", [b"%PDF one", b'"size": 8'])
def test_a_change_is_noticed_wherever_a_hash_is_stated(words):
    changed = written().replace(words, words[:-1] + b"9", 1)

    with pytest.raises(NotABackup, match="changed"):
        read(changed)


def test_a_file_that_the_manifest_does_not_know_is_told():
    data = written(lambda manifest: Manifest(manifest.tables, manifest.script))

    with pytest.raises(NotABackup, match=r"packets/1\.pdf is not in its manifest"):
        read(data)


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7 not ours", b"\x1f\x8b" + bytes(600)])
def test_another_file_is_no_backup(data):
    with pytest.raises(NotABackup, match="not a backup made by Evenhand"):
        read_head(io.BytesIO(data))


def test_a_backup_of_another_format_names_both():
    out = io.BytesIO()
    Writer(out, Head(**{**asdict(HEAD_ROW), "format": "evenhand-backup/9"})).finish(
        Manifest({}, read(written())[1].script)
    )

    with pytest.raises(NotABackup, match="evenhand-backup/9, and this Evenhand reads evenhand-backup/1"):
        read_head(io.BytesIO(out.getvalue()))


def test_a_part_that_leads_elsewhere_is_refused():
    out = io.BytesIO(written())
    with tarfile.open(fileobj=out, mode="w") as tar:
        told = tarfile.TarInfo(HEAD)
        told.type, told.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(told)

    with pytest.raises(NotABackup, match="not a file"):
        read_head(io.BytesIO(out.getvalue()))
