"""An import is undone as one, until something was built on what it brought."""

import csv
import io

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, connection, transaction

from accounts.models import User
from accounts.services import edit_person
from audit.frozen import first_difference
from audit.history import kept
from audit.models import Event
from candidates.merging import merge_candidates
from candidates.models import Application, Candidate, Interview, Opening, Panelist, Round
from candidates.openings.changing import remove_application
from candidates.services import add_candidate
from debriefs import meetings
from rubrics.models import RubricVersion
from scorecards.import_files import read
from scorecards.import_rows import CARD_COLUMNS
from scorecards.imports import store
from scorecards.models import ImportedRow, Rating, Scorecard, ScorecardImport, Sighting
from scorecards.undoing import built_on, may_undo, openings_of, undo_import

TABLES = (User, Candidate, Opening, Application, Round, Interview, Panelist, Scorecard, Rating, ImportedRow)


def counts() -> list[int]:
    return [table.objects.count() for table in TABLES]


@pytest.fixture
def data(sample):
    """Two scorecards of two people on one candidate, as bytes of a CSV, of an opening by its slug."""
    dimension = RubricVersion.objects.get().dimensions.first()

    def make(opening: str = "long-ago") -> bytes:
        out = io.StringIO(newline="")
        writer = csv.writer(out)
        writer.writerow(CARD_COLUMNS)
        for author in ("first", "second"):
            answer = [f"{author}@example.net", dimension.key, "4", "", "Saw it", "yes", "2024-05-06T10:00:00Z"]
            writer.writerow([opening, "Ada Byron", "ada@example.org", "On site", *answer])
        return out.getvalue().encode()

    return make


@pytest.fixture
def imported(data, person):
    """An import by the recruiter."""

    def run(opening: str = "long-ago") -> ScorecardImport:
        version = RubricVersion.objects.select_related("rubric").get()
        return store(read(data(opening)), rubric_version=version, by=person("recruiter")).source

    return run


def refusal(source, by) -> str:
    with pytest.raises(ValidationError) as caught:
        undo_import(source, by=by)
    return " ".join(caught.value.messages)


def test_everything_that_it_brought_goes_and_the_trail_stays_right(imported, person):
    before = counts()
    source = imported()
    assert openings_of(source, person("recruiter")).get().slug == "long-ago"

    undo_import(source, by=person("recruiter"))

    assert counts() == before
    assert not kept("scorecards", "RatingChange").filter(evidence="Saw it").exists()
    source.refresh_from_db()
    assert source.undone_by == person("recruiter")
    assert Event.objects.filter(kind="scorecards.import_undone", subject_id=source.pk).exists()
    assert first_difference() is None


def test_into_an_opening_that_was_there_only_the_new_goes(imported, person, scored_application):
    before = counts()
    source = imported(scored_application.opening.slug)
    assert Application.objects.filter(candidate__email="ada@example.org").exists()

    undo_import(source, by=person("admin"))

    assert counts() == before


def test_nobody_stays_whose_only_application_it_brought(imported, person, scored_application):
    recruiter, there = person("recruiter"), scored_application.opening
    mistaken = add_candidate(there, name="Ada Lovelace", email="ada@example.com", by=recruiter)
    source = imported()
    merge_candidates(mistaken.candidate, Candidate.objects.get(email="ada@example.org"), by=recruiter)
    remove_application(mistaken, by=recruiter)

    undo_import(source, by=recruiter)

    assert not Candidate.objects.filter(applications=None).exists()


def test_having_looked_at_it_does_not_hinder(imported, person):
    source = imported()
    for card in Scorecard.objects.filter(imported=True):
        Sighting.objects.create(user=person("recruiter"), scorecard=card, way="debrief")

    undo_import(source, by=person("recruiter"))

    assert not Sighting.objects.filter(scorecard__imported=True).exists()


def test_what_was_built_on_it_is_named(imported, person):
    source, recruiter = imported(), person("recruiter")
    application = Application.objects.get(candidate__email="ada@example.org")
    author = User.objects.get(email="first@example.net")
    edit_person(author, by=person("admin"), is_active=True)
    meetings.open_debrief(application, by=recruiter)
    Round.objects.create(opening=application.opening, name="A new round", order=2)

    words = refusal(source, recruiter)

    assert "The debrief of 1 of its candidates has opened." in words
    assert "1 of the interviewers it brought may sign in by now." in words
    assert "1 round was added to what it brought." in words
    assert list(built_on(source))
    assert Scorecard.objects.filter(imported=True).count() == 2


def test_only_its_importer_and_administrators_undo_it_once(imported, person):
    source = imported()

    for name in ("manager", "interviewer"):
        assert not may_undo(source, person(name))
        with pytest.raises(PermissionDenied):
            undo_import(source, by=person(name))
    undo_import(source, by=person("admin"))
    assert "already" in refusal(source, person("admin"))


def test_the_database_lets_go_of_nothing_else(imported, scored_application):
    source = imported()
    own = Scorecard.objects.filter(imported=False, state="submitted").first()

    for sql, number in (
        ("DELETE FROM scorecards_rating WHERE scorecard_id = %s", own.pk),
        ("DELETE FROM scorecards_scorecard WHERE id = %s", own.pk),
        ("UPDATE scorecards_scorecard SET summary = 'x' WHERE id = %s", Scorecard.objects.filter(imported=True)[0].pk),
    ):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT set_config('evenhand.undoing', %s, true)", [str(source.pk)])
            with pytest.raises(DatabaseError), transaction.atomic():
                cursor.execute(sql, [number])
