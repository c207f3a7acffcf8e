"""Home: one's own interviews, and for those who run openings who is late, what is ready and what is under way."""

from datetime import timedelta

import pytest
from django.test.utils import ContextList
from django.urls import reverse
from django.utils import timezone

from candidates.models import Application, Interview, Panelist
from candidates.states import set_state
from debriefs import meetings
from tests.queries import queries_of

LISTS = {"late", "ready", "underway", "packets"}


@pytest.fixture
def home(client_of):
    """What the home page of somebody holds, by the name of its lists."""

    def look(name: str) -> ContextList:
        return client_of(name).get(reverse("home")).context

    return look


def due(hours: int, **interviews: object) -> None:
    """Let these interviews' scorecards be due in so many hours."""
    at = timezone.now() + timedelta(hours=hours)
    Interview.objects.filter(**interviews).update(starts_at=at - timedelta(days=1), due_at=at)


def names(applications) -> list[str]:
    return [application.candidate.name for application in applications]


# --- one's own ---------------------------------------------------------------
def test_ones_own_interviews_are_shown_what_is_owed_first(home, person, sample):
    panelists = [panelist for panelist, _ in home("interviewer")["mine"]]

    assert {panelist.user_id for panelist in panelists} == {person("interviewer").pk}
    states = [getattr(getattr(panelist, "scorecard", None), "state", "missing") for panelist in panelists]
    assert states == ["missing", "submitted", "submitted"]


def test_what_is_due_first_stands_first(home, sample, person):
    own = Panelist.objects.filter(user=person("interviewer2")).select_related("interview")
    owed = list(own.filter(scorecard__isnull=True))
    due(1, pk=owed[1].interview_id)
    due(9, pk=owed[0].interview_id)

    shown = [panelist for panelist, _ in home("interviewer2")["mine"]]

    assert shown[:2] == [owed[1], owed[0]]


def test_a_late_one_says_so_and_a_finished_one_never_does(home, sample):
    due(-1)

    late = {panelist.state: panelist.late for _, panelist in home("interviewer")["mine"]}

    assert late == {"missing": True, "submitted": False}


def test_an_anonymous_candidate_has_no_name_among_ones_own(home, unscored_application, client_of):
    type(unscored_application.opening).objects.filter(pk=unscored_application.opening_id).update(anonymous=True)

    body = client_of("interviewer").get(reverse("home")).content.decode()

    assert unscored_application.candidate.name not in body
    assert unscored_application.code_name in body


# --- those who run openings --------------------------------------------------
@pytest.mark.parametrize(
    ("name", "runs"), [("interviewer", False), ("recruiter", True), ("manager", True), ("admin", True)]
)
def test_lists_of_openings_are_for_those_who_run_some(home, sample, name, runs):
    found = home(name)

    assert found["runs"] is runs
    assert {shown for shown in LISTS if shown in found} == (LISTS if runs else set())


def test_late_are_those_whose_time_is_over_and_who_still_owe(home, scored_application, unscored_application):
    due(-2, application=scored_application)
    due(-5, application=unscored_application, round=unscored_application.opening.rounds.first())

    late = list(home("recruiter")["late"])

    assert [panelist.interview.application_id for panelist in late] == [unscored_application.pk, scored_application.pk]
    assert not any(hasattr(panelist, "scorecard") for panelist in late)


def test_ready_is_what_every_lead_has_submitted_and_nobody_decided(home, scored_application, person):
    assert names(home("recruiter")["ready"]) == ["Sunniva Berg"]

    ready = Application.objects.get(candidate__name="Sunniva Berg")
    meetings.record_decision(ready, outcome="hold", rationale="Not yet.", by=person("manager"))

    assert names(home("recruiter")["ready"]) == []


def test_a_reopened_debrief_is_under_way_until_it_is_decided_anew(home, scored_application, person, client_of):
    reopened, manager = Application.objects.get(candidate__name="Sunniva Berg"), person("manager")
    meetings.record_decision(reopened, outcome="no_hire", rationale="Not now.", by=manager)
    meetings.reopen_debrief(reopened, reason="A reference came in.", by=manager)

    found, body = home("recruiter"), client_of("recruiter").get(reverse("home")).content.decode()
    meetings.record_decision(reopened, outcome="hire", rationale="The reference.", by=manager)
    decided = home("recruiter")

    assert "Sunniva Berg" in names(found["underway"])
    assert "Sunniva Berg" not in names(found["ready"])
    assert "debrief reopened" in body
    assert reverse("debrief", args=[reopened.pk]) in body
    assert "Sunniva Berg" not in names(decided["underway"]) + names(decided["ready"])


def test_a_shadow_who_owes_holds_nothing_up(home, scored_application, two_panelists):
    Panelist.objects.filter(pk=two_panelists[1].pk).update(role=Panelist.Role.SHADOW)

    assert set(names(home("recruiter")["ready"])) == {"Sunniva Berg", "Elias Okafor"}


def test_underway_counts_what_is_in_and_names_the_next_one_due(home, scored_application, unscored_application):
    due(3, application=unscored_application)
    due(5, application=scored_application)

    underway = list(home("recruiter")["underway"])

    assert names(underway) == ["Noor Haddad", "Elias Okafor"]
    assert [(row.done, row.expected) for row in underway] == [(0, 2), (1, 2)]
    assert underway[1].next_due == Interview.objects.filter(application=scored_application).last().due_at


def test_whoever_owes_a_scorecard_is_told_nothing_of_the_others(home, scored_application, two_panelists, person):
    Panelist.objects.filter(pk=two_panelists[1].pk).update(user=person("manager"))
    due(-2, application=scored_application)

    found = home("manager")

    for shown in (found["ready"], found["underway"], [panelist.interview.application for panelist in found["late"]]):
        assert scored_application.pk not in [application.pk for application in shown]


def test_what_was_closed_is_on_no_list(home, scored_application, unscored_application, person):
    due(-2, application=scored_application)
    due(-2, application=unscored_application)

    for application in (scored_application, unscored_application):
        set_state(application, state="withdrawn", by=person("recruiter"))

    found = home("recruiter")
    assert [list(found["late"]), list(found["underway"])] == [[], []]
    assert names(found["ready"]) == ["Sunniva Berg"]
    owed = [panelist for panelist, state in home("interviewer2")["mine"] if state.state == "missing"]
    assert owed == []


# --- cost --------------------------------------------------------------------
@pytest.mark.parametrize(("name", "most"), [("interviewer", 6), ("recruiter", 10)])
def test_home_takes_few_queries(client_of, sample, name, most):
    assert queries_of(client_of(name), reverse("home")) <= most
