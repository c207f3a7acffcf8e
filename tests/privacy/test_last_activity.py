"""The two columns that the database keeps equal what every table says, whatever is added, changed or taken away."""

from datetime import timedelta
from random import Random

import pgtrigger
import pytest
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone

from candidates.models import Application, Interview, Opening
from candidates.services import add_candidate, create_opening
from debriefs import meetings
from files.models import CandidateNote
from files.services import add_note
from privacy.retention import set_retention
from tests.concurrently import at_once
from tests.privacy.last_activity import SOURCES, all_expected, expected, kept, rows_of

STEPS = 60


def test_an_application_of_the_sample_has_both(scored_application, unscored_application):
    assert kept() == all_expected()


def test_whatever_somebody_writes_is_followed(worded_application):
    counted = [
        rows_of(model, way, worded_application).exclude(**{column: None}).exists() for model, way, column in SOURCES
    ]

    assert counted == [True] * len(SOURCES)
    assert kept() == all_expected()


@pytest.mark.parametrize("seed", range(4))
def test_in_random_worlds_both_equal_what_every_table_says(worded_application, unscored_application, seed):
    rng = Random(f"last activity {seed}")

    for _ in range(STEPS):
        step = rng.choice([_shift, _shift, _take_away, _add_note, _policy])
        with pgtrigger.ignore():  # no more than what forbids such changes: that which keeps the columns goes on
            told = step(rng, worded_application)
        assert kept() == all_expected(), told


def _shift(rng, application) -> str:
    """Some row gets another time, earlier or later."""
    model, way, column = rng.choice(SOURCES)
    rows = rows_of(model, way, application).exclude(**{column: None}).order_by("pk")
    if not rows:
        return "nothing"
    row = rng.choice(rows)
    moment = getattr(row, column) + timedelta(hours=rng.randrange(-3000, 3000))
    changes = {column: moment}
    if model is Interview:
        changes["starts_at"] = moment
    model._default_manager.filter(pk=row.pk).update(**changes)
    return f"{model.__name__}.{column}"


def _take_away(rng, application) -> str:
    """Some row goes, if nothing hangs on it."""
    model, way, _ = rng.choice(SOURCES)
    rows = rows_of(model, way, application).order_by("pk")
    if not rows:
        return "nothing"
    row = rng.choice(rows)
    try:
        with transaction.atomic():
            row.delete()
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    except (models.ProtectedError, IntegrityError):
        return "nothing"
    return f"{model.__name__} gone"


def _add_note(rng, application) -> str:
    note = CandidateNote(application=application, text="Called", by=application.opening.members.first().user)
    note.save()
    CandidateNote.objects.filter(pk=note.pk).update(at=timezone.now() + timedelta(hours=rng.randrange(-50, 50)))
    return "note"


def _policy(rng, application) -> str:
    Opening.objects.filter(pk=application.opening_id).update(retention_days=rng.randrange(1, 900))
    return "policy"


def test_who_sets_the_columns_by_hand_changes_nothing_that_was(worded_application):
    before = kept()

    Application.objects.filter(pk=worded_application.pk).update(
        active_at=worded_application.created_at, kept_until=None
    )

    assert kept() == before


def test_another_opening_is_another_period(scored_application, person):
    other = create_opening("Another", rubric_version=scored_application.opening.rubric_version, by=None)
    set_retention(other, preset="california", days=None, by=person("admin"))

    Application.objects.filter(pk=scored_application.pk).update(opening=other)

    assert kept() == all_expected()


def test_a_decision_that_is_reopened_counts_no_longer_whatever_comes_later(scored_application, decided, person):
    late = timezone.now() + timedelta(days=90)
    Interview.objects.filter(application=scored_application).update(due_at=late)
    assert kept() == all_expected()

    meetings.reopen_debrief(scored_application, reason="News", by=person("manager"))

    row = Application.objects.get(pk=scored_application.pk)
    assert row.active_at == late
    assert row.kept_until == late + timedelta(days=366)


# --- at once -----------------------------------------------------------------
at_the_same_time = pytest.mark.django_db(transaction=True)


@at_the_same_time
def test_two_who_write_at_once_lose_neither(scored_application, person):
    recruiter = person("recruiter")
    applications = Application.objects.filter(pk=scored_application.pk)

    at_once(
        lambda: add_note(scored_application, text="One", by=recruiter),
        lambda: add_note(scored_application, text="Two", by=recruiter),
        behind=applications,
    )

    assert CandidateNote.objects.count() == 2
    row = applications.select_related("opening").get()
    assert (row.active_at, row.kept_until) == expected(row)


@at_the_same_time
def test_what_goes_and_what_comes_at_once_are_both_followed(scored_application, person):
    recruiter = person("recruiter")
    note = add_note(scored_application, text="One", by=recruiter)
    applications = Application.objects.filter(pk=scored_application.pk)

    at_once(
        note.delete,
        lambda: add_note(scored_application, text="Two", by=recruiter),
        lambda: Interview.objects.filter(application=scored_application).update(due_at=timezone.now()),
        behind=applications,
    )

    row = applications.select_related("opening").get()
    assert (row.active_at, row.kept_until) == expected(row)


@at_the_same_time
def test_a_candidate_added_as_the_policy_changes_is_kept_by_it(scored_application, person):
    admin, opening = person("admin"), scored_application.opening

    at_once(
        lambda: set_retention(opening, preset="california", days=None, by=admin),
        lambda: add_candidate(opening, name="New Person", email="", by=admin),
        behind=Opening.objects.filter(pk=opening.pk),
    )

    opening.refresh_from_db()
    for row in opening.applications.select_related("opening"):
        assert (row.active_at, row.kept_until) == expected(row)
