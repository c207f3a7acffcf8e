"""What openings share in the database: their rubrics, their people, and rows that keep the times they are given."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, transaction

from accounts.models import User
from audit.models import Event
from candidates.models import Candidate
from rubrics.models import Dimension, RubricVersion, Signal
from rubrics.rows import remove_row
from rubrics.services import fork_version, publish_version
from samples.drawing import Plan
from samples.roles import ROLES
from samples.storing import Trail, create, own_times, put, slug_start, store_people, store_role

THEN = datetime(2020, 1, 1, tzinfo=UTC)
PLAN = Plan(candidates=14, interviewers=3, seed=5)
ROLE = ROLES[0]


def test_slugs_of_one_seed_begin_like_those_of_no_other():
    starts = [slug_start(seed) for seed in (1, 11, 111)]

    assert not any(one.startswith(other) for one in starts for other in starts if one != other)


# --- times -------------------------------------------------------------------
def test_rows_keep_their_own_times_inside_the_block_only(db):
    with own_times():
        Candidate.objects.create(name="Then", email="then@example.org", created_at=THEN)
    Candidate.objects.create(name="Now", email="now@example.org", created_at=THEN)

    moments = dict(Candidate.objects.values_list("name", "created_at"))
    assert moments["Then"] == THEN
    assert moments["Now"].year > 2020


def test_times_are_the_databases_again_after_an_error(db):
    with pytest.raises(ZeroDivisionError), own_times():
        raise ZeroDivisionError

    assert Candidate.objects.create(name="Now", email="now@example.org", created_at=THEN).created_at != THEN


# --- rows --------------------------------------------------------------------
def test_created_rows_come_back_in_their_order_with_their_numbers(db):
    rows = [Candidate(name=name, email=f"{name}@example.org") for name in ("c", "a", "b")]

    found = create(Candidate, rows)

    assert [row.name for row in found] == ["c", "a", "b"]
    assert [row.pk for row in found] == sorted(Candidate.objects.values_list("pk", flat=True))
    assert create(Candidate, []) == []


def test_what_the_database_refuses_is_not_swallowed(db):
    same = [User(email="same@example.com"), User(email="Same@example.com")]

    with pytest.raises(IntegrityError), transaction.atomic():
        create(User, same)


def test_rows_put_in_by_their_columns_have_defaults_in_all_others(db):
    put(Event, ("at", "kind"), [(THEN, "user.renamed"), (THEN, "user.created")])

    found = Event.objects.order_by("pk")
    assert [event.kind for event in found] == ["user.renamed", "user.created"]
    assert {(event.at, event.actor_id, event.request_id) for event in found} == {(THEN, None, "")}
    assert all(event.detail == {} for event in found)
    put(Event, ("at", "kind"), [])
    assert found.count() == 2


def test_a_row_put_in_that_the_database_refuses_is_not_swallowed(db):
    with pytest.raises(DataError), transaction.atomic():
        put(Event, ("at", "kind", "subject_id"), [(THEN, "user.created", 2**70)])


def test_events_are_stored_in_the_order_in_which_they_happened(db):
    by = User.objects.create_user("by@example.com")
    trail = Trail()
    for year in (2022, 2020, 2021):
        trail.tell("user.created", datetime(year, 1, 1, tzinfo=UTC), by, by, year=year)

    with own_times():
        trail.store()

    kept = Event.objects.order_by("pk")
    assert [(event.at.year, event.detail) for event in kept] == [(year, {"year": year}) for year in (2020, 2021, 2022)]
    assert {(event.actor_id, event.subject_type, event.subject_id) for event in kept} == {(by.pk, "user", by.pk)}


# --- rubrics -----------------------------------------------------------------
def test_a_roles_rubric_is_published_with_its_must_haves(db):
    used = store_role(ROLE)

    assert used.version.state == RubricVersion.State.PUBLISHED
    must_haves = [index for index, row in enumerate(used.dimensions) if row.must_have]
    assert must_haves == ROLE.must_haves
    assert {kind for kind, _ in used.signals} == set(Signal.Kind.values)
    assert len(used.exercises) == len(ROLE.exercises)


def test_there_is_a_wording_for_every_level_of_every_dimension(db):
    used = store_role(ROLE)

    assert set(used.wording) == {(index, level) for index in range(len(used.dimensions)) for level in range(1, 6)}
    assert all(used.wording.values())
    assert used.wording[0, 3] == ROLE.dimensions[0].meets


def test_a_role_that_is_here_already_is_used_again(db):
    first, second = store_role(ROLE), store_role(ROLE)

    assert second.version == first.version
    assert RubricVersion.objects.count() == 1
    assert Dimension.objects.count() == len(ROLE.dimensions)


def test_a_rubric_that_was_changed_here_is_refused(db):
    by = User.objects.create_user("by@example.com", is_recruiter=True)
    draft = fork_version(store_role(ROLE).version, by=by)
    remove_row(draft, "dimension", draft.dimensions.last().pk, by=by)
    publish_version(draft, by=by)

    with pytest.raises(ValidationError, match="was changed here"):
        store_role(ROLE)


# --- people ------------------------------------------------------------------
def test_people_have_their_roles_and_no_password(db):
    people = store_people(PLAN)

    assert (len(people.interviewers), len(people.recruiters), len(people.candidates)) == (3, 2, 14)
    assert len(people.managers) == (PLAN.openings + 1) // 2
    assert all(user.is_hiring_manager for user in people.managers)
    assert all(user.is_recruiter for user in people.recruiters)
    assert not any(user.has_usable_password() for user in User.objects.all())


def test_a_name_in_another_script_still_has_an_address(db):
    people = store_people(PLAN)

    assert people.candidates[13].email == "candidate.5-13@example.org"
    assert people.candidates[0].email.endswith(".5-0@example.org")
    assert len({row.email for row in people.candidates}) == 14
