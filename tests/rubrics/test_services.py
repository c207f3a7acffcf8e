"""Importing, publishing, editing and forking rubrics: what is stored, what is audited, what is refused."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from audit.models import Event
from rubrics.blueprints.scorecard import PlannedDimension
from rubrics.export import rubric_json
from rubrics.models import Anchor, Blueprint, Dimension, Rubric, RubricVersion
from rubrics.services import (
    add_dimension,
    discard_draft,
    edit_dimension,
    fork_version,
    import_plan,
    publish_version,
    remove_dimension,
    require_evidence,
    set_language,
)


def events(kind: str) -> list[tuple[int | None, int | None]]:
    """Subject and actor of each event of a kind, the oldest first."""
    return list(Event.objects.filter(kind=kind).order_by("pk").values_list("subject_id", "actor_id"))


# --- importing ---


@pytest.fixture
def store(db, sample_plan):
    """Stores and publishes the sample's content under another title, as if from other bytes."""

    def store(title: str, sha256: str) -> RubricVersion:
        changed = replace(sample_plan, title=title, sha256=sha256)
        version, _ = import_plan(changed, filename="x.json", by=None, publish=True)
        version.refresh_from_db()
        return version

    return store


def test_titles_that_share_a_slug_are_two_rubrics(store):
    first, second = store("C++ Engineer", "1"), store("C# Engineer", "2")

    assert first.rubric_id != second.rubric_id
    assert list(Rubric.objects.order_by("pk").values_list("slug", "title")) == [
        ("c-engineer", "C++ Engineer"),
        ("c-engineer-2", "C# Engineer"),
    ]
    assert set(RubricVersion.objects.values_list("state", flat=True)) == {"published"}


def test_same_title_is_the_next_version_and_retires_the_one_before(store):
    first, second = store("C++ Engineer", "1"), store("c++ engineer", "2")

    first.refresh_from_db()
    assert (second.rubric_id, second.number, second.state) == (first.rubric_id, 2, "published")
    assert first.state == "retired"


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Site Reliability Engineer", "site-reliability-engineer"),
        ("设计师", "设计师"),
        ("!?", "rubric"),
        ("a" * 400, "a" * 100),
    ],
)
def test_a_rubric_s_address_comes_from_its_title(store, title, slug):
    version = store(title, "1")

    assert version.rubric.slug == slug
    assert version.rubric.title == title[:300]


def test_each_further_title_of_one_slug_gets_the_next_number(store):
    slugs = [store(title, title).rubric.slug for title in ("C", "C++", "C#", "C?")]

    assert slugs == ["c", "c-2", "c-3", "c-4"]


def test_a_title_finds_its_rubric_again_behind_others_of_its_slug(store):
    store("C++", "1")
    second = store("C#", "2")

    assert store("c#", "3").rubric_id == second.rubric_id


def test_an_import_stores_every_part_of_the_plan(db, sample_plan):
    version, stored = import_plan(sample_plan, filename="x.json", by=None)

    assert stored is True
    assert version.state == "draft"
    assert version.blueprint is not None
    assert (version.blueprint.filename, version.blueprint.sha256) == ("x.json", sample_plan.sha256)
    assert version.blueprint.sections.count() == len(sample_plan.sections)
    assert (version.scale_min, version.scale_max, version.levels_assumed) == (1, 5, True)
    assert rubric_json(version) == sample_plan.as_json()


def test_who_imports_is_kept_and_audited(db, sample_plan, person):
    changed = replace(sample_plan, title="Shepherd", sha256="1")
    recruiter = person("recruiter")

    version, _ = import_plan(changed, filename="x.json", by=recruiter)

    assert version.created_by == recruiter
    assert version.blueprint is not None
    assert version.blueprint.imported_by == recruiter
    assert events("rubric.imported")[-1] == (version.pk, recruiter.pk)


def test_the_same_bytes_change_nothing_and_are_not_audited(db, sample_plan):
    first, _ = import_plan(sample_plan, filename="x.json", by=None)

    again, stored = import_plan(replace(sample_plan, title="Another title"), filename="y.json", by=None)

    assert (again, stored) == (first, False)
    assert Rubric.objects.count() == 1
    assert len(events("rubric.imported")) == 1


def test_a_draft_that_is_imported_again_is_published_where_that_is_asked(db, sample_plan):
    import_plan(sample_plan, filename="x.json", by=None)

    again, stored = import_plan(sample_plan, filename="x.json", by=None, publish=True)

    assert (again.state, stored) == ("published", False)


def test_a_published_version_that_is_imported_again_stays_as_it_is(store, sample_plan):
    version = store("Shepherd", "1")

    again, stored = import_plan(replace(sample_plan, sha256="1"), filename="x.json", by=None, publish=True)

    assert (again, stored) == (version, False)
    assert again.published_at == version.published_at


def test_a_second_draft_is_refused_and_nothing_of_it_is_stored(db, sample_plan):
    import_plan(sample_plan, filename="x.json", by=None)

    with pytest.raises(ValidationError, match="already has an unpublished draft"):
        import_plan(replace(sample_plan, sha256="2"), filename="x.json", by=None)

    assert (Blueprint.objects.count(), RubricVersion.objects.count()) == (1, 1)


def test_publishing_at_once_what_has_no_dimension_stores_nothing(db, sample_plan):
    with pytest.raises(ValidationError, match="at least one dimension"), transaction.atomic():
        import_plan(replace(sample_plan, dimensions=()), filename="x.json", by=None, publish=True)

    assert not Rubric.objects.exists()


def test_texts_that_are_longer_than_their_columns_are_cut(db, sample_plan):
    long = "x" * 1000
    dimension = PlannedDimension(long, long, None, {3: long})
    exercise = replace(sample_plan.exercises[0], label=long, title=long, duration=long)
    changed = replace(
        sample_plan, source_title=long, source_url=long * 3, dimensions=(dimension,), exercises=(exercise,)
    )

    version, _ = import_plan(changed, filename=long, by=None)

    assert version.blueprint is not None
    assert (len(version.blueprint.title), len(version.blueprint.url)) == (500, 2000)
    stored = version.dimensions.get()
    assert (len(stored.key), len(stored.name), len(stored.anchors.get().text)) == (120, 300, 1000)
    case = version.exercises.get()
    assert (len(case.label), len(case.title), len(case.duration)) == (20, 500, 100)


def test_a_wording_for_a_level_that_evenhand_does_not_have_is_not_stored(db, sample_plan):
    dimension = PlannedDimension("care", "Care", None, {0: "z", 1: "a", 5: "e", 6: "f"})

    version, _ = import_plan(replace(sample_plan, dimensions=(dimension,)), filename="x", by=None)

    assert [anchor.level for anchor in version.dimensions.get().anchors.all()] == [1, 5]


def test_a_weight_of_the_document_says_where_it_comes_from(db, sample_plan):
    rows = (PlannedDimension("a", "A", 40.5), PlannedDimension("b", "B", None))

    version, _ = import_plan(replace(sample_plan, dimensions=rows), filename="x", by=None)

    assert [(row.weight, row.weight_reason) for row in version.dimensions.all()] == [
        (Decimal("40.5"), "As stated in the blueprint"),
        (None, ""),
    ]


def test_a_document_without_a_scale_stores_none(db, sample_plan):
    version, _ = import_plan(replace(sample_plan, scale=None), filename="x", by=None)

    assert (version.scale_min, version.scale_max) == (None, None)


# --- publishing ---


def test_version_is_published_once(store):
    version = store("C++ Engineer", "1")

    with pytest.raises(ValidationError, match="already been published"):
        publish_version(version, by=None)


def test_version_without_a_dimension_is_not_published(db):
    rubric = Rubric.objects.create(slug="empty", title="Empty")
    draft = RubricVersion.objects.create(rubric=rubric, number=1)

    with pytest.raises(ValidationError, match="at least one dimension"):
        publish_version(draft, by=None)

    draft.refresh_from_db()
    assert draft.state == "draft"


@pytest.fixture
def weighed(draft_version):
    """The draft with these weights on its first dimensions, none on the others."""

    def weigh(*weights):
        rows = list(draft_version.dimensions.all())
        given = [*weights, *[None] * (len(rows) - len(weights))]
        for row, weight in zip(rows, given, strict=True):
            row.weight, row.weight_reason = weight, "" if weight is None else "as the panel agreed"
            row.save()
        return draft_version

    return weigh


@pytest.mark.parametrize("weights", [(100,), (80, 35), (99.8,)])
def test_weights_that_leave_nothing_for_the_others_are_not_published(weighed, weights):
    draft = weighed(*weights)

    with pytest.raises(ValidationError, match=r"which leaves (nothing|only 0.2 %) for them"):
        publish_version(draft, by=None)

    draft.refresh_from_db()
    assert draft.state == "draft"


@pytest.mark.parametrize(("each", "words"), [(5, "not 100 %. Raise"), (90, "not 100 %. Lower")])
def test_weights_that_are_all_set_and_miss_a_hundred_are_not_published(weighed, draft_version, each, words):
    draft = weighed(*[each] * draft_version.dimensions.count())

    with pytest.raises(ValidationError, match=words):
        publish_version(draft, by=None)


@pytest.mark.parametrize("weights", [(), (40, 25.5), (0,)])
def test_weights_that_leave_something_are_published(weighed, weights):
    assert publish_version(weighed(*weights), by=None).state == "published"


def test_half_set_weights_are_stored_from_a_document_and_not_published(db, sample_plan):
    first, *others = sample_plan.dimensions
    half_set = replace(sample_plan, dimensions=(replace(first, weight=120.0), *others))

    with pytest.raises(ValidationError, match="leaves nothing"), transaction.atomic():
        import_plan(half_set, filename="x.json", by=None, publish=True)
    version, _ = import_plan(half_set, filename="x.json", by=None)

    assert version.state == "draft"


def test_publishing_keeps_who_and_when_and_is_audited(draft_version, published_version, person):
    manager = person("admin")

    version = publish_version(draft_version, by=manager)

    assert (version.state, version.published_by) == ("published", manager)
    assert version.published_at > published_version.published_at
    published_version.refresh_from_db()
    assert published_version.state == "retired"
    assert events("rubric.published")[-1] == (version.pk, manager.pk)


def test_publishing_retires_versions_of_its_own_rubric_only(store, published_version):
    store("Shepherd", "1")

    published_version.refresh_from_db()
    assert published_version.state == "published"


# --- editing a draft ---


@pytest.fixture
def dimension_of_the_draft(draft_version) -> Dimension:
    """The first one, with wordings for two levels."""
    return draft_version.dimensions.select_related("version").first()


def worded(dimension: Dimension) -> dict[int, str]:
    return {anchor.level: anchor.text for anchor in dimension.anchors.all()}


def test_wordings_are_added_changed_and_taken_away(dimension_of_the_draft, person):
    before = worded(dimension_of_the_draft)

    edit_dimension(dimension_of_the_draft, anchors={1: "new", 3: "changed", 5: ""}, by=person("recruiter"))

    assert list(before) == [3, 5]
    assert worded(dimension_of_the_draft) == {1: "new", 3: "changed"}


def test_without_fields_only_wordings_change(dimension_of_the_draft, person):
    name = dimension_of_the_draft.name

    edit_dimension(dimension_of_the_draft, anchors={}, by=person("recruiter"))

    dimension_of_the_draft.refresh_from_db()
    assert dimension_of_the_draft.name == name
    assert worded(dimension_of_the_draft) == {}


def test_fields_are_changed_together_and_the_key_stays(dimension_of_the_draft, person):
    key = dimension_of_the_draft.key
    fields = {"name": "Care", "must_have": True, "weight": Decimal(40), "weight_reason": "It matters"}

    edit_dimension(dimension_of_the_draft, anchors={}, by=person("recruiter"), **fields)

    stored = Dimension.objects.get(pk=dimension_of_the_draft.pk)
    assert (stored.name, stored.must_have, stored.weight, stored.weight_reason) == tuple(fields.values())
    assert stored.key == key


def test_a_dimension_may_keep_its_own_name(dimension_of_the_draft, person):
    name = dimension_of_the_draft.name

    edit_dimension(dimension_of_the_draft, anchors={3: "x"}, by=person("recruiter"), name=name.upper())

    assert Dimension.objects.get(pk=dimension_of_the_draft.pk).name == name.upper()


def test_another_dimension_s_name_is_refused_whatever_its_case_and_white_space(dimension_of_the_draft, person):
    other = dimension_of_the_draft.version.dimensions.last().name
    twin = f"  {other.upper().replace(' ', '   ')} "

    with pytest.raises(ValidationError) as refusal:
        edit_dimension(dimension_of_the_draft, anchors={3: "x"}, by=person("recruiter"), name=twin)

    assert refusal.value.message_dict == {"name": ["This draft already has a dimension with this name."]}
    assert 3 in worded(dimension_of_the_draft)


def test_each_edit_of_a_draft_is_audited(dimension_of_the_draft, person):
    recruiter, version = person("recruiter"), dimension_of_the_draft.version
    before = len(events("rubric.edited"))

    edit_dimension(dimension_of_the_draft, anchors={3: "x"}, by=recruiter)
    added = add_dimension(version, name="Care", anchors={}, by=recruiter)
    remove_dimension(added, by=recruiter)
    require_evidence(version, levels=[1], by=recruiter)

    assert events("rubric.edited")[before:] == [(version.pk, recruiter.pk)] * 4


def test_a_new_dimension_stands_last_with_a_key_of_its_own(draft_version, person):
    first = draft_version.dimensions.first()

    added = add_dimension(draft_version, name=f"{first.name}!", anchors={3: "x", 4: ""}, by=person("recruiter"))

    assert added == draft_version.dimensions.last()
    assert added.key == f"{first.key}-2"
    assert worded(added) == {3: "x"}


def test_the_first_dimension_of_an_empty_draft_has_order_zero(db, person):
    rubric = Rubric.objects.create(slug="empty", title="Empty")
    draft = RubricVersion.objects.create(rubric=rubric, number=1)

    added = add_dimension(draft, name="Care", anchors={}, by=person("recruiter"))

    assert (added.order, added.key) == (0, "care")


def test_a_new_dimension_of_a_name_that_is_there_is_refused(draft_version, person):
    count = draft_version.dimensions.count()

    with pytest.raises(ValidationError, match="already has a dimension with this name"):
        add_dimension(draft_version, name=draft_version.dimensions.first().name, anchors={}, by=person("recruiter"))

    assert draft_version.dimensions.count() == count


@pytest.mark.parametrize(
    ("levels", "stored"),
    [([5, 1], [1, 5]), ([3, 3, 3], [3]), ([0, 6, 4], [4]), ([], [])],
)
def test_evidence_is_obligatory_for_levels_that_exist_each_once(draft_version, person, levels, stored):
    require_evidence(draft_version, levels=levels, by=person("recruiter"))

    draft_version.refresh_from_db()
    assert draft_version.evidence_levels == stored


def test_which_levels_need_evidence_is_in_the_audit_trail(draft_version, person):
    require_evidence(draft_version, levels=[5, 1], by=person("recruiter"))

    assert Event.objects.filter(kind="rubric.edited").latest("pk").detail["evidence_levels"] == [1, 5]


def test_a_drafts_language_is_kept_by_its_forks_and_told_in_the_trail(draft_version, person):
    recruiter = person("recruiter")

    set_language(draft_version, language="cs", by=recruiter)

    assert Event.objects.filter(kind="rubric.edited").latest("pk").detail["language"] == "cs"
    fork = fork_version(publish_version(draft_version, by=recruiter), by=recruiter)
    assert fork.language == "cs"
    assert rubric_json(fork)["language"] == "cs"


def test_what_was_published_keeps_its_language(published_version, person):
    with pytest.raises(ValidationError, match="Start a new draft from it"):
        set_language(published_version, language="cs", by=person("recruiter"))


def test_what_was_published_takes_neither_evidence_levels_nor_dimensions(published_version, person):
    recruiter = person("recruiter")

    with pytest.raises(ValidationError, match="Start a new draft from it"):
        require_evidence(published_version, levels=[1], by=recruiter)
    with pytest.raises(ValidationError, match="Start a new draft from it"):
        add_dimension(published_version, name="Care", anchors={}, by=recruiter)


def test_the_database_refuses_to_edit_or_remove_a_published_dimension(published_version, person):
    dimension = published_version.dimensions.first()

    with pytest.raises(DatabaseError), transaction.atomic():
        edit_dimension(dimension, anchors={3: "x"}, by=person("recruiter"))
    with pytest.raises(DatabaseError), transaction.atomic():
        remove_dimension(dimension, by=person("recruiter"))

    assert Anchor.objects.filter(dimension=published_version.dimensions.first()).exists()


# --- discarding and forking ---


def test_a_discarded_draft_takes_its_blueprint_and_its_rubric_along(db, sample_plan, person):
    recruiter = person("recruiter")
    version, _ = import_plan(replace(sample_plan, title="Shepherd", sha256="1"), filename="x", by=recruiter)
    pk = version.pk

    discard_draft(version, by=recruiter)

    assert not Rubric.objects.filter(title="Shepherd").exists()
    assert not Blueprint.objects.filter(sha256="1").exists()
    assert events("rubric.discarded") == [(pk, recruiter.pk)]


def test_a_discarded_draft_can_be_imported_again(db, sample_plan, person):
    shepherd = replace(sample_plan, title="Shepherd", sha256="1")
    version, _ = import_plan(shepherd, filename="x", by=None)
    discard_draft(version, by=person("recruiter"))

    _, stored = import_plan(shepherd, filename="x", by=None)

    assert stored is True


def test_a_discarded_fork_leaves_the_version_it_came_from(draft_version, published_version, person):
    discard_draft(draft_version, by=person("recruiter"))

    published_version.refresh_from_db()
    assert published_version.state == "published"
    assert published_version.blueprint is not None
    assert list(RubricVersion.objects.all()) == [published_version]


def test_what_was_published_meanwhile_is_not_discarded(draft_version, person):
    publish_version(draft_version, by=person("recruiter"))

    with pytest.raises(ValidationError, match="is published and cannot be discarded"):
        discard_draft(draft_version, by=person("recruiter"))


def test_a_fork_has_the_same_content_under_the_next_number(draft_version, published_version, person):
    assert rubric_json(draft_version) == rubric_json(published_version)
    assert draft_version.number == published_version.number + 1
    assert (draft_version.state, draft_version.published_at, draft_version.published_by) == ("draft", None, None)
    assert draft_version.created_by == person("recruiter")
    assert draft_version.created_at > published_version.created_at
    assert events("rubric.forked") == [(draft_version.pk, person("recruiter").pk)]


def test_a_fork_keeps_which_scores_need_evidence(draft_version, person):
    require_evidence(draft_version, levels=[1, 5], by=person("recruiter"))
    publish_version(draft_version, by=person("recruiter"))

    fork = fork_version(draft_version, by=person("recruiter"))

    assert fork.evidence_levels == [1, 5]


def test_a_fork_of_a_retired_version_has_the_number_after_the_newest(draft_version, published_version, person):
    publish_version(draft_version, by=person("recruiter"))

    fork = fork_version(published_version, by=person("recruiter"))

    assert fork.number == 3


def test_a_rubric_with_a_draft_is_not_forked_again(draft_version, published_version, person):
    with pytest.raises(ValidationError, match="already has a draft"):
        fork_version(published_version, by=person("recruiter"))

    assert RubricVersion.objects.count() == 2
