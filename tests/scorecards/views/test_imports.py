"""Importing in the browser: preview, confirm, undo; every bad row is listed."""

import csv
import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from candidates.models import Opening
from rubrics.models import RubricVersion
from scorecards.import_files import read
from scorecards.import_rows import CARD_COLUMNS
from scorecards.models import Scorecard, ScorecardImport
from scorecards.views import imports
from tests.rubrics.office_files import xlsx

PAGE = "/imports/scorecards/"


@pytest.fixture
def upload(sample):
    """What the form sends for one scorecard of an opening that does not exist yet; a row can be changed."""
    version = RubricVersion.objects.get()

    def make(**changes: str) -> dict[str, object]:
        row = {
            "opening": "long-ago",
            "candidate_name": "Ada Byron",
            "candidate_email": "ada@example.org",
            "round": "On site",
            "interviewer_email": "old.hand@example.net",
            "dimension": version.dimensions.first().key,
            "score": "4",
            "not_assessed_reason": "",
            "evidence": "Two\nlines",
            "recommendation": "yes",
            "submitted_at": "2024-05-06T10:00:00Z",
        }
        out = io.StringIO(newline="")
        writer = csv.DictWriter(out, CARD_COLUMNS)
        writer.writeheader()
        writer.writerow(row | changes)
        file = SimpleUploadedFile("old.csv", out.getvalue().encode())
        return {"file": file, "rubric_version": version.pk}

    return make


def test_times_without_a_zone_are_in_the_chosen_one_and_the_preview_says_so(client_of, upload):
    client = client_of("recruiter")
    sent = upload(submitted_at="2024-05-06 10:00") | {"zone": "Asia/Tokyo"}

    text = client.post(PAGE, sent).content.decode()
    fields = dict(re.findall(r'name="(sent|rubric_version|zone)" value="([^"]*)"', text))
    client.post(PAGE, fields)

    assert "Times without a zone were read as times in Asia/Tokyo." in text
    assert Scorecard.objects.get(imported=True).submitted_at.isoformat() == "2024-05-06T01:00:00+00:00"


def test_where_every_time_has_a_zone_the_preview_says_nothing_of_the_chosen_one(client_of, upload):
    text = client_of("recruiter").post(PAGE, upload() | {"zone": "Asia/Tokyo"}).content.decode()

    assert "Times without a zone" not in text


def test_without_a_zone_such_times_are_refused(client_of, upload):
    answer = client_of("recruiter").post(PAGE, upload(submitted_at="2024-05-06 10:00") | {"zone": ""})

    assert answer.status_code == 422
    assert "is not an ISO 8601 time with a zone" in answer.content.decode()


def test_a_preview_stores_nothing_and_its_button_stores_it(client_of, upload):
    client = client_of("recruiter")

    shown = client.post(PAGE, upload())
    text = shown.content.decode()
    assert shown.status_code == 200
    assert all(words in text for words in ("long-ago", "Ada Byron &lt;ada@example.org&gt;", "old.hand@example.net"))
    assert not ScorecardImport.objects.exists()

    fields = dict(re.findall(r'name="(sent|rubric_version)" value="([^"]*)"', text))
    stored = client.post(PAGE, fields)
    source = ScorecardImport.objects.get()
    assert stored["Location"] == reverse("scorecard_import", args=[source.pk])
    assert Scorecard.objects.get(imported=True).ratings.get().evidence == "Two\nlines"
    assert "Undo this import" in client.get(stored["Location"]).content.decode()

    client.post(reverse("scorecard_import_undo", args=[source.pk]))
    assert not Opening.objects.filter(slug="long-ago").exists()
    assert "undone by" in client.get(stored["Location"]).content.decode()


def test_a_workbook_is_previewed_with_what_was_not_read_and_stored_by_its_button(client_of, upload):
    client, fields = client_of("recruiter"), upload()
    rows = list(csv.reader(io.StringIO(fields["file"].read().decode(), newline="")))
    fields["file"] = SimpleUploadedFile("old.xlsx", xlsx({"Scorecards": rows, "Notes": [["x"]]}))

    text = client.post(PAGE, fields).content.decode()
    assert "Not read: “Notes”." in text
    client.post(PAGE, dict(re.findall(r'name="(sent|rubric_version)" value="([^"]*)"', text)))

    assert Scorecard.objects.get(imported=True).ratings.get().evidence == "Two\nlines"


def test_bad_rows_are_listed_with_their_lines(client_of, upload):
    answer = client_of("recruiter").post(PAGE, upload(score="6"))

    text = " ".join(answer.content.decode().split())
    assert answer.status_code == 422
    assert "1 problem in this file" in text
    assert '<th scope="row">2</th> <td><bdi>score &#x27;6&#x27; is not a whole number from 1 to 5</bdi></td>' in text


def test_more_rows_than_a_page_reads_are_refused_at_the_file(client_of, upload, monkeypatch):
    monkeypatch.setattr(imports, "MOST_ROWS", 0)

    page = client_of("recruiter").post(PAGE, upload())

    assert page.status_code == 422
    assert "This file has 1 row, and this page reads 0 at a time" in page.content.decode()
    assert not Scorecard.objects.filter(imported=True).exists()


@pytest.mark.parametrize("sent", ["no base 64!", "bm90IHppcHBlZA=="])
def test_what_comes_back_altered_is_refused(client_of, sent):
    answer = client_of("recruiter").post(PAGE, {"sent": sent})

    assert answer.status_code == 422
    assert "Choose the file again" in answer.content.decode()


def test_without_a_file_it_says_so(client_of):
    answer = client_of("recruiter").post(PAGE, {})

    assert answer.status_code == 422
    assert "Choose a file." in answer.content.decode()


def test_what_is_here_already_is_not_stored_again(client_of, upload):
    client = client_of("recruiter")
    fields = dict(
        re.findall(r'name="(sent|rubric_version)" value="([^"]*)"', client.post(PAGE, upload()).content.decode())
    )
    client.post(PAGE, fields)

    again = client.post(PAGE, upload())

    assert "1 here already" in " ".join(again.content.decode().split())
    assert client.post(PAGE, fields)["Location"] == PAGE
    assert ScorecardImport.objects.count() == 1


def test_the_example_can_be_read(client_of):
    answer = client_of("recruiter").get(reverse("import_example"))

    assert len(read(answer.content).rows) == 2
