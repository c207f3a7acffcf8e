"""An opening of the sample, one that is confidential, and people with any roles."""

from collections.abc import Callable
from itertools import count

import pytest

from accounts.models import User
from accounts.services import add_person
from candidates.models import Application, Candidate, Opening
from candidates.services import create_opening
from rubrics.models import RubricVersion
from rubrics.services import fork_version


@pytest.fixture
def opening(unscored_application) -> Opening:
    """The opening of the sample: two rounds, interviews planned on both."""
    return unscored_application.opening


@pytest.fixture
def draft_version(opening, person) -> RubricVersion:
    """A later version of the same rubric, with dimensions and exercises of its own."""
    return fork_version(opening.rubric_version, by=person("recruiter"))


@pytest.fixture
def confidential(opening, person) -> Opening:
    """An opening that only the hiring manager has a role on, with one application."""
    hidden = create_opening(
        "Secret chief",
        rubric_version=opening.rubric_version,
        by=None,
        confidential=True,
    )
    hidden.members.create(user=person("manager"), role="hiring_manager")
    candidate = Candidate.objects.create(name="Hidden Person", email="hidden@example.org")
    Application.objects.create(candidate=candidate, opening=hidden)
    return hidden


@pytest.fixture
def newcomer(sample) -> Callable[..., User]:
    """Makes a person with these company-wide roles, and with roles on an opening."""
    numbers = count(1)

    def newcomer(*roles: str, opening: Opening | None = None, on_it: tuple[str, ...] = ()) -> User:
        email = f"newcomer{next(numbers)}@example.com"
        user = add_person(email, by=None, **dict.fromkeys(roles, True))
        for role in on_it:
            opening.members.create(user=user, role=role)
        return user

    return newcomer
