"""Two recruiters at work in one opening at the same moment, on two database connections."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from audit.models import Event
from candidates import services
from candidates.models import Candidate, Opening

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
