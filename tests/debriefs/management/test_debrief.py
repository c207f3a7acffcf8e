"""manage.py debrief: the format `evenhand-debrief/1`."""

import json

import pytest
from django.core.management import call_command

from audit.models import Event
from scorecards.models import Rating


@pytest.fixture
def debrief(scored_application, capsys):
    call_command("debrief", str(scored_application.pk), "--json")
    return json.loads(capsys.readouterr().out)


@pytest.fixture
def both(two_panelists, hand_in):
    """The second interviewer gives 1 where the first gave 3 to 5."""
    return hand_in(two_panelists[1], score="1", words="by the second")


def test_debrief_has_the_fields_of_the_contract(debrief):
    assert list(debrief) == [
        "format",
        "opening",
        "candidate",
        "rubric",
        "scorecards",
        "independence",
        "recommendations",
        "dimensions",
        "composite",
        "amended",
        "final_composite",
        "agenda",
    ]
    assert debrief["format"] == "evenhand-debrief/1"
    assert list(debrief["candidate"]) == ["name", "email"]
    assert debrief["scorecards"] == {
        "expected": 2,
        "submitted": 1,
        "declined": 0,
        "released": 0,
        "withdrawn": 0,
        "missing": ["interviewer2@example.com"],
    }
    assert debrief["independence"] == {"submitted": 1, "before_seeing_others": 1, "imported": 0}
    assert debrief["recommendations"] == {"strong_no": 0, "no": 0, "yes": 1, "strong_yes": 0}
    for row in debrief["dimensions"]:
        assert list(row) == [
            "key",
            "name",
            "weight",
            "share",
            "n",
            "mean",
            "median",
            "min",
            "max",
            "sd",
            "not_assessed",
            "disagreement",
            "ratings",
            "remarks",
            "re_ratings",
            "final",
        ]
        assert all(list(rating) == ["interviewer", "round", "score", "evidence"] for rating in row["ratings"])
    assert list(debrief["composite"]) == ["value", "dimensions_scored", "dimensions_total"]


def test_debrief_figures_follow_from_the_ratings(both, debrief, scored_application):
    given = {}
    for rating in Rating.objects.filter(scorecard__panelist__interview__application=scored_application).select_related(
        "dimension"
    ):
        given.setdefault(rating.dimension.key, []).append(rating.score)

    rows = {row["key"]: row for row in debrief["dimensions"]}

    assert list(rows) == list(scored_application.opening.rubric_version.dimensions.values_list("key", flat=True))
    for key, scores in given.items():
        row = rows[key]
        assert (row["n"], row["min"], row["max"]) == (len(scores), min(scores), max(scores))
        assert row["mean"] == round(sum(scores) / len(scores), 3)
        assert row["disagreement"] is (max(scores) - min(scores) >= 3)
        assert row["sd"] is None if len(scores) == 1 else row["sd"] > 0
    means = [row["mean"] for row in rows.values()]
    assert debrief["composite"]["value"] == round(sum(means) / len(means), 3)
    assert any(len(scores) == 2 for scores in given.values())


def test_debrief_is_found_by_slug_and_address_and_on_record(scored_application, debrief, capsys):
    call_command("debrief", f"{scored_application.opening.slug}/{scored_application.candidate.email.upper()}", "--json")

    assert json.loads(capsys.readouterr().out) == debrief
    assert Event.objects.filter(kind="debrief.exported", subject_id=scored_application.pk).count() == 2
