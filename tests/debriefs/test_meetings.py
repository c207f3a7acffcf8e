"""The debrief as a meeting: what it freezes, what it keeps, what a decision ends."""

import pgtrigger
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction
from django.urls import reverse

from audit.models import Event
from candidates.models import Panelist
from debriefs import meetings
from debriefs.gathering import debrief_sheet
from debriefs.models import Attendee, Decision, Meeting, MeetingNote, Reopening, ReRating
from scorecards import drafts, services
from scorecards.models import Scorecard, Sighting
from tests.queries import refused

HIRE = {"outcome": "hire", "rationale": "Clear evidence on both must-haves."}


@pytest.fixture
def manager(person):
    return person("manager")


@pytest.fixture
def card(scored_application):
    return Scorecard.objects.get(panelist__interview__application=scored_application, state="submitted")


@pytest.fixture
def first_rating(card):
    return card.ratings.filter(score__isnull=False).order_by("dimension__order").first()


@pytest.fixture
def open_meeting(scored_application, manager):
    return meetings.open_debrief(scored_application, by=manager)


def re_rate(card, dimension, answer, **kwargs):
    sent = {"kind": "reread", "reason": "I reread it", "by": card.panelist.user} | kwargs
    return meetings.re_rate(card, dimension, answer=answer, **sent)


def other_answer(first_rating):
    return "1" if first_rating.score != 1 else "5"


def row_of(scored, first_rating):
    return next(row for row in debrief_sheet(scored).dimensions if row.key == first_rating.dimension.key)


# --- opening -----------------------------------------------------------------
def test_opening_is_recorded_once(scored_application, manager, person):
    first = meetings.open_debrief(scored_application, by=manager)
    again = meetings.open_debrief(scored_application, by=person("recruiter"))

    assert first == again == Meeting.objects.get()
    assert again.opened_by == manager
    assert Event.objects.filter(kind="debrief.opened", subject_id=scored_application.pk).count() == 1


def test_there_is_nothing_to_open_before_somebody_submitted(unscored_application, manager):
    with pytest.raises(ValidationError):
        meetings.open_debrief(unscored_application, by=manager)


@pytest.mark.parametrize("name", ["interviewer", "interviewer2", "admin"])
def test_only_those_who_run_the_opening_run_the_meeting(scored_application, open_meeting, person, name):
    by = person(name)
    for act in (
        lambda: meetings.open_debrief(scored_application, by=by),
        lambda: meetings.add_note(scored_application, text="x", kind="note", dimension=None, by=by),
        lambda: meetings.note_attendance(scored_application, users=[], names=["x"], by=by),
        lambda: meetings.reopen_debrief(scored_application, reason="x", by=by),
    ):
        with pytest.raises(PermissionDenied):
            act()

    assert not MeetingNote.objects.exists()


# --- notes and attendance ----------------------------------------------------
def test_notes_stand_at_their_dimension_and_follow_ups_apart(scored_application, open_meeting, manager, first_rating):
    meetings.add_note(
        scored_application, text="Both saw the same incident", kind="note", dimension=first_rating.dimension, by=manager
    )
    meetings.add_note(scored_application, text="A good talk", kind="note", dimension=None, by=manager)
    meetings.add_note(scored_application, text="Ask for a reference", kind="follow_up", dimension=None, by=manager)

    sheet = debrief_sheet(scored_application)
    assert [note.text for note in row_of(scored_application, first_rating).notes] == ["Both saw the same incident"]
    assert [note.text for note in sheet.facts.meeting.general_notes] == ["A good talk"]
    assert [(note.text, note.by) for note in sheet.facts.meeting.follow_ups] == [
        ("Ask for a reference", manager.display_name)
    ]


def test_attending_counts_as_having_seen_what_was_submitted(
    scored_application, open_meeting, manager, two_panelists, hand_in, complete_answers
):
    owing = two_panelists[1]
    drafts.save_draft(drafts.open_scorecard(owing), complete_answers(owing), edit=0, by=owing.user)

    meetings.note_attendance(
        scored_application, users=[owing.user, manager], names=["A guest", "", "A guest"], by=manager
    )
    meetings.note_attendance(scored_application, users=[owing.user], names=["A guest"], by=manager)

    names = [person.name for person in debrief_sheet(scored_application).facts.meeting.attendees]
    assert names == [owing.user.display_name, manager.display_name, "A guest"]
    assert Sighting.objects.filter(user=owing.user, way="meeting").exists()
    late = services.submit_scorecard(owing.scorecard, by=owing.user)
    assert late.saw_others_first


# --- re-ratings --------------------------------------------------------------
def test_a_re_rating_stands_beside_the_first_and_figures_are_apart(
    scored_application, open_meeting, card, first_rating, two_panelists, hand_in
):
    hand_in(two_panelists[1], score=str(first_rating.score))
    before = row_of(scored_application, first_rating)

    re_rate(
        card, first_rating.dimension, other_answer(first_rating), kind="new_evidence", source="The other interviewer"
    )

    after = row_of(scored_application, first_rating)
    mine = after.by_card(card.pk)
    assert (mine.score, mine.final_score) == (first_rating.score, int(other_answer(first_rating)))
    assert (after.mean, after.n, after.max, after.min) == (before.mean, before.n, before.max, before.min)
    assert after.final.n == after.n
    assert after.final.mean != after.mean
    assert mine.re_ratings[0].kind_words == "new evidence: The other interviewer"
    sheet = debrief_sheet(scored_application)
    assert sheet.final_composite.value != sheet.composite.value


def test_the_newest_re_rating_counts_and_not_assessed_takes_the_score_out(
    scored_application, open_meeting, card, first_rating
):
    re_rate(card, first_rating.dimension, other_answer(first_rating))
    re_rate(card, first_rating.dimension, "not my focus")

    row = row_of(scored_application, first_rating)
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
def test_a_bad_re_rating_is_refused_at_its_field(open_meeting, card, first_rating, sent, field):
    answer = sent.pop("answer", other_answer(first_rating)).replace("same", str(first_rating.score))

    with pytest.raises(ValidationError) as caught:
        re_rate(card, first_rating.dimension, answer, **sent)

    assert set(caught.value.message_dict) == {field}
    assert not ReRating.objects.exists()


def test_nobody_changes_anothers_rating_nor_one_that_was_not_given(
    open_meeting, card, first_rating, manager, scored_application
):
    unrated = scored_application.opening.rubric_version.dimensions.exclude(ratings__scorecard=card).first()

    with pytest.raises(PermissionDenied):
        re_rate(card, first_rating.dimension, "1", by=manager)
    with pytest.raises(ValidationError):
        re_rate(card, unrated, "1")


def test_before_the_debrief_opens_there_is_no_re_rating(card, first_rating):
    with pytest.raises(ValidationError) as caught:
        re_rate(card, first_rating.dimension, other_answer(first_rating))

    assert caught.value.messages == [meetings.NOT_OPEN]


# --- decision ----------------------------------------------------------------
def test_a_must_have_needs_its_own_reason_unless_on_hold(scored_application, manager):
    must = scored_application.opening.rubric_version.dimensions.first()
    with pgtrigger.ignore():  # a published rubric never changes; here only the sample is made to fit
        type(must).objects.filter(pk=must.pk).update(must_have=True)

    with pytest.raises(ValidationError) as caught:
        meetings.record_decision(scored_application, outcome="hire", rationale="Good", by=manager)
    assert set(caught.value.message_dict) == {f"rationale_{must.key}"}
    done = meetings.record_decision(
        scored_application, outcome="hire", rationale="Good", rationales={must.key: "Saw it twice"}, by=manager
    )

    assert done.rationales == {must.key: "Saw it twice"}
    assert debrief_sheet(scored_application).facts.decision.rationales == {must.key: "Saw it twice"}


def test_deciding_opens_the_debrief_and_closes_it(scored_application, manager, card, first_rating):
    meetings.record_decision(scored_application, outcome="hire", rationale="Good", by=manager)

    assert Meeting.objects.get().opened_by == manager
    for act in (
        lambda: re_rate(card, first_rating.dimension, other_answer(first_rating)),
        lambda: meetings.add_note(scored_application, text="x", kind="note", dimension=None, by=manager),
        lambda: meetings.note_attendance(scored_application, users=[], names=["x"], by=manager),
        lambda: meetings.record_decision(scored_application, outcome="no_hire", rationale="Bad", by=manager),
    ):
        with pytest.raises(ValidationError) as caught:
            act()
        assert caught.value.messages == [meetings.DECIDED]


def test_the_database_refuses_to_change_a_decided_debrief(
    scored_application, open_meeting, manager, card, first_rating
):
    meetings.add_note(scored_application, text="Noted", kind="note", dimension=None, by=manager)
    meetings.note_attendance(scored_application, users=[manager], names=[], by=manager)
    re_rate(card, first_rating.dimension, other_answer(first_rating))
    decision = meetings.record_decision(scored_application, outcome="hire", rationale="Good", by=manager)

    for table in ("meeting", "meetingnote", "attendee", "rerating", "decision"):
        assert refused(f"DELETE FROM debriefs_{table}"), table
        assert refused(f"UPDATE debriefs_{table} SET id = id"), table
    for add in (
        lambda: MeetingNote.objects.create(meeting=open_meeting, text="x", by=manager),
        lambda: Attendee.objects.create(meeting=open_meeting, name="x"),
        lambda: Decision.objects.create(
            application=scored_application, outcome="hold", rationale="x", decided_by=manager
        ),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            add()
    meetings.reopen_debrief(scored_application, reason="News", by=manager)
    assert refused("UPDATE debriefs_reopening SET reason = 'x'")
    assert refused("DELETE FROM debriefs_reopening")
    assert Reopening.objects.get().decision == decision


def test_a_scorecard_that_comes_after_the_decision_counts_only_once_it_is_reopened(
    scored_application, manager, two_panelists, hand_in, first_rating
):
    before = debrief_sheet(scored_application)
    meetings.record_decision(scored_application, outcome="hire", rationale="Good", by=manager)
    hand_in(two_panelists[1], score="1")

    decided = debrief_sheet(scored_application)
    assert [row.mean for row in decided.dimensions] == [row.mean for row in before.dimensions]
    assert [card.state for card in decided.missing] == ["after_decision"]
    meetings.reopen_debrief(scored_application, reason="A late scorecard", by=manager)
    again = debrief_sheet(scored_application)
    assert len(again.submitted) == 2
    assert [row.reopened.reason for row in again.facts.earlier_decisions] == ["A late scorecard"]
    assert again.facts.decision is None


# --- pages -------------------------------------------------------------------
def test_the_meeting_from_opening_to_reopening_in_the_pages(client_of, scored_application, card, first_rating):
    page = reverse("debrief", args=[scored_application.pk])
    runs, rates = client_of("manager"), client_of("interviewer")
    key = first_rating.dimension.key

    assert "Open debrief" in runs.get(page).content.decode()
    runs.post(reverse("debrief_open", args=[scored_application.pk]))
    runs.post(
        reverse("debrief_note", args=[scored_application.pk]),
        {"kind": "note", "text": "Beside its dimension", "key": key},
    )
    runs.post(reverse("debrief_attendance", args=[scored_application.pk]), {"names": "First guest\nSecond guest"})
    change = reverse("re_rate", args=[scored_application.pk, card.pk, key])
    assert first_rating.evidence in rates.get(change).content.decode()
    rates.post(change, {"answer": other_answer(first_rating), "kind": "reread", "reason": "Overlooked it"})
    removed = Attendee.objects.get(name="Second guest")
    runs.post(reverse("attendee_remove", args=[scored_application.pk, removed.pk]))
    body = runs.get(page).content.decode()
    runs.post(reverse("decide", args=[scored_application.pk]), {"outcome": "hire", "rationale": "It adds up"})
    decided = runs.get(page).content.decode()
    runs.post(reverse("debrief_reopen", args=[scored_application.pk]), {"reason": "One more interview"})
    reopened = runs.get(page).content.decode()

    assert all(words in body for words in ("Beside its dimension", "First guest", "Overlooked it", "after re-ratings"))
    assert "Second guest" not in body
    assert "It adds up" in decided
    assert "Add note" not in decided
    assert "One more interview" in reopened
    assert "Record decision" in reopened


def test_a_refused_note_keeps_its_words_and_its_dimension(client_of, scored_application, open_meeting, first_rating):
    response = client_of("manager").post(
        reverse("debrief_note", args=[scored_application.pk]),
        {"kind": "follow", "text": "typed and kept", "key": first_rating.dimension.key},
    )

    body = response.content.decode()
    assert response.status_code == 422
    assert "typed and kept" in body
    assert f'<option value="{first_rating.dimension_id}" selected' in body


def test_an_open_page_is_told_of_news_once_there_is_some(client_of, scored_application, two_panelists, hand_in):
    client = client_of("manager")
    page = client.get(reverse("debrief", args=[scored_application.pk]))
    news = reverse("debrief_news", args=[scored_application.pk])
    shown = {"revision": page.context["revision"]}

    quiet = client.get(news, shown)
    hand_in(two_panelists[1])
    told = client.get(news, shown)

    assert f'hx-get="{news}?revision={page.context["revision"]}"' in page.content.decode()
    assert (quiet.status_code, told.status_code) == (204, 200)
    assert "1 more scorecard submitted" in told.content.decode()
    assert client.get(news, {"revision": "²"}).status_code == 200


def test_the_summary_for_the_room_has_each_picture_with_its_figures(client_of, scored_application):
    body = client_of("manager").get(reverse("debrief_summary", args=[scored_application.pk])).content.decode()

    sheet = debrief_sheet(scored_application)
    assert body.count("<figure>") == len(sheet.dimensions)
    assert all(f"mean {row.mean_shown}" in body for row in sheet.dimensions if row.n)
    assert "Profile across dimensions" in body


def test_somebody_who_owes_a_scorecard_sees_nothing_of_the_meeting(
    client_of, scored_application, open_meeting, manager
):
    meetings.add_note(scored_application, text="zanzibar", kind="note", dimension=None, by=manager)
    assert Panelist.objects.filter(
        interview__application=scored_application, user__email="interviewer2@example.com"
    ).exists()

    for name in ("debrief", "debrief_summary", "debrief_news"):
        response = client_of("interviewer2").get(reverse(name, args=[scored_application.pk]))
        assert response.status_code == 403
        assert "zanzibar" not in response.content.decode()


# --- decisions ---------------------------------------------------------------
def test_decision_is_recorded_with_its_words(scored_application, person):
    decision = meetings.record_decision(
        scored_application,
        by=person("manager"),
        **HIRE,
        dissent="I saw no depth.",
        dissenter="Tomas Brandt",
        conditions="Visa",
    )

    stored = Decision.objects.get(pk=decision.pk)
    assert (stored.outcome, stored.rationale, stored.dissenter) == ("hire", HIRE["rationale"], "Tomas Brandt")
    assert stored.decided_by == person("manager")
    assert Event.objects.filter(kind="decision.recorded", subject_id=scored_application.pk).count() == 1


def test_a_second_decision_needs_a_reopening_with_a_reason_and_stands_beside_the_first(scored_application, person):
    manager = person("manager")
    first = meetings.record_decision(scored_application, by=manager, **HIRE)
    with pytest.raises(ValidationError):
        meetings.record_decision(scored_application, by=manager, **HIRE)

    meetings.reopen_debrief(scored_application, reason="Budget froze.", by=manager)
    second = meetings.record_decision(scored_application, by=manager, outcome="hold", rationale="Budget froze.")

    assert list(scored_application.decisions.all()) == [second, first]
    assert list(scored_application.decisions.current()) == [second]


@pytest.mark.parametrize("empty", ["", " \n", "\x07"])
def test_reopening_needs_a_reason(scored_application, manager, empty):
    meetings.record_decision(scored_application, by=manager, **HIRE)

    with pytest.raises(ValidationError) as caught:
        meetings.reopen_debrief(scored_application, reason=empty, by=manager)

    assert set(caught.value.message_dict) == {"reason"}
    assert scored_application.decisions.current().exists()


@pytest.mark.parametrize("name", ["interviewer", "interviewer2", "recruiter", "admin"])
def test_only_the_hiring_manager_decides(scored_application, person, name):
    with pytest.raises(PermissionDenied):
        meetings.record_decision(scored_application, by=person(name), **HIRE)

    assert not scored_application.decisions.exists()


def test_hiring_manager_who_owes_a_scorecard_does_not_decide(scored_application, person, two_panelists):
    Panelist.objects.filter(pk=two_panelists[1].pk).update(user=person("manager"))

    with pytest.raises(PermissionDenied):
        meetings.record_decision(scored_application, by=person("manager"), **HIRE)


@pytest.mark.parametrize(
    ("field", "value"),
    [("outcome", "maybe"), ("rationale", "  "), ("rationale", "\x00"), ("dissenter", "x" * 201)],
)
def test_decision_that_does_not_fit_is_refused_at_its_field(scored_application, person, field, value):
    with pytest.raises(ValidationError) as caught:
        meetings.record_decision(scored_application, by=person("manager"), **HIRE | {field: value})

    assert set(caught.value.message_dict) == {field}
    assert not scored_application.decisions.exists()
