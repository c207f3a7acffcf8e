"""Which Evenhand this is: the version of pyproject.toml, and the commit that the tree
was taken from."""

import os
import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COMMIT = re.compile(r"[0-9a-f]{7,64}")


def version() -> str:
    """Such as "0.2.0". Raises OSError without pyproject.toml."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        stated: str = tomllib.load(file)["project"]["version"]
    return stated


def commit(root: Path = ROOT) -> str:
    """EVENHAND_COMMIT, as an image is built with it, else what the clone stands at; ""
    where neither tells.

    What was changed since that commit is not noticed. The folder `.git` is read without
    running git, which a server need not have and which refuses a folder of another
    user.
    """
    given = os.environ.get("EVENHAND_COMMIT", "").strip().lower()
    if given:
        return given if COMMIT.fullmatch(given) else ""
    try:
        return _head(root / ".git")
    except (OSError, UnicodeDecodeError):
        return ""


def release() -> str:
    """Both in short, such as "0.2.0 (1a2b3c4d5e6f)": read once when the settings
    are."""
    known = commit()
    return f"{version()} ({known[:12]})" if known else version()


def _head(git: Path) -> str:
    """The commit of HEAD; "" where it is none yet. In a worktree `.git` is a file that
    names the folder."""
    if git.is_file():
        git = git.parent / _text(git).removeprefix("gitdir:").strip()
    head = _text(git / "HEAD")
    if not head.startswith("ref:"):
        return head if COMMIT.fullmatch(head) else ""
    name = head.removeprefix("ref:").strip()
    shared = git / _text(git / "commondir") if (git / "commondir").exists() else git
    loose = shared / name
    return _text(loose) if loose.is_file() else _packed(shared / "packed-refs", name)


def _packed(packed: Path, name: str) -> str:
    lines = _text(packed).splitlines() if packed.is_file() else []
    return next((line.split(" ")[0] for line in lines if line.endswith(f" {name}")), "")


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8").strip()
