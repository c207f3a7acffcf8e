"""The cells of an application in a table."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from candidates.models import Status
from workbench.next_steps import Step
from workbench.templatetags.application_cells import CELLS, application_cells

MOMENT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
NONE = '<span class="eh-meta">–</span>'


def shown(*columns: str, plans: bool = False, **known: object) -> str:
    """The cells of these columns, of an application with what is known of it."""
    standing = {
        "pk": 7,
        "next_step": Step.NONE,
        "hidden": False,
        "expected": 3,
        "submitted": 1,
        "owing": 0,
        "late_people": [],
        "next_at": datetime(9999, 1, 1, tzinfo=UTC),
        "shown_status": Status.ACTIVE,
        "changed_at": MOMENT,
        "created_at": MOMENT,
    }
    application = SimpleNamespace(**standing | known)
    return application_cells(application, dict.fromkeys(columns, True), plans=plans).strip()


@pytest.mark.parametrize(
    ("step", "plans", "leads"),
    [
        (Step.DEBRIEF, False, "/applications/7/debrief/"),
        (Step.DECISION, False, "/applications/7/debrief/"),
        (Step.PLAN, True, "/applications/7/interviews/new/"),
        (Step.PLAN, False, ""),
        (Step.SCORECARDS, True, ""),
    ],
)
def test_a_step_leads_to_its_page_where_the_reader_may_take_it(step: Step, plans: bool, leads: str):
    inner = f'<a href="{leads}">{step.label}</a>' if leads else f"<span>{step.label}</span>"

    assert shown("step", plans=plans, next_step=step) == f'<td data-column="Next step">{inner}</td>'


def test_what_there_is_nothing_of_is_a_dash():
    assert shown("step") == f'<td data-column="Next step" class="eh-none">{NONE}</td>'
    assert shown("late") == f'<td data-column="Late" class="eh-none">{NONE}</td>'
    assert shown("next") == f'<td data-column="Next interview" class="eh-none">{NONE}</td>'
    assert shown("scorecards", expected=0) == f'<td data-column="Scorecards">{NONE}</td>'


def test_scorecards_are_counted_for_whoever_may_know():
    assert "<span>1 of 3 in</span></td>" in shown("scorecards")
    assert '<span>1 of 3 in</span> <span class="eh-meta">2 owed</span>' in shown("scorecards", owing=2)

    hidden = shown("scorecards", owing=2, hidden=True)

    assert "hidden until you submit yours" in hidden
    assert "1 of 3" not in hidden
    assert "owed" not in hidden


def test_who_is_late_is_named_as_text():
    names = shown("late", late_people=["Noor <Haddad>", "Lou"])

    assert '<span class="eh-overdue"><bdi>Noor &lt;Haddad&gt;</bdi>, <bdi>Lou</bdi></span>' in names


def test_the_columns_that_are_chosen_stand_in_their_order():
    rows = shown(*reversed(CELLS), next_at=MOMENT).split("</td>")[:-1]

    heads = [row.split('"')[1] for row in rows]
    assert heads == ["Next step", "Scorecards", "Late", "Next interview", "Status", "Last change", "Added"]
    assert "<time datetime=" in rows[3]
    assert "Active" in rows[4]
    assert "<span>2 Mar 2026</span>" in rows[5]
