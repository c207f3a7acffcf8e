"""The sheet in format evenhand-debrief/1: every key, and what becomes of what was changed later."""

from dataclasses import replace

import pytest

from debriefs.aggregate import aggregate
from debriefs.export import debrief_json
from tests.debriefs.facts import card, dimension, meeting, rating, re_rating, sheet_of


@pytest.fixture
def sheet_with_a_re_rating():
    """Two scores on one dimension, a remark, and one score that its author changed in the meeting."""
    remark = replace(rating("depth", None), evidence="Only heard of it")
    cards = [card(1, rating("depth", 2)), card(2, rating("depth", 4)), card(3, remark)]
    facts = sheet_of([dimension("depth", 50, must_have=True)], cards).facts
    return aggregate(replace(facts, meeting=meeting(re_rating(1, "depth", 5, source="a portfolio"))))


def test_the_whole_of_a_debrief_without_scorecards():
    assert debrief_json(sheet_of([dimension("depth")], [])) == {
        "format": "evenhand-debrief/1",
        "opening": "engineer",
        "candidate": {"name": "Noor Haddad", "email": "noor@example.org"},
        "rubric": {"title": "Engineer", "version": 1, "language": "en"},
        "scorecards": {"expected": 0, "submitted": 0, "declined": 0, "released": 0, "withdrawn": 0, "missing": []},
        "independence": {"submitted": 0, "before_seeing_others": 0, "imported": 0},
        "recommendations": {"strong_no": 0, "no": 0, "yes": 0, "strong_yes": 0},
        "dimensions": [
            {
                "key": "depth",
                "name": "Depth",
                "weight": 100.0,
                "share": 100.0,
                "n": 0,
                "mean": None,
                "median": None,
                "min": None,
                "max": None,
                "sd": None,
                "not_assessed": 0,
                "disagreement": False,
                "ratings": [],
                "remarks": [],
                "re_ratings": [],
                "final": None,
            }
        ],
        "composite": {"value": None, "dimensions_scored": 0, "dimensions_total": 1},
        "amended": {"scorecards": 0, "after_seeing_others": 0},
        "final_composite": None,
        "agenda": {
            "split_recommendation": False,
            "disputed": [],
            "thin": [],
            "agreed": [],
            "not_scored": ["depth"],
        },
    }


def test_the_agenda_is_told_by_group_in_its_order():
    keys = [dimension("alone"), dimension("low"), dimension("apart"), dimension("close")]
    first = [rating("alone", 4), rating("apart", 1), rating("close", 3)]
    second = [rating("low", 1), rating("apart", 5), rating("close", 3)]
    cards = [card(1, *first, recommendation="strong_no"), card(2, *second, recommendation="strong_yes")]

    assert debrief_json(sheet_of(keys, cards))["agenda"] == {
        "split_recommendation": True,
        "disputed": ["apart"],
        "thin": ["low", "alone"],
        "agreed": ["close"],
        "not_scored": [],
    }


def test_a_weight_is_exported_as_set_beside_the_share_that_it_makes():
    keys = [dimension("a", 2), dimension("b", 1)]

    rows = debrief_json(sheet_of(keys, []))["dimensions"]

    assert [(row["weight"], row["share"]) for row in rows] == [(2.0, 66.667), (1.0, 33.333)]


def test_ratings_and_remarks_stand_apart(sheet_with_a_re_rating):
    [row] = debrief_json(sheet_with_a_re_rating)["dimensions"]

    assert [(given["interviewer"], given["round"], given["score"]) for given in row["ratings"]] == [
        ("person1@example.com", "Round 1", 2),
        ("person2@example.com", "Round 2", 4),
    ]
    assert row["remarks"] == [
        {"interviewer": "person3@example.com", "round": "Round 3", "evidence": "Only heard of it"}
    ]


def test_re_ratings_say_whose_and_why_and_give_final_figures(sheet_with_a_re_rating):
    said = debrief_json(sheet_with_a_re_rating)

    [row] = said["dimensions"]
    assert row["re_ratings"] == [
        {
            "interviewer": "person1@example.com",
            "round": "Round 1",
            "score": 5,
            "kind": "new_evidence",
            "source": "a portfolio",
            "reason": "I reread it",
            "at": "2026-03-02T09:30:00+00:00",
        }
    ]
    assert (row["mean"], row["final"]["mean"], row["final"]["max"]) == (3.0, 4.5, 5)
    assert (said["composite"]["value"], said["final_composite"]["value"]) == (3.0, 4.5)
