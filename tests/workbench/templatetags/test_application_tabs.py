"""The tabs of an application: only those that their reader may open."""

import pytest
from django.template import Context
from django.test import RequestFactory

from workbench.templatetags.application_tabs import application_tabs


@pytest.fixture
def labels(person):
    def of(application, reader: str, **known: bool) -> list[str]:
        request = RequestFactory().get("/")
        request.user = person(reader)
        shown = application_tabs(Context({"request": request}), application, "overview", **known)
        return [label for label, _, _ in shown["tabs"]]

    return of


def test_each_reader_has_the_tabs_that_they_may_open(labels, unscored_application):
    common = ["Overview", "Debrief", "Files and notes", "Timeline"]

    assert labels(unscored_application, "manager") == common
    assert labels(unscored_application, "recruiter") == [*common, "Privacy"]


def test_a_blind_reader_has_no_tab_of_the_debrief(labels, unscored_application, person):
    unscored_application.interviews.first().panelists.create(user=person("manager"))

    assert labels(unscored_application, "manager") == ["Overview", "Files and notes", "Timeline"]
