"""One application as its recruiter sees it: the panel, and what may be done, until the candidate is erased."""

import pytest
from django.urls import reverse

from candidates.models import Panelist
from privacy.erasure import erase_candidate


@pytest.fixture
def page(client_of, scored_application):
    """The response that somebody gets."""
    return lambda name: client_of(name).get(reverse("application", args=[scored_application.pk]))


def offers(response) -> dict[str, bool]:
    """What the page lets its reader do."""
    rights = ("may_run", "may_erase", "may_answer_access", "override_form")
    return {name: bool(response.context[name]) for name in rights}


@pytest.mark.parametrize(
    ("name", "allowed"),
    [
        ("recruiter", {"may_run", "may_erase", "may_answer_access", "override_form"}),
        ("admin", {"may_erase", "may_answer_access"}),
        ("manager", {"may_run"}),
    ],
)
def test_each_role_is_offered_what_it_may_do(page, name, allowed):
    assert {right for right, may in offers(page(name)).items() if may} == allowed


def test_interviewers_do_not_find_the_page(page):
    assert page("interviewer").status_code == 404


def test_the_panel_is_shown_with_what_each_has_finished(page, two_panelists):
    overview = page("recruiter").context["overview"]

    assert [(panelist.panelist_id, panelist.state) for panelist in overview.panelists] == [
        (two_panelists[0].pk, "submitted"),
        (two_panelists[1].pk, "missing"),
    ]
    assert not overview.blind


def test_whoever_owes_a_scorecard_sees_only_their_own_state(page, two_panelists, person):
    Panelist.objects.filter(pk=two_panelists[1].pk).update(user=person("recruiter"))

    response = page("recruiter")

    assert response.context["overview"].blind
    assert [panelist.state for panelist in response.context["overview"].panelists] == ["", "missing"]
    assert offers(response) == {
        "may_run": True,
        "may_erase": True,
        "may_answer_access": False,
        "override_form": False,
    }


def test_nothing_is_offered_once_the_candidate_is_erased(page, scored_application, person):
    erase_candidate(scored_application.candidate, reason="asked", by=person("admin"))

    response = page("recruiter")

    assert response.status_code == 200
    assert not offers(response)["may_run"]
    assert not offers(response)["override_form"]
