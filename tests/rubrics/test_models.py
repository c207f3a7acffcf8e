"""What the database itself holds: a published version never changes, and rows keep their invariants."""

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from rubrics.levels import LEVEL_MEANINGS, LEVEL_NAMES, LEVELS
from rubrics.models import Anchor, Dimension, Exercise, FocusArea, Rubric, RubricVersion, Signal, Skill, SoftSkill
from rubrics.services import fork_version, publish_version
from tests.queries import refused

TABLES = ["dimension", "exercise", "focusarea", "signal", "skill", "softskill"]


# --- a published version ---


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE rubrics_rubricversion SET summary = 'x'",
        "UPDATE rubrics_rubricversion SET state = 'draft'",
        "UPDATE rubrics_rubricversion SET state = 'retired', summary = 'x'",
        "DELETE FROM rubrics_rubricversion",
        "DELETE FROM rubrics_anchor",
        "UPDATE rubrics_anchor SET text = 'x'",
        *(f"DELETE FROM rubrics_{table}" for table in TABLES),
        "UPDATE rubrics_dimension SET name = 'x'",
        "UPDATE rubrics_exercise SET title = 'x'",
        "UPDATE rubrics_focusarea SET detail = 'x'",
        "UPDATE rubrics_signal SET text = 'x'",
        "UPDATE rubrics_skill SET name = 'x'",
        "UPDATE rubrics_softskill SET why = 'x'",
    ],
)
def test_what_was_published_is_not_changed_even_by_raw_sql(published_version, sql):
    assert published_version.state == "published"
    assert refused(sql)


def test_what_was_retired_is_not_changed_either(published_version, draft_version, person):
    publish_version(draft_version, by=person("recruiter"))

    assert refused("UPDATE rubrics_rubricversion SET summary = 'x' WHERE id = %s", published_version.pk)
    assert refused("UPDATE rubrics_rubricversion SET state = 'published' WHERE id = %s", published_version.pk)
    assert refused("UPDATE rubrics_dimension SET name = 'x' WHERE version_id = %s", published_version.pk)


def test_rows_cannot_be_added_to_a_published_version(published_version):
    dimension = published_version.dimensions.first()

    for late in (
        Signal(version=published_version, order=99, kind="strong", text="late"),
        Anchor(dimension=dimension, level=1, text="late"),
        Dimension(version=published_version, order=99, key="late", name="Late"),
        Exercise(version=published_version, order=99, title="Late"),
        FocusArea(version=published_version, order=99, name="Late"),
        Skill(version=published_version, order=99, group="must-have", name="Late"),
        SoftSkill(version=published_version, order=99, name="Late"),
    ):
        with pytest.raises(DatabaseError, match="can no longer change"), transaction.atomic():
            late.save()


@pytest.mark.parametrize("table", TABLES)
def test_rows_of_a_draft_cannot_be_moved_into_a_published_version(published_version, draft_version, table):
    sql = f"UPDATE rubrics_{table} SET version_id = %s WHERE version_id = %s"

    assert refused(sql, published_version.pk, draft_version.pk)
    assert refused(sql, draft_version.pk, published_version.pk)


def test_a_draft_is_changed_freely(draft_version):
    assert not refused("UPDATE rubrics_rubricversion SET summary = 'x' WHERE id = %s", draft_version.pk)
    assert not refused("UPDATE rubrics_dimension SET name = 'x' WHERE version_id = %s", draft_version.pk)
    assert not refused("DELETE FROM rubrics_signal WHERE version_id = %s", draft_version.pk)


def test_a_fork_is_editable_and_leaves_the_published_version_alone(published_version, draft_version):
    Dimension.objects.filter(version=draft_version).update(name="changed")

    assert published_version.dimensions.filter(name="changed").count() == 0
    assert draft_version.dimensions.count() == published_version.dimensions.count()
    first, copied = published_version.dimensions.first(), draft_version.dimensions.first()
    assert [row.text for row in copied.anchors.all()] == [row.text for row in first.anchors.all()]


# --- invariants ---


@pytest.fixture
def empty_draft(db) -> RubricVersion:
    """The first version of a rubric called Shepherd, with nothing in it."""
    rubric = Rubric.objects.create(slug="shepherd", title="Shepherd")
    return RubricVersion.objects.create(rubric=rubric, number=1)


def dimension(version: RubricVersion, **fields: object) -> Dimension:
    return Dimension(**{"version": version, "order": 0, "key": "care", "name": "Care", **fields})


def test_a_key_is_unique_within_its_version(empty_draft):
    dimension(empty_draft).save()

    with pytest.raises(IntegrityError, match="dimension_key"), transaction.atomic():
        dimension(empty_draft, name="Other").save()


def test_a_weight_is_not_negative(empty_draft):
    with pytest.raises(IntegrityError, match="weight_is_not_negative"), transaction.atomic():
        dimension(empty_draft, weight=-1, weight_reason="less").save()


@pytest.mark.parametrize(
    ("fields", "words"), [({"weight": 40}, "a weight .* has no reason"), ({"name": ""}, "a dimension .* has no name")]
)
def test_what_is_published_has_names_and_reasons(empty_draft, fields, words):
    dimension(empty_draft, **fields).save()
    published = RubricVersion.objects.filter(pk=empty_draft.pk)

    with pytest.raises(DatabaseError, match=words), transaction.atomic():
        published.update(state="published", published_at=timezone.now())


@pytest.mark.parametrize("fields", [{}, {"weight": 0, "weight_reason": "none"}, {"weight_reason": "unused"}])
def test_no_weight_needs_no_reason(empty_draft, fields):
    dimension(empty_draft, **fields).save()

    assert empty_draft.dimensions.count() == 1


@pytest.mark.parametrize("level", [0, 6])
def test_a_level_is_one_to_five(empty_draft, level):
    care = dimension(empty_draft)
    care.save()

    with pytest.raises(IntegrityError, match="anchor_level_1_to_5"), transaction.atomic():
        Anchor.objects.create(dimension=care, level=level, text="x")


def test_a_level_has_one_wording(empty_draft):
    care = dimension(empty_draft)
    care.save()
    Anchor.objects.create(dimension=care, level=3, text="x")

    with pytest.raises(IntegrityError, match="anchor_level"), transaction.atomic():
        Anchor.objects.create(dimension=care, level=3, text="y")


def test_a_rubric_has_one_draft_and_numbers_its_versions_once(empty_draft):
    with pytest.raises(IntegrityError, match="one_draft_per_rubric"), transaction.atomic():
        RubricVersion.objects.create(rubric=empty_draft.rubric, number=2)
    with pytest.raises(IntegrityError, match="version_number"), transaction.atomic():
        RubricVersion.objects.create(rubric=empty_draft.rubric, number=1, state="retired", published_at=timezone.now())


def test_what_is_published_has_a_time(empty_draft):
    assert refused("UPDATE rubrics_rubricversion SET state = 'published' WHERE id = %s", empty_draft.pk)


def test_a_rubric_has_one_published_version(published_version):
    with pytest.raises(IntegrityError, match="one_published_per_rubric"), transaction.atomic():
        RubricVersion.objects.create(
            rubric=published_version.rubric, number=2, state="published", published_at=timezone.now()
        )


# --- who sees what ---


@pytest.mark.parametrize(
    ("name", "states"),
    [
        ("recruiter", {"draft", "published"}),
        ("admin", {"draft", "published"}),
        ("manager", {"published"}),
        ("interviewer", {"published"}),
    ],
)
def test_drafts_are_for_those_who_manage_rubrics(draft_version, person, name, states):
    found = RubricVersion.objects.visible_to(person(name))

    assert set(found.values_list("state", flat=True)) == states


def test_who_is_not_active_sees_no_version(published_version, person):
    user: User = person("recruiter")
    user.is_active = False

    assert not RubricVersion.objects.visible_to(user).exists()


def test_published_leaves_out_drafts_and_retired_versions(published_version, draft_version, person):
    assert list(RubricVersion.objects.published()) == [published_version]

    newest = publish_version(draft_version, by=person("recruiter"))
    fork_version(newest, by=person("recruiter"))

    assert list(RubricVersion.objects.published()) == [newest]


# --- what is said of a row ---


def test_every_level_has_a_name_and_a_meaning():
    assert tuple(LEVEL_NAMES) == LEVELS
    assert tuple(LEVEL_MEANINGS) == LEVELS


@pytest.mark.parametrize(
    ("row", "text"),
    [
        (Rubric(title="Shepherd"), "Shepherd"),
        (RubricVersion(rubric=Rubric(title="Shepherd"), number=2), "Shepherd, version 2"),
        (Dimension(name="Care"), "Care"),
        (Anchor(level=3, text="Does it"), "3: Does it"),
        (Exercise(label="A", title="Plan"), "A: Plan"),
        (Exercise(title="Plan"), "Plan"),
        (Signal(text="asks"), "asks"),
    ],
)
def test_a_row_is_called_by_its_name(row, text):
    assert str(row) == text
