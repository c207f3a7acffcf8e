"""A storage whose disk is full after the first kilobyte, for machines where no small disk can be mounted."""

import errno
import os
from typing import Any

from django.core.files.storage import FileSystemStorage


class FullDisk(FileSystemStorage):
    def _save(self, name: str, content: Any) -> str:
        path = self.path(name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as half:
            half.write(content.read(1024))
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), path)
