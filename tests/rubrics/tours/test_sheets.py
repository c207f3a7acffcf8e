"""Two hundred sheets as they are published, each in our own words, with the facts that a careful person would state.

Those facts were written down before the reader saw a sheet. What it reads of each is these facts, and no others.
"""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from rubrics.blueprints.files import document_in, open_file, planned

FOLDER = Path(__file__).parent / "sheets"
NOTHING: dict[str, Any] = {"strong": [], "weak": [], "red_flag": [], "exercises": [], "areas": []}


@dataclass(frozen=True)
class Sheet:
    """`kind` is the file's ending. `facts` has the dimensions in their order, and of the rest what there is."""

    name: str
    kind: str
    text: str
    facts: dict[str, Any]


def sheets() -> list[Sheet]:
    found = []
    for path in sorted(FOLDER.glob("*.toml")):
        for row in tomllib.loads(path.read_text())["sheet"]:
            name, text = row.pop("name"), row.pop("text")
            found.append(Sheet(name, path.stem, text, NOTHING | row))
    return found


def read(sheet: Sheet) -> dict[str, Any]:
    """What an import of the sheet as a file says, in the form of its facts."""
    opened = open_file(sheet.text.encode(), filename=f"sheet.{sheet.kind}")
    said = planned(opened, document_in(opened)).as_json()
    return {
        "dimensions": [dimension(row) for row in said["dimensions"]],
        **said["signals"],
        "exercises": [told(row, title="title", duration="duration", look_for="look_for") for row in said["exercises"]],
        "areas": [row["name"] for row in said["focus_areas"]],
    }


def dimension(row: dict[str, Any]) -> dict[str, Any]:
    asked = [[question["text"], question["strong"], question["weak"]] for question in row.get("questions", [])]
    return told({**row, "questions": asked}, name="name", weight="weight", levels="anchors", questions="questions")


def told(row: dict[str, Any], **names: str) -> dict[str, Any]:
    """What the row says, by other names; without what it leaves empty."""
    return {name: row[key] for name, key in names.items() if row[key] not in (None, "", [], {})}


@pytest.mark.parametrize("sheet", sheets(), ids=lambda sheet: f"{sheet.kind}: {sheet.name}")
def test_its_facts_are_read_and_no_others(sheet):
    assert read(sheet) == sheet.facts


def test_no_two_sheets_have_one_name():
    names = [(sheet.kind, sheet.name) for sheet in sheets()]

    assert len(names) == len(set(names)) >= 200
