"""Reads the tables of docs/permissions.md: the same text for people and for the tests."""

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "permissions.md"
HEAD = ["Page", "Does", "On"]


@dataclass(frozen=True)
class Row:
    """What one request answers: `answers` maps each person of the table's heading to a status."""

    name: str
    does: str
    on: str
    answers: dict[str, str]

    def __str__(self) -> str:
        return f"{self.name} {self.does} {self.on}".strip()


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def rows() -> list[Row]:
    """Every row of every table whose heading starts with Page, Does, On."""
    found: list[Row] = []
    heading: list[str] = []
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        if not line.startswith("|"):
            heading = []
            continue
        cells = _cells(line)
        if not heading:
            heading = cells
        elif heading[:3] == HEAD and not set(line) <= set("|-: "):
            assert len(cells) == len(heading), f"cells are missing or too many: {line}"
            found.append(Row(cells[0].strip("`"), cells[1], cells[2], dict(zip(heading[3:], cells[3:], strict=True))))
    return found


def borrowed() -> set[str]:
    """The URL names that the page lists as the sign-in package's."""
    section = PAGE.read_text(encoding="utf-8").partition("## Sign-in pages")[2].partition("\n## ")[0]
    return set(re.findall(r"`((?:account|mfa|socialaccount|usersessions|openid_connect)_[a-z_0-9]+)`", section))
