"""Openings, rounds, candidates and panels: what does not fit is refused in words, and nothing is stored."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from audit.models import Event
from candidates import services
from candidates.models import Application, Candidate, Interview, Opening, Round
from rubrics.models import RubricVersion
from rubrics.services import fork_version, publish_version


@pytest.fixture
def opening(fresh):
    return fresh.opening


@pytest.fixture
def other_version(opening, person):
    """A later version of the same rubric, with dimensions and exercises of its own."""
    return fork_version(opening.rubric_version, by=person("recruiter"))


@pytest.fixture
def plan(fresh, person, soon):
    def plan(**changes):
        given = {
            "round": fresh.opening.rounds.first(),
            "starts_at": soon,
            "due_at": soon + timedelta(hours=25),
            "leads": [person("admin")],
            "shadows": [],
            "by": person("recruiter"),
        }
        return services.plan_interview(fresh, **given | changes)

    return plan


@pytest.mark.parametrize("state", ["draft", "retired"])
def test_opening_needs_a_published_version(opening, other_version, person, state):
    version = other_version if state == "draft" else opening.rubric_version
    if state == "retired":
        publish_version(other_version, by=person("recruiter"))
        version = RubricVersion.objects.get(pk=version.pk)

    with pytest.raises(ValidationError, match="published rubric version"):
        services.create_opening("Late", rubric_version=version, by=person("recruiter"))

    assert version.state == state
    assert Opening.objects.count() == 1


def test_opening_has_its_creator_its_managers_and_a_free_slug(opening, person):
    def create():
        return services.create_opening(
            opening.title,
            rubric_version=opening.rubric_version,
            by=person("recruiter"),
            hiring_managers=[person("manager")],
        )

    first, second = create(), create()

    assert len({opening.slug, first.slug, second.slug}) == 3
    assert set(first.members.values_list("user__email", "role")) == {
        ("recruiter@example.com", "recruiter"),
        ("manager@example.com", "hiring_manager"),
    }
    assert Event.objects.filter(kind="opening.created", subject_id=first.pk).count() == 1


def test_same_role_twice_is_one_membership_and_one_event(opening, person):
    before = Event.objects.filter(kind="opening.member_added").count()

    for _ in range(2):
        services.add_member(opening, person("admin"), role="recruiter", by=person("recruiter"))

    assert opening.members.filter(user=person("admin")).count() == 1
    assert Event.objects.filter(kind="opening.member_added").count() == before + 1


def test_round_covers_and_uses_only_its_own_rubric(opening, other_version, person):
    own = list(opening.rubric_version.dimensions.all())
    foreign = other_version.dimensions.first()

    for field, exercise, dimensions in [
        ("dimensions", None, [own[0], foreign]),
        ("exercise", other_version.exercises.first(), own),
    ]:
        unsaved = Round(opening=opening, name="New", exercise=exercise)
        with pytest.raises(ValidationError) as caught:
            services.save_round(unsaved, dimensions=dimensions, by=person("recruiter"))
        assert set(caught.value.message_dict) == {field}

    assert not Round.objects.filter(name="New").exists()


def test_round_with_a_planned_interview_keeps_its_dimensions(opening, person):
    held = opening.rounds.first()
    before = set(held.dimensions.all())
    held.name = "Renamed"

    with pytest.raises(ValidationError) as caught:
        services.save_round(held, dimensions=list(before)[:1], by=person("recruiter"))
    services.save_round(held, dimensions=list(before), by=person("recruiter"))

    assert "planned on this round already" in caught.value.message_dict["dimensions"][0]
    assert set(Round.objects.get(pk=held.pk).dimensions.all()) == before
    assert Round.objects.get(pk=held.pk).name == "Renamed"


def test_candidate_is_found_by_address_whatever_the_case(opening, person):
    second = services.create_opening("Other", rubric_version=opening.rubric_version, by=person("recruiter"))

    application = services.add_candidate(second, name="N. H.", email="NOOR.Haddad@example.org", by=None)

    assert application.candidate.name == "Noor Haddad"
    assert Candidate.objects.filter(email__iexact="noor.haddad@example.org").count() == 1


def test_candidate_applies_once_to_an_opening(opening):
    before = Application.objects.count()

    with pytest.raises(ValidationError, match="on this opening already"):
        services.add_candidate(opening, name="Again", email="Noor.Haddad@Example.org", by=None)

    assert Application.objects.count() == before


def test_interview_has_lead_and_shadow_and_is_on_record(plan, person):
    interview = plan(shadows=[person("manager")])

    assert list(interview.panelists.values_list("user__email", "role")) == [
        ("admin@example.com", "lead"),
        ("manager@example.com", "shadow"),
    ]
    assert Event.objects.filter(kind="interview.planned", subject_id=interview.pk).count() == 1
    assert Event.objects.filter(kind="panelist.added", subject_id=interview.pk).count() == 2


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        (lambda who, soon: {"leads": []}, "at least one lead"),
        (lambda who, soon: {"shadows": [who("admin")]}, "both lead and shadow"),
        (lambda who, soon: {"leads": [who("admin"), who("admin")]}, "on the panel twice"),
        (lambda who, soon: {"due_at": soon - timedelta(seconds=1)}, "before the interview starts"),
    ],
)
def test_panel_that_does_not_fit_is_refused(plan, person, soon, changes, words):
    before = Interview.objects.count()

    with pytest.raises(ValidationError, match=words):
        plan(**changes(person, soon))

    assert Interview.objects.count() == before


def test_round_of_another_opening_is_refused(plan, opening, person):
    other = services.create_opening("Other", rubric_version=opening.rubric_version, by=person("recruiter"))
    foreign = Round.objects.create(opening=other, name="Foreign")

    with pytest.raises(ValidationError, match="another opening"):
        plan(round=foreign)


@pytest.mark.parametrize("seat", ["leads", "shadows"])
def test_candidate_is_never_on_their_own_panel(plan, fresh, person, seat):
    Candidate.objects.filter(pk=fresh.candidate_id).update(email="Manager@Example.com")
    fresh.candidate.refresh_from_db()

    with pytest.raises(ValidationError, match="own panel"):
        plan(**{seat: [person("manager")]})
