"""Exports by their addresses: attachments, audited, the same query as the list."""

import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from audit.models import Event
from scorecards.models import Sighting


@pytest.mark.parametrize(
    ("name", "who"), [("openings_export", "recruiter"), ("candidates_export", "recruiter"), ("people_export", "admin")]
)
def test_a_list_comes_as_csv_and_as_excel(client_of, person, name, who):
    client = client_of(who)

    text = client.get(reverse(name, args=["csv"]))
    sheet = client.get(reverse(name, args=["xlsx"]))

    lines = text.getvalue().decode("utf-8-sig").splitlines()
    rows = list(load_workbook(io.BytesIO(sheet.getvalue())).active.iter_rows(values_only=True))
    assert len(rows) == len(lines) > 1
    assert list(rows[0]) == lines[0].split(",")
    assert text["Content-Disposition"].startswith("attachment")
    assert Event.objects.filter(kind="table.exported", actor_id=person(who).pk).count() == 2
    assert client.get(reverse(name, args=["exe"])).status_code == 404


def test_the_list_leads_to_its_export_with_the_same_query(client_of, scored_application):
    client, opening = client_of("recruiter"), scored_application.opening

    page = client.get(reverse("opening", args=[opening.pk]), {"q": "okafor"}).content.decode()
    export = reverse("applications_export", args=[opening.pk, "csv"])
    assert f'href="{export}?q=okafor"' in page
    assert len(client.get(export, {"q": "okafor"}).getvalue().decode().splitlines()) == 2


def test_scores_that_are_taken_out_count_as_seen(client_of, person, scored_application):
    url = reverse("scores_export", args=[scored_application.opening_id, "csv"])

    text = client_of("recruiter").get(url).getvalue().decode()

    assert scored_application.candidate.email in text
    assert Sighting.objects.filter(user=person("recruiter"), way="export").exists()
    assert Event.objects.filter(kind="scores.exported").exists()


def test_the_record_is_an_archive(client_of, scored_application):
    answer = client_of("recruiter").get(reverse("opening_record", args=[scored_application.opening_id]))

    assert answer["Content-Type"] == "application/zip"
    assert answer.getvalue().startswith(b"PK")
