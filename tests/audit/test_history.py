"""Row history: it outlives its rows, only an erasure takes any of it away, and it reads as changes by their doers."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pghistory
import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from audit import history
from audit.history import Change, Step, changes, kept, newest, step
from audit.models import name_people
from rubrics.models import Dimension, Rubric, RubricVersion
from tests.queries import refused

BEGUN = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture
def dimension(db):
    """One dimension of a draft, which nobody has changed yet."""
    rubric = Rubric.objects.create(title="Engineer", slug="engineer")
    version = RubricVersion.objects.create(rubric=rubric, number=1)
    return Dimension.objects.create(version=version, order=1, key="care", name="Care")


def dimension_rows(dimension_id: int) -> list:
    return list(kept("rubrics", "DimensionChange").filter(pgh_obj_id=dimension_id).order_by("pgh_id"))


# --- what the database keeps -------------------------------------------------
def test_each_change_adds_a_row_that_holds_what_was_written(dimension):
    number = dimension.pk

    Dimension.objects.filter(pk=number).update(name="Great care")
    dimension.delete()

    told = [(row.pgh_label, row.name) for row in dimension_rows(number)]
    assert told == [("insert", "Care"), ("update", "Great care"), ("delete", "Great care")]


def test_a_write_that_changes_nothing_adds_none(dimension):
    Dimension.objects.filter(pk=dimension.pk).update(name="Care")

    assert len(dimension_rows(dimension.pk)) == 1


def test_a_row_keeps_the_doer_of_its_moment(dimension):
    with pghistory.context(user=7):
        Dimension.objects.filter(pk=dimension.pk).update(name="by a person")
    with pghistory.context(command="import_blueprint"):
        Dimension.objects.filter(pk=dimension.pk).update(name="by a command")

    contexts = [row.pgh_context for row in dimension_rows(dimension.pk)]
    assert contexts == [None, {"user": 7}, {"command": "import_blueprint"}]


def test_only_statements_that_change_rows_take_the_doer_along(dimension):
    with CaptureQueriesContext(connection) as seen, pghistory.context(user=7), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("PREPARE of_this_test AS SELECT name FROM rubrics_dimension")
            cursor.execute("EXECUTE of_this_test")
            names = cursor.fetchall()
            cursor.execute("DEALLOCATE of_this_test")
        Dimension.objects.filter(pk=dimension.pk).update(name="by a person")

    told = [query["sql"] for query in seen if "set_config" in query["sql"]]
    brackets = ("SAVEPOINT", "EXECUTE", "RELEASE")
    bare = [query["sql"].split()[0] for query in seen if query["sql"].startswith(brackets)]
    assert names == [("Care",)]
    assert bare == ["SAVEPOINT", "EXECUTE", "RELEASE"]
    assert any("UPDATE" in sql for sql in told)
    assert dimension_rows(dimension.pk)[-1].pgh_context == {"user": 7}


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE rubrics_dimensionchange SET name = 'x'",
        "UPDATE rubrics_dimensionchange SET pgh_context = NULL",
        "DELETE FROM rubrics_dimensionchange",
        "TRUNCATE rubrics_dimensionchange",
        "TRUNCATE rubrics_dimensionchange CASCADE",
    ],
)
@pytest.mark.parametrize("erasing", ["", "1", "1,2,3"])
def test_what_belongs_to_no_application_never_goes(dimension, statement, erasing):
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('evenhand.erasing', %s, true)", [erasing])

    assert refused(statement)

    assert [row.name for row in dimension_rows(dimension.pk)] == ["Care"]


def test_what_belongs_to_an_application_goes_in_its_erasure_alone(scored_application):
    deletion = "DELETE FROM scorecards_scorecardchange"
    rows = kept("scorecards", "ScorecardChange")
    own = rows.filter(panelist__interview__application=scored_application)
    others = rows.exclude(panelist__interview__application=scored_application)
    of_others = others.count()

    def erasing(*applications: int) -> None:
        with connection.cursor() as cursor:
            words = ",".join(map(str, applications))
            cursor.execute("SELECT set_config('evenhand.erasing', %s, true)", [words])

    assert own.exists()
    assert of_others
    for applications in [
        (),
        (scored_application.pk * 10,),
        (scored_application.pk + 10_000, scored_application.pk + 20_000),
    ]:
        erasing(*applications)
        assert refused(deletion)
    erasing(scored_application.pk)
    assert refused(deletion)  # it would take rows of others along
    assert refused("UPDATE scorecards_scorecardchange SET summary = ''")
    own.delete()
    erasing()

    assert not own.exists()
    assert others.count() == of_others


def test_there_is_no_history_of_what_is_not_tracked():
    with pytest.raises(LookupError):
        kept("rubrics", "SignalChange")


def test_the_newest_rows_come_first_and_no_more_than_a_page_shows(dimension, monkeypatch):
    added = dimension.name
    Dimension.objects.filter(pk=dimension.pk).update(name="renamed")
    history_of_it = kept("rubrics", "DimensionChange").filter(pgh_obj=dimension.pk)

    whole = newest(history_of_it)
    monkeypatch.setattr(history, "NEWEST", 1)
    page = newest(history_of_it)

    assert [row.name for row in whole] == ["renamed", added]
    assert [row.name for row in page] == ["renamed"]


# --- reading it --------------------------------------------------------------
@pytest.fixture
def named(no_apps):
    """Person 1 is called Ada; nobody says what others are called."""
    name_people(lambda numbers: {number: "Ada" for number in numbers if number == 1})


def at(minutes: float, what: str = "Care", **context: object) -> Step:
    return Step(BEGUN + timedelta(minutes=minutes), context, what)


@pytest.mark.parametrize(
    ("label", "told"),
    [("insert", "added Care"), ("delete", "removed Care"), ("update", "Care")],
)
def test_a_row_is_told_by_what_became_of_it(label, told):
    row = SimpleNamespace(pgh_label=label, pgh_created_at=BEGUN, pgh_context={"user": 1})

    assert step(row, "Care") == Step(BEGUN, {"user": 1}, told)


def test_a_row_without_a_context_is_nobodys():
    row = SimpleNamespace(pgh_label="update", pgh_created_at=BEGUN, pgh_context=None)

    assert step(row, "Care").context == {}


def test_steps_of_one_doer_without_a_longer_pause_are_one_change(named):
    found = changes([at(0, user=1), at(9, "Speed", user=1), at(18, user=1)])

    ended = BEGUN + timedelta(minutes=18)
    assert found == [Change(by="Ada", first=BEGUN, last=ended, what=("Care", "Speed"), steps=3)]


def test_ten_minutes_are_a_pause(named):
    found = changes([at(0, user=1), at(10, user=1), at(19.9, user=1)])

    assert [(change.first.minute, change.steps) for change in found] == [(10, 2), (0, 1)]


def test_somebody_else_between_ends_a_change(named):
    found = changes([at(0, user=1), at(1, user=2), at(2, user=1)])

    assert [change.by for change in found] == ["Ada", "person 2", "Ada"]
    assert [change.steps for change in found] == [1, 1, 1]


def test_the_newest_change_comes_first_in_whatever_order_the_steps_come(named):
    steps = [at(40, "C", user=1), at(0, "A", user=1), at(20, "B", user=1)]

    assert [change.what for change in changes(steps)] == [("C",), ("B",), ("A",)]
    assert changes(reversed(steps)) == changes(steps)


@pytest.mark.parametrize(
    ("context", "doer"),
    [
        ({"user": 1}, "Ada"),
        ({"user": 9}, "person 9"),
        ({"task": "privacy.retention"}, "the task privacy.retention"),
        ({"command": "load_sample"}, "the command load_sample"),
        ({}, "no signed-in person"),
        ({"user": 1, "task": "x"}, "Ada"),
    ],
)
def test_a_change_says_who_made_it(named, context, doer):
    assert [change.by for change in changes([at(0, **context)])] == [doer]


def test_names_are_asked_for_once_and_for_people_only(no_apps):
    asked = []

    def names(numbers):
        asked.append(numbers)
        return {}

    name_people(names)
    changes([at(0, user=1), at(30, user=2), at(60, user=1), at(90, task="x"), at(120)])

    assert asked == [{1, 2}]


def test_no_steps_are_no_changes(named):
    assert changes([]) == []
