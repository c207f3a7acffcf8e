"""Rows of a draft: added, moved, removed, put back; warnings settled."""

import pytest
from django.core.exceptions import ValidationError

from audit.models import Event
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


# --- where rows stand ----------------------------------------------------------------
def order_of(version: RubricVersion) -> list[int]:
    return [row.pk for row in version.dimensions.all()]


@pytest.mark.parametrize(
    ("start", "places", "end"),
    [(0, 1, 1), (1, -1, 0), (0, -1, 0), (2, -2, 0), (0, 99, -1), (-1, 1, -1)],
)
def test_a_row_is_shifted_by_places_and_stops_at_both_ends(draft_version, by, start, places, end):
    pks = order_of(draft_version)
    moved = pks[start]

    rows.shift_row(draft_version, "dimension", moved, by_places=places, by=by)

    after = order_of(draft_version)
    assert after[end] == moved
    assert [pk for pk in after if pk != moved] == [pk for pk in pks if pk != moved]


def test_a_signal_moves_among_its_own_kind_alone(draft_version, by):
    weak = list(draft_version.signals.filter(kind="weak").order_by("order"))
    others = list(draft_version.signals.exclude(kind="weak").values_list("pk", "order").order_by("pk"))

    rows.move_row(draft_version, "signal", weak[0].pk, to=99, by=by)

    assert [row.pk for row in draft_version.signals.filter(kind="weak").order_by("order")] == [
        *[row.pk for row in weak[1:]],
        weak[0].pk,
    ]
    assert list(draft_version.signals.exclude(kind="weak").values_list("pk", "order").order_by("pk")) == others


@pytest.mark.parametrize("among", ["strong", "weak", "red_flag"])
def test_signals_are_bounded_by_kind(draft_version, by, among, monkeypatch):
    monkeypatch.setattr(rows, "MOST", draft_version.signals.filter(kind=among).count() + 1)

    rows.add_row(draft_version, "signal", among=among, by=by)

    with pytest.raises(ValidationError, match="Remove one first"):
        rows.add_row(draft_version, "signal", among=among, by=by)


def test_a_new_row_has_no_words_and_a_key_of_its_own(draft_version, by):
    one, two = (rows.add_row(draft_version, "dimension", by=by) for _ in range(2))
    skill = rows.add_row(draft_version, "skill", by=by)

    assert (one.name, one.weight) == ("", None)
    assert one.key != two.key
    assert skill.group == "must-have"


def test_every_change_of_rows_is_counted_and_on_the_trail(draft_version, by):
    pk = draft_version.dimensions.last().pk

    rows.add_row(draft_version, "area", by=by)
    rows.shift_row(draft_version, "dimension", pk, by_places=-1, by=by)
    rows.remove_row(draft_version, "dimension", pk, by=by)
    rows.undo(draft_version, by=by)

    stored = fresh(draft_version)
    assert (stored.edit, stored.saved_by) == (4, by)
    assert Event.objects.filter(kind="rubric.edited", subject_id=draft_version.pk).count() == 1


# --- what can be undone --------------------------------------------------------------
def test_the_last_twenty_removals_can_be_undone(draft_version, by, monkeypatch):
    monkeypatch.setattr(rows, "KEPT", 2)
    called = []
    for row in list(draft_version.dimensions.all())[:3]:
        called.append(rows.remove_row(draft_version, "dimension", row.pk, by=by))

    undone = [rows.undo(draft_version, by=by) for _ in range(2)]

    assert undone == [called[2], called[1]]
    with pytest.raises(ValidationError, match="nothing left to undo"):
        rows.undo(draft_version, by=by)


@pytest.mark.parametrize(
    ("words", "called"),
    [
        ("", "the empty focus area"),
        ("x" * 60, f"the focus area “{'x' * 60}”"),
        ("x" * 61, f"the focus area “{'x' * 59}…”"),
    ],
)
def test_what_was_removed_is_called_by_its_words(draft_version, by, words, called):
    area = rows.add_row(draft_version, "area", by=by)
    write(draft_version, {f"area_{area.pk}_name": words}, by=by)

    assert rows.remove_row(draft_version, "area", area.pk, by=by) == called


def test_a_row_comes_back_where_it_stood_and_the_others_close_up_meanwhile(draft_version, by):
    pks = order_of(draft_version)

    rows.remove_row(draft_version, "dimension", pks[1], by=by)
    between = [row.order for row in draft_version.dimensions.all()]
    rows.undo(draft_version, by=by)

    assert between == list(range(len(pks) - 1))
    assert order_of(draft_version) == pks


def test_a_dimension_whose_key_was_given_away_comes_back_under_another(draft_version, by):
    first = draft_version.dimensions.first()
    rows.remove_row(draft_version, "dimension", first.pk, by=by)
    taker = rows.add_row(draft_version, "dimension", by=by)
    draft_version.dimensions.filter(pk=taker.pk).update(key=first.key)

    rows.undo(draft_version, by=by)

    back = draft_version.dimensions.get(pk=first.pk)
    assert back.key != first.key
    assert back.name == first.name


def test_another_tab_is_not_told_of_fields_that_went_with_their_row(draft_version, by):
    area = rows.add_row(draft_version, "area", by=by)
    write(draft_version, {f"area_{area.pk}_name": "Care", "summary": "Keeps bees."}, by=by)

    rows.remove_row(draft_version, "area", area.pk, by=by)

    assert set(fresh(draft_version).field_edits) == {"summary"}


@pytest.mark.parametrize("index", [-1, 1])
def test_a_warning_that_is_not_there_is_not_settled(draft_version, by, index):
    RubricVersion.objects.filter(pk=draft_version.pk).update(warnings=[{"code": "a", "message": "A"}])

    with pytest.raises(ValidationError, match="not in the draft any more"):
        rows.settle_warning(draft_version, index, by=by)


def test_a_warning_comes_back_at_its_place(draft_version, by):
    warnings = [{"code": code, "message": code} for code in "abc"]
    RubricVersion.objects.filter(pk=draft_version.pk).update(warnings=warnings)

    called = rows.settle_warning(draft_version, 1, by=by)
    told = rows.undoable(fresh(draft_version))
    rows.undo(draft_version, by=by)

    assert called == told == "the warning"
    assert fresh(draft_version).warnings == warnings
