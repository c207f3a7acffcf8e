"""Tables out are the lists: the same rows and order, and nothing that a row hides from its reader."""

import pytest
from django.http import QueryDict
from django.utils import timezone

from accounts.models import User
from candidates.models import Application
from candidates.views import OPENINGS, openings_with_candidates
from scorecards.import_rows import CARD_COLUMNS
from workbench.exports import application_table, opening_cells, person_cells, score_table, scored, table_of
from workbench.next_steps import OF_OPENING, with_next_steps


@pytest.fixture
def rows_of(scored_application):
    """The opening's applications as this reader's export has them, by candidate."""

    def read(reader: User, query: str = "") -> list[dict[str, object]]:
        applications = Application.objects.run_by(reader).filter(opening=scored_application.opening)
        rows = with_next_steps(applications, reader, timezone.now()).select_related("candidate", "opening")
        table = application_table(QueryDict(query), rows, OF_OPENING)
        return [dict(zip(table.head, row, strict=True)) for row in table.rows]

    return read


@pytest.fixture
def owing_recruiter(two_panelists):
    """Who owes the scored application's second scorecard, as a recruiter."""
    owing = two_panelists[1].user
    owing.is_recruiter = True
    owing.save(update_fields=["is_recruiter"])
    return owing


def test_rows_follow_the_address(rows_of, person, scored_application):
    recruiter = person("recruiter")

    names = [row["candidate_name"] for row in rows_of(recruiter, "sort=name")]
    assert names == sorted(names)
    assert [row["candidate_name"] for row in rows_of(recruiter, "q=okafor")] == [scored_application.candidate.name]


def test_a_row_hides_from_its_reader_what_its_page_hides(rows_of, person, owing_recruiter, scored_application):
    def row(reader: User) -> dict[str, object]:
        return next(row for row in rows_of(reader) if row["application"] == scored_application.pk)

    assert (row(person("recruiter"))["scorecards_in"], row(person("recruiter"))["scorecards_owed"]) == (1, 1)
    assert (row(owing_recruiter)["scorecards_in"], row(owing_recruiter)["scorecards_owed"]) == (None, None)


def test_scores_are_of_debriefs_that_the_reader_may_see(person, owing_recruiter, scored_application):
    opening = scored_application.opening

    assert scored_application in scored(opening, person("recruiter"))
    assert scored_application not in scored(opening, owing_recruiter)


def test_scores_have_the_columns_of_the_import(scored_application):
    table = score_table(scored_application.opening, [scored_application])
    rows = [dict(zip(table.head, row, strict=True)) for row in table.rows]

    assert tuple(table.head) == (*CARD_COLUMNS, "imported")
    assert {row["candidate_email"] for row in rows} == {scored_application.candidate.email}
    assert all(row["score"] or row["not_assessed_reason"] for row in rows)
    assert {row["imported"] for row in rows} == {"no"}


def test_openings_and_people_have_their_columns(person):
    recruiter = person("recruiter")
    table = table_of(QueryDict(), openings_with_candidates(recruiter), OPENINGS, opening_cells)

    assert table.head[:2] == ["opening", "title"]
    assert [len(row) for row in table.rows] == [len(table.head)]
    assert person_cells(recruiter)["roles"] == "recruiter"
