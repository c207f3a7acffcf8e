"""Publishing with a checklist, and versions compared."""

import html

import pytest
from django.test import Client
from django.urls import reverse

from rubrics.models import RubricVersion
from tests.pages import html_of
from tests.rubrics.drafting import reword


@pytest.fixture
def recruiter(client_of) -> Client:
    return client_of("recruiter")


def text_of(client: Client, name: str, pk: int, query: str = "") -> str:
    response = client.get(reverse(name, args=[pk]) + query)
    assert response.status_code == 200
    return " ".join(html.unescape(html_of(response)).split())


def test_the_checklist_leads_to_what_is_to_be_mended(recruiter, draft_version, person):
    first = reword(draft_version.dimensions.first(), weight="120", level_5="", by=person("recruiter"))

    text = text_of(recruiter, "rubric_publish", draft_version.pk)

    editor = reverse("rubric_edit", args=[draft_version.pk])
    assert "This draft cannot be published yet" in text
    assert f'href="{editor}#id_dimension_{first.pk}_weight_reason"' in text
    assert f'href="{editor}#id_dimension_{first.pk}_level_5"' in text
    assert 'name="sure"' not in text


def test_what_follows_is_said_before(recruiter, draft_version, published_version, sample):
    text = text_of(recruiter, "rubric_publish", draft_version.pk)

    assert "Once published, this version can never change." in text
    assert f"It replaces version {published_version.number}:" in text
    assert "Openings on version 1" in text
    assert "Platform Reliability Engineer</a>" in text


def test_a_draft_is_published_by_a_tick_once(recruiter, draft_version):
    address = reverse("rubric_publish", args=[draft_version.pk])

    unticked = recruiter.post(address)
    ticked = recruiter.post(address, {"sure": "on"}, follow=True)
    again = recruiter.post(address, {"sure": "on"}, follow=True)

    assert unticked.status_code == 422
    assert [str(message) for message in ticked.context["messages"]] == ["Version published. It will never change."]
    assert again.status_code == 409
    assert "is published and cannot change" in str(next(iter(again.context["messages"])))
    draft_version.refresh_from_db()
    assert draft_version.state == "published"


def test_a_draft_that_is_hindered_is_not_published(recruiter, draft_version):
    draft_version.dimensions.all().delete()

    response = recruiter.post(reverse("rubric_publish", args=[draft_version.pk]), {"sure": "on"})

    assert response.status_code == 422
    assert "Add at least one dimension before you publish." in html_of(response)


def test_a_version_is_compared_with_the_one_before_it(recruiter, draft_version, person):
    dimension = draft_version.dimensions.first()
    text = dimension.anchors.get(level=3).text
    reword(dimension, level_3=f"{text} today", by=person("recruiter"))

    shown = text_of(recruiter, "rubric_compare", draft_version.pk)

    assert "<ins>" in shown
    assert "today</ins>" in shown
    assert "Level 3: Meets the bar" in shown


def test_versions_that_say_the_same_say_so(recruiter, draft_version, published_version):
    shown = text_of(recruiter, "rubric_compare", published_version.pk, f"?with={draft_version.pk}")

    assert "These versions say the same" in shown


def test_a_version_without_another_says_so(client_of, draft_version, published_version):
    assert "There is no other version yet" in text_of(client_of("interviewer"), "rubric_compare", published_version.pk)


@pytest.mark.parametrize("asked", ["x", "0", "9" * 30, "draft"])
def test_only_versions_that_one_may_see_are_compared(client_of, draft_version, published_version, asked):
    pk = draft_version.pk if asked == "draft" else asked
    address = reverse("rubric_compare", args=[published_version.pk])

    assert client_of("interviewer").get(f"{address}?with={pk}").status_code == 404
    assert RubricVersion.objects.count() == 2
