"""A rubric tells who changed it, when, and what; never in which words."""

import pytest
from django.urls import reverse

from rubrics.changes import version_changes
from rubrics.models import Dimension, RubricVersion
from rubrics.rows import remove_row
from rubrics.services import publish_version
from tests.rubrics.drafting import add_dimension, reword, write


def told(version: RubricVersion) -> list[str]:
    """What was changed, whoever did it, the newest change first."""
    return [what for change in version_changes(version) for what in change.what]


@pytest.fixture
def dimension_of_the_draft(draft_version) -> Dimension:
    return draft_version.dimensions.first()


def test_a_draft_tells_who_changed_which_level(draft_version, dimension_of_the_draft, person, client_of):
    dimension = dimension_of_the_draft
    body = {f"dimension_{dimension.pk}_level_3": "Reworded", "edit": "0"}
    assert client_of("recruiter").post(f"/rubrics/versions/{draft_version.pk}/edit/", body).status_code == 302

    shown = client_of("recruiter").get(f"/rubrics/versions/{draft_version.pk}/changes/").content.decode()

    assert f"{person('recruiter').display_name}</span>" in shown
    assert f"{dimension.name}, level 3" in shown
    assert "Reworded" not in shown


def test_what_was_added_and_removed_is_told_so(draft_version, person):
    added = add_dimension(draft_version, name="Care", level_1="x", by=person("recruiter"))
    remove_row(draft_version, "dimension", added.pk, by=person("recruiter"))

    found = told(draft_version)

    assert {"added Care", "removed Care", "added Care, level 1", "removed Care, level 1"} <= set(found)


def test_a_level_is_told_by_the_name_that_its_dimension_has_now(draft_version, dimension_of_the_draft, person):
    reword(dimension_of_the_draft, by=person("recruiter"), level_3="x", name="Care")

    assert "Care, level 3" in told(draft_version)


def test_a_version_s_own_fields_are_told_as_the_version(draft_version, person):
    write(draft_version, {"needs_evidence_1": "on"}, by=person("recruiter"))

    found = told(draft_version)

    assert "added the version" in found
    assert "the version" in found


def test_a_version_that_was_published_tells_its_states(draft_version, published_version, person):
    publish_version(draft_version, by=person("recruiter"))

    assert "the version: published" in told(draft_version)
    assert "the version: retired" in told(published_version)


def test_a_version_tells_nothing_of_another(draft_version, published_version, person):
    before = told(published_version)

    reword(draft_version.dimensions.first(), by=person("recruiter"), level_2="x")

    assert told(published_version) == before


def test_changes_are_a_piece_of_the_page_that_asks_for_them(client_of, draft_version):
    address = reverse("rubric_changes", args=[draft_version.pk])

    whole = client_of("recruiter").get(address).content.decode()
    piece = client_of("recruiter").get(address, headers={"HX-Request": "true"}).content.decode()

    assert "<html" in whole
    assert "<html" not in piece
    assert "the version" in piece
