"""Whose judgement somebody may read, who may let them in, and which acts the trail hides."""

import pytest
from django.db.models import Q

from accounts.models import User
from audit.models import Event
from audit.services import record
from candidates import states
from candidates.models import Application, Opening, Panelist, Status
from debriefs import meetings
from scorecards import drafts, policies, services
from scorecards.models import Override, owed

DECIDED = {"hire": Status.HIRED, "no_hire": Status.NOT_HIRED, "hold": Status.ON_HOLD}


@pytest.fixture
def panel(unscored_application) -> list[Panelist]:
    """Both interviewers of the fresh application, who have not begun."""
    return list(Panelist.objects.filter(interview__application=unscored_application).order_by("pk"))


def reads(user, application) -> bool:
    """The predicate, which has to agree with its query set."""
    allowed = policies.may_see_debrief(user, application)
    assert (application in policies.debriefs(user)) == allowed
    return allowed


# --- debriefs ----------------------------------------------------------------
@pytest.mark.parametrize("who", ["recruiter", "manager", "admin"])
def test_whoever_runs_the_opening_reads_its_debriefs(unscored_application, person, who):
    assert reads(person(who), unscored_application)


@pytest.mark.parametrize("who", ["recruiter", "manager", "admin"])
def test_a_panelist_hides_the_debrief_from_whoever_runs_it_until_they_submit(
    unscored_application, panel, person, hand_in, who
):
    Panelist.objects.filter(pk=panel[0].pk).update(user=person(who))

    before = reads(person(who), unscored_application)
    hand_in(Panelist.objects.get(pk=panel[0].pk))
    after = reads(person(who), unscored_application)

    assert (before, after) == (False, True)


def test_an_interviewer_reads_it_once_they_have_submitted(unscored_application, panel, hand_in):
    before = reads(panel[0].user, unscored_application)
    hand_in(panel[0])

    assert (before, reads(panel[0].user, unscored_application)) == (False, True)


def test_declining_opens_nothing(unscored_application, panel):
    card = drafts.open_scorecard(panel[0])
    services.decline_scorecard(card, reason="They did not come", by=panel[0].user)

    assert not reads(panel[0].user, unscored_application)


def test_one_panelist_that_is_owed_hides_what_another_would_open(unscored_application, panel, hand_in):
    hand_in(panel[0])
    Panelist.objects.filter(pk=panel[1].pk).update(user=panel[0].user)

    assert not reads(panel[0].user, unscored_application)


def test_a_guest_reads_none_even_after_submitting(unscored_application, panel, hand_in):
    hand_in(panel[0])
    User.objects.filter(pk=panel[0].user_id).update(is_guest=True)

    assert not reads(User.objects.get(pk=panel[0].user_id), unscored_application)


def test_an_override_lets_somebody_read_before_submitting(unscored_application, panel, person):
    services.grant_override(unscored_application, panel[0].user, reason="They lead the meeting", by=person("recruiter"))

    assert reads(panel[0].user, unscored_application)
    assert not reads(panel[1].user, unscored_application)


# --- overrides ---------------------------------------------------------------
@pytest.mark.parametrize(("who", "may"), [("recruiter", True), ("manager", False), ("admin", False)])
def test_an_override_is_for_company_recruiters(unscored_application, person, who, may):
    assert policies.may_override(person(who), unscored_application) == may


def test_a_recruiters_role_on_the_opening_is_not_enough(unscored_application, person):
    unscored_application.opening.members.create(user=person("manager"), role="recruiter")

    assert not policies.may_override(person("manager"), unscored_application)


def test_nobody_on_the_panel_lets_anybody_in(unscored_application, panel, person):
    Panelist.objects.filter(pk=panel[0].pk).update(user=person("recruiter"))

    assert not policies.may_override(person("recruiter"), unscored_application)


def test_nobody_lets_in_where_they_do_not_see_the_opening(unscored_application, person):
    Opening.objects.filter(pk=unscored_application.opening_id).update(confidential=True)
    unscored_application.opening.members.filter(user=person("recruiter")).delete()

    assert not policies.may_override(person("recruiter"), unscored_application)


def test_whoever_may_not_override_is_refused_and_nothing_is_stored(unscored_application, panel, person):
    with pytest.raises(services.PermissionDenied):
        services.grant_override(unscored_application, panel[0].user, reason="Please", by=person("admin"))

    assert not Override.objects.filter(application=unscored_application).exists()


# --- names -------------------------------------------------------------------
def nameless(user, application) -> bool:
    found = Application.objects.filter(policies.nameless(user), pk=application.pk).exists()
    panelists = Panelist.objects.filter(
        policies.nameless(user, application="interview__application"),
        interview__application=application,
    )
    assert panelists.exists() == found
    return found


def test_names_are_hidden_in_anonymous_openings_alone(unscored_application, panel):
    before = nameless(panel[0].user, unscored_application)
    Opening.objects.filter(pk=unscored_application.opening_id).update(anonymous=True)

    assert (before, nameless(panel[0].user, unscored_application)) == (False, True)


def test_a_name_is_known_to_who_runs_the_opening_and_who_has_submitted(unscored_application, panel, person, hand_in):
    Opening.objects.filter(pk=unscored_application.opening_id).update(anonymous=True)
    hand_in(panel[0])

    assert not nameless(person("recruiter"), unscored_application)
    assert not nameless(panel[0].user, unscored_application)
    assert nameless(panel[1].user, unscored_application)


# --- the trail ---------------------------------------------------------------
def test_acts_of_others_on_hidden_rows_are_hidden_and_ones_own_are_not(unscored_application, panel, person):
    reader = panel[0].user
    record("application.created", by=person("recruiter"), subject=unscored_application)
    record("application.created", by=reader, subject=unscored_application)
    record("application.created", by=None, subject=unscored_application)
    mine = Q(kind="application.created", subject_type="application", subject_id=unscored_application.pk)

    told = Event.objects.filter(mine).exclude(policies.hidden_events(reader))

    assert {event.actor_id for event in told} == {reader.pk}


def test_acts_on_other_models_with_the_same_number_are_told(unscored_application, panel, person):
    Event.objects.create(
        kind="rubric.imported", actor_id=person("admin").pk, subject_type="rubric", subject_id=unscored_application.pk
    )

    hidden = Event.objects.filter(policies.hidden_events(panel[0].user), subject_type="rubric")

    assert not hidden.exists()


# --- how an application stands -------------------------------------------------
@pytest.mark.parametrize("state", ["withdrawn", "on_hold"])
def test_closing_an_application_opens_nothing_to_whoever_had_not_submitted(
    unscored_application, panel, person, hand_in, state
):
    manager, by = person("manager"), person("recruiter")
    Panelist.objects.filter(pk=panel[0].pk).update(user=manager)
    hand_in(panel[1])

    states.set_state(unscored_application, state=state, by=by)

    assert not reads(manager, unscored_application)
    owing = Panelist.objects.filter(owed(), pk=panel[0].pk).exists()
    assert owing == (state == "on_hold")
    hand_in(Panelist.objects.get(pk=panel[0].pk))
    assert reads(manager, unscored_application)


@pytest.mark.parametrize("outcome", ["hire", "no_hire", "hold"])
def test_whoever_is_blind_is_not_told_what_was_decided(unscored_application, panel, person, hand_in, outcome):
    Panelist.objects.filter(pk=panel[0].pk).update(user=person("recruiter"))
    hand_in(panel[1])
    manager = person("manager")
    meetings.record_decision(unscored_application, outcome=outcome, rationale="Seen", by=manager)

    shown = {}
    for who in ("recruiter", "manager"):
        application = Application.objects.get(pk=unscored_application.pk)
        told = policies.status_shown(person(who), application)
        query = Application.objects.annotate(shown=policies.shown_status(person(who)))
        assert query.get(pk=application.pk).shown == told
        shown[who] = told

    assert shown == {"recruiter": Status.ACTIVE, "manager": DECIDED[outcome]}
    assert Panelist.objects.filter(owed(), pk=panel[0].pk).exists()
