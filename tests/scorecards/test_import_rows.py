"""What one line of a file of scorecards says, and what keeps it from being a rating."""

import pytest

from scorecards.import_rows import CARD_COLUMNS, card_of, column_of, known_names, problems_of, raw_of, row_of

GOOD = {
    "opening": "historic-role",
    "candidate_name": "Ada Byron",
    "candidate_email": "Ada@Example.org",
    "round": "On  site",
    "interviewer_email": "Old.Hand@example.com",
    "dimension": "Depth",
    "score": "4.0",
    "not_assessed_reason": "",
    "evidence": " Named it. ",
    "recommendation": "Strong yes",
    "submitted_at": "2024-05-06T10:00:00+02:00",
}


def raw(**changes: str) -> dict[str, str]:
    return raw_of(list(CARD_COLUMNS), list((GOOD | changes).values()))


def test_a_line_becomes_a_row_of_its_scorecard():
    row = row_of(7, raw())

    assert list(problems_of(raw())) == []
    assert (row.line, row.score, row.evidence, row.recommendation) == (7, 4, " Named it. ", "strong_yes")
    who = ("ada@example.org", "ada byron")
    assert row.card == card_of(raw()) == ("historic-role", who, "on site", "old.hand@example.com")
    assert row.submitted_at.isoformat() == "2024-05-06T08:00:00+00:00"


@pytest.mark.parametrize("name", ["candidate_email", "Candidate E-Mail", "Candidate Email", ' "candidate-email" '])
def test_a_column_is_known_however_its_words_are_joined(name):
    assert (column_of(name) == "candidate_email") == (name != "Candidate E-Mail")


def test_known_names_are_counted():
    assert known_names(["Opening", "Score", "Shoe size", ""]) == 2


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"opening": "Platform engineer"}, "not a slug"),
        ({"round": ""}, "round is empty"),
        ({"round": "---"}, "neither letters nor figures"),
        ({"candidate_name": "\u200b\u202e"}, "it has no letters"),
        ({"candidate_email": "ada"}, "not an e-mail address"),
        ({"candidate_name": "x" * 301}, "longer than 300"),
        ({"score": "", "not_assessed_reason": ""}, "gives no reason"),
        ({"not_assessed_reason": "no time"}, "both a score and"),
        ({"recommendation": "maybe"}, "not one of strong_no"),
        ({"submitted_at": "45418.4166"}, "a number of days: format the column as date and time"),
        ({"submitted_at": "0001-01-01T00:00:00+14:00"}, "not an ISO 8601 time"),
    ],
)
def test_a_line_says_what_is_wrong_with_it(changes, says):
    [problem] = problems_of(raw(**changes))

    assert says in problem
