"""Which members of an Office file are programs."""

import pytest

from rubrics.readers.archives import Archive
from rubrics.readers.macros import macros_in
from tests.rubrics.office_files import zipped


@pytest.mark.parametrize(
    ("member", "codes"),
    [
        ("word/vbaProject.bin", ["macros_left_out"]),
        ("Basic/Standard/Module1.xml", ["macros_left_out"]),
        ("Scripts/python/count.py", ["macros_left_out"]),
        ("Basic/script-lc.xml", []),
        ("Basic/Standard/script-lb.xml", []),
        ("content.xml", []),
    ],
)
def test_a_file_with_a_program_says_that_none_was_run(member, codes):
    archive = Archive(zipped({member: "x"}))

    assert [warning.code for warning in macros_in(archive)] == codes
