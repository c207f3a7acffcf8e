"""Who changed a row and when, kept by the database: also for bulk writes, raw SQL, tasks and commands."""

from datetime import timedelta
from itertools import pairwise

import pghistory
import pgtrigger
import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.db.models import F

from debriefs import meetings
from scorecards import drafts, services
from scorecards.models import Rating, Scorecard
from tests.pages import html_of

pytestmark = pytest.mark.django_db


def changes(name, **kwargs):
    return apps.get_model("scorecards", name).objects.filter(**kwargs).order_by("pgh_id")


@pytest.fixture
def draft(two_panelists, complete_answers):
    panelist = two_panelists[1]
    return drafts.save_draft(drafts.open_scorecard(panelist), complete_answers(panelist), edit=0, by=panelist.user)


def test_a_request_leaves_its_person_and_nothing_personal_in_the_context(two_panelists, client_of):
    panelist = two_panelists[1]
    client = client_of(panelist.user.email.split("@")[0])
    path = f"/panelists/{panelist.pk}/scorecard/"
    client.get(path)

    answer = client.post(f"{path}draft/?name=secret", {"summary": "calm", "edit": "0"})

    assert answer.status_code == 200
    kept = changes("ScorecardChange", pgh_obj__panelist=panelist)
    assert [(row.pgh_label, row.summary) for row in kept] == [("insert", ""), ("update", "calm")]
    assert [row.pgh_context for row in kept] == [{"user": panelist.user_id}] * 2


def test_bulk_writes_and_raw_sql_are_kept_too(draft):
    before = changes("RatingChange", scorecard=draft).count()
    count = draft.ratings.count()

    Rating.objects.filter(scorecard=draft).update(evidence="in bulk")
    with pghistory.context(command="shell"), connection.cursor() as cursor:
        cursor.execute("UPDATE scorecards_rating SET evidence = 'by hand' WHERE scorecard_id = %s", [draft.pk])

    kept = [row.evidence for row in changes("RatingChange", scorecard=draft)[before:]]
    assert kept == ["in bulk"] * count + ["by hand"] * count


# --- drafts, once a minute ---------------------------------------------------
def earlier(name: str, minutes: float) -> None:
    """Let the whole history of this name have happened so many minutes earlier."""
    history = apps.get_model("scorecards", name)
    with pgtrigger.ignore():
        history.objects.update(pgh_created_at=F("pgh_created_at") - timedelta(minutes=minutes))


def summaries(card: Scorecard) -> list[str]:
    return list(changes("ScorecardChange", pgh_obj=card).values_list("summary", flat=True))


def evidence(rating: Rating) -> list[str]:
    return list(changes("RatingChange", pgh_obj=rating).values_list("evidence", flat=True))


def test_of_many_saves_in_a_minute_the_last_stays(draft):
    rating = draft.ratings.first()
    first = rating.evidence

    for length in range(1, 60):
        Rating.objects.filter(pk=rating.pk).update(evidence="word " * length)

    assert evidence(rating) == [first, "word " * 59]


def test_a_draft_has_a_state_for_each_minute_of_writing(draft):
    for minute in range(4):
        earlier("ScorecardChange", 1.5)
        for word in ("begun", "ended"):
            Scorecard.objects.filter(pk=draft.pk).update(summary=f"{word} {minute}")

    assert summaries(draft) == ["", "begun 0", "begun 1", "begun 2", "begun 3", "ended 3"]


def test_steady_writing_leaves_no_two_finished_states_within_a_minute(draft):
    rating = draft.ratings.first()
    for second in range(0, 200, 5):
        earlier("RatingChange", 5 / 60)
        Rating.objects.filter(pk=rating.pk).update(evidence=f"at {second}")

    times = list(changes("RatingChange", pgh_obj=rating).values_list("pgh_created_at", flat=True))
    gaps = [(after - before).total_seconds() for before, after in pairwise(times[:-1])]

    assert 4 <= len(times) <= 5
    assert all(gap >= 60 for gap in gaps)
    assert evidence(rating)[-1] == "at 195"


def test_every_writer_is_held_to_it_and_none_takes_anothers_state_away(draft):
    for command in ("one", "two", "two", "one"):
        with pghistory.context(command=command), connection.cursor() as cursor:
            cursor.execute(
                "UPDATE scorecards_scorecard SET summary = summary || %s WHERE id = %s", [f" {command}", draft.pk]
            )

    kept = [(row.pgh_context, row.summary.split()[-1]) for row in changes("ScorecardChange", pgh_obj=draft)[2:]]
    assert kept == [({"command": name}, name) for name in ("one", "two", "one")]


def test_what_was_submitted_is_the_newest_state_and_stays(draft, two_panelists):
    panelist = two_panelists[1]
    rating = draft.ratings.first()
    for word in ("first", "second", "submitted"):
        Rating.objects.filter(pk=rating.pk).update(evidence=word)
        Scorecard.objects.filter(pk=draft.pk).update(summary=word)
    draft.refresh_from_db()

    services.submit_scorecard(draft, by=panelist.user)

    assert evidence(rating)[-1] == "submitted"
    kept = changes("ScorecardChange", pgh_obj=draft).values_list("state", "summary")
    assert list(kept)[-2:] == [("draft", "submitted"), ("submitted", "submitted")]


def test_once_the_debrief_opened_every_state_stays(draft, scored_application, person):
    """From then on a draft may be handed out, in an answer to the candidate."""
    meetings.open_debrief(scored_application, by=person("manager"))
    rating = draft.ratings.first()
    before = evidence(rating)

    for word in ("one", "two", "three"):
        Rating.objects.filter(pk=rating.pk).update(evidence=word)

    assert evidence(rating) == [*before, "one", "two", "three"]


def test_a_rating_that_was_added_and_removed_keeps_both(draft):
    rating = draft.ratings.first()
    key = rating.pk
    Rating.objects.filter(pk=key).update(evidence="changed")
    Rating.objects.filter(pk=key).delete()

    assert [row.pgh_label for row in changes("RatingChange", pgh_obj=key)] == ["insert", "update", "delete"]


def test_who_writes_history_by_hand_takes_nothing_away(draft):
    """Only the trigger of the row itself may supersede a state."""
    Scorecard.objects.filter(pk=draft.pk).update(summary="kept")
    columns = "pgh_created_at, pgh_label, pgh_obj_id, panelist_id, state, recommendation, summary, decline_reason"
    with pytest.raises(DatabaseError, match="history is"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO scorecards_scorecardchange ({columns}) SELECT now(), 'update', id, panelist_id, state, "
            "recommendation, 'by hand', decline_reason FROM scorecards_scorecard WHERE id = %s",
            [draft.pk],
        )

    assert summaries(draft)[-1] == "kept"


def test_a_save_that_only_counts_is_no_change(draft):
    before = changes("ScorecardChange", pgh_obj=draft).count()

    Scorecard.objects.filter(pk=draft.pk).update(edit=99)

    assert changes("ScorecardChange", pgh_obj=draft).count() == before


def test_a_command_is_named(draft):
    with pghistory.context(command="sample_data"):
        Scorecard.objects.filter(pk=draft.pk).update(summary="by a command")

    assert changes("ScorecardChange", pgh_obj=draft).last().pgh_context == {"command": "sample_data"}


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


def test_ones_own_scorecard_tells_its_changes_with_autosaves_as_one(draft, two_panelists, client_of):
    panelist = two_panelists[1]
    client = client_of(panelist.user.email.split("@")[0])
    for count in range(3):
        client.post(f"/panelists/{panelist.pk}/scorecard/draft/", {"summary": f"word {count}", "edit": str(9 + count)})

    page = html_of(client.get(f"/panelists/{panelist.pk}/scorecard/changes/"))
    piece = html_of(client.get(f"/panelists/{panelist.pk}/scorecard/changes/", headers={"HX-Request": "true"}))

    assert piece.count("<li>") == 2  # the fixture's own writes, made by no signed-in person, and the request's
    assert f"{panelist.user.display_name}</span>" in piece
    assert ": summary" in piece
    assert "no signed-in person" in piece
    assert piece.strip() in page
    assert "word" not in piece
