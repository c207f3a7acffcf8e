"""Owing a scorecard, by one rule whoever asks; and what is finished, which the database itself refuses to change."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from candidates.models import Application, Panelist
from debriefs import meetings
from debriefs.models import Decision
from privacy.erasure import erase_candidate
from scorecards import drafts, services
from scorecards.models import (
    GuestLink,
    Override,
    Rating,
    Scorecard,
    Sighting,
    SignalMark,
    blind,
    is_owed,
    owed,
    writable,
)
from tests.queries import refused


def locked(panelist, changes):
    card = drafts.save_draft(drafts.open_scorecard(panelist), changes, edit=0, by=panelist.user)
    return services.lock_scorecard(card, by=panelist.user)


ENDS = {
    "missing": lambda panelist, changes: None,
    "draft": lambda panelist, changes: drafts.open_scorecard(panelist),
    "locked": locked,
    "submitted": lambda panelist, changes: services.submit_scorecard(
        drafts.save_draft(drafts.open_scorecard(panelist), changes, edit=0, by=panelist.user),
        by=panelist.user,
    ),
    "declined": lambda panelist, changes: services.decline_scorecard(
        drafts.open_scorecard(panelist), reason="They did not come", by=panelist.user
    ),
}
OWED = {"missing", "draft", "locked"}


@pytest.mark.parametrize("erased", [False, True])
@pytest.mark.parametrize("state", ENDS)
def test_who_owes_a_scorecard_may_write_it(scored_application, two_panelists, person, complete_answers, state, erased):
    """The rule by panelist, by application and by link, and the property of the scorecard."""
    panelist = two_panelists[1]
    due = timezone.now() + timedelta(days=1)
    type(panelist.interview).objects.filter(pk=panelist.interview_id).update(due_at=due)
    ENDS[state](Panelist.objects.get(pk=panelist.pk), complete_answers(panelist))
    link = GuestLink.objects.create(panelist=panelist, key_hash="x", expires_at=due)
    type(panelist.user).objects.filter(pk=panelist.user_id).update(is_guest=True)

    if erased:
        erase_candidate(scored_application.candidate, reason="asked", by=person("admin"))
    GuestLink.objects.filter(pk=link.pk).update(revoked_at=None)

    of_panelist = Panelist.objects.filter(owed(), pk=panelist.pk).exists()
    may_write = Panelist.objects.filter(writable(), pk=panelist.pk).exists()
    of_application = Application.objects.filter(
        owed("interviews__panelists__"), interviews__panelists=panelist, pk=scored_application.pk
    ).exists()
    of_link = GuestLink.objects.open().filter(pk=link.pk).exists()
    hides = Application.objects.filter(blind(panelist.user), pk=scored_application.pk).exists()
    card = Scorecard.objects.filter(panelist=panelist).first()
    row = Panelist.objects.select_related("interview__application").get(pk=panelist.pk)
    expected = state in OWED and not erased
    assert is_owed(row) == expected
    assert (of_panelist, may_write, of_application, of_link, hides) == (expected,) * 5
    assert (card is None or card.is_writable) == expected


def owing(panelist):
    """When the panelist's scorecard is due, and when the application's first one is, as stored."""
    stored = Panelist.objects.select_related("interview__application").get(pk=panelist.pk)
    return stored.owes_by, stored.interview.application.owed_by


def test_what_is_owed_follows_the_interview_and_the_panelist(scored_application, two_panelists):
    panelist = two_panelists[1]
    interview = panelist.interview
    later = interview.due_at + timedelta(days=3)

    assert owing(panelist) == (interview.due_at, interview.due_at)
    type(interview).objects.filter(pk=interview.pk).update(due_at=later)
    assert owing(panelist) == (later, later)
    Panelist.objects.filter(pk=panelist.pk).update(role=Panelist.Role.SHADOW)
    assert owing(panelist) == (later, None)
    Panelist.objects.filter(pk=panelist.pk).update(ended_at=timezone.now())
    assert owing(panelist) == (None, None)
    Panelist.objects.filter(pk=panelist.pk).update(ended_at=None, role=Panelist.Role.LEAD)
    assert owing(panelist) == (later, later)
    panelist.delete()
    assert Application.objects.get(pk=scored_application.pk).owed_by is None


def test_nobody_sets_what_is_owed(scored_application, two_panelists):
    done, owes = two_panelists
    before = owing(done), owing(owes)

    Panelist.objects.filter(pk=done.pk).update(owes_by=timezone.now())
    Panelist.objects.filter(pk=owes.pk).update(owes_by=None)
    Application.objects.filter(pk=scored_application.pk).update(owed_by=None)

    assert (owing(done), owing(owes)) == before
    assert before[0][0] is None
    assert before[1][0] is not None


def test_after_an_erasure_nobody_is_told_to_submit_first(scored_application, two_panelists, person, client_of):
    Panelist.objects.filter(pk=two_panelists[1].pk).update(user=person("manager"))
    page = reverse("debrief", args=[scored_application.pk])
    before = client_of("manager").get(page)

    erase_candidate(scored_application.candidate, reason="asked", by=person("admin"))

    assert before.status_code == 403
    assert "Submit your own scorecard first" in before.content.decode()
    assert client_of("manager").get(page).status_code == 200


def test_who_had_not_submitted_is_told_of_the_erasure(scored_application, person, client_of):
    erase_candidate(scored_application.candidate, reason="asked", by=person("admin"))

    response = client_of("interviewer2").get(reverse("debrief", args=[scored_application.pk]))

    assert response.status_code == 403
    assert "This candidate has been erased" in response.content.decode()


def test_an_erased_scorecard_is_late_nowhere(scored_application, two_panelists, person, client_of):
    past = timezone.now() - timedelta(days=9)
    interview = two_panelists[1].interview
    interview.starts_at = interview.due_at = past
    interview.save(update_fields=["starts_at", "due_at"])
    page = reverse("application", args=[scored_application.pk])
    before = client_of("manager").get(page).context["overview"]

    erase_candidate(scored_application.candidate, reason="asked", by=person("admin"))

    after = client_of("manager").get(page).context["overview"]
    assert [panelist.late for panelist in before.panelists if panelist.panelist_id == two_panelists[1].pk] == [True]
    assert [panelist.late for panelist in after.panelists] == [False] * len(after.panelists)


# --- what is finished stays ----------------------------------------------------
@pytest.fixture
def finished(scored_application, two_panelists, person):
    """One submitted, one declined, a decision, a sighting and an override."""
    services.note_sightings(scored_application, by=person("manager"), way="debrief")
    meetings.record_decision(scored_application, by=person("manager"), outcome="hire", rationale="Clear evidence.")
    services.grant_override(scored_application, two_panelists[1].user, reason="Second round", by=person("recruiter"))
    services.decline_scorecard(drafts.open_scorecard(two_panelists[1]), reason="Not held", by=two_panelists[1].user)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE scorecards_scorecard SET recommendation = 'no' WHERE state = 'submitted'",
        "UPDATE scorecards_scorecard SET summary = 'x' WHERE state = 'submitted'",
        "UPDATE scorecards_scorecard SET state = 'draft', submitted_at = NULL WHERE state = 'submitted'",
        "UPDATE scorecards_scorecard SET saw_others_first = true WHERE state = 'submitted'",
        "UPDATE scorecards_scorecard SET decline_reason = 'x' WHERE state = 'declined'",
        "DELETE FROM scorecards_scorecard WHERE state = 'declined'",
        "UPDATE scorecards_rating SET evidence = 'x'",
        "UPDATE scorecards_rating SET score = 1",
        "DELETE FROM scorecards_rating",
        "UPDATE debriefs_decision SET outcome = 'no_hire'",
        "DELETE FROM debriefs_decision",
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


def test_nothing_is_added_to_a_finished_scorecard(finished, scored_application):
    card = Scorecard.objects.filter(state="submitted").earliest("pk")
    version = scored_application.opening.rubric_version
    unrated = version.dimensions.exclude(pk__in=card.ratings.values("dimension")).first()

    for add in (
        lambda: Rating.objects.create(scorecard=card, dimension=unrated, score=5),
        lambda: SignalMark.objects.create(scorecard=card, signal=version.signals.first()),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            add()


def test_a_rating_cannot_be_moved_to_another_scorecard(finished, scored_application, two_panelists):
    card = Scorecard.objects.filter(state="submitted").earliest("pk")
    other = Scorecard.objects.get(state="declined")

    assert refused("UPDATE scorecards_rating SET scorecard_id = %s WHERE scorecard_id = %s", other.pk, card.pk)


@pytest.mark.parametrize("table", ["rating", "signalmark"])
def test_nothing_is_moved_from_a_draft_onto_a_finished_scorecard(scored_application, two_panelists, table):
    card = Scorecard.objects.filter(state="submitted").earliest("pk")
    version = scored_application.opening.rubric_version
    unrated = version.dimensions.exclude(pk__in=card.ratings.values("dimension")).first()
    draft = drafts.open_scorecard(two_panelists[1])
    Rating.objects.create(scorecard=draft, dimension=unrated, score=1)
    SignalMark.objects.create(scorecard=draft, signal=version.signals.first())

    assert refused(f"UPDATE scorecards_{table} SET scorecard_id = %s WHERE scorecard_id = %s", card.pk, draft.pk)


@pytest.mark.parametrize("score", [0, 6])
def test_the_database_refuses_a_score_outside_1_to_5(unscored_application, score):
    card = drafts.open_scorecard(unscored_application.interviews.first().panelists.get())
    dimension = card.panelist.interview.round.dimensions.first()

    with pytest.raises(DatabaseError), transaction.atomic():
        Rating.objects.create(scorecard=card, dimension=dimension, score=score)


def test_a_submitted_rating_keeps_its_anchor(scored_application):
    rating = Rating.objects.filter(score=3).first()

    assert rating.anchor_text == rating.dimension.anchors.get(level=3).text
