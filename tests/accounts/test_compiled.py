"""A compiled query has the rows that its query set has, for whoever asks; what cannot be kept is refused."""

from inspect import signature

import pytest
from django.db import connections
from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Lower
from django.utils import timezone

from accounts.compiled import COMPILED, NotCompilable, compiled
from accounts.models import User
from candidates.models import Application, Opening

PEOPLE = ("admin", "recruiter", "manager", "interviewer", "interviewer2")


@pytest.fixture(autouse=True)
def _registered_here(monkeypatch):
    """What a test compiles is no query of the product."""
    monkeypatch.setattr("accounts.compiled.COMPILED", [])


@compiled
def _seen(reader: User, pk: int) -> QuerySet[Application]:
    return Application.objects.visible_to(reader).filter(pk=pk).select_related("candidate", "opening__rubric_version")


def test_each_gets_their_own_rows_whoever_asked_before(scored_application, person):
    for name in (*PEOPLE, *reversed(PEOPLE)):
        reader = person(name)
        assert _seen(reader, scored_application.pk) == list(_seen.build(reader, scored_application.pk)), name


def test_whoever_is_no_longer_active_gets_nothing(scored_application, person):
    reader = person("recruiter")
    assert _seen.any(reader, scored_application.pk)

    reader.is_active = False

    assert not _seen.any(reader, scored_application.pk)


def test_rows_are_read_each_time(scored_application, person):
    reader = person("manager")
    assert _seen.first(reader, scored_application.pk) == scored_application

    scored_application.opening.members.all().delete()

    assert _seen.first(reader, scored_application.pk) is None


def test_related_rows_annotations_and_prefetches_come_along(scored_application, person, django_assert_num_queries):
    @compiled
    def rich(reader: User, pk: int) -> QuerySet[Application]:
        rows = Application.objects.run_by(reader).filter(pk=pk).select_related("opening")
        return rows.annotate(address=Lower(Value(reader.email))).prefetch_related("interviews")

    reader = person("recruiter")
    opening, interviews = scored_application.opening, list(scored_application.interviews.all())
    rich(reader, 0)
    with django_assert_num_queries(2):
        [row] = rich(reader, scored_application.pk)
        assert row.opening == opening
        assert list(row.interviews.all()) == interviews

    assert vars(row)["address"] == reader.email.lower()


def test_values_and_moments_can_be_asked_for(scored_application, person):
    @compiled
    def before(moment, title: str) -> QuerySet[Opening]:
        return Opening.objects.filter(created_at__lt=moment, title=title).values_list("pk", "title")

    opening, now = scored_application.opening, timezone.now()

    assert before(now, opening.title) == [(opening.pk, opening.title)]
    assert before(opening.created_at, opening.title) == []


def _reckons(reader: User) -> QuerySet[User]:
    return User.objects.filter(pk=reader.pk + 1)


def _changes_a_text(reader: User) -> QuerySet[User]:
    return User.objects.filter(email=reader.email.lower())


def _depends_on_a_value(reader: User) -> QuerySet[User]:
    others = Q(is_active=True) if reader.pk % 2 else Q(is_guest=True)
    return User.objects.filter(others)


def _asks(reader: User) -> QuerySet[User]:
    return User.objects.filter(is_active=User.objects.filter(pk=reader.pk).exists())


def _comes_with_the_reader(reader: User):
    return reader.memberships.all()


@pytest.mark.parametrize(
    "build",
    [_reckons, _changes_a_text, _depends_on_a_value, _asks, _comes_with_the_reader],
    ids=lambda one: one.__name__,
)
def test_what_depends_on_more_than_roles_is_refused(db, person, build):
    with pytest.raises(NotCompilable):
        compiled(build)(person("recruiter"))


def test_no_other_kind_of_value_is_taken(db):
    with pytest.raises(NotCompilable):
        compiled(lambda wanted: User.objects.filter(is_active=wanted))(True)


READERS, MOMENTS, TEXTS = {"user", "reader", "by"}, {"now", "starts_at", "until"}, {"key"}


def _given(argument: str, reader: User, number: int) -> object:
    """What a query of the product is asked with, by the name of its argument."""
    if argument in READERS:
        return reader
    if argument in MOMENTS:
        return timezone.now()
    return f"{number}" if argument in TEXTS else number


@pytest.mark.parametrize("keeps_plans", [False, True])
def test_every_query_of_the_product_has_the_rows_of_its_query_set_for_every_role(
    scored_application, person, monkeypatch, keeps_plans
):
    monkeypatch.setattr(connections["default"], "keeps_plans", keeps_plans, raising=False)
    for query in COMPILED:
        parameters = signature(query.build).parameters
        for name in PEOPLE:
            given = [_given(argument, person(name), scored_application.pk) for argument in parameters]
            assert query(*given) == list(query.build(*given)), (query.build, name)
