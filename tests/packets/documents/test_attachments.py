"""A machine reads the packet back: the attached JSON and CSV say what the debrief says, as the profile shows it."""

import csv
import io
import json

import pikepdf
import pytest
from django.core.management import call_command

from candidates.models import Application
from debriefs.export import debrief_json
from debriefs.gathering import debrief_facts, debrief_sheet
from debriefs.redaction import redacted_sheet
from packets.documents.attachments import attachments
from tests.debriefs.facts import card, dimension, rating, sheet_of


@pytest.fixture
def files_of(pdf_of):
    """Name to content of the files in an archival packet."""

    def read() -> dict[str, bytes]:
        with pikepdf.open(io.BytesIO(pdf_of("full", archival=True))) as document:
            return {name: row.get_file().read_bytes() for name, row in document.attachments.items()}

    return read


def table(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode())))


def test_json_is_the_debrief(files_of, scored_application):
    assert json.loads(files_of()["debrief.json"]) == debrief_json(debrief_sheet(scored_application))


def test_csv_is_read_back_by_the_import(files_of, two_panelists, hand_in, scored_application, tmp_path):
    hand_in(two_panelists[1], words="-1 for the start, =good end")
    before = debrief_json(debrief_sheet(scored_application))
    rows = files_of()["scorecards.csv"].decode().replace("elias.okafor@example.org", "read.back@example.org")
    path = tmp_path / "back.csv"
    path.write_text(rows, encoding="utf-8")

    call_command("import_scorecards", path)

    back = Application.objects.get(candidate__email="read.back@example.org")
    after = debrief_json(debrief_sheet(back))
    figures = [(row["key"], row["n"], row["mean"], row["sd"], row["not_assessed"]) for row in after["dimensions"]]
    assert figures == [
        (row["key"], row["n"], row["mean"], row["sd"], row["not_assessed"]) for row in before["dimensions"]
    ]
    assert after["recommendations"] == before["recommendations"]


@pytest.fixture
def attached_of(scored_application):
    """Name to content of what is attached to a packet of the profile."""

    def attached(profile: str) -> dict[str, bytes]:
        sheet = redacted_sheet(debrief_facts(scored_application), profile)
        return {row.name: row.content for row in attachments(sheet, profile)}

    return attached


def test_attached_files_obey_the_profile(attached_of):
    """Their rows name interviewers by their addresses."""
    said = {profile: b"".join(attached_of(profile).values()) for profile in ("full", "no-interviewers", "no-candidate")}

    assert [profile for profile, words in said.items() if b"interviewer@example.com" in words] == [
        "full",
        "no-candidate",
    ]
    assert [profile for profile, words in said.items() if b"Ines" in words] == []
    assert [profile for profile, words in said.items() if b"Okafor" in words] == ["full", "no-interviewers"]


def test_totals_hold_figures_only(attached_of):
    files = attached_of("totals")

    assert list(files) == ["debrief.json", "dimensions.csv"]
    assert all(row["ratings"] == row["remarks"] == [] for row in json.loads(files["debrief.json"])["dimensions"])
    assert {row["n"] for row in table(files["dimensions.csv"])} == {"0", "1"}


def test_cells_are_no_formulas():
    sheet = sheet_of([dimension("depth")], [card(1, rating("depth", None, "=1+1")), card(2, rating("depth", 4))])

    rows = table(attachments(redacted_sheet(sheet.facts, "full"), "full")[1].content)

    assert [(row["score"], row["not_assessed_reason"]) for row in rows] == [("", "'=1+1"), ("4", "")]
