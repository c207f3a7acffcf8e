"""Saving a draft at each pause: what is stored, what is counted, and what is never overwritten."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.autosave import Stale
from audit.models import Event
from rubrics import drafts, rows
from rubrics.contents import contents
from rubrics.drafts import save_draft
from rubrics.library.copying import copy_into_draft
from rubrics.library.starter import starter_dimension
from rubrics.models import RubricVersion
from rubrics.rows import add_row, remove_row
from rubrics.services import publish_version
from tests.rubrics.drafting import write


@pytest.fixture
def by(person):
    return person("recruiter")


def test_each_kind_of_field_is_stored(draft_version, by):
    found = contents(draft_version)
    dimension, exercise, area = found.dimensions[0], found.exercises[0], found.areas[0]
    texts = {
        "summary": "Keeps bees.",
        "language": "cs",
        "needs_evidence_1": "on",
        f"dimension_{dimension.pk}_name": "Care",
        f"dimension_{dimension.pk}_weight": "12,5",
        f"dimension_{dimension.pk}_must_have": "on",
        f"dimension_{dimension.pk}_level_1": "Forgets them",
        f"dimension_{dimension.pk}_level_3": "",
        f"exercise_{exercise.pk}_look_for": "one\ntwo",
        f"exercise_{exercise.pk}_shows_{dimension.pk}": "on",
        f"area_{area.pk}_topics": "first\nsecond",
    }

    saved = write(draft_version, texts, by=by)

    stored = contents(RubricVersion.objects.get(pk=draft_version.pk))
    after = stored.texts()
    assert {name: after[name] for name in texts} == {**texts, f"dimension_{dimension.pk}_weight": "12.5"}
    assert saved.contents.dimensions[0].name == "Care"
    assert stored.exercises[0].dimension_keys == [dimension.key]
    assert stored.version.evidence_levels == [1]


def test_a_save_that_changes_nothing_is_not_counted(draft_version, by):
    saved = write(draft_version, {"summary": f" {draft_version.summary} "}, by=by)

    assert (saved.contents.version.edit, saved.contents.version.saved_at) == (0, None)
    assert not Event.objects.filter(kind="rubric.edited").exists()


def test_what_one_person_writes_without_a_pause_is_one_event(draft_version, by, person):
    for text in ("one", "two"):
        write(draft_version, {"summary": text}, by=by)
    write(draft_version, {"summary": "three"}, by=person("admin"))

    events = Event.objects.filter(kind="rubric.edited", subject_id=draft_version.pk).order_by("pk")
    assert list(events.values_list("actor_id", flat=True)) == [by.pk, person("admin").pk]
    assert RubricVersion.objects.get(pk=draft_version.pk).edit == 3


def test_two_tabs_merge_and_never_overwrite_each_other(draft_version, by):
    dimension = draft_version.dimensions.first()
    name = f"dimension_{dimension.pk}_name"
    save_draft(draft_version, {name: "Theirs"}, edit=0, by=by)

    other = save_draft(draft_version, {"summary": "Mine"}, edit=0, by=by)
    with pytest.raises(Stale) as stale:
        save_draft(draft_version, {name: "Mine"}, edit=0, by=by)

    assert other.others == {name: "Theirs"}
    assert (stale.value.theirs, stale.value.edit) == ({name: "Theirs"}, 2)
    assert save_draft(draft_version, {name: "Theirs"}, edit=0, by=by).others == {"summary": "Mine"}


def test_all_that_cannot_be_stored_is_told_by_field_and_nothing_is_stored(draft_version, published_version, by):
    mine, foreign = draft_version.dimensions.first(), published_version.dimensions.first()
    texts = {"summary": "x", f"dimension_{mine.pk}_weight": "much", f"dimension_{foreign.pk}_name": "Mine now"}

    with pytest.raises(ValidationError) as refusal:
        write(draft_version, texts, by=by)

    assert list(refusal.value.message_dict) == [f"dimension_{mine.pk}_weight", f"dimension_{foreign.pk}_name"]
    assert refusal.value.message_dict[f"dimension_{foreign.pk}_name"] == [drafts.GONE]
    assert RubricVersion.objects.get(pk=draft_version.pk).edit == 0


def test_a_text_of_a_document_may_be_longer_than_its_field_takes(draft_version, by):
    skill = draft_version.skills.first()
    draft_version.skills.filter(pk=skill.pk).update(name="x" * 400)

    same = {f"skill_{skill.pk}_name": "x" * 400, "summary": "Keeps bees."}

    assert write(draft_version, same, by=by).contents.version.summary == "Keeps bees."
    with pytest.raises(ValidationError, match="the limit is 300"):
        write(draft_version, {f"skill_{skill.pk}_name": "y" * 400}, by=by)


def test_a_field_that_no_draft_has_is_refused(draft_version, by):
    with pytest.raises(ValidationError, match="A rubric has no field 'state'"):
        write(draft_version, {"state": "published"}, by=by)


def test_what_was_published_takes_nothing(draft_version, by):
    publish_version(draft_version, by=by)

    with pytest.raises(drafts.Finished, match="Start a new draft from it"):
        write(draft_version, {"summary": "x"}, by=by)


def test_a_dimension_that_is_gone_is_shown_by_no_exercise(draft_version, published_version, by):
    exercise, foreign = draft_version.exercises.first(), published_version.dimensions.first()

    write(draft_version, {f"exercise_{exercise.pk}_shows_{foreign.pk}": "on"}, by=by)

    exercise.refresh_from_db()
    assert exercise.dimension_keys == []


def test_a_field_is_gone_with_its_row(draft_version, published_version):
    stored = contents(draft_version)

    assert drafts.is_gone(stored, f"dimension_{published_version.dimensions.first().pk}_name")
    assert drafts.is_gone(stored, "nothing")
    assert not drafts.is_gone(stored, f"dimension_{draft_version.dimensions.first().pk}_name")


@pytest.mark.parametrize("text", ["zero\x00width", "over\u202eride"])
def test_signs_that_cannot_be_stored_go(draft_version, by, text):
    saved = write(draft_version, {"summary": text}, by=by)

    assert saved.contents.version.summary in {"zerowidth", "override"}


# --- what a save stores, and what it counts ---------------------------------------------
def test_after_a_pause_the_same_person_writes_another_event(draft_version, by):
    write(draft_version, {"summary": "one"}, by=by)
    earlier = timezone.now() - drafts.TOGETHER
    RubricVersion.objects.filter(pk=draft_version.pk).update(saved_at=earlier)

    write(draft_version, {"summary": "two"}, by=by)

    assert Event.objects.filter(kind="rubric.edited", subject_id=draft_version.pk).count() == 2


def test_a_save_says_who_wrote_last_and_which_fields(draft_version, by, person):
    write(draft_version, {"summary": "one"}, by=by)
    write(draft_version, {"language": "cs"}, by=person("admin"))

    stored = RubricVersion.objects.get(pk=draft_version.pk)
    assert stored.saved_by == person("admin")
    assert stored.field_edits == {"summary": 1, "language": 2}


def test_a_tick_is_taken_away_as_it_was_set(draft_version, by):
    exercise, dimension = draft_version.exercises.first(), draft_version.dimensions.first()
    shows = f"exercise_{exercise.pk}_shows_{dimension.pk}"
    for text in ("on", ""):
        write(draft_version, {shows: text, "needs_evidence_2": text}, by=by)

    exercise.refresh_from_db()
    assert exercise.dimension_keys == []
    assert RubricVersion.objects.get(pk=draft_version.pk).evidence_levels == []


def test_levels_that_need_evidence_stand_in_order(draft_version, by):
    for level in (5, 1, 3):
        write(draft_version, {f"needs_evidence_{level}": "on"}, by=by)

    assert RubricVersion.objects.get(pk=draft_version.pk).evidence_levels == [1, 3, 5]


def test_a_level_is_worded_reworded_and_emptied(draft_version, by):
    dimension = draft_version.dimensions.first()
    found = []
    for text in ("Forgets them", "Loses them", ""):
        write(draft_version, {f"dimension_{dimension.pk}_level_1": text}, by=by)
        found.append(list(dimension.anchors.filter(level=1).values_list("text", flat=True)))

    assert found == [["Forgets them"], ["Loses them"], []]


def test_a_draft_that_was_discarded_takes_nothing(draft_version, by):
    pk = draft_version.pk
    draft_version.delete()

    with pytest.raises(drafts.Finished):
        drafts.locked_draft(RubricVersion(pk=pk), by=by)


WAYS_TO_WRITE = {
    "save": lambda version, row, by: save_draft(version, {"summary": "x"}, edit=0, by=by),
    "add": lambda version, row, by: rows.add_row(version, "dimension", by=by),
    "move": lambda version, row, by: rows.move_row(version, "dimension", row.pk, to=1, by=by),
    "shift": lambda version, row, by: rows.shift_row(version, "dimension", row.pk, by_places=1, by=by),
    "remove": lambda version, row, by: rows.remove_row(version, "dimension", row.pk, by=by),
    "settle": lambda version, row, by: rows.settle_warning(version, 0, by=by),
    "undo": lambda version, row, by: rows.undo(version, by=by),
    "copy": lambda version, row, by: copy_into_draft(version, starter_dimension("planning", "de"), by=by),
}


@pytest.mark.parametrize("way", WAYS_TO_WRITE)
def test_who_may_not_see_a_draft_writes_none_of_it(draft_version, person, way):
    former = person("admin")
    former.is_active = False
    before = RubricVersion.objects.filter(pk=draft_version.pk).values().get()
    first = draft_version.dimensions.first()

    for by in (person("interviewer"), former):
        with pytest.raises(drafts.Finished):
            WAYS_TO_WRITE[way](draft_version, first, by)

    assert RubricVersion.objects.filter(pk=draft_version.pk).values().get() == before
    assert draft_version.dimensions.first() == first


def test_a_fields_name_is_quoted_up_to_sixty_letters(draft_version, by):
    with pytest.raises(ValidationError) as caught:
        write(draft_version, {"x" * 200: ""}, by=by)

    assert caught.value.messages == [f"A rubric has no field {'x' * 60!r}. {drafts.RELOAD}"]


# --- what a save reads ------------------------------------------------------------------
@pytest.mark.parametrize(
    ("kind", "rows", "part", "texts"),
    [
        ("dimension", "dimensions", "level_3", ("Keeps them", "Keeps them well")),
        ("dimension", "dimensions", "name", ("Care", "Great care")),
        ("dimension", "dimensions", "weight", ("12.5", "13")),
        ("exercise", "exercises", "look_for", ("one", "one\ntwo")),
        ("area", "focus_areas", "detail", ("Bees", "Bees and hives")),
        ("skill", "skills", "use", ("Daily", "Weekly")),
    ],
)
def test_a_field_that_was_saved_before_is_saved_in_three_statements(
    draft_version, by, kind, rows, part, texts, django_assert_num_queries
):
    name = f"{kind}_{getattr(draft_version, rows).first().pk}_{part}"
    first, second = texts
    write(draft_version, {name: first}, by=by)

    with django_assert_num_queries(5):  # the savepoint's two, the lock, the row, the version
        saved = save_draft(draft_version, {name: second}, edit=1, by=by)

    assert contents(draft_version).texts()[name] == second
    assert (saved.version.edit, saved.version.field_edits) == (2, {name: 2})


def test_a_field_of_the_version_itself_is_saved_with_its_count(draft_version, by, django_assert_num_queries):
    write(draft_version, {"summary": "Keeps bees."}, by=by)

    with django_assert_num_queries(4):  # the savepoint's two, the lock, the version
        save_draft(draft_version, {"summary": "Keeps many bees.", "needs_evidence_2": "on"}, edit=1, by=by)

    stored = RubricVersion.objects.get(pk=draft_version.pk)
    assert (stored.summary, stored.evidence_levels, stored.edit) == ("Keeps many bees.", [2], 2)


def test_the_same_text_again_counts_nothing_though_it_was_saved_before(draft_version, by):
    name = f"dimension_{draft_version.dimensions.first().pk}_level_3"
    write(draft_version, {name: "Keeps them"}, by=by)

    saved = write(draft_version, {name: " Keeps  them "}, by=by)

    assert saved.version.edit == RubricVersion.objects.get(pk=draft_version.pk).edit == 1


def test_a_level_that_was_emptied_is_worded_anew(draft_version, by):
    dimension = draft_version.dimensions.first()
    found = []
    for text in ("Keeps them", "", "Keeps them well"):
        write(draft_version, {f"dimension_{dimension.pk}_level_3": text}, by=by)
        found.append(list(dimension.anchors.filter(level=3).values_list("text", flat=True)))

    assert found == [["Keeps them"], [], ["Keeps them well"]]


def test_a_field_that_was_saved_before_is_refused_once_its_row_is_gone(draft_version, by):
    dimension = draft_version.dimensions.first()
    question = add_row(draft_version, "question", among=str(dimension.pk), by=by)
    names = [f"dimension_{dimension.pk}_name", f"dimension_{dimension.pk}_level_3", f"question_{question.pk}_text"]
    write(draft_version, dict.fromkeys(names, "Care"), by=by)
    remove_row(draft_version, "dimension", dimension.pk, by=by)

    told = {}
    for name in names:
        with pytest.raises(ValidationError) as refusal:
            write(draft_version, {name: "Great care"}, by=by)
        told |= refusal.value.message_dict

    assert told == {name: [drafts.GONE] for name in names}


def test_a_field_of_another_version_is_never_written(draft_version, published_version, by):
    foreign = published_version.dimensions.first()
    name = f"dimension_{foreign.pk}_name"

    with pytest.raises(ValidationError) as refusal:
        write(draft_version, {name: "Mine now"}, by=by)

    foreign.refresh_from_db()
    assert refusal.value.message_dict == {name: [drafts.GONE]}
    assert foreign.name != "Mine now"


def test_a_text_that_its_field_cannot_hold_is_refused_though_it_was_saved_before(draft_version, by):
    name = f"dimension_{draft_version.dimensions.first().pk}_weight"
    write(draft_version, {name: "20"}, by=by)

    with pytest.raises(ValidationError, match="number of percent"):
        write(draft_version, {name: "much"}, by=by)

    assert contents(draft_version).texts()[name] == "20"


def test_a_save_knows_the_rows_unless_somebody_else_saved_or_a_weight_changed(draft_version, by, person):
    dimension = draft_version.dimensions.first()
    known = [save_draft(draft_version, {"summary": "one"}, edit=0, by=by).is_known]
    known.append(save_draft(draft_version, {f"dimension_{dimension.pk}_weight": "20"}, edit=1, by=by).is_known)
    add_row(draft_version, "dimension", by=person("admin"))
    known.append(save_draft(draft_version, {"summary": "two"}, edit=2, by=by).is_known)
    known.append(save_draft(draft_version, {"summary": "three"}, edit=4, by=by).is_known)

    assert known == [True, False, False, True]
