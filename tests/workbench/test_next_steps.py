"""Where applications stand: each step in its turn, and the same to whoever is blind, whatever others handed in."""

from datetime import timedelta

import pgtrigger
import pytest
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone

from accounts.listing import listed
from candidates.models import Application, Candidate, Interview, Opening, Panelist, Status
from candidates.openings.changing import close_opening, open_again
from candidates.services import add_candidate
from candidates.states import set_state
from debriefs import meetings
from debriefs.gathering import debrief_sheet
from privacy.erasure import erase_candidate
from scorecards.drafts import open_scorecard
from scorecards.import_files import read
from scorecards.imports import store
from scorecards.models import Scorecard
from scorecards.releasing import release_panelists
from scorecards.services import decline_scorecard
from scorecards.withdrawing import withdraw_scorecard
from tests.scorecards.test_imports import GOOD, as_csv
from workbench.next_steps import OF_OPENING, Step, describe, with_next_steps
from workbench.waiting import underway


@pytest.fixture
def stands(person):
    """An application as somebody's row of it."""

    def row(application, reader: str = "recruiter"):
        found = with_next_steps(Application.objects.filter(pk=application.pk), person(reader), timezone.now()).get()
        describe([found])
        return found

    return row


@pytest.fixture
def sees(person, opening):
    """Names in somebody's table, as its address asks for it."""

    def names(query: str, reader: str = "manager") -> list[str]:
        rows = with_next_steps(Application.objects.filter(opening=opening), person(reader), timezone.now())
        page = listed(RequestFactory().get(f"/?{query}"), rows.select_related("candidate"), OF_OPENING)
        assert page.total == len(page.rows)
        return [row.candidate.name for row in page]

    return names


def table_of(page: str) -> str:
    """The rows of a page's table, without the form above it, where steps can be chosen."""
    return page.split("<tbody", 1)[1].split("</tbody>", 1)[0]


def past(application) -> None:
    """All its interviews are over and late."""
    begun = timezone.now() - timedelta(days=3)
    Interview.objects.filter(application=application).update(starts_at=begun, due_at=begun + timedelta(days=1))


def test_each_step_comes_in_its_turn(stands, opening, unscored_application, hand_in, person):
    application, manager = unscored_application, person("manager")
    new = add_candidate(opening, name="New", email="new@example.org", by=person("recruiter"))
    Interview.objects.filter(application=application).update(
        starts_at=timezone.now() + timedelta(days=1), due_at=timezone.now() + timedelta(days=2)
    )
    steps = [stands(new).next_step, stands(application).next_step]
    past(application)
    steps.append(stands(application).next_step)
    for panelist in Panelist.objects.filter(interview__application=application):
        hand_in(panelist)
    steps.append(stands(application).next_step)
    meetings.open_debrief(application, by=manager)
    steps.append(stands(application).next_step)
    meetings.record_decision(application, outcome="hire", rationale="Says enough", by=manager)
    steps.append(stands(application).next_step)

    assert steps == [Step.PLAN, Step.INTERVIEW, Step.SCORECARDS, Step.DEBRIEF, Step.DECISION, Step.NONE]


def test_a_row_counts_what_is_in_and_names_who_is_late(stands, scored_application, two_panelists):
    past(scored_application)

    row = stands(scored_application)

    assert (row.submitted, row.expected, row.owing) == (1, 2, 1)
    assert row.late_people == [two_panelists[1].user.display_name]


@pytest.fixture
def refilled(unscored_application, person):
    """Takes somebody off a panel of the application in some way, and puts somebody else on it."""

    def fill(end, who: str) -> None:
        panelist = Panelist.objects.on_panel().filter(interview__application=unscored_application).earliest("pk")
        end(panelist)
        Panelist.objects.create(interview=panelist.interview, user=person(who))

    return fill


def test_who_was_released_or_declined_and_was_replaced_is_counted_once(
    stands, unscored_application, refilled, person, client_of
):
    def declined(panelist):
        decline_scorecard(open_scorecard(panelist), reason="Fell ill", by=panelist.user)

    refilled(lambda panelist: release_panelists([panelist], reason="Fell ill", by=person("recruiter")), "admin")
    after_release = stands(unscored_application)
    refilled(declined, "manager")
    after_declining = stands(unscored_application)
    [home_row] = underway(person("recruiter")).filter(pk=unscored_application.pk)
    debrief = client_of("recruiter").get(reverse("debrief", args=[unscored_application.pk])).content.decode()

    assert (after_release.submitted, after_release.expected, after_release.owing) == (0, 2, 2)
    assert (after_declining.submitted, after_declining.expected) == (0, debrief_sheet(unscored_application).expected)
    assert (home_row.done, home_row.expected) == (0, after_declining.expected)
    assert f"0 of {after_declining.expected} submitted, 1 declined, 1 released" in debrief


def test_what_was_withdrawn_is_expected_no_more(stands, scored_application):
    card = Scorecard.objects.counted().get(panelist__interview__application=scored_application)
    withdraw_scorecard(card, reason="Wrong candidate", by=card.panelist.user)

    row = stands(scored_application)

    assert (row.submitted, row.expected, row.owing) == (0, 1, 1)


def test_to_whoever_owes_a_scorecard_it_is_no_hint_how_many_are_expected(stands, unscored_application, person):
    first, _ = Panelist.objects.filter(interview__application=unscored_application)
    Panelist.objects.create(interview=first.interview, user=person("manager"))
    before = stands(unscored_application, "manager").expected

    decline_scorecard(open_scorecard(first), reason="Fell ill", by=first.user)

    assert stands(unscored_application, "manager").expected == before


@pytest.mark.parametrize("state", ["withdrawn", "on_hold"])
def test_what_is_closed_or_on_hold_waits_for_nothing(stands, unscored_application, person, state):
    past(unscored_application)
    set_state(unscored_application, state=state, by=person("recruiter"))

    row = stands(unscored_application)

    assert (row.next_step, row.shown_status) == (Step.NONE, state)


@pytest.fixture
def closed(opening, person):
    close_opening(opening, outcome=Opening.Outcome.FILLED, by=person("recruiter"))
    return opening


def test_in_a_closed_opening_nothing_is_to_be_planned(stands, sees, closed, unscored_application, person):
    panelists = Panelist.objects.filter(interview__application=unscored_application).select_related("interview")
    release_panelists(list(panelists), reason="The place is filled", by=person("recruiter"))
    past(unscored_application)
    never_met = Application.objects.create(opening=closed, candidate=Candidate.objects.create(name="New"))
    both = {unscored_application.candidate.name, "New"}

    steps = {stands(never_met).next_step, stands(unscored_application).next_step}
    shut = sees("step=plan"), both <= set(sees("step=none"))
    open_again(closed, by=person("recruiter"))

    assert (steps, shut) == ({Step.NONE}, ([], True))
    assert {stands(never_met).next_step, stands(unscored_application).next_step} == {Step.PLAN}
    assert set(sees("step=plan")) >= both


@pytest.mark.parametrize("of_opening", [True, False])
def test_page_and_export_of_a_closed_opening_offer_no_planning(client_of, closed, of_opening):
    Application.objects.create(opening=closed, candidate=Candidate.objects.create(name="New"))
    manager, key = client_of("manager"), [closed.pk] if of_opening else []
    page, export = ("opening", "applications_export") if of_opening else ("candidate_list", "candidates_export")

    listed_in_page = manager.get(reverse(page, args=key), {"q": "New"}).content.decode()
    to_plan = manager.get(reverse(page, args=key), {"step": "plan"}).context["applications"]
    exported = b"".join(manager.get(reverse(export, args=[*key, "csv"])).streaming_content).decode()

    assert "New" in table_of(listed_in_page)
    assert "New" in exported
    assert Step.PLAN.label not in table_of(listed_in_page) + exported
    assert to_plan.total == 0


def test_what_was_begun_in_a_closed_opening_goes_on(stands, closed, unscored_application, hand_in):
    past(unscored_application)
    steps = [stands(unscored_application).next_step]
    for panelist in Panelist.objects.filter(interview__application=unscored_application):
        hand_in(panelist)
    steps.append(stands(unscored_application).next_step)

    assert steps == [Step.SCORECARDS, Step.DEBRIEF]


def test_nobody_is_late_any_more_once_it_is_decided(stands, scored_application, person):
    past(scored_application)
    meetings.record_decision(scored_application, outcome="no_hire", rationale="Says enough", by=person("manager"))

    assert stands(scored_application).late_people == []


def test_to_whoever_owes_a_scorecard_a_row_stays_the_same_whatever_others_do(
    stands, unscored_application, hand_in, person
):
    first, second = Panelist.objects.filter(interview__application=unscored_application)
    Panelist.objects.create(interview=first.interview, user=person("manager"))
    past(unscored_application)
    known = ("submitted", "owing", "late", "step", "status", "changed_at", "late_people")
    before = {name: getattr(stands(unscored_application, "manager"), name) for name in known}

    hand_in(first)
    hand_in(second)
    meetings.open_debrief(unscored_application, by=person("recruiter"))
    after = {name: getattr(stands(unscored_application, "manager"), name) for name in known}

    assert before == after
    assert stands(unscored_application, "manager").next_step == Step.OWN
    assert stands(unscored_application).submitted == 2


def test_no_order_filter_or_count_tells_more_than_the_row(sees, unscored_application, hand_in, person, opening):
    first, second = Panelist.objects.filter(interview__application=unscored_application)
    Panelist.objects.create(interview=first.interview, user=person("manager"))
    past(unscored_application)
    asked = ["late=yes", "sort=-late", "sort=scorecards", "sort=-changed", "sort=status", "sort=step"]
    asked += [f"step={step.name.lower()}" for step in Step]
    asked += [f"status={status.name.lower()}" for status in Status]
    before = {query: sees(query) for query in asked}

    hand_in(first)
    hand_in(second)

    assert {query: sees(query) for query in asked} == before
    assert unscored_application.candidate.name not in sees("late=yes")
    assert unscored_application.candidate.name in sees("step=own")


def test_an_erased_candidates_row_owes_nothing(stands, unscored_application, person):
    past(unscored_application)
    erase_candidate(unscored_application.candidate, reason="asked", by=person("admin"))

    assert stands(unscored_application).late_people == []


@pytest.mark.parametrize("role", ["lead", "shadow"])
def test_whoever_is_late_is_found_by_the_filter_until_the_application_is_closed(
    sees, stands, unscored_application, person, role
):
    Panelist.objects.filter(interview__application=unscored_application).update(role=role)
    past(unscored_application)
    name = unscored_application.candidate.name

    before = name in sees("late=yes"), stands(unscored_application).late
    set_state(unscored_application, state="withdrawn", by=person("recruiter"))
    after = name in sees("late=yes"), stands(unscored_application).late

    assert (before, after) == ((True, 2), (False, 0))


@pytest.mark.parametrize("reader", ["recruiter", "manager"])
def test_each_step_is_found_by_its_own_filter(stands, sees, opening, unscored_application, hand_in, person, reader):
    application = unscored_application
    new = add_candidate(opening, name="New", email="new@example.org", by=person("recruiter"))

    def found(row) -> list[str]:
        steps = [step.name.lower() for step in Step]
        return [step for step in steps if row.candidate.name in sees(f"step={step}", reader)]

    ways = [found(new)]
    past(application)
    ways.append(found(application))
    for panelist in Panelist.objects.filter(interview__application=application):
        hand_in(panelist)
    ways.append(found(application))
    meetings.open_debrief(application, by=person("manager"))
    ways.append(found(application))

    assert ways == [["plan"], ["scorecards"], ["debrief"], ["decision"]]


@pytest.mark.parametrize("owes", [False, True])
@pytest.mark.parametrize("decided", ["", *Application.Decided.values])
def test_a_filter_leaves_the_rows_that_have_its_status_as_their_reader_knows_it(
    stands, sees, unscored_application, scored_application, person, owes, decided
):
    if owes:
        Panelist.objects.create(interview=unscored_application.interviews.first(), user=person("manager"))
    for state in Application.State:
        moved_to = scored_application if state == "moved" else None
        row = Application.objects.filter(pk=unscored_application.pk)
        with pgtrigger.ignore("candidates.Application:decided_by_a_decision"):
            row.update(state=state, decided=decided, moved_to=moved_to)

        found = [
            status for status in Status if unscored_application.candidate.name in sees(f"status={status.name.lower()}")
        ]

        assert found == [stands(unscored_application, "manager").shown_status]


@pytest.mark.parametrize("step", Step)
def test_a_filter_leaves_the_rows_that_have_its_step(stands, sees, opening, unscored_application, person, step):
    recruiter = person("recruiter")
    for name in ("New", "On hold"):
        add_candidate(opening, name=name, email="", by=recruiter)
    set_state(opening.applications.get(candidate__name="On hold"), state="on_hold", by=recruiter)
    past(unscored_application)
    rows = [stands(application) for application in opening.applications.select_related("candidate")]

    expected = {row.candidate.name for row in rows if row.next_step == step}

    assert set(sees(f"step={step.name.lower()}", "recruiter")) == expected


def test_imported_scorecards_alone_are_not_ready_for_a_debrief(stands, sees, opening, person):
    version = opening.rubric_version
    row = GOOD | {"opening": opening.slug, "dimension": version.dimensions.first().name}
    store(read(as_csv([row])), rubric_version=None, by=None)
    imported = opening.applications.get(candidate__name=GOOD["candidate_name"])

    alone = stands(imported).next_step, imported.candidate.name in sees("step=debrief")
    meetings.open_debrief(imported, by=person("manager"))

    assert alone == (Step.NONE, False)
    assert stands(imported).next_step == Step.DECISION


def test_a_scorecard_owed_for_a_cancelled_interview_is_waited_for(stands, sees, unscored_application):
    past(unscored_application)
    Interview.objects.filter(application=unscored_application).update(cancelled_at=timezone.now())

    assert stands(unscored_application).next_step == Step.SCORECARDS
    name = unscored_application.candidate.name
    assert (name in sees("step=scorecards"), name in sees("step=plan")) == (True, False)
