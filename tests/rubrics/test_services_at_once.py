"""Two imports, forks or publications at the same moment: one happens, the other is told in words."""

import pytest
from django.core.exceptions import ValidationError

from audit.models import Event
from rubrics.blueprints.documents import load
from rubrics.blueprints.plan import plan
from rubrics.models import Blueprint, Rubric, RubricVersion
from rubrics.services import fork_version, import_plan, publish_version
from tests.concurrently import at_once
from tests.rubrics.role_documents import SAMPLE

pytestmark = pytest.mark.django_db(transaction=True)


def changed(spaces: int):
    """The sample under the same title, with other bytes."""
    return plan(load(SAMPLE.read_bytes() + b" " * spaces, filename=SAMPLE.name))


def run_import(found):
    return lambda: import_plan(found, filename=SAMPLE.name, by=None)


def test_same_file_imported_twice_at_once_is_stored_once(sample):
    outcomes = at_once(run_import(changed(1)), run_import(changed(1)), behind=Rubric.objects.all())

    assert sorted(stored for _, stored in outcomes) == [False, True]
    assert Blueprint.objects.count() == 2


def test_two_files_of_one_rubric_at_once_give_one_draft(sample):
    outcomes = at_once(run_import(changed(1)), run_import(changed(2)), behind=Rubric.objects.all())

    refused = [outcome for outcome in outcomes if isinstance(outcome, ValidationError)]
    assert len(refused) == 1
    assert "already has an unpublished draft" in refused[0].messages[0]
    assert RubricVersion.objects.filter(state="draft").count() == 1


def test_two_forks_at_once_give_one_draft(sample, person):
    version, by = RubricVersion.objects.get(), person("recruiter")

    outcomes = at_once(
        lambda: fork_version(version, by=by), lambda: fork_version(version, by=by), behind=Rubric.objects.all()
    )

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["RubricVersion", "ValidationError"]


def test_two_publications_at_once_publish_once(sample, person):
    draft = fork_version(RubricVersion.objects.get(), by=person("recruiter"))
    publish = lambda: publish_version(draft, by=person("recruiter"))  # noqa: E731 - the same call, twice

    outcomes = at_once(publish, publish, behind=RubricVersion.objects.filter(pk=draft.pk))

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["RubricVersion", "ValidationError"]
    assert Event.objects.filter(kind="rubric.published", subject_id=draft.pk).count() == 1
