"""What an import brought says so on its page."""

import pytest
from django.template import Context
from django.test import RequestFactory

from candidates.models import Opening
from scorecards.models import ScorecardImport
from scorecards.templatetags.brought import brought_by_import


@pytest.fixture
def opening(scored_application) -> Opening:
    """The sample's, in which somebody was judged."""
    return scored_application.opening


@pytest.fixture
def source(opening, person) -> ScorecardImport:
    """An import by the recruiter that brought the opening."""
    made = ScorecardImport.objects.create(by=person("recruiter"), sha256="0" * 64)
    made.brought.create(kind="opening", number=opening.pk)
    return made


def said(user, kind: str, number: int) -> dict[str, object]:
    request = RequestFactory().get("/")
    request.user = user
    return brought_by_import(Context({"request": request}), kind, number)


@pytest.mark.parametrize(("name", "readable"), [("recruiter", True), ("admin", True), ("manager", False)])
def test_only_those_who_see_the_import_are_led_to_it(source, opening, person, name, readable):
    assert said(person(name), "opening", opening.pk) == {"source": source, "readable": readable}


def test_a_row_of_the_same_number_of_another_kind_came_otherwise(source, opening, person):
    assert said(person("admin"), "user", opening.pk) == {"source": None, "readable": False}
