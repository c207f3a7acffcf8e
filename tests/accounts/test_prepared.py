"""What a lasting connection has prepared once answers everybody with their own rows, and again after it failed."""

import pytest
from django.db import DatabaseError, connection, connections, transaction
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from accounts import prepared
from accounts.compiled import compiled
from accounts.models import User
from candidates.models import Application

PEOPLE = ("admin", "recruiter", "manager", "interviewer", "interviewer2")


@pytest.fixture(autouse=True)
def _plans_are_kept(monkeypatch, sample):
    monkeypatch.setattr("accounts.compiled.COMPILED", [])
    monkeypatch.setattr(connections["default"], "keeps_plans", True, raising=False)
    prepared.forget(connection)
    yield
    prepared.forget(connection)


@pytest.fixture
def seen():
    @compiled
    def rows(reader: User, pk: int) -> QuerySet[Application]:
        return Application.objects.visible_to(reader).filter(pk=pk).select_related("candidate")

    return rows


def statements() -> int:
    """How many the connection's session has prepared."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements")
        return cursor.fetchone()[0]


def test_it_is_prepared_once_and_gives_each_their_own_rows(seen, scored_application, person):
    before = statements()
    for name in (*PEOPLE, *reversed(PEOPLE)):
        reader = person(name)
        assert seen(reader, scored_application.pk) == list(seen.build(reader, scored_application.pk)), name
    after = statements()

    with CaptureQueriesContext(connection) as asked:
        seen(person("recruiter"), scored_application.pk)

    assert before < after <= before + len(PEOPLE)  # readers of the same roles ask the same statement
    assert asked.captured_queries[-1]["sql"].startswith("EXECUTE evenhand_")
    assert statements() == after


def test_statements_that_differ_in_a_constant_alone_are_kept_apart(scored_application, unscored_application):
    def query(pk: int):
        return compiled(lambda reader: Application.objects.filter(pk=pk))

    one, other = query(scored_application.pk), query(unscored_application.pk)
    reader = User(pk=1)

    assert one(reader) == [scored_application]
    assert other(reader) == [unscored_application]


def test_a_statement_whose_columns_changed_is_prepared_again(seen, scored_application, person):
    reader, pk = person("recruiter"), scored_application.pk
    seen(reader, pk)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE candidates_candidate ALTER COLUMN email TYPE varchar(400)")

    with pytest.raises(DatabaseError, match="cached plan"), transaction.atomic():
        seen(reader, pk)

    assert seen(reader, pk) == [scored_application]


def test_a_full_connection_asks_what_it_has_not_prepared_as_any_other(seen, scored_application, person, monkeypatch):
    monkeypatch.setattr(prepared, "MOST", 0)
    before = statements()

    assert seen(person("recruiter"), scored_application.pk) == [scored_application]
    assert statements() == before


def test_a_number_that_no_key_can_be_finds_nothing(seen, scored_application, person):
    reader = person("recruiter")

    assert seen(reader, 10**20) == []
    assert seen(reader, scored_application.pk) == [scored_application]
    assert seen(reader, -(10**20)) == []


def test_another_connection_keeps_no_plan(seen, scored_application, person, monkeypatch):
    monkeypatch.setattr(connections["default"], "keeps_plans", False, raising=False)

    with CaptureQueriesContext(connection) as asked:
        assert seen(person("recruiter"), scored_application.pk) == [scored_application]

    assert asked.captured_queries[-1]["sql"].startswith("SELECT")
