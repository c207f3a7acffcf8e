"""The page on which an opening moves to a newer version of its rubric."""

import pytest
from django.urls import reverse

from candidates.services import create_opening
from rubrics.services import fork_version, publish_version
from tests.pages import html_of
from tests.rubrics.drafting import add_dimension


@pytest.fixture
def opening(scored_application):
    """The sample's, in which somebody was judged."""
    return scored_application.opening


@pytest.fixture
def fresh(opening, person):
    """An opening without candidates, whose version was replaced meanwhile."""
    by = person("recruiter")
    made = create_opening("Second line", rubric_version=opening.rubric_version, by=by)
    draft = fork_version(opening.rubric_version, by=by)
    add_dimension(draft, name="Care", by=by)
    publish_version(draft, by=by)
    return made


def test_the_opening_leads_to_what_differs_and_moves(client_of, fresh):
    client = client_of("recruiter")
    address = reverse("opening_rubric", args=[fresh.pk])

    opening = html_of(client.get(reverse("opening", args=[fresh.pk])))
    page = html_of(client.get(address))
    moved = client.post(address, follow=True)

    assert "a newer version is published" in opening
    assert "Move to version 2" in page
    assert "Care" in page
    assert moved.redirect_chain == [(reverse("opening", args=[fresh.pk]), 302)]
    [message] = moved.context["messages"]
    assert "New, and in no round yet: Care." in str(message)
    assert "a newer version is published" not in html_of(moved)


def test_an_opening_that_is_scored_shows_what_differs_and_stays(client_of, fresh, opening):
    client = client_of("recruiter")
    address = reverse("opening_rubric", args=[opening.pk])

    page = html_of(client.get(address))
    refused = client.post(address, follow=True)

    assert "keeps its version" in page
    assert "Move to version" not in page
    assert "Care" in page
    assert refused.redirect_chain == [(address, 302)]
