"""No decision about a person without a person: GDPR art. 22, EU AI Act art. 14."""

import ast

import pytest
from celery import current_app
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from debriefs.models import Decision
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
    assert callers("record_decision") == {"debriefs.views.debriefs"}


def test_only_that_service_and_invented_samples_make_a_decision():
    makers = {name for name in callers("Decision") if "samples" not in name.split(".")}

    assert makers == {"debriefs.meetings"}


@pytest.mark.parametrize("column", ["decided_by_id", "rationale"])
def test_the_database_refuses_a_decision_without_a_person_or_a_reason(scored_application, person, column):
    row = {"decided_by_id": person("manager").pk, "rationale": "They did it twice"}
    row[column] = None if column == "decided_by_id" else ""

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO debriefs_decision (application_id, outcome, rationale, rationales, conditions, dissent,"
            " dissenter, decided_by_id, decided_at) VALUES (%s, 'hire', %s, '{}', '', '', '', %s, now())",
            [scored_application.pk, row["rationale"], row["decided_by_id"]],
        )


@pytest.mark.parametrize(("score", "recommendation"), [("5", "strong_yes"), ("1", "strong_no")])
def test_no_figure_decides_whatever_runs_by_itself(
    unscored_application, person, client_of, complete_answers, score, recommendation
):
    """All agree, every task of the timetable runs, every page is looked at: there is still no outcome."""
    from candidates.models import Panelist
    from scorecards import drafts, services

    for panelist in Panelist.objects.filter(interview__application=unscored_application):
        changes = complete_answers(panelist, score=score) | {"recommendation": recommendation}
        card = drafts.save_draft(drafts.open_scorecard(panelist), changes, edit=0, by=panelist.user)
        services.submit_scorecard(card, by=panelist.user)
    before = Decision.objects.count()

    current_app.loader.import_default_modules()  # the tasks of every room, as a worker knows them
    for entry in settings.CELERY_BEAT_SCHEDULE.values():
        current_app.tasks[entry["task"]].apply(throw=True)
    page = client_of("manager").get(reverse("debrief", args=[unscored_application.pk])).content.decode()
    client_of("manager").get(reverse("decide", args=[unscored_application.pk]))

    assert settings.CELERY_BEAT_SCHEDULE
    assert Decision.objects.count() == before
    assert not Decision.objects.filter(application=unscored_application).exists()
    assert 'action="' + reverse("decide", args=[unscored_application.pk]) in page
