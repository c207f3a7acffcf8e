"""Openings, rounds, candidates and panels: what does not fit is refused in words, and nothing is stored."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from accounts.models import User
from audit.models import Event
from candidates import services
from candidates.models import Application, Candidate, Interview, Opening, Panelist, ReminderRule, Round
from notices.models import Mail, Notice
from rubrics.models import RubricVersion
from rubrics.services import publish_version


def events(kind, subject) -> int:
    return Event.objects.filter(kind=kind, subject_id=subject.pk).count()


@pytest.fixture
def guest(sample) -> User:
    """Somebody external, who may hold no role."""
    return User.objects.create_user("guest@example.org", is_guest=True)


@pytest.fixture
def erased(unscored_application) -> Application:
    """An application whose candidate was erased."""
    Candidate.objects.filter(pk=unscored_application.candidate_id).update(erased_at=timezone.now())
    return Application.objects.get(pk=unscored_application.pk)


@pytest.fixture
def unused_round(opening) -> Round:
    """A round that no interview was planned on."""
    return Round.objects.create(opening=opening, name="Later", order=3)


@pytest.fixture
def plan(unscored_application, person, tomorrow):
    """Plans an interview with the fresh application; names of arguments as the service has them."""

    def plan(**changes):
        given = {
            "round": unscored_application.opening.rounds.first(),
            "starts_at": tomorrow,
            "due_at": tomorrow + timedelta(hours=25),
            "leads": [person("admin")],
            "shadows": [],
            "by": person("recruiter"),
        }
        return services.plan_interview(unscored_application, **given | changes)

    return plan


@pytest.mark.parametrize("state", ["draft", "retired"])
def test_opening_needs_a_published_version(opening, draft_version, person, state):
    version = draft_version if state == "draft" else opening.rubric_version
    if state == "retired":
        publish_version(draft_version, by=person("recruiter"))
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


def test_opening_of_a_command_has_no_recruiter(opening):
    made = services.create_opening("Imported", rubric_version=opening.rubric_version, by=None)

    assert made.members.count() == 0
    assert Event.objects.get(kind="opening.created", subject_id=made.pk).actor_id is None


def test_opening_keeps_the_slug_it_was_given(opening):
    made = services.create_opening("A title", slug="given", rubric_version=opening.rubric_version, by=None)

    assert made.slug == "given"


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Head of Data", "head-of-data"),
        ("Ärztin für Köln", "ärztin-für-köln"),
        ("数据主管", "数据主管"),
        ("!!!", "opening"),
        ("x" * 200, "x" * 100),
    ],
)
def test_slug_is_made_of_the_title(sample, title, slug):
    assert services.free_slug(title) == slug


def test_slugs_count_up_past_those_taken(opening):
    for slug in ("chief", "chief-2", "chief-of-staff"):
        Opening.objects.create(title=slug, slug=slug, rubric_version=opening.rubric_version)

    assert services.free_slug("Chief") == "chief-3"


def test_nobody_external_has_a_role(opening, guest, person):
    with pytest.raises(ValidationError):
        services.add_member(opening, guest, role="recruiter", by=person("recruiter"))

    assert not opening.members.filter(user=guest).exists()


def test_opening_with_an_external_manager_is_not_stored(opening, guest, person):
    with pytest.raises(ValidationError):
        services.create_opening(
            "Half",
            rubric_version=opening.rubric_version,
            by=person("recruiter"),
            hiring_managers=[guest],
        )

    assert not Opening.objects.filter(title="Half").exists()


def test_same_role_twice_is_one_membership_and_one_event(opening, person):
    before = Event.objects.filter(kind="opening.member_added").count()

    for _ in range(2):
        services.add_member(opening, person("admin"), role="recruiter", by=person("recruiter"))

    assert opening.members.filter(user=person("admin")).count() == 1
    assert Event.objects.filter(kind="opening.member_added").count() == before + 1


@pytest.mark.parametrize("field", ["dimensions", "exercise"])
def test_round_covers_and_uses_only_its_own_rubric(opening, draft_version, person, field):
    dimensions = list(opening.rubric_version.dimensions.all())
    unsaved = Round(opening=opening, name="New")
    if field == "dimensions":
        dimensions.append(draft_version.dimensions.first())
    else:
        unsaved.exercise = draft_version.exercises.first()

    with pytest.raises(ValidationError) as caught:
        services.save_round(unsaved, dimensions=dimensions, by=person("recruiter"))

    assert set(caught.value.message_dict) == {field}
    assert not Round.objects.filter(name="New").exists()


def test_round_that_nobody_planned_on_changes_freely(opening, unused_round, person):
    chosen = list(opening.rubric_version.dimensions.all()[:2])
    unused_round.exercise = opening.rubric_version.exercises.first()

    services.save_round(unused_round, dimensions=chosen, by=person("recruiter"))

    stored = Round.objects.get(pk=unused_round.pk)
    assert list(stored.dimensions.all()) == chosen
    assert stored.exercise == unused_round.exercise
    assert events("round.saved", stored) == 1


def test_round_that_nobody_planned_on_goes(unused_round, person):
    pk = unused_round.pk

    services.remove_round(unused_round, by=person("recruiter"))

    assert not Round.objects.filter(pk=pk).exists()
    assert Event.objects.filter(kind="round.removed", subject_id=pk).count() == 1


def test_round_with_a_planned_interview_stays_in_the_plan(opening, person):
    held = opening.rounds.first()

    with pytest.raises(ValidationError, match="cannot be removed"):
        services.remove_round(held, by=person("recruiter"))

    assert events("round.removed", held) == 0
    assert Round.objects.filter(pk=held.pk).exists()


def test_round_with_a_planned_interview_keeps_its_dimensions(opening, person):
    held = opening.rounds.first()
    before = set(held.dimensions.all())
    held.name = "Renamed"

    with pytest.raises(ValidationError) as caught:
        services.save_round(held, dimensions=list(before)[:1], by=person("recruiter"))
    services.save_round(held, dimensions=list(before), by=person("recruiter"))

    assert "This round already has an interview" in caught.value.message_dict["dimensions"][0]
    assert set(Round.objects.get(pk=held.pk).dimensions.all()) == before
    assert Round.objects.get(pk=held.pk).name == "Renamed"


def test_candidate_is_found_by_address_whatever_the_case(opening, person):
    second = services.create_opening("Other", rubric_version=opening.rubric_version, by=person("recruiter"))

    application = services.add_candidate(second, name="HADDAD Noor", email="NOOR.Haddad@example.org", by=None)

    assert application.candidate.name == "Noor Haddad"
    assert Candidate.objects.filter(email__iexact="noor.haddad@example.org").count() == 1


def test_candidate_applies_once_to_an_opening(opening):
    before = Application.objects.count()

    with pytest.raises(ValidationError, match="has applied for this opening already"):
        services.add_candidate(opening, name="noor haddad", email="Noor.Haddad@Example.org", by=None)

    assert Application.objects.count() == before


def test_new_candidate_has_a_lower_case_address_and_a_code_name(opening, person):
    application = services.add_candidate(opening, name="Zoe Adams", email="Zoe@Example.org", by=person("recruiter"))

    assert application.candidate.email == "zoe@example.org"
    assert application.code_name.startswith("Candidate ")
    assert events("application.created", application) == 1


def test_code_names_of_an_opening_differ(opening):
    added = [
        services.add_candidate(opening, name=name, email=f"{name}@example.org", by=None) for name in ("a", "b", "c")
    ]

    assert len({application.code_name for application in added}) == 3


def test_candidate_is_corrected(unscored_application, person):
    services.edit_candidate(
        unscored_application.candidate, name="Noor H.", email="NOOR@new.example", by=person("recruiter")
    )

    candidate = Candidate.objects.get(pk=unscored_application.candidate_id)
    assert (candidate.name, candidate.email) == ("Noor H.", "noor@new.example")
    assert events("candidate.edited", candidate) == 1


def test_candidate_keeps_their_own_address_in_another_case(unscored_application, person):
    services.edit_candidate(
        unscored_application.candidate,
        name="Noor",
        email=unscored_application.candidate.email.upper(),
        by=person("recruiter"),
    )

    assert Candidate.objects.get(pk=unscored_application.candidate_id).email == "noor.haddad@example.org"


def test_two_candidates_share_the_address_of_an_agency(unscored_application, scored_application, person):
    shared = scored_application.candidate.email

    services.edit_candidate(unscored_application.candidate, name="Noor", email=shared.upper(), by=person("recruiter"))

    assert Candidate.objects.get(pk=unscored_application.candidate_id).email == shared


# --- who this is -----------------------------------------------------------------
@pytest.fixture
def second(opening, person):
    return services.create_opening("Other", rubric_version=opening.rubric_version, by=person("recruiter"))


def test_another_name_at_a_known_address_is_nobody_until_somebody_says_who(second, person):
    sent = {"name": "Bruno Costa", "email": "noor.haddad@example.org", "by": person("recruiter")}

    with pytest.raises(ValidationError, match="This address is Noor Haddad’s"):
        services.add_candidate(second, **sent)
    bruno = services.add_candidate(second, **sent, is_new=True)

    assert bruno.candidate.name == "Bruno Costa"
    assert set(Candidate.objects.filter(email=sent["email"]).values_list("name", flat=True)) == {
        "Noor Haddad",
        "Bruno Costa",
    }


def test_two_candidates_without_an_address_are_two(second, person):
    by = person("recruiter")

    one, two = (services.add_candidate(second, name=name, email="", by=by) for name in ("Ana Diaz", "Bo Li"))

    assert one.candidate != two.candidate


def test_whom_only_a_confidential_opening_knows_is_neither_shown_nor_changed(opening, person):
    known = Candidate.objects.get(email="noor.haddad@example.org")
    Opening.objects.filter(pk=opening.pk).update(confidential=True)
    outsider = User.objects.create_user("second.recruiter@example.com", is_recruiter=True)
    public = services.create_opening("Public", rubric_version=opening.rubric_version, by=outsider)

    typed = services.add_candidate(public, name="N. Hadad", email=known.email, by=outsider)

    assert typed.candidate != known
    assert typed.candidate.name == "N. Hadad"
    assert Candidate.objects.get(pk=known.pk).name == "Noor Haddad"
    both = services.add_candidate(public, name=known.name, email=known.email, by=None, known=known)
    with pytest.raises(PermissionDenied):
        services.edit_candidate(both.candidate, name="Else", email="", by=outsider)


def test_a_candidate_marked_as_a_colleague_is_nothing_that_they_see(unscored_application, person):
    manager = person("manager")

    services.edit_candidate(
        unscored_application.candidate,
        name="Noor Haddad",
        email="private@example.org",
        colleague=manager,
        by=person("recruiter"),
    )

    assert not Application.objects.visible_to(manager).filter(pk=unscored_application.pk).exists()
    assert Application.objects.visible_to(person("recruiter")).filter(pk=unscored_application.pk).exists()
    with pytest.raises(ValidationError, match="own panel"):
        services.check_panel(Application.objects.get(pk=unscored_application.pk), [manager], [])


def test_nobody_becomes_their_own_candidate_or_interviews_themselves(unscored_application, second, person):
    by, candidate = person("recruiter"), unscored_application.candidate

    with pytest.raises(ValidationError, match="your own address"):
        services.add_candidate(second, name="Me", email=by.email.upper(), by=by)
    with pytest.raises(ValidationError, match="This is you"):
        services.edit_candidate(candidate, name="Noor", email="", colleague=by, by=by)
    with pytest.raises(ValidationError, match="panel has this address"):
        services.edit_candidate(candidate, name="Noor", email="interviewer@example.com", by=by)
    with pytest.raises(ValidationError, match="Take them off first"):
        services.edit_candidate(candidate, name="Noor", email="", colleague=person("interviewer"), by=by)


def test_erased_candidate_is_not_written_to_again(erased, plan, person):
    with pytest.raises(ValidationError, match="has been erased"):
        services.edit_candidate(erased.candidate, name="Back", email="back@example.org", by=person("recruiter"))
    with pytest.raises(ValidationError, match="has been erased"):
        services.refuse_erased(erased)
    with pytest.raises(ValidationError, match="has been erased"):
        plan()

    assert Candidate.objects.get(pk=erased.candidate_id).name == "Noor Haddad"


def test_a_candidate_who_is_kept_is_not_refused(unscored_application):
    assert services.refuse_erased(unscored_application) is None


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
        (lambda who, soon: {"leads": [who("admin"), who("admin")]}, "on the panel only once"),
        (lambda who, soon: {"due_at": soon - timedelta(seconds=1)}, "before the interview starts"),
    ],
)
def test_panel_that_does_not_fit_is_refused(plan, person, tomorrow, changes, words):
    before = Interview.objects.count()

    with pytest.raises(ValidationError, match=words):
        plan(**changes(person, tomorrow))

    assert Interview.objects.count() == before


def test_round_of_another_opening_is_refused(plan, opening, person):
    other = services.create_opening("Other", rubric_version=opening.rubric_version, by=person("recruiter"))
    foreign = Round.objects.create(opening=other, name="Foreign")

    with pytest.raises(ValidationError, match="another opening"):
        plan(round=foreign)


@pytest.mark.parametrize("panelist", ["leads", "shadows"])
def test_candidate_is_never_on_their_own_panel(plan, unscored_application, person, panelist):
    Candidate.objects.filter(pk=unscored_application.candidate_id).update(email="Manager@Example.com")
    unscored_application.candidate.refresh_from_db()

    with pytest.raises(ValidationError, match="own panel"):
        plan(**{panelist: [person("manager")]})


def test_scorecards_may_be_due_as_the_interview_starts(plan, tomorrow):
    assert plan(due_at=tomorrow).due_at == tomorrow


def test_panelist_is_on_record_with_its_role_and_no_name(plan, person):
    interview = plan()

    panelist = services.add_panelist(interview, person("manager"), role=Panelist.Role.SHADOW, by=person("recruiter"))

    told = Event.objects.filter(kind="panelist.added", subject_id=interview.pk).latest("pk")
    assert panelist.role == "shadow"
    assert told.detail == {"user_id": person("manager").pk, "role": "shadow"}


# --- what each refusal says, and where -------------------------------------------
def refusal(call) -> dict[str, list[str]]:
    """The messages by field with which the service refuses."""
    with pytest.raises(ValidationError) as caught:
        call()
    return caught.value.message_dict


@pytest.mark.parametrize("written", [str.title, str.upper])
def test_a_round_has_a_name_of_its_own_in_the_opening_whoever_saves_it(opening, person, written):
    first = opening.rounds.first()
    unsaved = Round(opening=opening, name=written(first.name))

    def save():
        services.save_round(unsaved, dimensions=list(first.dimensions.all()), by=person("recruiter"))

    assert refusal(save) == {"name": ["This opening already has a round with this name."]}
    assert opening.rounds.filter(name__iexact=first.name).count() == 1


def test_a_round_of_another_opening_may_have_the_name(opening, person):
    other = services.create_opening("Other", rubric_version=opening.rubric_version, by=person("recruiter"))
    unsaved = Round(opening=other, name=opening.rounds.first().name)

    saved = services.save_round(unsaved, dimensions=[], by=person("recruiter"))

    assert saved.pk is not None


def test_nobody_external_is_a_usual_interviewer(opening, unused_round, guest, person):
    def save():
        services.save_round(unused_round, dimensions=[], panel=[person("admin"), guest], by=person("recruiter"))

    assert refusal(save) == {"panel": ["External interviewers are invited to single interviews."]}
    assert not unused_round.panel.exists()


def test_a_usual_panel_is_kept_where_none_is_given_and_emptied_where_nobody_is(unused_round, person):
    by = person("recruiter")
    services.save_round(unused_round, dimensions=[], panel=[person("admin")], by=by)

    services.save_round(unused_round, dimensions=[], by=by)
    kept = list(unused_round.panel.all())
    services.save_round(unused_round, dimensions=[], panel=[], by=by)

    assert kept == [person("admin")]
    assert not unused_round.panel.exists()


def test_reminders_are_stored_and_on_record(opening, person):
    rule = ReminderRule(opening=opening, times=7)

    services.save_reminders(rule, by=person("recruiter"))

    assert ReminderRule.objects.get(opening=opening).times == 7
    assert events("opening.reminders_set", opening) == 1


def test_a_candidate_who_would_sit_on_their_own_panel_is_refused_at_the_field(unscored_application, person):
    candidate, by = unscored_application.candidate, person("recruiter")

    def edit(**changes):
        given = {"name": "Noor", "email": "", "by": by} | changes
        return lambda: services.edit_candidate(candidate, **given)

    assert set(refusal(edit(email="INTERVIEWER@example.com"))) == {"email"}
    assert set(refusal(edit(colleague=person("interviewer")))) == {"colleague"}
    assert set(refusal(edit(email=by.email.upper()))) == {"email"}
    assert set(refusal(edit(colleague=by))) == {"colleague"}


def test_whoever_left_a_panel_may_still_not_be_its_candidate(unscored_application, person):
    interviewer = person("interviewer")
    panelists = Panelist.objects.filter(interview__application=unscored_application, user=interviewer)
    panelists.update(ended_at=timezone.now())

    with pytest.raises(ValidationError, match="on the candidate’s panel"):
        services.edit_candidate(
            unscored_application.candidate, name="Noor", email="", colleague=interviewer, by=person("recruiter")
        )


def test_the_trail_says_which_colleague_a_candidate_is(unscored_application, person):
    manager, by = person("manager"), person("recruiter")
    candidate = unscored_application.candidate

    services.edit_candidate(candidate, name="Noor", email="", colleague=manager, by=by)
    services.edit_candidate(candidate, name="Noor", email="", by=by)

    details = [event.detail for event in Event.objects.filter(kind="candidate.edited").order_by("pk")]
    assert details == [{"colleague": manager.pk}, {"colleague": None}]
    assert Candidate.objects.get(pk=candidate.pk).colleague is None


def test_an_address_of_somebody_else_is_refused_at_its_field(second, person):
    def add():
        services.add_candidate(second, name="Bruno", email="noor.haddad@example.org", by=person("recruiter"))

    assert refusal(add) == {"email": ["This address is Noor Haddad’s. Say who this is."]}


def test_somebody_of_the_name_at_another_address_is_a_new_person(second, person):
    added = services.add_candidate(second, name="Noor Haddad", email="noor@home.example", by=person("recruiter"))

    assert added.candidate.email == "noor@home.example"
    assert Candidate.objects.filter(name="Noor Haddad").count() == 2


def test_a_command_may_add_whom_a_person_may_not(second, person):
    recruiter = person("recruiter")

    added = services.add_candidate(second, name="Robin", email=recruiter.email, by=None)

    assert added.candidate.email == recruiter.email


@pytest.mark.parametrize("known", [True, False])
def test_a_colleague_is_marked_on_a_new_candidate_alone(second, unscored_application, person, known):
    given = {"known": unscored_application.candidate} if known else {"is_new": True}
    manager = person("manager")

    added = services.add_candidate(
        second, name="Sam", email="sam@home.example", colleague=manager, by=person("recruiter"), **given
    )

    assert added.candidate.colleague == (None if known else manager)


def test_nobody_is_told_of_an_interview_that_a_program_plans(plan, person):
    before = Mail.objects.count()

    plan(by=None)
    silent = Mail.objects.count()
    plan(by=person("recruiter"))

    assert silent == before
    assert Mail.objects.count() > before


def test_a_member_is_told_unless_they_give_the_role_themselves_or_it_is_done_quietly(opening, person):
    admin, recruiter = person("admin"), person("recruiter")

    def told() -> int:
        return Notice.objects.filter(receiver=admin).count()

    before = told()
    services.add_member(opening, admin, role="recruiter", by=recruiter, quietly=True)
    services.add_member(opening, admin, role="hiring_manager", by=admin)
    quiet = told()
    opening.members.filter(user=admin).delete()
    services.add_member(opening, admin, role="recruiter", by=recruiter)

    assert quiet == before
    assert told() == before + 1


@pytest.mark.parametrize("state", Application.CLOSED)
def test_for_a_closed_application_nothing_is_planned(plan, unscored_application, second, state):
    moved_to = Application.objects.create(candidate=unscored_application.candidate, opening=second)
    Application.objects.filter(pk=unscored_application.pk).update(
        state=state, moved_to=moved_to if state == "moved" else None
    )

    with pytest.raises(ValidationError, match="Set it to active first"):
        plan()


def test_for_an_application_on_hold_interviews_are_planned(plan, unscored_application):
    Application.objects.filter(pk=unscored_application.pk).update(state="on_hold")

    assert plan().pk is not None


def test_with_another_address_a_candidate_stays_the_colleague_who_has_the_first(unscored_application, person):
    manager, by = person("manager"), person("recruiter")
    candidate = unscored_application.candidate
    services.edit_candidate(candidate, name="Noor", email=manager.email.upper(), by=by)

    services.edit_candidate(candidate, name="Noor", email="private@example.org", by=by)

    assert candidate.colleague == manager
    assert not Application.objects.visible_to(manager).filter(pk=unscored_application.pk).exists()
    services.edit_candidate(candidate, name="Noor", email="private@example.org", by=by)  # the mark taken off
    assert Application.objects.visible_to(manager).filter(pk=unscored_application.pk).exists()


def test_an_address_of_a_panelist_is_corrected_without_making_them_the_candidate(unscored_application, person):
    candidate = unscored_application.candidate
    Candidate.objects.filter(pk=candidate.pk).update(email="interviewer@example.com")

    services.edit_candidate(candidate, name="Noor", email="noor@example.org", by=person("recruiter"))

    assert candidate.colleague is None


@pytest.fixture
def elsewhere(unscored_application, person):
    """Another opening that the candidate has not applied for."""
    version = unscored_application.opening.rubric_version
    return services.create_opening("Elsewhere", rubric_version=version, by=person("recruiter"))


def test_whoever_is_known_under_another_address_stays_the_colleague_of_the_one_typed(
    unscored_application, elsewhere, person
):
    manager, candidate = person("manager"), unscored_application.candidate

    added = services.add_candidate(
        elsewhere, name=candidate.name, email=manager.email, by=person("recruiter"), known=candidate
    )

    candidate.refresh_from_db()
    assert candidate.colleague == manager
    assert events("candidate.edited", candidate) == 1
    assert not Application.objects.visible_to(manager).filter(pk=added.pk).exists()


def test_nobody_is_known_as_the_candidate_whom_they_interview(unscored_application, elsewhere, person):
    candidate = unscored_application.candidate

    with pytest.raises(ValidationError, match="panel has this address"):
        services.add_candidate(
            elsewhere, name=candidate.name, email="interviewer@example.com", by=person("recruiter"), known=candidate
        )

    assert not elsewhere.applications.exists()


def test_no_slug_tells_of_a_confidential_opening(opening, person):
    version, recruiter = opening.rubric_version, person("recruiter")
    hidden = services.create_opening("Head of Finance", rubric_version=version, by=None, confidential=True)
    again = services.create_opening("Head of Finance", rubric_version=version, by=None, confidential=True)

    seen = services.create_opening("Head of Finance", rubric_version=version, by=recruiter)

    assert seen.slug == "head-of-finance"
    assert hidden.slug.startswith("head-of-finance-")
    assert hidden.slug != again.slug
