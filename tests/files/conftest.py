"""Files as a browser sends them, and one that is stored."""

import zipfile
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from files.services import add_file

PDF = b"%PDF-1.7\nmade up\n%%EOF\n"


@pytest.fixture
def sent():
    """An upload; without bytes a small PDF."""

    def make(name: str = "resume.pdf", data: bytes = PDF) -> SimpleUploadedFile:
        return SimpleUploadedFile(name, data)

    return make


@pytest.fixture
def added(sent, scored_application, person):
    """A file of the scored application."""

    def add(name: str = "resume.pdf", data: bytes = PDF, application=scored_application):
        return add_file(application, sent(name, data), purpose="resume", by=person("recruiter"))

    return add


def archive(*names: str) -> bytes:
    """A ZIP archive with empty members of these names."""
    written = BytesIO()
    with zipfile.ZipFile(written, "w") as made:
        for name in names:
            made.writestr(name, "")
    return written.getvalue()
