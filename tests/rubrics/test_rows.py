"""Rows of a draft: added, moved, removed, put back; warnings settled."""

import pytest
from django.core.exceptions import ValidationError

from rubrics import rows
from rubrics.contents import contents
from rubrics.drafts import Finished
from rubrics.export import rubric_json
from rubrics.models import RubricVersion
from rubrics.services import publish_version
from tests.rubrics.drafting import reword, write


@pytest.fixture
def by(person):
    return person("recruiter")


def fresh(version: RubricVersion) -> RubricVersion:
    return RubricVersion.objects.select_related("rubric", "blueprint").get(pk=version.pk)


@pytest.mark.parametrize(
    ("kind", "among", "related"),
    [
        ("dimension", "", "dimensions"),
        ("exercise", "", "exercises"),
        ("area", "", "focus_areas"),
        ("skill", "", "skills"),
        ("soft", "", "soft_skills"),
    ],
)
def test_a_row_is_added_at_the_end(draft_version, by, kind, among, related):
    before = list(getattr(draft_version, related).all())

    added = rows.add_row(draft_version, kind, among=among, by=by)

    assert list(getattr(fresh(draft_version), related).all()) == [*before, added]
    assert fresh(draft_version).edit == 1


def test_a_signal_and_a_question_stand_among_their_own(draft_version, by):
    dimension = draft_version.dimensions.last()
    before = list(dimension.questions.all())

    signal = rows.add_row(draft_version, "signal", among="weak", by=by)
    question = rows.add_row(draft_version, "question", among=str(dimension.pk), by=by)

    assert draft_version.signals.filter(kind="weak").order_by("order").last() == signal
    assert list(dimension.questions.all()) == [*before, question]


@pytest.mark.parametrize(("kind", "among"), [("signal", "odd"), ("signal", ""), ("question", "0"), ("question", "x")])
def test_no_row_is_added_where_there_is_no_place(draft_version, by, kind, among):
    with pytest.raises(ValidationError, match="not in the draft any more"):
        rows.add_row(draft_version, kind, among=among, by=by)


def test_a_rubric_is_not_filled_without_end(draft_version, by, monkeypatch):
    monkeypatch.setattr(rows, "MOST", draft_version.exercises.count())

    with pytest.raises(ValidationError, match="Remove one first"):
        rows.add_row(draft_version, "exercise", by=by)


@pytest.mark.parametrize(("place", "order"), [(0, "cab"), (1, "acb"), (9, "abc"), (-1, "cab")])
def test_a_row_is_put_at_a_place(draft_version, by, place, order):
    found = list(draft_version.exercises.all())[:3]
    letters = dict(zip([row.pk for row in found], "abc", strict=True))

    rows.move_row(draft_version, "exercise", found[2].pk, to=place, by=by)

    assert "".join(letters[row.pk] for row in draft_version.exercises.all() if row.pk in letters) == order
    assert [row.order for row in draft_version.exercises.all()] == list(range(draft_version.exercises.count()))


def test_what_is_removed_can_be_put_back_with_all_that_it_had(draft_version, by):
    first = reword(draft_version.dimensions.first(), weight="30", weight_reason="Most of the work", by=by)
    question = rows.add_row(draft_version, "question", among=str(first.pk), by=by)
    write(draft_version, {f"question_{question.pk}_text": "Why?"}, by=by)
    before, texts = rubric_json(fresh(draft_version)), contents(draft_version).texts()

    called = rows.remove_row(draft_version, "dimension", first.pk, by=by)
    gone = f"dimension_{first.pk}_name" not in contents(draft_version).texts()
    told = rows.undoable(fresh(draft_version))
    rows.undo(draft_version, by=by)

    assert called == told == f"the dimension “{first.name}”"
    assert gone
    assert rubric_json(fresh(draft_version)) == before
    assert contents(draft_version).texts() == texts
    assert rows.undoable(fresh(draft_version)) == ""


def test_removals_are_put_back_the_last_first(draft_version, by):
    order = [row.pk for row in draft_version.dimensions.all()]
    for pk in order[:2]:
        rows.remove_row(draft_version, "dimension", pk, by=by)

    rows.undo(draft_version, by=by)
    one = [row.pk for row in draft_version.dimensions.all()]
    rows.undo(draft_version, by=by)

    assert one == order[1:]
    assert [row.pk for row in draft_version.dimensions.all()] == order


def test_a_question_does_not_come_back_without_its_dimension(draft_version, by):
    dimension = draft_version.dimensions.first()
    question = rows.add_row(draft_version, "question", among=str(dimension.pk), by=by)
    rows.remove_row(draft_version, "question", question.pk, by=by)
    draft_version.dimensions.filter(pk=dimension.pk).delete()

    with pytest.raises(ValidationError, match="not in the draft any more"):
        rows.undo(draft_version, by=by)


def test_nothing_is_left_to_undo(draft_version, by):
    with pytest.raises(ValidationError, match="nothing left to undo"):
        rows.undo(draft_version, by=by)


def test_a_row_that_is_gone_is_neither_moved_nor_removed(draft_version, published_version, by):
    foreign = published_version.dimensions.first().pk

    with pytest.raises(ValidationError, match="not in the draft any more"):
        rows.move_row(draft_version, "dimension", foreign, to=0, by=by)
    with pytest.raises(ValidationError, match="not in the draft any more"):
        rows.remove_row(draft_version, "dimension", foreign, by=by)


def test_a_warning_is_settled_and_comes_back(draft_version, by):
    warnings = [{"code": "a", "message": "A"}, {"code": "b", "message": "B"}]
    RubricVersion.objects.filter(pk=draft_version.pk).update(warnings=warnings)

    rows.settle_warning(draft_version, 0, by=by)
    settled = fresh(draft_version).warnings
    rows.undo(draft_version, by=by)

    assert settled == warnings[1:]
    assert fresh(draft_version).warnings == warnings
    with pytest.raises(ValidationError, match="not in the draft any more"):
        rows.settle_warning(draft_version, 2, by=by)


def test_a_published_version_keeps_its_rows(draft_version, by):
    pk = draft_version.dimensions.first().pk
    publish_version(draft_version, by=by)

    with pytest.raises(Finished):
        rows.remove_row(draft_version, "dimension", pk, by=by)
    with pytest.raises(Finished):
        rows.add_row(draft_version, "dimension", by=by)
