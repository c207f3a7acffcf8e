"""A rubric's title: there once, followed by its address, and fixed once it is published."""

import pytest
from django.core.exceptions import ValidationError

from rubrics import titles
from rubrics.models import RubricVersion
from rubrics.services import publish_version, start_rubric
from tests.rubrics.drafting import add_dimension, write


@pytest.fixture
def draft(db, person) -> RubricVersion:
    return start_rubric("Beekeeper", language="en", by=person("recruiter"))


@pytest.mark.parametrize(("title", "words"), [("", "needs a title"), ("BEEKEEPER", "already a rubric")])
def test_a_title_is_there_and_there_once(draft, title, words):
    with pytest.raises(ValidationError, match=words):
        titles.new_rubric(title)


def test_titles_of_one_address_are_two_rubrics(db):
    slugs = []
    for title in ("C", "C++", "C#", "设计师", "!?"):
        rubric = titles.new_rubric(title)
        rubric.save()
        slugs.append(rubric.slug)

    assert slugs == ["c", "c-2", "c-3", "设计师", "rubric"]


def test_a_draft_changes_its_title_and_address(draft, person):
    write(draft, {"title": "Head beekeeper"}, by=person("recruiter"))

    draft.rubric.refresh_from_db()
    assert (draft.rubric.title, draft.rubric.slug) == ("Head beekeeper", "head-beekeeper")


def test_a_change_of_case_keeps_the_address(draft):
    titles.retitle(draft, "beeKEEPER")

    assert (draft.rubric.title, draft.rubric.slug) == ("beeKEEPER", "beekeeper")


def test_a_published_title_stays(draft, person):
    add_dimension(draft, name="Care", by=person("recruiter"))
    publish_version(draft, by=person("recruiter"))

    with pytest.raises(ValidationError, match="bear this title, so it stays"):
        titles.retitle(draft, "Other")
    assert titles.has_fixed_title(draft)


def test_an_address_is_cut():
    assert titles.slug_of("a" * 400) == "a" * 100


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Crème brûlée cook", "creme-brulee-cook"),
        ("Müller (Mühle)", "muller-muhle"),
        ("Инженер", "инженер"),
        ("Chef 厨师", "chef"),
    ],
)
def test_an_address_is_ascii_where_any_letter_has_an_ascii_form(title, slug):
    assert titles.slug_of(title) == slug


def test_a_title_is_folded_composed_and_cut_to_its_column(db):
    rubric = titles.new_rubric("  Ente\u0301rprise \n cook " + "x" * 400)

    assert rubric.title.startswith("Entérprise cook xxx")
    assert len(rubric.title) == titles.LIMIT


def test_a_draft_keeps_its_own_title(draft):
    titles.retitle(draft, "Beekeeper")

    assert (draft.rubric.title, draft.rubric.slug) == ("Beekeeper", "beekeeper")


def test_a_draft_takes_no_title_of_another_rubric(draft, person):
    start_rubric("Archivist", language="en", by=person("recruiter"))

    with pytest.raises(ValidationError, match="already a rubric"):
        titles.retitle(draft, "archivist")
