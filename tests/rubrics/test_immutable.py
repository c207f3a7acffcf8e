"""The database itself refuses to change what was published, submitted, decided or recorded."""

import pytest
from django.db import DatabaseError, transaction

from audit.models import Event
from rubrics.models import Anchor, Dimension, RubricVersion, Signal
from scorecards.models import Rating, Scorecard
from tests.queries import refused


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE rubrics_rubricversion SET summary = 'x'",
        "UPDATE rubrics_rubricversion SET state = 'draft'",
        "DELETE FROM rubrics_anchor",
        "UPDATE rubrics_anchor SET text = 'x'",
        "UPDATE rubrics_dimension SET name = 'x'",
        "UPDATE rubrics_signal SET text = 'x'",
        "UPDATE rubrics_exercise SET title = 'x'",
        "UPDATE rubrics_skill SET name = 'x'",
        "UPDATE scorecards_scorecard SET summary = 'x'",
        "UPDATE scorecards_rating SET score = 1",
        "DELETE FROM scorecards_rating",
        "UPDATE audit_event SET kind = 'x'",
        "DELETE FROM audit_event",
        "TRUNCATE audit_event",
    ],
)
def test_finished_rows_are_refused(scored, sql):
    assert RubricVersion.objects.filter(state="published").exists()
    assert Scorecard.objects.filter(state="submitted").exists()
    Scorecard.objects.filter(state="draft").delete()

    assert refused(sql)


def test_rows_cannot_be_added_to_a_published_version(sample):
    version = RubricVersion.objects.get()
    dimension = version.dimensions.first()

    with pytest.raises(DatabaseError), transaction.atomic():
        Signal.objects.create(version=version, order=99, kind="strong", text="late")
    with pytest.raises(DatabaseError), transaction.atomic():
        Anchor.objects.create(dimension=dimension, level=1, text="late")
    with pytest.raises(DatabaseError), transaction.atomic():
        Dimension.objects.create(version=version, order=99, key="late", name="Late")


def test_a_fork_is_editable_and_leaves_the_published_version_alone(sample, person):
    from rubrics.services import fork_version

    version = RubricVersion.objects.get()
    draft = fork_version(version, by=person("recruiter"))
    Dimension.objects.filter(version=draft).update(name="changed")

    assert draft.number == 2
    assert version.dimensions.filter(name="changed").count() == 0
    assert draft.dimensions.count() == version.dimensions.count()
    assert [row.text for row in draft.dimensions.first().anchors.all()] == [
        row.text for row in version.dimensions.first().anchors.all()
    ]


def test_every_kind_of_event_has_a_sentence(scored):
    from audit.presenters import sentence

    assert all(sentence(kind) for kind in Event.objects.values_list("kind", flat=True).distinct())


def test_submitted_rating_keeps_its_anchor(scored):
    rating = Rating.objects.filter(score=3).first()

    assert rating.anchor_text == rating.dimension.anchors.get(level=3).text
