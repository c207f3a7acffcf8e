"""manage.py import_blueprint: what it prints and stores, and unusable files that store nothing."""

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from rubrics.blueprints.directions import Directions
from rubrics.blueprints.documents import load
from rubrics.export import rubric_json
from rubrics.models import Blueprint, Rubric, RubricVersion
from rubrics.remembering import remember
from tests.config.processes import environment
from tests.rubrics.role_documents import SAMPLE

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
def test_unusable_file_ends_the_process_with_1_and_one_line(tmp_path, name, forking):
    path = tmp_path / name
    if name in UNUSABLE:
        path.write_bytes(UNUSABLE[name])

    env = environment(EVENHAND_DATA=str(tmp_path / "data"))
    done = forking.manage("import_blueprint", str(path), "--dry-run", env=env)

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.count("\n") == 1
    assert name in done.stderr


def test_second_draft_of_a_rubric_is_refused_and_stores_nothing(db, tmp_path):
    call_command("import_blueprint", str(SAMPLE))
    changed = tmp_path / "changed.json"
    changed.write_bytes(SAMPLE.read_bytes() + b"\n")

    with pytest.raises(CommandError, match="already has an unpublished draft"):
        call_command("import_blueprint", str(changed))

    assert Blueprint.objects.count() == 1


@pytest.fixture
def printed(db, capsys):
    """Runs the command and gives back the JSON that it printed."""

    def run(path: Path, *options: str) -> dict:
        call_command("import_blueprint", str(path), *options)
        return json.loads(capsys.readouterr().out)

    return run


@pytest.mark.parametrize("path", sorted(SAMPLE.parent.iterdir()), ids=lambda path: path.stem)
def test_what_is_stored_is_what_a_dry_run_prints(printed, path):
    shown = printed(path, "--dry-run")
    stored = printed(path)

    assert stored == shown
    assert rubric_json(RubricVersion.objects.get()) == stored


def test_what_is_printed_keeps_every_script_as_it_is(db, capsys, tmp_path):
    path = tmp_path / "role.html"
    path.write_text("<h2>1) Role Summary</h2><p>设计 Qualität</p><h2>2) Role</h2>", encoding="utf-8")

    call_command("import_blueprint", str(path), "--dry-run")

    assert "设计 Qualität" in capsys.readouterr().out


def test_the_file_s_own_name_is_kept_and_not_its_folder(printed, tmp_path):
    path = tmp_path / "role.json"
    path.write_bytes(SAMPLE.read_bytes())

    printed(path)

    assert Blueprint.objects.get().filename == "role.json"


def test_a_role_without_dimensions_is_not_published_and_stores_nothing(db, tmp_path):
    path = tmp_path / "role.html"
    path.write_text("<h2>1) Role Summary</h2><p>x</p><h2>2) Role</h2>")

    with pytest.raises(CommandError, match=r"^role\.html: Add at least one dimension"):
        call_command("import_blueprint", str(path), "--publish")

    assert not Rubric.objects.exists()


def test_a_file_that_is_not_there_is_named(db, tmp_path):
    with pytest.raises(CommandError, match=r"nowhere\.json: No such file or directory"):
        call_command("import_blueprint", str(tmp_path / "nowhere.json"))


def test_the_language_is_guessed_unless_it_is_given(db, capsys):
    call_command("import_blueprint", str(SAMPLE), "--dry-run")
    guessed = json.loads(capsys.readouterr().out)
    call_command("import_blueprint", str(SAMPLE), "--language", "ro")
    given = json.loads(capsys.readouterr().out)

    assert (guessed["language"], given["language"]) == ("en", "ro")
    assert RubricVersion.objects.get().language == "ro"


CARD = """<h1>Interview scorecard</h1><table><tr><th>Criterion</th><th>Meh</th><th>Wow</th></tr>
<tr><td>Tact</td><td>Shouts</td><td>Listens</td></tr></table>"""


def test_what_was_told_is_used_only_when_asked_for(db, tmp_path, capsys, person):
    document = load(CARD.encode(), filename="card.html")
    told = Directions({}, {(1, 1): "level-1", (1, 2): "level-5"})
    rubric = Rubric.objects.create(slug="earlier", title="Earlier")
    remember(document, told, rubric=rubric, by=person("recruiter"))
    path = tmp_path / "next.html"
    path.write_text(CARD.replace("Tact", "Care"))

    def anchors(*options: str) -> dict[str, str]:
        call_command("import_blueprint", str(path), "--dry-run", *options)
        return json.loads(capsys.readouterr().out)["dimensions"][0]["anchors"]

    assert anchors() == {}
    assert anchors("--as-told") == {"1": "Shouts", "5": "Listens"}


def test_a_shape_of_which_nothing_was_told_is_read_by_the_rules(db, capsys):
    call_command("import_blueprint", str(SAMPLE), "--dry-run", "--as-told")

    said = capsys.readouterr()
    assert json.loads(said.out)["title"] == "Platform Reliability Engineer"
    assert "Nothing was told of a document of this shape" in said.err
