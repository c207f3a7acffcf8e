"""Exports by their addresses: attachments, audited, the same query as the list."""

import csv
import io

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from audit.models import Event
from candidates.models import Application, Candidate
from scorecards.models import Sighting


@pytest.mark.parametrize(
    ("name", "part", "who"),
    [
        ("openings_export", [], "recruiter"),
        ("candidates_export", [], "recruiter"),
        ("people_export", [], "admin"),
        ("rubrics_export", [], "recruiter"),
        ("retention_export", [], "recruiter"),
        ("interviews_export", [], "interviewer"),
        ("chase_export", [], "recruiter"),
        ("waiting_export", ["ready"], "manager"),
        ("waiting_export", ["underway"], "manager"),
    ],
)
def test_a_list_comes_as_csv_and_as_excel(client_of, person, name, part, who):
    client = client_of(who)

    text = client.get(reverse(name, args=[*part, "csv"]))
    sheet = client.get(reverse(name, args=[*part, "xlsx"]))

    lines = text.getvalue().decode("utf-8-sig").splitlines()
    rows = list(load_workbook(io.BytesIO(sheet.getvalue())).active.iter_rows(values_only=True))
    assert len(rows) == len(lines) > 1
    assert list(rows[0]) == lines[0].split(",")
    assert text["Content-Disposition"].startswith("attachment")
    assert Event.objects.filter(kind="table.exported", actor_id=person(who).pk).count() == 2
    assert client.get(reverse(name, args=[*part, "exe"])).status_code == 404


def test_the_list_leads_to_its_export_with_the_same_query(client_of, scored_application):
    client, opening = client_of("recruiter"), scored_application.opening

    page = client.get(reverse("opening", args=[opening.pk]), {"q": "okafor"}).content.decode()
    export = reverse("applications_export", args=[opening.pk, "csv"])
    assert f'href="{export}?q=okafor"' in page
    assert len(client.get(export, {"q": "okafor"}).getvalue().decode().splitlines()) == 2


def test_a_search_with_many_finds_is_exported_whole(client_of, scored_application):
    opening = scored_application.opening
    people = [Candidate(name=f"Paul Walker {number}") for number in range(300)]
    stored = Candidate.objects.bulk_create(people)
    Application.objects.bulk_create([Application(candidate=one, opening=opening) for one in stored])
    client = client_of("recruiter")

    for address in (
        reverse("applications_export", args=[opening.pk, "csv"]),
        reverse("candidates_export", args=["csv"]),
    ):
        lines = client.get(address, {"q": "walker"}).getvalue().decode().splitlines()
        assert len(lines) == 1 + 300


def test_scores_that_are_taken_out_count_as_seen(client_of, person, scored_application):
    url = reverse("scores_export", args=[scored_application.opening_id, "csv"])

    text = client_of("recruiter").get(url).getvalue().decode()

    assert scored_application.candidate.email in text
    assert Sighting.objects.filter(user=person("recruiter"), way="export").exists()
    assert Event.objects.filter(kind="scores.exported").exists()


def test_finalists_come_as_their_page_compares_them_and_count_as_seen(
    client_of, person, scored_application, unscored_application, hand_in
):
    for panelist in unscored_application.interviews.first().panelists.all():
        hand_in(panelist)
    url = reverse("finalists_export", args=[scored_application.opening_id, "csv"])
    chosen = {"application": [scored_application.pk, unscored_application.pk]}

    client = client_of("recruiter")
    rows = list(csv.DictReader(client.get(url, chosen).getvalue().decode("utf-8-sig").splitlines()))
    alone = client.get(url, {"application": scored_application.pk})

    names = {scored_application.candidate.name, unscored_application.candidate.name}
    assert {row["candidate_name"] for row in rows} == names
    assert any(row["mean"] == "4.0" for row in rows)
    assert Sighting.objects.filter(user=person("recruiter"), way="export").exists()
    assert alone["Location"] == reverse("finalists", args=[scored_application.opening_id])


def test_finalists_whom_their_reader_may_not_see_stay_out(client_of, two_panelists, unscored_application):
    owing, application = two_panelists[1].user, two_panelists[0].interview.application
    owing.is_recruiter = True
    owing.save(update_fields=["is_recruiter"])
    url = reverse("finalists_export", args=[application.opening_id, "csv"])
    client = Client()
    client.force_login(owing)

    assert client.get(url, {"application": [application.pk, unscored_application.pk]}).status_code == 302


def test_ones_own_interviews_name_nobody_whom_their_page_does_not(client_of, person, unscored_application):
    opening = unscored_application.opening
    opening.anonymous = True
    opening.save(update_fields=["anonymous"])

    text = client_of("interviewer").get(reverse("interviews_export", args=["csv"])).getvalue().decode()

    assert unscored_application.candidate.name not in text
    assert opening.title in text


def test_the_record_is_an_archive(client_of, scored_application):
    answer = client_of("recruiter").get(reverse("opening_record", args=[scored_application.opening_id]))

    assert answer["Content-Type"] == "application/zip"
    assert answer.getvalue().startswith(b"PK")
