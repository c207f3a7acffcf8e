"""The debrief as a meeting: what it freezes, what it keeps, what a decision ends."""

import pgtrigger
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction
from django.urls import reverse

from audit.models import Event
from candidates.models import Panelist
from scorecards import drafts, meetings, services
from scorecards.gathering import debrief_sheet
from scorecards.models import Attendee, Decision, Meeting, MeetingNote, Reopening, ReRating, Scorecard, Sighting
from tests.queries import refused


@pytest.fixture
def manager(person):
    return person("manager")


@pytest.fixture
def card(scored):
    return Scorecard.objects.get(panelist__interview__application=scored, state="submitted")


@pytest.fixture
def rated(card):
    return card.ratings.filter(score__isnull=False).order_by("dimension__order").first()


@pytest.fixture
def opened(scored, manager):
    return meetings.open_debrief(scored, by=manager)


def re_rate(card, dimension, answer, **kwargs):
    sent = {"kind": "reread", "reason": "I reread it", "by": card.panelist.user} | kwargs
    return meetings.re_rate(card, dimension, answer=answer, **sent)


def other_answer(rated):
    return "1" if rated.score != 1 else "5"


def row_of(scored, rated):
    return next(row for row in debrief_sheet(scored).dimensions if row.key == rated.dimension.key)


# --- opening -----------------------------------------------------------------
def test_opening_is_recorded_once(scored, manager, person):
    first = meetings.open_debrief(scored, by=manager)
    again = meetings.open_debrief(scored, by=person("recruiter"))

    assert first == again == Meeting.objects.get()
    assert again.opened_by == manager
    assert Event.objects.filter(kind="debrief.opened", subject_id=scored.pk).count() == 1


def test_there_is_nothing_to_open_before_somebody_submitted(fresh, manager):
    with pytest.raises(ValidationError):
        meetings.open_debrief(fresh, by=manager)


@pytest.mark.parametrize("name", ["interviewer", "interviewer2", "admin"])
def test_only_those_who_run_the_opening_run_the_meeting(scored, opened, person, name):
    by = person(name)
    for act in (
        lambda: meetings.open_debrief(scored, by=by),
        lambda: meetings.add_note(scored, text="x", kind="note", dimension=None, by=by),
        lambda: meetings.note_attendance(scored, users=[], names=["x"], by=by),
        lambda: meetings.reopen_debrief(scored, reason="x", by=by),
    ):
        with pytest.raises(PermissionDenied):
            act()

    assert not MeetingNote.objects.exists()


# --- notes and attendance ----------------------------------------------------
def test_notes_stand_at_their_dimension_and_follow_ups_apart(scored, opened, manager, rated):
    meetings.add_note(scored, text="Both saw the same incident", kind="note", dimension=rated.dimension, by=manager)
    meetings.add_note(scored, text="A good talk", kind="note", dimension=None, by=manager)
    meetings.add_note(scored, text="Ask for a reference", kind="follow_up", dimension=None, by=manager)

    sheet = debrief_sheet(scored)
    assert [note.text for note in row_of(scored, rated).notes] == ["Both saw the same incident"]
    assert [note.text for note in sheet.facts.meeting.general_notes] == ["A good talk"]
    assert [(note.text, note.by) for note in sheet.facts.meeting.follow_ups] == [
        ("Ask for a reference", manager.display_name)
    ]


def test_attending_counts_as_having_seen_what_was_submitted(scored, opened, manager, seats, submitted, complete_draft):
    owing = seats[1]
    drafts.save_draft(drafts.open_scorecard(owing), complete_draft(owing), edit=0, by=owing.user)

    meetings.note_attendance(scored, users=[owing.user, manager], names=["A guest", "", "A guest"], by=manager)
    meetings.note_attendance(scored, users=[owing.user], names=["A guest"], by=manager)

    names = [person.name for person in debrief_sheet(scored).facts.meeting.attendees]
    assert names == [owing.user.display_name, manager.display_name, "A guest"]
    assert Sighting.objects.filter(user=owing.user, way="meeting").exists()
    late = services.submit_scorecard(owing.scorecard, by=owing.user)
    assert late.saw_others_first


# --- re-ratings --------------------------------------------------------------
def test_a_re_rating_stands_beside_the_first_and_figures_are_apart(scored, opened, card, rated, seats, submitted):
    submitted(seats[1], score=str(rated.score))
    before = row_of(scored, rated)

    re_rate(card, rated.dimension, other_answer(rated), kind="new_evidence", source="The other interviewer")

    after = row_of(scored, rated)
    mine = after.by_card(card.pk)
    assert (mine.score, mine.final_score) == (rated.score, int(other_answer(rated)))
    assert (after.mean, after.n, after.max, after.min) == (before.mean, before.n, before.max, before.min)
    assert after.final.n == after.n
    assert after.final.mean != after.mean
    assert mine.re_ratings[0].kind_words == "new evidence: The other interviewer"
    sheet = debrief_sheet(scored)
    assert sheet.final_composite.value != sheet.composite.value


def test_the_newest_re_rating_counts_and_not_assessed_takes_the_score_out(scored, opened, card, rated):
    re_rate(card, rated.dimension, other_answer(rated))
    re_rate(card, rated.dimension, "not my focus")

    row = row_of(scored, rated)
    assert (row.n, row.final.n, row.final.mean, row.final.not_assessed) == (1, 0, None, 1)


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"reason": " \x00"}, "reason"),
        ({"answer": "6"}, "answer"),
        ({"answer": ""}, "answer"),
        ({"answer": "same"}, "answer"),
        ({"kind": "new_evidence", "source": " "}, "source"),
        ({"kind": "mood"}, "kind"),
    ],
)
def test_a_bad_re_rating_is_refused_at_its_field(opened, card, rated, sent, field):
    answer = sent.pop("answer", other_answer(rated)).replace("same", str(rated.score))

    with pytest.raises(ValidationError) as caught:
        re_rate(card, rated.dimension, answer, **sent)

    assert set(caught.value.message_dict) == {field}
    assert not ReRating.objects.exists()


def test_nobody_changes_anothers_rating_nor_one_that_was_not_given(opened, card, rated, manager, scored):
    unrated = scored.opening.rubric_version.dimensions.exclude(ratings__scorecard=card).first()

    with pytest.raises(PermissionDenied):
        re_rate(card, rated.dimension, "1", by=manager)
    with pytest.raises(ValidationError):
        re_rate(card, unrated, "1")


def test_before_the_debrief_opens_there_is_no_re_rating(card, rated):
    with pytest.raises(ValidationError) as caught:
        re_rate(card, rated.dimension, other_answer(rated))

    assert caught.value.messages == [meetings.NOT_OPEN]


# --- decision ----------------------------------------------------------------
def test_a_must_have_needs_its_own_reason_unless_on_hold(scored, manager):
    must = scored.opening.rubric_version.dimensions.first()
    with pgtrigger.ignore():  # a published rubric never changes; here only the sample is made to fit
        type(must).objects.filter(pk=must.pk).update(must_have=True)

    with pytest.raises(ValidationError) as caught:
        meetings.record_decision(scored, outcome="hire", rationale="Good", by=manager)
    assert set(caught.value.message_dict) == {f"rationale_{must.key}"}
    done = meetings.record_decision(
        scored, outcome="hire", rationale="Good", rationales={must.key: "Saw it twice"}, by=manager
    )

    assert done.rationales == {must.key: "Saw it twice"}
    assert debrief_sheet(scored).facts.decision.rationales == {must.key: "Saw it twice"}


def test_deciding_opens_the_debrief_and_closes_it(scored, manager, card, rated):
    meetings.record_decision(scored, outcome="hire", rationale="Good", by=manager)

    assert Meeting.objects.get().opened_by == manager
    for act in (
        lambda: re_rate(card, rated.dimension, other_answer(rated)),
        lambda: meetings.add_note(scored, text="x", kind="note", dimension=None, by=manager),
        lambda: meetings.note_attendance(scored, users=[], names=["x"], by=manager),
        lambda: meetings.record_decision(scored, outcome="no_hire", rationale="Bad", by=manager),
    ):
        with pytest.raises(ValidationError) as caught:
            act()
        assert caught.value.messages == [meetings.DECIDED]


def test_the_database_refuses_to_change_a_decided_debrief(scored, opened, manager, card, rated):
    meetings.add_note(scored, text="Noted", kind="note", dimension=None, by=manager)
    meetings.note_attendance(scored, users=[manager], names=[], by=manager)
    re_rate(card, rated.dimension, other_answer(rated))
    decision = meetings.record_decision(scored, outcome="hire", rationale="Good", by=manager)

    for table in ("meeting", "meetingnote", "attendee", "rerating", "decision"):
        assert refused(f"DELETE FROM scorecards_{table}"), table
        assert refused(f"UPDATE scorecards_{table} SET id = id"), table
    for add in (
        lambda: MeetingNote.objects.create(meeting=opened, text="x", by=manager),
        lambda: Attendee.objects.create(meeting=opened, name="x"),
        lambda: Decision.objects.create(application=scored, outcome="hold", rationale="x", decided_by=manager),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            add()
    meetings.reopen_debrief(scored, reason="News", by=manager)
    assert refused("UPDATE scorecards_reopening SET reason = 'x'")
    assert refused("DELETE FROM scorecards_reopening")
    assert Reopening.objects.get().decision == decision


def test_a_scorecard_that_comes_after_the_decision_counts_only_once_it_is_reopened(
    scored, manager, seats, submitted, rated
):
    before = debrief_sheet(scored)
    meetings.record_decision(scored, outcome="hire", rationale="Good", by=manager)
    submitted(seats[1], score="1")

    decided = debrief_sheet(scored)
    assert [row.mean for row in decided.dimensions] == [row.mean for row in before.dimensions]
    assert [card.state for card in decided.missing] == ["after_decision"]
    meetings.reopen_debrief(scored, reason="A late scorecard", by=manager)
    again = debrief_sheet(scored)
    assert len(again.submitted) == 2
    assert [row.reopened.reason for row in again.facts.earlier_decisions] == ["A late scorecard"]
    assert again.facts.decision is None


# --- pages -------------------------------------------------------------------
def test_the_meeting_from_opening_to_reopening_in_the_pages(as_, scored, card, rated):
    page = reverse("debrief", args=[scored.pk])
    runs, rates = as_("manager"), as_("interviewer")
    key = rated.dimension.key

    assert "Open the debrief" in runs.get(page).content.decode()
    runs.post(reverse("debrief_open", args=[scored.pk]))
    runs.post(reverse("debrief_note", args=[scored.pk]), {"kind": "note", "text": "Beside its dimension", "key": key})
    runs.post(reverse("debrief_attendance", args=[scored.pk]), {"names": "First guest\nSecond guest"})
    change = reverse("re_rate", args=[scored.pk, card.pk, key])
    assert rated.evidence in rates.get(change).content.decode()
    rates.post(change, {"answer": other_answer(rated), "kind": "reread", "reason": "Overlooked it"})
    removed = Attendee.objects.get(name="Second guest")
    runs.post(reverse("attendee_remove", args=[scored.pk, removed.pk]))
    body = runs.get(page).content.decode()
    runs.post(reverse("decide", args=[scored.pk]), {"outcome": "hire", "rationale": "It adds up"})
    decided = runs.get(page).content.decode()
    runs.post(reverse("debrief_reopen", args=[scored.pk]), {"reason": "One more interview"})
    reopened = runs.get(page).content.decode()

    assert all(words in body for words in ("Beside its dimension", "First guest", "Overlooked it", "after re-ratings"))
    assert "Second guest" not in body
    assert "It adds up" in decided
    assert "Add the note" not in decided
    assert "One more interview" in reopened
    assert "Record the decision" in reopened


def test_a_refused_note_keeps_its_words_and_its_dimension(as_, scored, opened, rated):
    response = as_("manager").post(
        reverse("debrief_note", args=[scored.pk]),
        {"kind": "follow", "text": "typed and kept", "key": rated.dimension.key},
    )

    body = response.content.decode()
    assert response.status_code == 422
    assert "typed and kept" in body
    assert f'<option value="{rated.dimension_id}" selected' in body


def test_an_open_page_is_told_of_news_once_there_is_some(as_, scored, seats, submitted):
    client = as_("manager")
    mark = debrief_sheet(scored).mark
    news = reverse("debrief_news", args=[scored.pk])

    quiet = client.get(news, {"mark": mark})
    submitted(seats[1])
    told = client.get(news, {"mark": mark})

    assert (quiet.status_code, told.status_code) == (204, 200)
    assert "1 more scorecard came in" in told.content.decode()
    assert client.get(news, {"mark": "²"}).status_code == 200


def test_the_summary_for_the_room_has_each_picture_with_its_figures(as_, scored):
    body = as_("manager").get(reverse("debrief_summary", args=[scored.pk])).content.decode()

    sheet = debrief_sheet(scored)
    assert body.count("<figure>") == len(sheet.dimensions)
    assert all(f"mean {row.mean_shown}" in body for row in sheet.dimensions if row.n)
    assert "Profile across dimensions" in body


def test_somebody_who_owes_a_scorecard_sees_nothing_of_the_meeting(as_, scored, opened, manager):
    meetings.add_note(scored, text="zanzibar", kind="note", dimension=None, by=manager)
    assert Panelist.objects.filter(interview__application=scored, user__email="interviewer2@example.com").exists()

    for name in ("debrief", "debrief_summary", "debrief_news"):
        response = as_("interviewer2").get(reverse(name, args=[scored.pk]))
        assert response.status_code == 403
        assert "zanzibar" not in response.content.decode()
