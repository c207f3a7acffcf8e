"""No stored file without a row, and no file taken whose row is about to be committed."""

import os
import time
import uuid
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from files.storage import remove_orphans, remove_stored


def test_old_files_that_no_row_names_go(added):
    named = added().file.name
    orphan = default_storage.save(f"candidates/{uuid.uuid4()}.pdf", ContentFile(b"left"))
    young = default_storage.save(f"candidates/{uuid.uuid4()}.pdf", ContentFile(b"about to be named"))
    foreign = default_storage.save("candidates/readme.txt", ContentFile(b"not ours"))
    two_hours_ago = time.time() - 7200
    for name in (named, orphan, foreign):
        os.utime(Path(default_storage.path(name)), (two_hours_ago, two_hours_ago))

    assert remove_orphans() == 1
    assert [default_storage.exists(name) for name in (named, orphan, young, foreign)] == [True, False, True, True]


def test_nothing_to_look_at_is_no_failure(db):
    assert remove_orphans() == 0


def test_what_the_storage_keeps_stops_nothing(added, tmp_path):
    name = added().file.name
    folder = tmp_path / "files" / "candidates" / "a-folder"
    folder.mkdir()
    (folder / "in the way").write_text("x")

    assert remove_stored(["candidates/a-folder", name]) == 1
    assert not default_storage.exists(name)
