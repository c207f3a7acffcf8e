"""Forms of openings: what they offer, what they add up, and what they refuse in words."""

from datetime import timedelta

import pytest
from django import forms
from django.utils import timezone

from accounts.models import User
from candidates.forms import (
    CandidateForm,
    InterviewForm,
    MemberForm,
    OpeningForm,
    RoundForm,
    fields_only,
    helper,
    offer,
)
from candidates.models import Interview, Opening, Panelist, Round


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
