"""What was built on an application or a candidate, whichever model it stands in."""

from datetime import timedelta

import pytest
from django.utils import timezone

from candidates.built_on import named_elsewhere
from candidates.models import Application, Candidate, Interview
from candidates.services import add_candidate, create_opening
from candidates.states import move_application, set_state
from files.services import add_link, add_note


@pytest.fixture
def by(person):
    return person("recruiter")


@pytest.fixture
def application(opening, by) -> Application:
    return add_candidate(opening, name="Ines Paz", email="ines@example.org", by=by)


def named(application, **options) -> bool:
    return Application.objects.filter(named_elsewhere(Application, **options), pk=application.pk).exists()


def plan(application) -> Interview:
    begins = timezone.now() + timedelta(days=1)
    return application.interviews.create(round=application.opening.rounds.first(), starts_at=begins, due_at=begins)


def test_on_a_new_application_nothing_was_built(application):
    assert not named(application)


@pytest.mark.parametrize(
    "build",
    [
        plan,
        lambda row: set_state(row, state="on_hold", by=row.opening.members.first().user),
        lambda row: add_note(row, text="Free from March", by=row.opening.members.first().user),
        lambda row: add_link(
            row, url="https://x.example/", name="", purpose="other", by=row.opening.members.first().user
        ),
    ],
    ids=["an interview", "a status", "a note", "a link"],
)
def test_whatever_names_it_was_built_on_it(application, build):
    build(application)

    assert named(application)


def test_where_others_were_moved_to_is_named_by_them(application, by):
    to = create_opening("Night shift", rubric_version=application.opening.rubric_version, by=by)

    arrived = move_application(application, to=to, by=by)

    assert named(arrived)


def test_one_kind_can_be_left_out(application):
    plan(application)

    assert not named(application, but=Interview)


def test_of_any_model(application):
    stranger = Candidate.objects.create(name="Nobody's")

    found = Candidate.objects.filter(named_elsewhere(Candidate))

    assert application.candidate in found
    assert stranger not in found
