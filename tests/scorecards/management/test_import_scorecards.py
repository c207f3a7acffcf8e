"""manage.py import_scorecards: a file or a rubric that is not there is one line."""

import pytest
from django.core.management import CommandError, call_command


@pytest.mark.parametrize(("file", "words"), [("missing.csv", "No such file"), (".", "Is a directory")])
def test_file_that_cannot_be_read_is_one_line(tmp_path, sample, file, words):
    with pytest.raises(CommandError) as caught:
        call_command("import_scorecards", str(tmp_path / file))

    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


def test_unknown_rubric_is_one_line(tmp_path, sample):
    with pytest.raises(CommandError, match="There is no published rubric with the slug 'nowhere'"):
        call_command("import_scorecards", str(tmp_path / "x.csv"), "--rubric=nowhere")
