"""Forms of openings: what they offer, what they add up, and what they refuse in words."""

from datetime import timedelta

import pytest
from django import forms
from django.utils import timezone

from accounts.models import User
from candidates.forms import (
    CandidateEditForm,
    CandidateForm,
    InterviewForm,
    InviteForm,
    MemberForm,
    OpeningForm,
    ReminderForm,
    RoundForm,
    StateForm,
    fields_only,
    helper,
    offer,
    people_boxes,
)
from candidates.inviting import Named
from candidates.models import Candidate, Interview, Opening, Panelist, ReminderRule, Round


class Choosing(forms.Form):
    opening = forms.ModelChoiceField(Opening.objects.none())


def offered(form, name) -> set:
    return set(form.fields[name].queryset)


# --- what they share ---------------------------------------------------------
@pytest.mark.parametrize(("empty", "label"), [(None, "Choose one"), ("No opening", "No opening")])
def test_a_choice_says_what_none_is(empty, label):
    form = Choosing()

    offer(form, "opening", Opening.objects.all(), empty=empty)

    assert form.fields["opening"].empty_label == label


def test_a_choice_that_has_no_empty_row_gets_none(unscored_application, recruiter):
    form = InterviewForm(application=unscored_application, by=recruiter)

    assert form.fields["round"].empty_label is None


def test_a_page_of_its_own_has_a_button_and_a_piece_of_a_page_none():
    assert [button.value for button in helper("Save it").inputs] == ["Save it"]
    assert fields_only().inputs == []
    assert not fields_only().form_tag


# --- openings and their people -----------------------------------------------
def test_an_opening_is_pinned_to_a_published_version(opening, draft_version, person):
    versions = offered(OpeningForm(by=person("recruiter")), "rubric_version")

    assert opening.rubric_version in versions
    assert draft_version not in versions


def test_hiring_managers_are_active_colleagues_with_that_role(newcomer, person):
    manager, colleague = newcomer("is_hiring_manager"), newcomer()
    gone = newcomer("is_hiring_manager")
    User.objects.filter(pk=gone.pk).update(is_active=False)

    managers = offered(OpeningForm(by=person("recruiter")), "hiring_managers")

    assert manager in managers
    assert not {colleague, gone} & managers


def test_a_role_is_given_to_a_colleague(newcomer):
    colleague = newcomer()
    guest = User.objects.create_user("guest@example.org", is_guest=True)

    people = offered(MemberForm(), "user")

    assert colleague in people
    assert guest not in people


def test_a_candidate_has_a_name_and_maybe_an_address(person):
    form = CandidateForm({"name": "", "email": "nobody"}, by=person("recruiter"))

    assert form.errors == {
        "name": ["This field is required."],
        "email": ["Enter a valid email address."],
    }


# --- rounds ------------------------------------------------------------------
def round_sent(opening, **changes) -> dict[str, object]:
    dimensions = [opening.rubric_version.dimensions.first().pk]
    given = {"order": "3", "name": "Third", "minutes": "45", "dimensions": dimensions}
    return given | changes


def test_a_round_offers_its_own_rubric(opening, draft_version):
    form = RoundForm(instance=Round(opening=opening))

    assert offered(form, "dimensions") == set(opening.rubric_version.dimensions.all())
    assert offered(form, "exercise") == set(opening.rubric_version.exercises.all())
    assert form.fields["exercise"].empty_label == "No exercise"


@pytest.mark.parametrize(
    ("field", "value"),
    [("minutes", "4"), ("minutes", "601"), ("minutes", ""), ("order", "-1"), ("name", ""), ("dimensions", [])],
)
def test_a_round_that_does_not_fit_is_refused(opening, field, value):
    form = RoundForm(round_sent(opening, **{field: value}), instance=Round(opening=opening))

    assert set(form.errors) == {field}


def test_a_round_keeps_its_name_and_takes_no_others(opening):
    first, second = opening.rounds.all()[:2]

    kept = RoundForm(round_sent(opening, name=first.name.upper()), instance=first)
    taken = RoundForm(round_sent(opening, name=second.name.upper()), instance=first)

    assert kept.is_valid()
    assert set(taken.errors) == {"name"}


# --- interviews --------------------------------------------------------------
@pytest.fixture
def recruiter(person) -> User:
    return person("recruiter")


@pytest.fixture
def sent(opening, person) -> dict[str, object]:
    """What a page sends to plan an interview."""
    return {
        "round": opening.rounds.first().pk,
        "starts_at": "2030-01-02T10:00",
        "hours_to_score": "24",
        "leads": [person("admin").pk],
        "shadows": [person("manager").pk],
        "meant": [f"again-{opening.rounds.first().pk}"],
    }


@pytest.fixture
def planned(unscored_application) -> Interview:
    """An interview of the sample."""
    return unscored_application.interviews.select_related("round").first()


@pytest.mark.parametrize("minutes", [45, 600])
def test_scorecards_are_due_after_the_round_and_the_hours_to_score(unscored_application, sent, minutes, recruiter):
    Round.objects.filter(pk=sent["round"]).update(minutes=minutes)
    form = InterviewForm(sent | {"hours_to_score": "36"}, application=unscored_application, by=recruiter)

    assert form.is_valid()
    plan = form.plan()
    assert plan["due_at"] - plan["starts_at"] == timedelta(hours=36, minutes=minutes)


def test_without_hours_to_score_the_rounds_own_count(unscored_application, sent, recruiter):
    Round.objects.filter(pk=sent["round"]).update(minutes=60, scorecard_hours=48)
    form = InterviewForm(sent | {"hours_to_score": ""}, application=unscored_application, by=recruiter)

    assert form.is_valid()
    assert form.plan()["due_at"] - form.plan()["starts_at"] == timedelta(hours=49)


def test_a_round_has_the_usual_hours_where_none_are_said(opening):
    form = RoundForm(round_sent(opening, recommendation_hours=""), instance=Round(opening=opening))

    assert form.is_valid()
    assert (form.instance.recommendation_hours, form.instance.scorecard_hours) == (2, 24)


def test_a_plan_names_leads_and_shadows(unscored_application, sent, person, recruiter):
    form = InterviewForm(sent, application=unscored_application, by=recruiter)

    assert form.is_valid()
    assert form.plan()["leads"] == [person("admin")]
    assert form.plan()["shadows"] == [person("manager")]


@pytest.mark.parametrize("text", ["2030-01-02T10:00", "2030-01-02 10:00", "2030-01-02T10:00:00"])
def test_times_are_read_as_browsers_send_them(unscored_application, sent, text, recruiter):
    form = InterviewForm(sent | {"starts_at": text}, application=unscored_application, by=recruiter)

    assert form.is_valid()
    assert timezone.localtime(form.plan()["starts_at"]).hour == 10


@pytest.mark.parametrize("hours", ["0", "721", "1.5"])
def test_hours_to_score_are_a_whole_number_up_to_a_month(unscored_application, sent, hours, recruiter):
    form = InterviewForm(sent | {"hours_to_score": hours}, application=unscored_application, by=recruiter)

    assert set(form.errors) == {"hours_to_score"}


def test_a_round_of_another_opening_is_not_offered(unscored_application, sent, confidential, recruiter):
    other = Round.objects.create(opening=confidential, name="Other")
    form = InterviewForm(sent | {"round": other.pk}, application=unscored_application, by=recruiter)

    assert set(form.errors) == {"round"}


def test_people_for_a_panel_are_active_colleagues_but_the_candidate(unscored_application, newcomer, recruiter):
    colleague, gone, applicant = newcomer(), newcomer(), newcomer()
    guest = User.objects.create_user("guest@example.org", is_guest=True)
    User.objects.filter(pk=gone.pk).update(is_active=False)
    unscored_application.candidate.email = applicant.email.upper()

    form = InterviewForm(application=unscored_application, by=recruiter)

    for name in ("leads", "shadows"):
        assert colleague in offered(form, name)
        assert not {guest, gone, applicant} & offered(form, name)


def test_guests_of_a_panel_stay_on_offer_there_alone(unscored_application, planned, recruiter):
    guest = User.objects.create_user("guest@example.org", is_guest=True)
    Panelist.objects.create(interview=planned, user=guest)
    other = unscored_application.interviews.exclude(pk=planned.pk).first()

    here = InterviewForm(application=unscored_application, interview=planned, by=recruiter)
    there = InterviewForm(application=unscored_application, interview=other, by=recruiter)

    assert guest in offered(here, "leads")
    assert guest not in offered(there, "leads")


def test_a_change_begins_with_what_is_planned(unscored_application, planned, newcomer, recruiter):
    shadow = newcomer()
    Panelist.objects.create(interview=planned, user=shadow, role="shadow")
    leads = planned.panelists.filter(role="lead").values_list("user_id", flat=True)
    planned.due_at = planned.starts_at + timedelta(minutes=planned.round.minutes, hours=30)

    initial = InterviewForm(application=unscored_application, interview=planned, by=recruiter).initial

    assert initial == {
        "round": planned.round,
        "starts_at": planned.starts_at,
        "place": "",
        "hours_to_score": 30,
        "leads": list(leads),
        "shadows": [shadow.pk],
    }


def test_an_interview_due_at_its_start_has_an_hour_at_least(unscored_application, planned, recruiter):
    planned.due_at = planned.starts_at

    assert (
        InterviewForm(application=unscored_application, interview=planned, by=recruiter).initial["hours_to_score"] == 1
    )


def test_a_change_keeps_the_round_whatever_is_sent(unscored_application, planned, sent, recruiter):
    other = unscored_application.opening.rounds.exclude(pk=planned.round_id).first()
    form = InterviewForm(sent | {"round": other.pk}, application=unscored_application, interview=planned, by=recruiter)

    assert form.is_valid()
    assert form.cleaned_data["round"] == planned.round


def test_a_move_that_makes_scorecards_due_at_once_asks(unscored_application, person):
    interview = unscored_application.interviews.first()
    leads = [row.user_id for row in interview.panelists.all()]
    soon = timezone.localtime(timezone.now() - timedelta(hours=20))
    sent = {"starts_at": f"{soon:%Y-%m-%dT%H:%M}", "hours_to_score": 1, "leads": leads}

    def form(**more):
        return InterviewForm(sent | more, application=unscored_application, by=person("recruiter"), interview=interview)

    asked = form()
    sentences = [] if asked.is_valid() else dict(asked.fields["meant"].choices)

    assert any("due at once" in sentence for sentence in sentences.values())
    assert form(meant=list(sentences)).is_valid()


# --- openings: what is proposed --------------------------------------------------
def test_nobody_and_no_rubric_is_proposed_where_nothing_is_known(newcomer):
    form = OpeningForm(by=newcomer("is_recruiter"))

    assert form.initial == {}


def test_whoever_hires_and_the_rubric_they_came_from_are_proposed(opening, newcomer):
    hiring = newcomer("is_hiring_manager")
    version = opening.rubric_version

    form = OpeningForm(by=hiring, version=version)

    expected = {"hiring_managers": [hiring.pk], "title": version.rubric.title, "rubric_version": version.pk}
    assert form.initial == expected


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "This field is required."),
        ("Nora", "“Nora” is not an e-mail address."),
        ("\n".join(f"p{number}@example.com" for number in range(51)), "Invite at most 50 people at a time."),
    ],
)
def test_people_to_invite_are_refused_at_their_field(opening, person, text, words):
    form = InviteForm({"people": text, "role": "recruiter"}, opening=opening, by=person("recruiter"))

    assert form.errors == {"people": [words]}


def test_people_to_invite_are_read_with_their_rounds(opening, person):
    first = opening.rounds.first()
    sent = {"people": "Nora New <nora@example.com>", "role": "interviewer", "rounds": [first.pk]}

    form = InviteForm(sent, opening=opening, by=person("recruiter"))

    assert form.is_valid()
    assert form.cleaned_data["people"] == [Named("Nora New", "nora@example.com")]
    assert list(form.cleaned_data["rounds"]) == [first]


def test_rounds_of_another_opening_are_not_offered_to_whoever_is_invited(opening, confidential, person):
    other = Round.objects.create(opening=confidential, name="Other")
    sent = {"people": "nora@example.com", "role": "interviewer", "rounds": [other.pk]}

    assert set(InviteForm(sent, opening=opening, by=person("recruiter")).errors) == {"rounds"}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("before_hours", "169"),
        ("every_hours", "0"),
        ("every_hours", "721"),
        ("times", "21"),
        ("recruiter_hours", "1441"),
        ("manager_hours", "-1"),
    ],
)
def test_reminders_have_bounds(unscored_application, field, value):
    sent = {"before_hours": "168", "every_hours": "1", "times": "20", "recruiter_hours": "0", "manager_hours": "1440"}

    rule = ReminderRule(opening=unscored_application.opening)

    assert ReminderForm(sent, instance=rule).is_valid()
    assert set(ReminderForm(sent | {field: value}, instance=rule).errors) == {field}


# --- who a candidate is ------------------------------------------------------------
def candidate_sent(**changes) -> dict[str, str]:
    return {"name": "Noor Haddad", "email": "noor.haddad@example.org"} | changes


def choices(form) -> dict[str, str]:
    """What the form asks about who this is, by value; empty where it does not ask."""
    form.is_valid()
    return dict(form.fields["who"].choices)


def test_nobody_is_asked_about_whom_nobody_knows_or_who_surely_is_known(unscored_application, recruiter):
    for sent in (candidate_sent(), candidate_sent(name="Zoe Adams", email="zoe@example.org")):
        form = CandidateForm(sent, by=recruiter)

        assert form.is_valid()
        assert form.wanted() == sent | {"known": None, "is_new": False, "colleague": None}


def test_somebody_known_by_name_or_address_is_asked_about(unscored_application, recruiter):
    known = unscored_application.candidate
    expected = {f"candidate-{known.pk}": "Noor Haddad, noor.haddad@example.org", "new": "Somebody else"}

    by_name = CandidateForm(candidate_sent(email="noor@home.example"), by=recruiter)
    by_address = CandidateForm(candidate_sent(name="Bruno Costa"), by=recruiter)

    corrected = {
        f"corrected-{known.pk}": "Noor Haddad, noor.haddad@example.org, whose name is corrected to Bruno Costa"
    }
    assert choices(by_name) == expected
    assert choices(by_address) == expected | corrected
    assert by_name.errors == {"who": ["Somebody of this name or address is known. Say who this is."]}


def test_a_name_is_corrected_only_by_whoever_sees_all_of_its_applications(
    unscored_application, confidential, recruiter
):
    known = unscored_application.candidate
    confidential.applications.create(candidate=known)

    form = CandidateForm(candidate_sent(name="Bruno Costa", who=f"corrected-{known.pk}"), by=recruiter)

    assert set(choices(form)) == {f"candidate-{known.pk}", "new"}
    assert set(form.errors) == {"who"}


def test_somebody_known_without_an_address_is_said_to_have_none(unscored_application, recruiter):
    Candidate.objects.filter(pk=unscored_application.candidate_id).update(email="")

    labels = choices(CandidateForm(candidate_sent(email=""), by=recruiter)).values()

    assert "Noor Haddad, without an address" in labels


def test_two_of_one_name_and_address_are_both_offered(unscored_application, recruiter):
    twin = Candidate.objects.create(name="Noor Haddad", email="noor.haddad@example.org")
    unscored_application.opening.applications.create(candidate=twin)

    offered_ = choices(CandidateForm(candidate_sent(), by=recruiter))

    assert set(offered_) == {f"candidate-{unscored_application.candidate_id}", f"candidate-{twin.pk}", "new"}


def test_who_is_chosen_is_what_the_service_gets(unscored_application, recruiter, person):
    known, manager = unscored_application.candidate, person("manager")
    Candidate.objects.filter(pk=known.pk).update(name=manager.name)
    sent = {"name": manager.name, "email": "private@example.org"}

    def wanted(who: str) -> tuple:
        form = CandidateForm(sent | {"who": who}, by=recruiter)
        assert form.is_valid()
        return form.wanted()["known"], form.wanted()["is_new"], form.wanted()["colleague"]

    assert wanted(f"candidate-{known.pk}") == (known, False, None)
    assert wanted(f"colleague-{manager.pk}") == (None, True, manager)
    assert wanted("new") == (None, True, None)


@pytest.mark.parametrize("who", ["", "candidate-999999", "colleague-1x", "old"])
def test_a_choice_that_was_not_offered_asks_again(unscored_application, recruiter, who):
    form = CandidateForm(candidate_sent(name="Bruno Costa", who=who), by=recruiter)

    assert set(form.errors) == {"who"}


def test_a_choice_where_nobody_is_asked_about_says_nothing(recruiter):
    form = CandidateForm({"name": "Zoe Adams", "email": "", "who": "new"}, by=recruiter)

    assert form.is_valid()
    assert form.wanted()["is_new"]


def test_a_colleague_cannot_be_chosen_who_is_gone(newcomer, unscored_application):
    colleague, gone = newcomer(), newcomer()
    User.objects.filter(pk=gone.pk).update(is_active=False)

    people = offered(CandidateEditForm(candidate=unscored_application.candidate), "colleague")

    assert colleague in people
    assert gone not in people


# --- how an application stands -----------------------------------------------------
def state_form(application, decided=False, **sent) -> StateForm:
    return StateForm(sent or None, application=application, decided=decided, openings=Opening.objects.all())


@pytest.mark.parametrize(
    ("state", "decided", "values"),
    [
        ("active", False, ["on_hold", "withdrawn", "rejected", "moved"]),
        ("withdrawn", False, ["active", "on_hold", "rejected", "moved"]),
        ("active", True, ["withdrawn", "moved"]),
        ("withdrawn", True, ["active", "moved"]),
    ],
)
def test_what_an_application_can_be_set_to(unscored_application, state, decided, values):
    unscored_application.state = state

    form = state_form(unscored_application, decided)

    assert [value for value, _ in form.fields["state"].choices] == values


def test_an_application_moves_to_another_opening_that_is_named(unscored_application, confidential):
    own = unscored_application.opening

    assert state_form(unscored_application, state="moved", to=str(confidential.pk)).is_valid()
    assert set(state_form(unscored_application, state="moved", to=str(own.pk)).errors) == {"to"}
    nowhere = state_form(unscored_application, state="moved", to="")
    assert nowhere.errors == {"to": ["Choose the opening that the application moves to."]}
    assert state_form(unscored_application, state="on_hold").is_valid()


# --- rounds and interviews: bounds ---------------------------------------------------
def test_numbers_of_a_round_that_are_left_empty_are_the_usual_ones_and_others_stay(opening):
    empty = dict.fromkeys(("panel_size", "recommendation_hours", "scorecard_hours"), "")
    said = {"panel_size": "3", "recommendation_hours": "0", "scorecard_hours": "1"}

    usual = RoundForm(round_sent(opening, **empty), instance=Round(opening=opening))
    chosen = RoundForm(round_sent(opening, **said), instance=Round(opening=opening))

    for form, numbers in ((usual, (1, 2, 24)), (chosen, (3, 0, 1))):
        assert form.is_valid()
        made = form.instance
        assert (made.panel_size, made.recommendation_hours, made.scorecard_hours) == numbers


@pytest.mark.parametrize(
    ("field", "value"),
    [("panel_size", "0"), ("panel_size", "11"), ("recommendation_hours", "721"), ("scorecard_hours", "0")],
)
def test_a_number_of_a_round_out_of_bounds_is_refused_and_not_replaced(opening, field, value):
    form = RoundForm(round_sent(opening, **{field: value}), instance=Round(opening=opening))

    assert set(form.errors) == {field}


def test_usual_interviewers_of_a_round_are_colleagues(opening, newcomer):
    colleague = newcomer()
    guest = User.objects.create_user("guest@example.org", is_guest=True)

    people = offered(RoundForm(instance=Round(opening=opening)), "panel")

    assert colleague in people
    assert guest not in people


def test_a_round_that_has_the_name_is_told_at_its_field(opening):
    name = opening.rounds.first().name

    form = RoundForm(round_sent(opening, name=name.lower()), instance=Round(opening=opening))

    assert form.errors == {"name": ["This opening already has a round with this name."]}


@pytest.mark.parametrize(("year", "fits"), [(9000, True), (9001, False), (1900, True), (1899, False), ("0002", False)])
def test_an_interview_begins_in_a_year_that_calendars_can_hold(unscored_application, sent, recruiter, year, fits):
    form = InterviewForm(sent | {"starts_at": f"{year}-06-01T10:00"}, application=unscored_application, by=recruiter)

    assert ("starts_at" not in form.errors) == fits


def test_a_place_goes_into_the_plan(unscored_application, sent, recruiter):
    form = InterviewForm(sent | {"place": " Room 4 "}, application=unscored_application, by=recruiter)

    assert form.is_valid()
    assert form.plan()["place"] == "Room 4"


def test_of_several_rounds_nobody_is_proposed(unscored_application, recruiter):
    assert InterviewForm(application=unscored_application, by=recruiter).initial == {}


def test_the_candidate_is_not_offered_as_a_colleague_under_another_address(unscored_application, recruiter, newcomer):
    colleague = newcomer()
    Candidate.objects.filter(pk=unscored_application.candidate_id).update(colleague=colleague)
    unscored_application.refresh_from_db()

    form = InterviewForm(application=unscored_application, by=recruiter)

    assert colleague not in offered(form, "leads")
    assert colleague not in offered(form, "shadows")


def test_boxes_for_people_name_the_interview_that_is_changed(planned):
    opening = planned.application.opening_id

    assert "data-interview" not in people_boxes(opening).attrs
    assert people_boxes(opening, planned).attrs["data-interview"] == str(planned.pk)


@pytest.mark.parametrize(
    ("was_due", "is_due", "asks"),
    [(1, 1, False), (1, -1, True), (-1, -1, False), (-1, 1, False)],
    ids=["still to come", "due at once", "was due already", "put off"],
)
def test_scorecards_that_would_be_due_at_once_are_asked_about(
    unscored_application, planned, recruiter, was_due, is_due, asks
):
    hour = timedelta(hours=1)
    now = timezone.now().replace(second=0, microsecond=0)
    start = now + (is_due - 1) * hour - timedelta(minutes=planned.round.minutes)
    planned.starts_at, planned.due_at = start, now + was_due * hour
    leads = [row.user_id for row in planned.panelists.all()]
    sent = {"starts_at": f"{timezone.localtime(start):%Y-%m-%dT%H:%M}", "hours_to_score": "1", "leads": leads}

    form = InterviewForm(sent, application=unscored_application, by=recruiter, interview=planned)
    form.is_valid()

    keys = [value for value, _ in form.fields["meant"].choices]
    assert any(key.startswith("due-") for key in keys) == asks


def test_before_a_candidate_is_invited_it_is_asked(opening, unscored_application, person):
    sent = {"people": f"nora@example.com\n{unscored_application.candidate.email}", "role": "recruiter"}

    asked = InviteForm(sent, opening=opening, by=person("recruiter"))
    ticked = InviteForm(sent | {"whose": "on"}, opening=opening, by=person("recruiter"))

    assert set(asked.errors) == {"whose"}
    assert "Noor Haddad" in asked.errors["whose"][0]
    assert ticked.is_valid()
    assert set(ticked.wanted()) == {"people", "role", "rounds"}
