"""No decision about a person without a person: GDPR art. 22, EU AI Act art. 14."""

import ast

import pytest
from celery import current_app
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from scorecards import tasks
from scorecards.models import Decision
from tests.architecture.test_imports import CODE, module, tree


def callers(name: str) -> set[str]:
    calls = (
        (path, ast.unparse(node.func).rpartition(".")[2])
        for path in CODE
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
    )
    return {module(path) for path, called in calls if called == name}


def test_only_the_form_of_somebody_signed_in_records_a_decision():
    assert callers("record_decision") == {"scorecards.views.debriefs"}


def test_only_that_service_and_invented_samples_make_a_decision():
    makers = {name for name in callers("Decision") if "samples" not in name.split(".")}

    assert makers == {"scorecards.meetings"}


@pytest.mark.parametrize("column", ["decided_by_id", "rationale"])
def test_the_database_refuses_a_decision_without_a_person_or_a_reason(scored, person, column):
    row = {"decided_by_id": person("manager").pk, "rationale": "They did it twice"}
    row[column] = None if column == "decided_by_id" else ""

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO scorecards_decision (application_id, outcome, rationale, rationales, conditions, dissent,"
            " dissenter, decided_by_id, decided_at) VALUES (%s, 'hire', %s, '{}', '', '', '', %s, now())",
            [scored.pk, row["rationale"], row["decided_by_id"]],
        )


@pytest.mark.parametrize(("score", "recommendation"), [("5", "strong_yes"), ("1", "strong_no")])
def test_no_figure_decides_whatever_runs_by_itself(fresh, person, as_, complete_draft, score, recommendation):
    """All agree, every task of the timetable runs, every page is looked at: there is still no outcome."""
    from candidates.models import Panelist
    from scorecards import drafts, services

    for seat in Panelist.objects.filter(interview__application=fresh):
        changes = complete_draft(seat, score=score) | {"recommendation": recommendation}
        card = drafts.save_draft(drafts.open_scorecard(seat), changes, edit=0, by=seat.user)
        services.submit_scorecard(card, by=seat.user)
    before = Decision.objects.count()

    assert tasks.retention.name in current_app.tasks
    for entry in settings.CELERY_BEAT_SCHEDULE.values():
        current_app.tasks[entry["task"]].apply(throw=True)
    page = as_("manager").get(reverse("debrief", args=[fresh.pk])).content.decode()
    as_("manager").get(reverse("decide", args=[fresh.pk]))

    assert settings.CELERY_BEAT_SCHEDULE
    assert Decision.objects.count() == before
    assert not Decision.objects.filter(application=fresh).exists()
    assert 'action="' + reverse("decide", args=[fresh.pk]) in page
