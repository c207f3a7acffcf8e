"""An interview of the sample, somebody external on its panel, and who owes a scorecard."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse

from candidates.models import Interview, Panelist
from notices.models import Notice
from rubrics.models import RubricVersion
from rubrics.rows import remove_row
from rubrics.services import copy_version, publish_version
from tests.rubrics.drafting import add_dimension
from tests.scorecards.external import OUTSIDE

NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)  # a Tuesday


@pytest.fixture
def interview(unscored_application):
    """The first of two, of an application that nobody has judged."""
    return unscored_application.interviews.order_by("pk").first()


@pytest.fixture
def recruiter(client_of):
    """The recruiter's browser."""
    return client_of("recruiter")


@pytest.fixture
def guest_panelist(recruiter, interview):
    """Somebody external on the panel of that interview, whose link is in the last mail."""
    cache.clear()  # how often an address asked for links is counted there
    response = recruiter.post(reverse("guest_new", args=[interview.pk]), OUTSIDE)
    assert response.status_code == 302
    return Panelist.objects.select_related("user", "interview").get(user__email="outside@example.org")


@pytest.fixture
def another(scored_application, person) -> RubricVersion:
    """A published rubric of another role: of the sample's it has the first dimension, and no exercise."""
    by = person("recruiter")
    draft = copy_version(scored_application.opening.rubric_version, "Gardener", by=by)
    for dimension in list(draft.dimensions.all())[1:]:
        remove_row(draft, "dimension", dimension.pk, by=by)
    for exercise in draft.exercises.all():
        remove_row(draft, "exercise", exercise.pk, by=by)
    add_dimension(draft, name="Pruning", by=by)
    return publish_version(draft, by=by)


@pytest.fixture
def owing(scored_application) -> Panelist:
    """The only one who owes a scorecard anywhere: due at noon, with nothing told yet."""
    Interview.objects.update(starts_at=NOON - timedelta(days=400), due_at=NOON - timedelta(days=390))
    interviews = Interview.objects.filter(application=scored_application)
    interviews.update(starts_at=NOON - timedelta(hours=3), due_at=NOON)
    Notice.objects.all().delete()
    return Panelist.objects.get(interview__application=scored_application, user__email="interviewer2@example.com")
