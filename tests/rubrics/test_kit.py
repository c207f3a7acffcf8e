"""The kit of a version: read once where it is published, anew while it is a draft."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from rubrics.kit import kit_of
from rubrics.models import Dimension, Rubric, RubricVersion


@pytest.fixture
def draft(db):
    """A version with one dimension, its anchor and question, two signals and a focus area."""
    version = RubricVersion.objects.create(rubric=Rubric.objects.create(title="Engineer", slug="engineer"), number=1)
    dimension = version.dimensions.create(order=1, key="care", name="Care")
    dimension.anchors.create(level=3, text="Careful")
    dimension.questions.create(order=1, text="When?")
    version.signals.create(kind="weak", order=1, text="Later")
    version.signals.create(kind="strong", order=0, text="First")
    version.focus_areas.create(order=1, name="Depth")
    return version


def published(version: RubricVersion) -> RubricVersion:
    version.state, version.published_at = "published", timezone.now()
    version.save()
    return version


def test_it_has_the_parts_in_their_order(draft):
    kit = kit_of(draft)

    [dimension] = kit.dimensions
    assert [anchor.text for anchor in dimension.anchors.all()] == ["Careful"]
    assert [question.text for question in dimension.questions.all()] == ["When?"]
    assert [signal.text for signal in kit.signals] == ["First", "Later"]
    assert [area.name for area in kit.focus_areas] == ["Depth"]


def test_a_published_version_is_read_once(draft):
    version = published(draft)
    first = kit_of(version)

    with CaptureQueriesContext(connection) as asked:
        again = kit_of(RubricVersion(pk=version.pk, published_at=version.published_at))
        [dimension] = again.dimensions
        list(dimension.anchors.all()), list(dimension.questions.all())

    assert again is first
    assert list(asked) == []


def test_a_draft_is_read_as_it_is_now(draft):
    kit_of(draft)

    Dimension.objects.filter(version=draft).update(name="Great care")

    assert [dimension.name for dimension in kit_of(draft).dimensions] == ["Great care"]


def test_two_versions_that_were_published_at_other_moments_are_two(draft):
    version = published(draft)
    kit = kit_of(version)
    version.published_at = timezone.now()

    assert kit_of(version) is not kit
