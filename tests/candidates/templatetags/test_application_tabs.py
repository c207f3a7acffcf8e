"""The tabs of an application: only those that their reader may open."""

from candidates.models import Application
from candidates.templatetags.application_tabs import application_tabs


def labels(**may: bool) -> list[str]:
    return [label for label, _, _ in application_tabs(Application(pk=7), "overview", **may)["tabs"]]


def test_whoever_may_open_all_pages_has_all_tabs():
    assert labels(debrief=True, privacy=True) == ["Overview", "Debrief", "Timeline", "Privacy"]


def test_a_blind_reader_has_no_tab_of_the_debrief():
    assert labels(debrief=False) == ["Overview", "Timeline"]
