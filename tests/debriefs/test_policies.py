"""Who may do what with a debrief that they may read. docs/permissions.md has every role; here are the edges."""

import pytest

from candidates.models import Application, Candidate, Panelist
from debriefs import policies
from scorecards import drafts
from scorecards.models import Scorecard
from scorecards.services import decline_scorecard


@pytest.fixture
def card(scored_application):
    return Scorecard.objects.get(panelist__interview__application=scored_application, state="submitted")


@pytest.fixture
def reader_of(scored_application, person):
    def read(name: str) -> policies.DebriefReader:
        [reader] = policies.debrief_readers(Application.objects.filter(pk=scored_application.pk), person(name))
        return reader

    return read


# --- readers -----------------------------------------------------------------
@pytest.mark.parametrize(
    ("name", "rights"),
    [
        ("manager", (True, True, True)),
        ("recruiter", (True, True, False)),
        ("interviewer", (True, False, False)),
        ("interviewer2", (False, False, False)),
    ],
)
def test_reader_sees_runs_and_decides_by_role(reader_of, name, rights):
    reader = reader_of(name)

    assert (reader.sees, reader.runs, reader.decides) == rights


def test_nobody_runs_or_decides_once_the_candidate_was_erased(reader_of, scored_application, tomorrow):
    Candidate.objects.filter(pk=scored_application.candidate_id).update(erased_at=tomorrow)

    reader = reader_of("manager")

    assert (reader.sees, reader.runs, reader.decides) == (True, False, False)


def test_readers_come_in_the_order_of_their_applications_in_one_query(sample, person, django_assert_num_queries):
    rows, manager = Application.objects.order_by("-pk"), person("manager")

    with django_assert_num_queries(1):
        readers = policies.debrief_readers(rows, manager)

    assert [reader.application.pk for reader in readers] == list(rows.values_list("pk", flat=True))


@pytest.mark.parametrize(("nameless", "called"), [(False, "Elias Okafor"), (True, None)])
def test_reader_calls_the_candidate_as_they_may_know_them(scored_application, nameless, called):
    reader = policies.DebriefReader(scored_application, sees=True, runs=False, decides=False, nameless=nameless)

    assert reader.called == (called or scored_application.alias)


# --- why not -----------------------------------------------------------------
def test_who_owes_a_scorecard_is_told_to_submit_it(scored_application, person):
    assert policies.why_no_debrief(person("interviewer2"), scored_application).startswith(
        "Submit your own scorecard first"
    )


def test_who_declined_is_told_who_can_help(scored_application, person, two_panelists):
    decline_scorecard(drafts.open_scorecard(two_panelists[1]), reason="No time", by=two_panelists[1].user)

    assert "You declined yours" in policies.why_no_debrief(person("interviewer2"), scored_application)


# --- acts --------------------------------------------------------------------
@pytest.mark.parametrize(("name", "may"), [("interviewer", True), ("interviewer2", False), ("manager", False)])
def test_only_its_author_re_rates_a_card(card, person, name, may):
    assert policies.may_re_rate(person(name), card) is may


@pytest.mark.parametrize("change", [{"role": "shadow"}, {"user": "manager"}])
def test_a_shadow_or_another_does_not_re_rate(card, person, change):
    author = card.panelist.user
    if "user" in change:
        change = {"user": person(change["user"])}
    Panelist.objects.filter(pk=card.panelist_id).update(**change)

    assert policies.may_re_rate(author, Scorecard.objects.get(pk=card.pk)) is False


@pytest.mark.parametrize("state", ["draft", "declined"])
def test_what_is_not_submitted_is_not_re_rated(card, state):
    card.state = state

    assert policies.may_re_rate(card.panelist.user, card) is False


@pytest.mark.parametrize(
    ("name", "runs", "decides"),
    [("manager", True, True), ("recruiter", True, False), ("interviewer", False, False), ("admin", False, False)],
)
def test_meeting_and_decision_are_for_those_of_the_opening(scored_application, person, name, runs, decides):
    assert policies.may_run_debrief(person(name), scored_application) is runs
    assert policies.may_record_decision(person(name), scored_application) is decides
