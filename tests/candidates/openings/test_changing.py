"""Openings that are corrected, closed, opened again, copied and removed; members who are taken off."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from audit.models import Event
from candidates.models import Application, Candidate, Opening, OpeningMember, ReminderRule
from candidates.openings import changing
from candidates.services import add_candidate, add_member, create_opening, plan_interview
from rubrics.services import fork_version, publish_version


@pytest.fixture
def by(person):
    return person("recruiter")


@pytest.fixture
def opening(unscored_application) -> Opening:
    return unscored_application.opening


@pytest.fixture
def empty(opening, by) -> Opening:
    return create_opening("Nobody yet", rubric_version=opening.rubric_version, by=by)


def last_event() -> tuple[str, int]:
    event = Event.objects.latest("pk")
    return event.kind, event.subject_id


def test_a_misspelt_title_is_corrected_and_found(opening, by):
    slug = opening.slug

    changing.edit_opening(opening, title="  Kitchen chef ", confidential=False, anonymous=True, by=by)

    stored = Opening.objects.get(pk=opening.pk)
    assert (stored.title, stored.anonymous, stored.slug) == ("Kitchen chef", True, slug)
    assert stored.sort_key.startswith("kitchen chef")
    assert last_event() == ("opening.edited", opening.pk)
    with pytest.raises(ValidationError, match="Enter a title"):
        changing.edit_opening(opening, title=" ", confidential=False, anonymous=True, by=by)


def test_whoever_makes_an_opening_confidential_does_not_lose_it(opening, by):
    opening.members.filter(user=by).delete()

    changing.edit_opening(opening, title=opening.title, confidential=True, anonymous=False, by=by)

    assert opening.members.filter(user=by, role="recruiter").exists()
    assert Opening.objects.visible_to(by).filter(pk=opening.pk).exists()


def test_who_is_taken_off_a_confidential_opening_sees_it_no_more(opening, by, person):
    changing.edit_opening(opening, title=opening.title, confidential=True, anonymous=False, by=by)
    member = add_member(opening, person("admin"), role="hiring_manager", by=by)
    wrong = opening.members.get(user=person("manager"))

    changing.remove_member(wrong, by=by)

    assert not Opening.objects.visible_to(person("manager")).filter(pk=opening.pk).exists()
    assert last_event() == ("opening.member_removed", opening.pk)
    with pytest.raises(ValidationError, match="needs a hiring manager"):
        changing.remove_member(member, by=by)


def test_a_closed_opening_takes_nobody_and_can_be_opened_again(opening, by, tomorrow, person):
    changing.close_opening(opening, outcome="filled", by=by)

    with pytest.raises(ValidationError, match="This opening is closed"):
        add_candidate(opening, name="Ines Paz", email="ines@example.org", by=by)
    with pytest.raises(ValidationError, match="This opening is closed"):
        plan_interview(
            opening.applications.first(),
            round=opening.rounds.first(),
            starts_at=tomorrow,
            due_at=tomorrow,
            leads=[person("admin")],
            shadows=[],
            by=by,
        )
    with pytest.raises(ValidationError, match="closed already"):
        changing.close_opening(opening, outcome="filled", by=by)
    changing.open_again(opening, by=by)
    assert add_candidate(opening, name="Ines Paz", email="ines@example.org", by=by).opening == opening
    with pytest.raises(ValidationError, match="open already"):
        changing.open_again(opening, by=by)


def test_closing_needs_to_know_how_it_ended(opening, by):
    with pytest.raises(ValidationError, match="how it ended"):
        changing.close_opening(opening, outcome="", by=by)


def test_a_copy_has_plan_people_and_settings_and_no_candidate(opening, by, person):
    first = opening.rounds.first()
    first.panel.set([person("interviewer")])
    Opening.objects.filter(pk=opening.pk).update(anonymous=True, retention="uk_6", retention_days=184)
    opening.refresh_from_db()

    made = changing.copy_opening(opening, title="Second engineer", by=by)

    made.refresh_from_db()
    assert not made.applications.exists()
    assert (made.anonymous, made.retention_days, made.rubric_version) == (True, 184, opening.rubric_version)
    assert plan_of(made) == plan_of(opening)
    roles = {(member.user_id, member.role) for member in opening.members.all()}
    assert roles <= {(member.user_id, member.role) for member in made.members.all()}


def test_a_copy_reminds_and_hides_files_as_its_original_does(opening, by):
    Opening.objects.filter(pk=opening.pk).update(files_for_panel=False)
    ReminderRule.objects.create(opening=opening, before_hours=5, every_hours=6, times=7)
    opening.refresh_from_db()

    made = changing.copy_opening(opening, title="Second engineer", by=by)

    made.refresh_from_db()
    assert not made.files_for_panel
    assert made.reminder_rule.rule == opening.reminder_rule.rule
    assert ReminderRule.objects.count() == 2


def test_a_copy_of_an_opening_without_its_own_reminders_has_none(opening, by):
    made = changing.copy_opening(opening, title="Second engineer", by=by)

    assert not ReminderRule.objects.filter(opening=made).exists()


# What a copy has of its own: who it is, and that it begins now.
OF_ITS_OWN = {"id", "title", "slug", "sort_key", "search_terms", "rubric_version", "created_at", "closed_at", "outcome"}


def test_each_setting_of_an_opening_is_copied(opening, by):
    settings = {field.name for field in Opening._meta.concrete_fields} - OF_ITS_OWN
    unusual = {"confidential": True, "anonymous": True, "files_for_panel": False}
    unusual |= {"retention": "uk_6", "retention_days": 184}
    assert settings == set(unusual)  # a new setting is copied too, or named above
    Opening.objects.filter(pk=opening.pk).update(**unusual)
    opening.refresh_from_db()

    made = changing.copy_opening(opening, title="Second engineer", by=by)

    made.refresh_from_db()
    assert {name: getattr(made, name) for name in unusual} == unusual


def plan_of(opening) -> list[tuple]:
    rounds = opening.rounds.prefetch_related("dimensions", "panel").select_related("exercise")
    return [
        (
            row.name,
            row.minutes,
            row.exercise,
            sorted(dimension.key for dimension in row.dimensions.all()),
            [user.pk for user in row.panel.all()],
        )
        for row in rounds
    ]


def test_an_opening_without_candidates_is_removed_and_one_with_stays(opening, empty, by):
    changing.remove_opening(empty, by=by)

    assert not Opening.objects.filter(pk=empty.pk).exists()
    assert Event.objects.filter(kind="opening.removed").count() == 1
    with pytest.raises(ValidationError, match="Close it instead"):
        changing.remove_opening(opening, by=by)
    assert Opening.objects.filter(pk=opening.pk).exists()


def test_an_application_by_mistake_is_removed_with_a_candidate_who_has_no_other(empty, opening, by):
    new = add_candidate(empty, name="Ines Paz", email="ines@example.org", by=by)
    known = add_candidate(empty, name="Noor Haddad", email="noor.haddad@example.org", by=by)

    changing.remove_application(new, by=by)
    changing.remove_application(known, by=by)

    assert not empty.applications.exists()
    assert not Candidate.objects.filter(email="ines@example.org").exists()
    assert Candidate.objects.filter(email="noor.haddad@example.org").exists()


def test_an_application_with_interviews_is_not_removed(unscored_application, by):
    with pytest.raises(ValidationError, match="Something was planned"):
        changing.remove_application(unscored_application, by=by)

    assert Application.objects.filter(pk=unscored_application.pk).exists()


@pytest.mark.parametrize(
    "act",
    [
        lambda opening, user: changing.edit_opening(opening, title="x", confidential=False, anonymous=False, by=user),
        lambda opening, user: changing.close_opening(opening, outcome="filled", by=user),
        lambda opening, user: changing.copy_opening(opening, title="x", by=user),
        lambda opening, user: changing.remove_opening(opening, by=user),
        lambda opening, user: changing.remove_member(OpeningMember.objects.filter(opening=opening).first(), by=user),
        lambda opening, user: changing.remove_application(opening.applications.first(), by=user),
    ],
)
@pytest.mark.parametrize("who", ["interviewer", "admin"])
def test_only_who_runs_the_opening_changes_it(opening, person, act, who):
    with pytest.raises(PermissionDenied):
        act(opening, person(who))


def test_an_opening_without_a_title_is_not_saved(opening, by):
    for title in ("  ", "x" * 301):
        with pytest.raises(ValidationError) as caught:
            changing.edit_opening(opening, title=title, confidential=False, anonymous=False, by=by)
        assert set(caught.value.message_dict) == {"title"}

    assert Opening.objects.get(pk=opening.pk).title == opening.title


def test_whoever_hides_an_opening_keeps_it_and_gets_no_second_role(opening, empty, person):
    by = person("recruiter")
    opening.members.filter(user=by).delete()

    changing.edit_opening(opening, title="Hidden", confidential=True, anonymous=False, by=by)
    changing.edit_opening(empty, title="Open", confidential=False, anonymous=False, by=by)

    assert [member.role for member in opening.members.filter(user=by)] == ["recruiter"]
    assert empty.members.filter(user=by).count() == 1


def test_the_trail_says_who_sees_what_from_now_on(opening, by):
    changing.edit_opening(opening, title="Hidden", confidential=True, anonymous=False, by=by)

    assert Event.objects.latest("pk").detail == {"confidential": True, "anonymous": False}


def test_of_one_who_has_two_roles_one_is_taken(opening, by, person):
    add_member(opening, person("manager"), role="recruiter", by=by)

    changing.remove_member(opening.members.get(user=person("manager"), role="recruiter"), by=by)

    assert [member.role for member in opening.members.filter(user=person("manager"))] == ["hiring_manager"]
    assert Event.objects.latest("pk").detail == {"user_id": person("manager").pk, "role": "recruiter"}


@pytest.mark.parametrize("outcome", Opening.Outcome.values)
def test_how_an_opening_ended_is_kept_until_it_is_open_again(opening, by, outcome):
    changing.close_opening(opening, outcome=outcome, by=by)
    closed = Opening.objects.get(pk=opening.pk)
    changing.open_again(opening, by=by)

    assert (closed.outcome, closed.closed_at is None) == (outcome, False)
    stored = Opening.objects.get(pk=opening.pk)
    assert (stored.outcome, stored.closed_at) == ("", None)
    assert last_event() == ("opening.opened_again", opening.pk)


def test_a_copy_leaves_out_whoever_is_gone(opening, by, person):
    first = opening.rounds.first()
    first.panel.set([person("interviewer"), person("interviewer2")])
    add_member(opening, person("interviewer2"), role="recruiter", by=by)
    type(by).objects.filter(email="interviewer2@example.com").update(is_active=False)

    made = changing.copy_opening(opening, title="Second engineer", by=by)

    assert [user.email for user in made.rounds.get(name=first.name).panel.all()] == ["interviewer@example.com"]
    assert not made.members.filter(user__email="interviewer2@example.com").exists()


def test_a_copy_keeps_the_numbers_of_each_round(opening, by):
    numbers = {"panel_size": 3, "recommendation_hours": 0, "scorecard_hours": 99, "order": 7, "minutes": 25}
    opening.rounds.filter(pk=opening.rounds.first().pk).update(**numbers)

    made = changing.copy_opening(opening, title="Second engineer", by=by)

    assert made.rounds.filter(**numbers).count() == 1
    assert Event.objects.get(kind="opening.copied").detail == {"source": opening.pk}


def test_a_copy_is_pinned_to_what_is_published_now_and_covers_what_that_has(opening, by):
    first = opening.rounds.first()
    kept, gone = first.dimensions.all()[:2]
    draft = fork_version(opening.rubric_version, by=by)
    draft.dimensions.filter(key=gone.key).delete()
    publish_version(draft, by=by)

    made = changing.copy_opening(opening, title="Second engineer", by=by)

    covered = set(made.rounds.get(name=first.name).dimensions.values_list("key", flat=True))
    assert made.rubric_version_id == draft.pk
    assert kept.key in covered
    assert gone.key not in covered


def test_without_a_published_version_there_is_no_copy(opening, by):
    type(opening.rubric_version).objects.filter(pk=opening.rubric_version_id).update(state="retired")

    with pytest.raises(ValidationError, match="No version of its rubric is published now"):
        changing.copy_opening(opening, title="Second engineer", by=by)


def test_whoever_runs_one_opening_only_copies_none(opening, person):
    with pytest.raises(PermissionDenied):
        changing.copy_opening(opening, title="Second engineer", by=person("manager"))


def test_an_erased_candidates_application_stays(opening, empty, by):
    application = add_candidate(empty, name="Ines Paz", email="ines@example.org", by=by)
    Candidate.objects.filter(pk=application.candidate_id).update(erased_at=timezone.now())

    with pytest.raises(ValidationError, match="has been erased"):
        changing.remove_application(application, by=by)
