"""The page on which an opening moves to a newer version of its rubric, or to another one."""

import re

import pytest
from django.urls import reverse

from candidates.services import create_opening
from rubrics.services import fork_version, publish_version
from scorecards.repinning import newer_version
from tests.pages import html_of
from tests.rubrics.drafting import add_dimension


def chosen(page: str) -> str:
    """The version whose button the page offers."""
    return re.search(r'type="hidden" name="rubric_version" value="(\d+)"', page)[1]


@pytest.fixture
def opening(scored_application):
    """The sample's, in which somebody was judged."""
    return scored_application.opening


@pytest.fixture
def opening_without_candidates(opening, person):
    """An opening without candidates, whose version was replaced meanwhile."""
    by = person("recruiter")
    made = create_opening("Second line", rubric_version=opening.rubric_version, by=by)
    draft = fork_version(opening.rubric_version, by=by)
    add_dimension(draft, name="Care", by=by)
    publish_version(draft, by=by)
    return made


def test_the_opening_leads_to_what_differs_and_moves(client_of, opening_without_candidates):
    client = client_of("recruiter")
    address = reverse("opening_rubric", args=[opening_without_candidates.pk])

    opening = html_of(client.get(reverse("opening", args=[opening_without_candidates.pk])))
    page = html_of(client.get(address))
    moved = client.post(address, {"rubric_version": chosen(page)}, follow=True)

    assert "a newer version is published" in opening
    assert "version 2</button>" in page
    assert "Care" in page
    assert moved.redirect_chain == [(reverse("opening", args=[opening_without_candidates.pk]), 302)]
    [message] = moved.context["messages"]
    assert "New, and in no round yet: Care." in str(message)
    assert "a newer version is published" not in html_of(moved)


def test_an_opening_that_is_scored_shows_what_differs_and_stays(client_of, opening_without_candidates, opening):
    client = client_of("recruiter")
    address = reverse("opening_rubric", args=[opening.pk])

    page = html_of(client.get(address))
    refused = client.post(address, {"rubric_version": newer_version(opening).pk}, follow=True)

    assert "keeps its rubric" in page
    assert "</button>" not in page.partition("<main")[2].partition("</main>")[0]
    assert "Care" in page
    assert refused.redirect_chain == [(address, 302)]


def test_another_rubric_is_compared_first_and_then_used(client_of, opening_without_candidates, another):
    client = client_of("recruiter")
    address = reverse("opening_rubric", args=[opening_without_candidates.pk])

    page = html_of(client.get(address, {"rubric_version": another.pk}))
    assert "Use Gardener, version 1</button>" in page
    assert "Pruning" in page
    client.post(address, {"rubric_version": chosen(page)})

    opening_without_candidates.refresh_from_db()
    assert opening_without_candidates.rubric_version == another


@pytest.mark.parametrize("sent", ["", "0", "x"])
def test_what_cannot_be_chosen_is_told(client_of, opening_without_candidates, sent):
    client = client_of("recruiter")
    address = reverse("opening_rubric", args=[opening_without_candidates.pk])

    assert client.get(address, {"rubric_version": sent}).status_code == 422
    refused = client.post(address, {"rubric_version": sent}, follow=True)
    assert "Choose a rubric" in str(next(iter(refused.context["messages"])))
