"""Two recruiters at work in one opening at the same moment, on two database connections."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from audit.models import Event
from candidates import services
from candidates.importing.bringing import Listed, bring_in
from candidates.importing.roster import Person
from candidates.models import Application, Candidate, Opening
from tests.concurrently import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def plan_another(application, lead, by):
    """In a thread with a connection of its own: what it raised, or None."""
    raised = []

    def run():
        try:
            with connection.cursor() as cursor:
                cursor.execute("SET lock_timeout = '5s'")
            starts = timezone.now() + timedelta(days=1)
            services.plan_interview(
                application,
                round=application.opening.rounds.first(),
                starts_at=starts,
                due_at=starts + timedelta(days=1),
                leads=[lead],
                shadows=[],
                by=by,
            )
        except Exception as error:
            raised.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    return raised[0] if raised else None


def test_an_interview_is_planned_while_somebody_adds_a_candidate(unscored_application, person):
    opening, by = unscored_application.opening, person("recruiter")
    application = services.add_candidate(opening, name="Ulla Sand", email="", by=by)
    planned = Event.objects.filter(kind="interview.planned").count()

    with transaction.atomic():
        Opening.objects.filter(pk=opening.pk).update(title=opening.title)
        services.add_candidate(opening, name="Nadia Brekke", email="", by=by)
        assert plan_another(application, person("manager"), by) is None

    assert Event.objects.filter(kind="interview.planned").count() == planned + 1
    assert Candidate.objects.filter(name="Nadia Brekke").count() == 1


@pytest.fixture
def two_openings(unscored_application, person):
    first = unscored_application.opening
    second = services.create_opening("Another role", rubric_version=first.rubric_version, by=person("recruiter"))
    return [first, second]


def test_one_list_brought_into_two_openings_at_once_is_of_the_same_people(two_openings, person):
    by = person("recruiter")
    people = Listed([Person(row, f"Zoe Adler {row}", f"zoe{row}@x.example") for row in range(2, 22)], "0" * 64)

    outcomes = at_once(
        *(lambda into=opening: bring_in(people, into, choices={}, all_of_it=True, by=by) for opening in two_openings),
        behind=Opening.objects.all(),
    )

    assert sorted((done.added, done.joined) for done in outcomes) == [(0, 20), (20, 0)]
    assert Candidate.objects.filter(name__startswith="Zoe Adler").count() == 20


@pytest.mark.parametrize("addresses", [("zoe@x.example", "zoe@x.example"), ("zoe@x.example", "")])
def test_one_person_added_to_two_openings_at_once_is_asked_about_or_the_same(two_openings, client_of, addresses):
    def add(opening, email):
        sent = {"name": "Zoe Adler", "email": email}
        return client_of("recruiter").post(reverse("candidate_new", args=[opening.pk]), sent)

    outcomes = at_once(
        *(lambda into=opening, at=email: add(into, at) for opening, email in zip(two_openings, addresses, strict=True)),
        behind=Opening.objects.all(),
    )

    same = addresses[0] == addresses[1]
    assert sorted(done.status_code for done in outcomes) == ([302, 302] if same else [302, 422])
    assert Candidate.objects.filter(name="Zoe Adler").count() == 1
    assert Application.objects.filter(candidate__name="Zoe Adler").count() == (2 if same else 1)
