"""manage.py import_blueprint and export_rubric: a round trip, and unusable files that store nothing."""

import json

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from rubrics.models import Blueprint, Rubric, RubricVersion
from tests.config.processes import environment, manage

SAMPLE = settings.BASE_DIR / "rubrics" / "samples" / "platform-reliability-engineer.json"
UNUSABLE = {
    "empty.json": b"",
    "cut.json": b'{"title": {"rendered": "Role Blueprint',
    "list.json": b"[1, 2]",
    "other.json": b'{"hello": "world"}',
    "plain.html": b"<p>Dear diary</p>",
    "binary.json": bytes(range(256)),
    "surrogate.json": b'{"title": {"rendered": "x"}, "content": {"rendered": "\\ud800"}}',
}


@pytest.fixture
def imported(db, capsys):
    call_command("import_blueprint", str(SAMPLE), "--publish")
    return json.loads(capsys.readouterr().out)


def test_export_gives_back_what_was_imported(imported, capsys):
    call_command("export_rubric", Rubric.objects.get().slug)

    assert json.loads(capsys.readouterr().out) == imported
    assert imported["format"] == "evenhand-rubric/1"


def test_same_file_twice_changes_nothing(imported, capsys):
    call_command("import_blueprint", str(SAMPLE), "--publish")

    assert json.loads(capsys.readouterr().out) == imported
    assert (Blueprint.objects.count(), RubricVersion.objects.count()) == (1, 1)
    assert RubricVersion.objects.get().state == "published"


def test_without_publish_it_is_a_draft_and_a_dry_run_stores_nothing(db, capsys):
    call_command("import_blueprint", str(SAMPLE), "--dry-run")
    nothing = Rubric.objects.count()
    call_command("import_blueprint", str(SAMPLE))

    assert nothing == 0
    assert RubricVersion.objects.get().state == "draft"


@pytest.mark.parametrize("name", UNUSABLE)
def test_unusable_file_is_one_line_and_stores_nothing(db, tmp_path, name):
    path = tmp_path / name
    path.write_bytes(UNUSABLE[name])

    with pytest.raises(CommandError) as caught:
        call_command("import_blueprint", str(path))

    assert str(caught.value).startswith(f"{name}: ")
    assert "\n" not in str(caught.value)
    assert not Rubric.objects.exists()
    assert not Blueprint.objects.exists()


@pytest.mark.parametrize("name", ["missing.json", "plain.html"])
def test_unusable_file_ends_the_process_with_1_and_one_line(tmp_path, name):
    path = tmp_path / name
    if name in UNUSABLE:
        path.write_bytes(UNUSABLE[name])

    done = manage("import_blueprint", str(path), "--dry-run", env=environment(EVENHAND_DATA=str(tmp_path / "data")))

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.count("\n") == 1
    assert name in done.stderr


def test_second_draft_of_a_rubric_is_refused_and_stores_nothing(db, tmp_path):
    call_command("import_blueprint", str(SAMPLE))
    changed = tmp_path / "changed.json"
    changed.write_bytes(SAMPLE.read_bytes() + b"\n")

    with pytest.raises(CommandError, match="has an unpublished draft already"):
        call_command("import_blueprint", str(changed))

    assert Blueprint.objects.count() == 1


def test_export_of_an_unknown_rubric_is_one_line(db):
    with pytest.raises(CommandError, match="There is no rubric with the slug 'nowhere'"):
        call_command("export_rubric", "nowhere")
