"""Importing, publishing, editing and forking rubrics: what is stored, what is audited, what is refused."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from audit.models import Event
from rubrics.blueprints.planned_dimensions import PlannedDimension, PlannedQuestion
from rubrics.export import rubric_json
from rubrics.models import Blueprint, Rubric, RubricVersion
from rubrics.rows import add_row
from rubrics.services import copy_version, discard_draft, fork_version, import_plan, publish_version, start_rubric
from tests.rubrics.drafting import add_dimension, reword, write


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
    write(draft_version, {"needs_evidence_1": "on", "needs_evidence_5": "on"}, by=person("recruiter"))
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


# --- starting and copying ---


def test_an_empty_rubric_is_a_draft_with_a_title_and_a_language(db, person):
    recruiter = person("recruiter")

    draft = start_rubric("  Beekeeper   of bees ", language="cs", by=recruiter)

    assert (draft.rubric.title, draft.rubric.slug, draft.number) == ("Beekeeper of bees", "beekeeper-of-bees", 1)
    assert (draft.state, draft.language, draft.created_by) == ("draft", "cs", recruiter)
    assert events("rubric.started") == [(draft.pk, recruiter.pk)]


def test_a_copy_is_a_rubric_of_its_own_with_the_same_content(published_version, person):
    copy = copy_version(published_version, "Beekeeper", by=person("recruiter"))

    same, other = rubric_json(copy), rubric_json(published_version)
    for key in ("dimensions", "exercises", "focus_areas", "signals", "skills", "soft_skills", "summary"):
        assert same[key] == other[key]
    assert copy.rubric_id != published_version.rubric_id
    assert (copy.number, copy.blueprint, copy.warnings) == (1, None, [])


def test_a_dimension_that_was_added_gets_its_key_as_it_is_published(draft_version, person):
    recruiter, exercise = person("recruiter"), draft_version.exercises.first()
    added = add_dimension(draft_version, name="Care for users", by=recruiter)
    write(draft_version, {f"exercise_{exercise.pk}_shows_{added.pk}": "on"}, by=recruiter)

    publish_version(draft_version, by=recruiter)

    added.refresh_from_db()
    exercise.refresh_from_db()
    assert added.key == "care-for-users"
    assert exercise.dimension_keys == ["care-for-users"]


def test_a_renamed_dimension_keeps_the_key_of_earlier_versions(draft_version, person):
    dimension = draft_version.dimensions.first()
    key = dimension.key

    reword(dimension, name="Quite another name", by=person("recruiter"))
    publish_version(draft_version, by=person("recruiter"))

    dimension.refresh_from_db()
    assert dimension.key == key


def test_a_fork_of_an_edited_draft_starts_its_count_anew(draft_version, person):
    reword(draft_version.dimensions.first(), level_1="x", by=person("recruiter"))
    published = publish_version(draft_version, by=person("recruiter"))

    fork = fork_version(published, by=person("recruiter"))

    assert (fork.edit, fork.field_edits, fork.removed, fork.saved_at) == (0, {}, [], None)


# --- a newer document ---


@pytest.fixture
def set_here(draft_version, person) -> RubricVersion:
    """The sample, published again with what no document says of its first dimension and exercise."""
    by, exercise = person("recruiter"), draft_version.exercises.first()
    first = reword(draft_version.dimensions.first(), weight="30", weight_reason="Ours", must_have="on", by=by)
    question = add_row(draft_version, "question", among=str(first.pk), by=by)
    texts = {f"question_{question.pk}_text": "Why?", f"exercise_{exercise.pk}_shows_{first.pk}": "on"}
    write(draft_version, texts | {"needs_evidence_1": "on"}, by=by)
    return publish_version(draft_version, by=by)


def test_a_newer_document_keeps_what_was_set_here(set_here, sample_plan):
    version, _ = import_plan(replace(sample_plan, sha256="newer"), filename="x.json", by=None)

    first = version.dimensions.first()
    assert (first.weight, first.weight_reason, first.must_have) == (30, "Ours", True)
    kept = [question.text for question in set_here.dimensions.first().questions.all()]
    assert [question.text for question in first.questions.all()] == kept
    assert kept[-1] == "Why?"
    assert version.exercises.first().dimension_keys == [first.key]
    assert version.evidence_levels == [1]


def test_a_newer_document_s_own_weights_stand(set_here, sample_plan):
    first, *others = sample_plan.dimensions
    newer = replace(sample_plan, sha256="newer", dimensions=(replace(first, weight=50.0), *others))

    version, _ = import_plan(newer, filename="x.json", by=None)

    assert [row.weight for row in version.dimensions.all()][:2] == [50, None]


def test_weights_that_would_not_add_up_any_more_stay_behind(set_here, sample_plan):
    newer = replace(sample_plan, sha256="newer", dimensions=sample_plan.dimensions[:1])

    version, _ = import_plan(newer, filename="x.json", by=None)

    assert [row.weight for row in version.dimensions.all()] == [None]


def test_a_rubric_s_own_json_keeps_its_must_haves_and_reasons(draft_version, person, sample_plan):
    """What it states is not overlaid with what the version of now has."""
    reword(draft_version.dimensions.all()[1], must_have="on", by=person("recruiter"))
    publish_version(draft_version, by=None)
    first, second, *others = sample_plan.dimensions
    stated = replace(first, weight=20.0, weight_reason="Agreed in May", must_have=True, origin={"title": "SRE"})
    plan = replace(sample_plan, sha256="f" * 64, dimensions=(stated, second, *others), evidence_levels=(1, 5))

    version, _ = import_plan(plan, filename="rubric.json", by=None)

    kept = {row.key: row for row in version.dimensions.all()}
    row = kept[first.key]
    assert (row.weight_reason, row.must_have, row.origin) == ("Agreed in May", True, {"title": "SRE"})
    assert not kept[second.key].must_have
    assert version.evidence_levels == [1, 5]


def test_a_dimension_that_is_new_in_a_newer_document_stands_as_that_says(set_here, sample_plan):
    first, *others = sample_plan.dimensions
    added = replace(others[0], key="falconry", name="Falconry", must_have=False)
    newer = replace(sample_plan, sha256="newer", dimensions=(first, added, *others))

    version, _ = import_plan(newer, filename="x.json", by=None)

    by_key = {row.key: row for row in version.dimensions.all()}
    assert by_key[first.key].must_have
    assert (by_key["falconry"].must_have, by_key["falconry"].questions.count()) == (False, 0)


def test_a_document_s_own_questions_are_not_mixed_with_those_of_the_version_of_now(set_here, sample_plan):
    first, *others = sample_plan.dimensions
    asked = replace(first, questions=(PlannedQuestion("What broke?"),))

    version, _ = import_plan(
        replace(sample_plan, sha256="newer", dimensions=(asked, *others)), filename="x.json", by=None
    )

    assert [question.text for question in version.dimensions.first().questions.all()] == ["What broke?"]
