"""The facts of a debrief as the database holds them, in a number of queries that does not grow."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from candidates.models import Application
from debriefs import meetings
from debriefs.facts import DebriefFacts
from debriefs.gathering import NAMED, debrief_facts, debrief_sheet, finalist_facts, rows_digest
from debriefs.queries import debrief_counts
from rubrics.models import Dimension
from rubrics.services import fork_version, publish_version
from scorecards import services

HIRE = {"outcome": "hire", "rationale": "Clear evidence."}


@pytest.fixture
def manager(person):
    return person("manager")


@pytest.fixture
def application(scored_application):
    """As pages fetch it: what the facts tell of itself is there already."""
    return Application.objects.select_related(*NAMED).get(pk=scored_application.pk)


def queries_of(act) -> int:
    with CaptureQueriesContext(connection) as queries:
        act()
    return len(queries)


# --- one debrief -------------------------------------------------------------
def test_facts_name_the_application_and_its_rubric(application):
    facts = debrief_facts(application)

    version = application.opening.rubric_version
    assert (facts.application_id, facts.candidate_name) == (application.pk, "Elias Okafor")
    assert (facts.opening_slug, facts.rubric_version) == (application.opening.slug, version.number)
    assert [row.key for row in facts.dimensions] == list(version.dimensions.values_list("key", flat=True))


def test_a_panelist_without_a_submitted_scorecard_tells_its_state_and_no_judgement(application, two_panelists):
    first, second = debrief_facts(application).cards

    assert (first.state, bool(first.ratings)) == ("submitted", True)
    assert (second.interviewer_id, second.ratings, second.recommendation) == (two_panelists[1].user_id, (), None)


def test_a_wording_stands_at_its_level(application):
    row = application.opening.rubric_version.dimensions.first()
    wording = {anchor.level: anchor.text for anchor in row.anchors.all()}

    [fact] = [fact for fact in debrief_facts(application).dimensions if fact.key == row.key]

    assert fact.anchors == wording


def test_exercises_name_the_rounds_that_set_them(application):
    version = application.opening.rubric_version
    exercise = version.exercises.first()
    application.opening.rounds.update(exercise=None)
    round_ = application.opening.rounds.first()
    type(round_).objects.filter(pk=round_.pk).update(exercise=exercise)

    told = {fact.title: fact.round_names for fact in debrief_facts(application).exercises}

    assert told[exercise.title] == (round_.name,)
    assert {names for title, names in told.items() if title != exercise.title} <= {()}


def test_meeting_keeps_notes_follow_ups_and_people_in_their_order(application, manager, person):
    meetings.open_debrief(application, by=manager)
    dimension = application.opening.rubric_version.dimensions.first()
    for text, kind, where in (("one", "note", dimension), ("two", "follow_up", None), ("three", "note", None)):
        meetings.add_note(application, text=text, kind=kind, dimension=where, by=manager)
    meetings.note_attendance(application, users=[person("recruiter")], names=["A guest"], by=manager)

    meeting = debrief_facts(application).meeting

    assert [(note.text, note.dimension) for note in meeting.notes] == [("one", dimension.key), ("three", None)]
    assert [note.text for note in meeting.follow_ups] == ["two"]
    assert [row.name for row in meeting.attendees] == [person("recruiter").display_name, "A guest"]
    assert meeting.opened_by == manager.display_name


def test_decisions_are_the_one_in_force_and_those_reopened_newest_first(application, manager):
    for rationale in ("First", "Second"):
        meetings.record_decision(application, by=manager, **HIRE | {"rationale": rationale})
        meetings.reopen_debrief(application, reason=f"{rationale} was early", by=manager)
    meetings.record_decision(application, by=manager, **HIRE | {"rationale": "Third"})

    facts = debrief_facts(application)

    assert facts.decision.rationale == "Third"
    assert [row.rationale for row in facts.earlier_decisions] == ["Second", "First"]
    assert facts.earlier_decisions[0].reopened.reason == "Second was early"


def test_override_says_who_let_whom_see(application, two_panelists, person):
    services.grant_override(application, two_panelists[1].user, reason="They lead round two", by=person("recruiter"))

    [override] = debrief_facts(application).overrides

    assert (override.by, override.interviewer_id) == (person("recruiter").display_name, two_panelists[1].user_id)
    assert override.reason == "They lead round two"


def test_facts_take_five_queries_however_much_there_is(application, two_panelists, hand_in, manager):
    debrief_facts(application)  # the published version's dimensions are read once
    before = queries_of(lambda: debrief_facts(application))
    hand_in(two_panelists[1])
    meetings.record_decision(application, by=manager, **HIRE)

    after = queries_of(lambda: debrief_facts(application))

    assert (before, after) == (5, 5)


def test_facts_without_exercises_take_a_query_less(application):
    whole = debrief_facts(application)

    found: list[DebriefFacts] = []
    asked = queries_of(lambda: found.append(debrief_facts(application, exercises=False)))

    assert (found, asked) == ([replace(whole, exercises=())], 4)


def test_what_there_is_none_of_is_not_asked_for(application, person, two_panelists, manager):
    debrief_facts(application)
    none = queries_of(lambda: debrief_facts(application, counts=debrief_counts(application)))
    services.grant_override(application, two_panelists[1].user, reason="They lead round two", by=person("recruiter"))
    meetings.record_decision(application, by=manager, **HIRE)

    facts = debrief_facts(application, counts=debrief_counts(application))
    all_three = queries_of(lambda: debrief_facts(application, counts=debrief_counts(application)))

    assert facts == debrief_facts(application)
    assert None not in (facts.decision, facts.meeting)
    assert len(facts.overrides) == 1
    assert (none, all_three) == (3, 6)


def test_dimensions_of_a_draft_are_read_anew(application, person):
    draft = fork_version(application.opening.rubric_version, by=person("recruiter"))
    application.opening.rubric_version = draft
    first, *_ = debrief_facts(application).dimensions

    draft.dimensions.filter(key=first.key).update(name="Another name")

    again, *_ = debrief_facts(application).dimensions
    assert again == replace(first, name="Another name")


def test_sheet_rests_on_the_facts(application):
    assert debrief_sheet(application).facts == debrief_facts(application)


# --- the mark of its rows ----------------------------------------------------
def test_equal_rows_have_one_mark_in_one_query(application):
    first = rows_digest(application)

    with CaptureQueriesContext(connection) as queries:
        again = rows_digest(application)

    assert (len(first), again, len(queries)) == (64, first, 1)


def test_another_row_makes_another_digest(application, manager):
    before = rows_digest(application)

    meetings.open_debrief(application, by=manager)

    assert rows_digest(application) != before


# --- several of one opening --------------------------------------------------
def test_finalists_are_judged_by_the_version_their_scorecards_were_given_under(
    application, unscored_application, person
):
    opening = application.opening
    draft = fork_version(opening.rubric_version, by=person("recruiter"))
    Dimension.objects.filter(version=draft, order=0).update(name="Depth, renamed")
    publish_version(draft, by=person("recruiter"))
    type(opening).objects.filter(pk=opening.pk).update(rubric_version=draft)
    applications = Application.objects.select_related(*NAMED).filter(opening=opening)

    judged = {row.facts.application_id: row for row in finalist_facts(applications)}

    assert [version.number for version in judged[application.pk].versions] == [draft.number - 1]
    assert [version.number for version in judged[unscored_application.pk].versions] == [draft.number]


def test_finalists_cost_as_many_queries_for_all_as_for_one(application):
    rows = list(Application.objects.select_related(*NAMED).filter(opening=application.opening))

    one = queries_of(lambda: finalist_facts(rows[:1]))
    all_of_them = queries_of(lambda: finalist_facts(rows))

    assert len(rows) > 1
    assert one == all_of_them
