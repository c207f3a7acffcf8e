"""The hourly task does what it says."""

import os
import uuid

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from files.tasks import tidy


def test_the_task_takes_what_nobody_names(db):
    orphan = default_storage.save(f"candidates/{uuid.uuid4()}.pdf", ContentFile(b"left"))
    os.utime(default_storage.path(orphan), (0, 0))

    tidy()

    assert not default_storage.exists(orphan)
