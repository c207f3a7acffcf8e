"""Storing a plan: which rubric it belongs to, and what publishing it changes."""

from dataclasses import replace

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError

from rubrics.blueprints.documents import load
from rubrics.blueprints.plan import plan
from rubrics.models import Rubric, RubricVersion
from rubrics.services import import_plan, publish_version

SAMPLE = settings.BASE_DIR / "rubrics" / "samples" / "platform-reliability-engineer.json"


@pytest.fixture
def store(db):
    """A published version of the sample's content under another title."""
    read = plan(load(SAMPLE.read_bytes(), filename=SAMPLE.name))

    def store(title: str, sha256: str) -> RubricVersion:
        version, _ = import_plan(replace(read, title=title, sha256=sha256), filename="x.json", by=None, publish=True)
        version.refresh_from_db()
        return version

    return store


def test_titles_that_share_a_slug_are_two_rubrics(store):
    first, second = store("C++ Engineer", "1"), store("C# Engineer", "2")

    assert first.rubric_id != second.rubric_id
    assert list(Rubric.objects.order_by("pk").values_list("slug", "title")) == [
        ("c-engineer", "C++ Engineer"),
        ("c-engineer-2", "C# Engineer"),
    ]
    assert set(RubricVersion.objects.values_list("state", flat=True)) == {"published"}


def test_same_title_is_the_next_version_and_retires_the_one_before(store):
    first, second = store("C++ Engineer", "1"), store("c++ engineer", "2")

    first.refresh_from_db()
    assert (second.rubric_id, second.number, second.state) == (first.rubric_id, 2, "published")
    assert first.state == "retired"


def test_version_is_published_once(store):
    version = store("C++ Engineer", "1")

    with pytest.raises(ValidationError, match="published already"):
        publish_version(version, by=None)


def test_version_without_a_dimension_is_not_published(db):
    rubric = Rubric.objects.create(slug="empty", title="Empty")
    draft = RubricVersion.objects.create(rubric=rubric, number=1)

    with pytest.raises(ValidationError, match="at least one dimension"):
        publish_version(draft, by=None)

    draft.refresh_from_db()
    assert draft.state == "draft"
