"""Who changed a row and when, kept by the database: also for bulk writes, raw SQL, tasks and commands."""

import pghistory
import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from scorecards import drafts
from scorecards.models import Rating, Scorecard

pytestmark = pytest.mark.django_db


def changes(name, **kwargs):
    return apps.get_model("scorecards", name).objects.filter(**kwargs).order_by("pgh_id")


@pytest.fixture
def draft(seats, complete_draft):
    seat = seats[1]
    return drafts.save_draft(drafts.open_scorecard(seat), complete_draft(seat), edit=0, by=seat.user)


def test_a_request_leaves_its_person_and_nothing_personal_in_the_context(seats, as_):
    seat = seats[1]
    client = as_(seat.user.email.split("@")[0])
    path = f"/interviews/{seat.pk}/"
    client.get(path)

    answer = client.post(f"{path}draft/?name=secret", {"summary": "calm", "edit": "0"})

    assert answer.status_code == 200
    kept = changes("ScorecardChange", pgh_obj__panelist=seat)
    assert [(row.pgh_label, row.summary) for row in kept] == [("insert", ""), ("update", "calm")]
    assert [row.pgh_context for row in kept] == [{"user": seat.user_id}] * 2


def test_bulk_writes_and_raw_sql_are_kept_too(draft):
    before = changes("RatingChange", scorecard=draft).count()
    count = draft.ratings.count()

    Rating.objects.filter(scorecard=draft).update(evidence="in bulk")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE scorecards_rating SET evidence = 'by hand' WHERE scorecard_id = %s", [draft.pk])

    kept = [row.evidence for row in changes("RatingChange", scorecard=draft)[before:]]
    assert kept == ["in bulk"] * count + ["by hand"] * count


def test_a_save_that_only_counts_is_no_change(draft):
    before = changes("ScorecardChange", pgh_obj=draft).count()

    Scorecard.objects.filter(pk=draft.pk).update(edit=99)

    assert changes("ScorecardChange", pgh_obj=draft).count() == before


def test_a_task_and_a_command_are_named(draft):
    from config.celery import TrackedTask, app

    @app.task(name="tests.writes", base=TrackedTask)
    def writes():
        Scorecard.objects.filter(pk=draft.pk).update(summary="by a task")

    writes()
    with pghistory.context(command="sample_data"):
        Scorecard.objects.filter(pk=draft.pk).update(summary="by a command")

    kept = [row.pgh_context for row in changes("ScorecardChange", pgh_obj=draft)]
    assert kept[-2:] == [{"task": "tests.writes"}, {"command": "sample_data"}]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE scorecards_ratingchange SET evidence = ''",
        "DELETE FROM scorecards_ratingchange",
        "TRUNCATE scorecards_ratingchange",
        "DELETE FROM scorecards_scorecardchange",
    ],
)
def test_history_is_only_added_to(draft, statement):
    with pytest.raises(DatabaseError, match="history is"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_ones_own_scorecard_tells_its_changes_with_autosaves_as_one(draft, seats, as_):
    seat = seats[1]
    client = as_(seat.user.email.split("@")[0])
    for count in range(3):
        client.post(f"/interviews/{seat.pk}/draft/", {"summary": f"word {count}", "edit": str(9 + count)})

    page = client.get(f"/interviews/{seat.pk}/changes/").content.decode()
    piece = client.get(f"/interviews/{seat.pk}/changes/", headers={"HX-Request": "true"}).content.decode()

    assert piece.count("<li>") == 2  # the fixture's own writes, made by no signed-in person, and the request's
    assert f"{seat.user.display_name}</span>" in piece
    assert "saves: summary" in piece
    assert "no signed-in person" in piece
    assert piece.strip() in page
    assert "word" not in piece


def test_a_decision_tells_who_recorded_it(scored, seats, submitted, as_):
    submitted(seats[1])
    client = as_("manager")
    client.post(f"/debriefs/{scored.pk}/decision/", {"outcome": "hold", "rationale": "More evidence is needed"})

    shown = client.get(f"/debriefs/{scored.pk}/changes/").content.decode()

    assert "added decision: Hold" in shown
    assert "More evidence" not in shown
