"""Which openings use a version, as each person may see them."""

import pytest
from django.template import Context
from django.test import RequestFactory

from candidates.services import create_opening
from candidates.templatetags import openings_on as tag


def shown(user, version) -> dict:
    request = RequestFactory().get("/")
    request.user = user
    return tag.openings_on(Context({"request": request}), version)


def test_openings_are_those_that_the_reader_may_see(opening, person):
    version = opening.rubric_version
    create_opening("Secret", rubric_version=version, by=None, confidential=True)

    assert [row.title for row in shown(person("recruiter"), version)["openings"]] == [opening.title]
    assert shown(person("admin"), version)["openings"].total == 2
    of_interviewer = shown(person("interviewer"), version)
    assert (of_interviewer["openings"].total, of_interviewer["shown"]) == (0, False)


@pytest.mark.parametrize(("name", "is_told"), [("recruiter", True), ("admin", True), ("interviewer", False)])
def test_who_runs_openings_is_told_that_there_are_none(draft_version, person, name, is_told):
    assert shown(person(name), draft_version)["shown"] is is_told
