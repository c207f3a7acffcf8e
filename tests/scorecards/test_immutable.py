"""What was submitted, decided, seen or overridden the database itself refuses to change, whoever asks."""

import pytest
from django.db import DatabaseError, transaction

from scorecards import drafts, meetings, services
from scorecards.models import Decision, Override, Rating, Scorecard, Sighting, SignalMark
from tests.queries import refused


@pytest.fixture
def finished(scored, seats, person):
    """One submitted, one declined, a decision, a sighting and an override."""
    services.note_sightings(scored, by=person("manager"), way="debrief")
    meetings.record_decision(scored, by=person("manager"), outcome="hire", rationale="Clear evidence.")
    services.grant_override(scored, seats[1].user, reason="Second round", by=person("recruiter"))
    services.decline_scorecard(drafts.open_scorecard(seats[1]), reason="Not held", by=seats[1].user)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE scorecards_scorecard SET recommendation = 'no' WHERE state = 'submitted'",
        "UPDATE scorecards_scorecard SET state = 'draft', submitted_at = NULL WHERE state = 'submitted'",
        "UPDATE scorecards_scorecard SET saw_others_first = true WHERE state = 'submitted'",
        "UPDATE scorecards_scorecard SET decline_reason = 'x' WHERE state = 'declined'",
        "DELETE FROM scorecards_scorecard WHERE state = 'declined'",
        "UPDATE scorecards_rating SET evidence = 'x'",
        "DELETE FROM scorecards_rating",
        "UPDATE scorecards_decision SET outcome = 'no_hire'",
        "DELETE FROM scorecards_decision",
        "UPDATE scorecards_sighting SET at = now()",
        "DELETE FROM scorecards_sighting",
        "UPDATE scorecards_override SET reason = 'x'",
        "DELETE FROM scorecards_override",
    ],
)
def test_finished_rows_are_refused(finished, sql):
    states = set(Scorecard.objects.values_list("state", flat=True))
    assert states == {"submitted", "declined"}
    assert Rating.objects.exists()
    assert Decision.objects.exists()
    assert Sighting.objects.exists()
    assert Override.objects.exists()

    assert refused(sql)


def test_nothing_is_added_to_a_finished_scorecard(finished, scored):
    card = Scorecard.objects.filter(state="submitted").earliest("pk")
    version = scored.opening.rubric_version
    unrated = version.dimensions.exclude(pk__in=card.ratings.values("dimension")).first()

    for add in (
        lambda: Rating.objects.create(scorecard=card, dimension=unrated, score=5),
        lambda: SignalMark.objects.create(scorecard=card, signal=version.signals.first()),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            add()


def test_a_rating_cannot_be_moved_to_another_scorecard(finished, scored, seats):
    card = Scorecard.objects.filter(state="submitted").earliest("pk")
    other = Scorecard.objects.get(state="declined")

    assert refused("UPDATE scorecards_rating SET scorecard_id = %s WHERE scorecard_id = %s", other.pk, card.pk)


@pytest.mark.parametrize("table", ["rating", "signalmark"])
def test_nothing_is_moved_from_a_draft_onto_a_finished_scorecard(scored, seats, table):
    card = Scorecard.objects.filter(state="submitted").earliest("pk")
    version = scored.opening.rubric_version
    unrated = version.dimensions.exclude(pk__in=card.ratings.values("dimension")).first()
    draft = drafts.open_scorecard(seats[1])
    Rating.objects.create(scorecard=draft, dimension=unrated, score=1)
    SignalMark.objects.create(scorecard=draft, signal=version.signals.first())

    assert refused(f"UPDATE scorecards_{table} SET scorecard_id = %s WHERE scorecard_id = %s", card.pk, draft.pk)


@pytest.mark.parametrize("score", [0, 6])
def test_the_database_refuses_a_score_outside_1_to_5(fresh, score):
    card = drafts.open_scorecard(fresh.interviews.first().panelists.get())
    dimension = card.panelist.interview.round.dimensions.first()

    with pytest.raises(DatabaseError), transaction.atomic():
        Rating.objects.create(scorecard=card, dimension=dimension, score=score)
