"""Which Evenhand this is: the command needs nothing to say it, a clone knows its commit without git."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from config import version
from tests.config.processes import ROOT, environment, manage

STATED = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
COMMIT = "0123456789abcdef0123456789abcdef01234567"


@pytest.fixture(autouse=True)
def _no_commit_is_given(monkeypatch):
    monkeypatch.delenv("EVENHAND_COMMIT", raising=False)


@pytest.fixture
def clone(tmp_path):
    """A repository of one commit on the branch main."""
    folder = tmp_path / "clone"
    folder.mkdir()
    git(folder, "init", "-q", "-b", "main")
    git(folder, "commit", "-q", "--allow-empty", "-m", "First")
    return folder


def git(folder: Path, *words: str) -> str:
    who = ("-c", "user.name=Somebody", "-c", "user.email=somebody@example.com", "-c", "commit.gpgsign=false")
    done = subprocess.run(["git", "-C", folder, *who, *words], check=True, capture_output=True, text=True)
    return done.stdout.strip()


# --- the command -------------------------------------------------------------
@pytest.mark.parametrize("word", ["version", "--version"])
def test_command_says_version_and_commit_without_settings_and_makes_no_folder(tmp_path, word):
    unusable = {"EVENHAND_DATA": str(tmp_path / "data"), "SECRET_KEY": "weak", "DATABASE_URL": "nonsense"}

    done = manage(word, env=environment(**unusable, EVENHAND_COMMIT=COMMIT))

    assert (done.returncode, done.stdout, done.stderr) == (0, f"Evenhand {STATED}, commit {COMMIT}\n", "")
    assert list(tmp_path.iterdir()) == []


# --- the commit --------------------------------------------------------------
def test_commit_is_that_of_a_branch_loose_or_packed(clone):
    loose = version.commit(clone)
    git(clone, "pack-refs", "--all")
    packed = version.commit(clone)

    assert not (clone / ".git" / "refs" / "heads" / "main").exists()
    assert loose == packed == git(clone, "rev-parse", "HEAD")


def test_commit_of_a_branch_with_a_slash_and_of_a_detached_head(clone):
    git(clone, "switch", "-q", "-c", "topic/main")
    git(clone, "commit", "-q", "--allow-empty", "-m", "Second")
    on_a_branch = version.commit(clone)
    git(clone, "pack-refs", "--all")
    packed = version.commit(clone)
    git(clone, "switch", "-q", "--detach", "main")

    assert on_a_branch == packed == git(clone, "rev-parse", "topic/main")
    assert version.commit(clone) == git(clone, "rev-parse", "main") != on_a_branch


@pytest.mark.parametrize("packed", [False, True])
def test_commit_of_a_second_worktree_is_its_own(clone, packed):
    other = clone.parent / "other"
    git(clone, "worktree", "add", "-q", "-b", "other", str(other))
    git(other, "commit", "-q", "--allow-empty", "-m", "Second")
    if packed:
        git(clone, "pack-refs", "--all")

    assert version.commit(other) == git(other, "rev-parse", "HEAD") != version.commit(clone)


def test_no_commit_is_told_where_there_is_none(tmp_path, clone):
    git(clone, "switch", "-q", "--orphan", "empty")
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / ".git").write_text("gitdir: nowhere\n")

    assert [version.commit(folder) for folder in (clone, broken, tmp_path)] == ["", "", ""]


@pytest.mark.parametrize(
    ("given", "known"), [(COMMIT, COMMIT), (COMMIT.upper(), COMMIT), ("1a2b3c4", "1a2b3c4"), ("<b>main</b>", "")]
)
def test_given_commit_goes_before_the_clones(clone, monkeypatch, given, known):
    monkeypatch.setenv("EVENHAND_COMMIT", given)

    assert version.commit(clone) == known


def test_release_is_short(monkeypatch):
    monkeypatch.setenv("EVENHAND_COMMIT", COMMIT)
    with_commit = version.release()
    monkeypatch.setenv("EVENHAND_COMMIT", "unknown")

    assert with_commit == f"{STATED} ({COMMIT[:12]})"
    assert version.release() == STATED


# --- the footer --------------------------------------------------------------
def foot(client: Client, url: str) -> str:
    page = client.get(url).content.decode()
    found = re.search(r"<footer.*?</footer>", page, re.S)
    assert found
    return found[0]


def test_footer_shows_the_release_to_those_who_work_here_only(client_of, settings):
    settings.RELEASE = f"{STATED} ({COMMIT[:12]})"
    people = ["interviewer", "recruiter", "manager", "admin"]

    shown = [foot(client_of(name), reverse("account")) for name in people]
    to_a_stranger = foot(Client(), reverse("account_login"))

    assert [f"Version {STATED} ({COMMIT[:12]})" in words for words in shown] == [True] * len(people)
    assert "Version" not in to_a_stranger
    assert STATED not in to_a_stranger
