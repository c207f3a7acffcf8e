"""An opening moves to a newer version while nothing is written, and its plan with it."""

import pytest
from django.core.exceptions import ValidationError

from audit.models import Event
from candidates.models import Opening, Round
from candidates.services import create_opening, save_round
from rubrics.models import RubricVersion
from rubrics.rows import remove_row
from rubrics.services import fork_version, publish_version
from scorecards import drafts, repinning
from scorecards.repinning import move_opening, newer_version, obstacle, other_versions
from tests.rubrics.drafting import add_dimension


@pytest.fixture
def by(person):
    return person("recruiter")


@pytest.fixture
def opening(scored_application):
    """The sample's, in which somebody was judged."""
    return scored_application.opening


@pytest.fixture
def newer(opening, by) -> RubricVersion:
    """The next version: without the first dimension and the first exercise, with one dimension more."""
    draft = fork_version(opening.rubric_version, by=by)
    remove_row(draft, "dimension", draft.dimensions.first().pk, by=by)
    remove_row(draft, "exercise", draft.exercises.first().pk, by=by)
    add_dimension(draft, name="Care", by=by)
    return publish_version(draft, by=by)


@pytest.fixture
def fresh(opening, by) -> Opening:
    """Another opening on the sample's version, with two rounds and no candidates."""
    made = create_opening("Second line", rubric_version=opening.rubric_version, by=by)
    dimensions = list(made.rubric_version.dimensions.all())
    exercises = list(made.rubric_version.exercises.all())
    save_round(Round(opening=made, name="One", exercise=exercises[0]), dimensions=dimensions[:2], by=by)
    save_round(Round(opening=made, name="Two", exercise=exercises[1]), dimensions=dimensions[2:], by=by)
    return made


def test_rounds_follow_by_key_and_exercise(fresh, newer, by):
    lost = fresh.rubric_version.dimensions.first().name
    keys = {round_.name: [row.key for row in round_.dimensions.all()] for round_ in fresh.rounds.all()}
    before = fresh.rubric_version_id

    moved = move_opening(fresh, to=newer, by=by)

    fresh.refresh_from_db()
    one, two = fresh.rounds.order_by("name")
    assert fresh.rubric_version == newer
    assert (moved.lost, moved.uncovered, moved.without_exercise) == ((lost,), ("Care",), ("One",))
    assert [row.key for row in one.dimensions.all()] == keys["One"][1:]
    assert [row.key for row in two.dimensions.all()] == keys["Two"]
    assert {row.version_id for row in two.dimensions.all()} == {newer.pk}
    assert one.exercise is None
    assert two.exercise.version_id == newer.pk
    event = Event.objects.get(kind="opening.moved")
    assert (event.subject_id, event.detail) == (fresh.pk, {"from": before, "to": newer.pk})


def test_an_opening_on_the_published_version_stays(fresh, by):
    assert newer_version(fresh) is None
    with pytest.raises(ValidationError, match="already uses this version"):
        move_opening(fresh, to=fresh.rubric_version, by=by)


def test_a_version_that_is_not_published_is_refused(fresh, newer, by):
    draft = fork_version(newer, by=by)

    with pytest.raises(ValidationError, match="not published"):
        move_opening(fresh, to=draft, by=by)


def test_another_rubric_keeps_what_it_has_in_common(fresh, another, by):
    keys = [row.key for row in fresh.rounds.order_by("name")[0].dimensions.all()]
    lost = fresh.rubric_version.dimensions.exclude(key=keys[0]).values_list("name", flat=True)

    moved = move_opening(fresh, to=another, by=by)

    one, two = fresh.rounds.order_by("name")
    assert list(other_versions(fresh)) != []
    assert [row.version_id for row in one.dimensions.all()] == [another.pk]
    assert [row.key for row in one.dimensions.all()] == keys[:1]
    assert list(two.dimensions.all()) == []
    assert (set(moved.lost), moved.uncovered) == (set(lost), ("Pruning",))
    assert moved.without_exercise == ("One", "Two")


def test_what_is_written_keeps_the_version(opening, newer, by):
    assert obstacle(opening, by=by) == repinning.WRITTEN
    with pytest.raises(ValidationError, match="keeps its rubric"):
        move_opening(opening, to=newer, by=by)


def test_a_scorecard_that_was_only_opened_holds_nothing(fresh, newer, by, unscored_application):
    panelist = unscored_application.interviews.first().panelists.first()
    drafts.open_scorecard(panelist)
    unscored_application.opening.applications.exclude(pk=unscored_application.pk).update(opening=fresh)

    assert obstacle(unscored_application.opening, by=by) == ""
    assert obstacle(fresh, by=by) == repinning.WRITTEN


def test_whoever_owes_a_scorecard_is_told_nothing(unscored_application, newer, person):
    owing = unscored_application.interviews.first().panelists.first().user

    assert obstacle(unscored_application.opening, by=owing) == repinning.BLIND
