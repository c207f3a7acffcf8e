"""The audit trail as administrators read it: page by page, narrowed, and as a file."""

import csv
import io
import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from audit.models import Event
from audit.services import record
from candidates.models import Panelist


@pytest.mark.parametrize("name", ["interviewer", "recruiter", "manager"])
def test_trail_is_for_administrators(client_of, sample, name):
    assert client_of(name).get(reverse("audit_trail")).status_code == 403


def test_trail_is_paged_and_narrowed(client_of, sample, person):
    for _ in range(120):
        record("rubric.exported", by=person("admin"))
    client, url = client_of("admin"), reverse("audit_trail")
    newest = Event.objects.first().pk

    narrowed = client.get(url, {"kind": "rubric.exported"})
    older = client.get(f"{url}?kind=rubric.exported&{narrowed.context['next'].query}")

    assert len(narrowed.context["rows"]) == 100
    assert [event.pk for event, _, _ in older.context["rows"]] == list(range(newest - 100, newest - 120, -1))
    assert older.context["next"] is None


def test_no_number_of_an_event_is_told_from_which_hidden_ones_could_be_counted(
    client_of, unscored_application, two_panelists, person, hand_in
):
    """An administrator who owes a scorecard, beside whom others act on what is hidden."""
    Panelist.objects.filter(interview__application=unscored_application).update(user=person("admin"))
    for _ in range(130):
        record("rubric.exported", by=person("recruiter"))
        record("note.left", by=person("interviewer"), subject=unscored_application)
    client, url = client_of("admin"), reverse("audit_trail")

    page = client.get(url, {"kind": "rubric.exported"})
    lines = client.get(reverse("audit_export"), {"kind": "rubric.exported"}).getvalue().decode().splitlines()

    numbers = {str(pk) for pk in Event.objects.order_by("-pk").values_list("pk", flat=True)[:200]}
    assert not Event.objects.visible_to(person("admin")).filter(kind="note.left").exists()
    assert not numbers & set(re.findall(r"\d{3,}", page.context["next"].query.split("&")[-1]))
    assert [row["number"] for row in csv.DictReader(lines)] == [str(number) for number in range(1, 131)]


def test_a_moment_on_the_page_has_no_microseconds(client_of, sample):
    body = client_of("admin").get(reverse("audit_trail")).content.decode()

    moments = re.findall(r'<time datetime="([^"]+)"', body)
    assert moments
    assert not [moment for moment in moments if "." in moment]


@pytest.mark.parametrize("asked", [{"until": "9999-12-31"}, {"since": "9999-12-31", "until": "9999-12-31"}])
def test_a_day_after_which_there_is_none_is_told(client_of, sample, asked):
    response = client_of("admin").get(reverse("audit_trail"), asked)

    assert response.status_code == 400
    assert "date too far away" in response.content.decode()


@pytest.mark.parametrize("before", ["²", "-1", "x", "9" * 40, "\x00"])
def test_page_mark_that_is_none_is_left_out_of_account(client_of, sample, before):
    response = client_of("admin").get(reverse("audit_trail"), {"before": before, "kind": before})

    assert response.status_code == 200
    assert response.context["rows"]


def test_trail_is_narrowed_by_person_subject_and_day(client_of, sample, person, scored_application):
    record("rubric.exported", by=person("recruiter"))
    record("debrief.viewed", by=person("manager"), subject=scored_application)
    client, url = client_of("admin"), reverse("audit_trail")

    def kinds(**asked):
        return {event.kind for event, _, _ in client.get(url, asked).context["rows"]}

    today = f"{timezone.localdate():%Y-%m-%d}"
    assert kinds(person=person("recruiter").pk, kind="rubric.exported") == {"rubric.exported"}
    assert kinds(subject="application", id=scored_application.pk) >= {"debrief.viewed"}
    assert kinds(person=person("recruiter").pk, kind="debrief.viewed") == set()
    assert "rubric.exported" in kinds(since=today, until=today)
    assert kinds(until="2001-01-01") == set()
    assert kinds(since="never", person="x", id="9" * 30, subject="no such thing") == kinds()


def test_trail_says_who_by_todays_name(client_of, sample, person):
    record("rubric.exported", by=person("recruiter"))

    body = client_of("admin").get(reverse("audit_trail")).content.decode()

    assert person("recruiter").display_name in body


def test_export_is_what_the_page_shows_and_an_event_itself(client_of, sample, person):
    record("rubric.exported", by=person("recruiter"))
    Event.objects.create(kind="rubric.exported", request_id="=HYPERLINK()")
    client = client_of("admin")

    response = client.get(reverse("audit_export"), {"kind": "rubric.exported"})

    rows = list(csv.DictReader(io.StringIO(response.getvalue().decode())))
    assert {row["kind"] for row in rows} == {"rubric.exported"}
    assert rows[1]["name"] == person("recruiter").display_name
    assert rows[0]["request"] == "'=HYPERLINK()"
    assert Event.objects.filter(kind="audit.exported", actor_id=person("admin").pk).count() == 1


def test_ways_in_and_out_are_kept_with_where_they_came_from(sample, person):
    client, url = Client(), reverse("account_login")
    sent = {"login": "recruiter@example.com", "password": "evenhand-demo"}

    client.post(url, sent | {"password": "wrong"})
    client.post(url, sent)
    client.post(reverse("account_logout"))

    kinds = list(
        Event.objects.filter(kind__startswith="user.sign").order_by("pk").values_list("kind", "actor_id", "ip")
    )
    me = person("recruiter").pk
    assert kinds == [
        ("user.sign_in_failed", None, "127.0.0.1"),
        ("user.signed_in", me, "127.0.0.1"),
        ("user.signed_out", me, "127.0.0.1"),
    ]
