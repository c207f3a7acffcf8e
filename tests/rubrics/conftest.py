"""Rubrics to test on: the sample's published version, a draft of it, and plans that are not stored yet."""

import pytest

from rubrics.blueprints.documents import load
from rubrics.blueprints.plan import ImportPlan, plan
from rubrics.models import RubricVersion
from rubrics.services import fork_version
from tests.rubrics.role_documents import SAMPLE, plan_of


@pytest.fixture
def sample_plan() -> ImportPlan:
    """What the sample document says, with parts of every kind."""
    return plan(load(SAMPLE.read_bytes(), filename=SAMPLE.name))


@pytest.fixture
def plan_of_one_dimension() -> ImportPlan:
    """A role with one dimension, Care, and hardly anything else."""
    card = "<table><tr><th>Dimension</th><th>3</th></tr><tr><td>Care</td><td>Does it</td></tr></table>"
    return plan_of(f"<title>Shepherd</title><h2>1) Role</h2><h2>2) Hiring</h2><h3>Scorecard</h3>{card}")


@pytest.fixture
def published_version(sample) -> RubricVersion:
    """The sample's only version."""
    return RubricVersion.objects.get()


@pytest.fixture
def draft_version(published_version, person) -> RubricVersion:
    """A draft with the content of the sample's version."""
    return fork_version(published_version, by=person("recruiter"))
