"""The tabs of an opening: only those that their reader may open."""

from candidates.models import Opening
from candidates.templatetags.opening_tabs import opening_tabs


def labels(*, may_run: bool) -> list[str]:
    return [label for label, _, _ in opening_tabs(Opening(pk=7, title="Engineer"), "plan", may_run)["tabs"]]


def test_whoever_runs_an_opening_has_all_its_tabs():
    assert labels(may_run=True) == ["Applications", "Plan", "People", "Rubric", "Packets", "Settings"]


def test_others_have_the_tabs_that_change_nothing():
    assert labels(may_run=False) == ["Applications", "Plan", "People", "Settings"]
