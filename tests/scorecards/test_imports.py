"""Historic scorecards from CSV: all or nothing, every bad row named by its line."""

import csv
import io
import json

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connections

from accounts.models import User
from audit.models import Event
from candidates.models import Application, Candidate, Interview, Opening
from candidates.services import create_opening
from debriefs.aggregate import aggregate
from debriefs.export import debrief_json
from debriefs.gathering import debrief_facts
from packets.documents.attachments import attachments
from privacy.erasure import erase_candidate
from rubrics.models import RubricVersion
from scorecards import imports
from scorecards.import_files import BadRows, read
from scorecards.import_rows import CARD_COLUMNS
from scorecards.imports import HAS_ADDRESS, NAMESAKES, OTHER_NAME, OWED, OWN, store
from scorecards.models import Rating, Scorecard
from workbench.exports import score_table
from workbench.tables import csv_lines

GOOD = {
    "opening": "historic-role",
    "candidate_name": "Ada Byron",
    "candidate_email": "ada@example.org",
    "round": "On site",
    "interviewer_email": "old.hand@example.com",
    "dimension": "",
    "score": "4",
    "not_assessed_reason": "",
    "evidence": "Named the bottleneck.",
    "recommendation": "yes",
    "submitted_at": "2024-05-06T10:00:00+02:00",
}
TABLES = (User, Candidate, Opening, Application, Interview, Scorecard, Rating, Event)


@pytest.fixture
def version(sample):
    return RubricVersion.objects.get()


@pytest.fixture
def names(version):
    return list(version.dimensions.values_list("name", flat=True))


@pytest.fixture
def rows(names):
    """Good rows of one scorecard, one per name, changed by keyword."""

    def make(*changes: dict[str, str]) -> list[dict[str, str]]:
        return [
            GOOD | {"dimension": name} | change for name, change in zip(names, changes or ({}, {}, {}), strict=False)
        ]

    return make


def as_csv(rows, *, header=CARD_COLUMNS, line="\n") -> bytes:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, header, lineterminator=line, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


@pytest.fixture
def run(tmp_path, version, capsys):
    """Exit status, standard output and error lines of an import of these bytes."""

    def run(data: bytes, *, rubric: bool = True) -> tuple[int, str, list[str]]:
        path = tmp_path / "historic.csv"
        path.write_bytes(data)
        options = [f"--rubric={version.rubric.slug}"] if rubric else []
        status = 0
        try:
            call_command("import_scorecards", str(path), *options)
        except SystemExit as end:
            status = int(end.code)
        out, err = capsys.readouterr()
        return status, out, err.splitlines()

    return run


def stored() -> list[int]:
    return [table.objects.count() for table in TABLES]


def test_whoever_imports_while_another_import_is_stored_is_told(scored_application, person, monkeypatch):
    monkeypatch.setattr(imports, "PATIENCE", "50ms")
    reading, by = read(b",".join(name.encode() for name in CARD_COLUMNS)), person("recruiter")
    other = connections.create_connection("default")

    with other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(hashtext('scorecards.import'))")
        with pytest.raises(ValidationError, match="Another import is being stored"):
            store(reading, rubric_version=None, by=by)
    other.close()

    assert store(reading, rubric_version=None, by=by).counts.scorecards == 0


def test_import_stores_people_interview_and_scorecard(run, rows):
    status, out, err = run(as_csv(rows({}, {"score": "", "not_assessed_reason": "ran out of time"}, {"score": "5"})))

    card = Scorecard.objects.get(imported=True)
    assert (status, err) == (0, [])
    assert json.loads(out) == {
        "openings": 1,
        "candidates": 1,
        "interviewers": 1,
        "interviews": 1,
        "scorecards": 1,
        "ratings": 3,
        "unchanged_scorecards": 0,
    }
    assert card.submitted_at.isoformat() == "2024-05-06T08:00:00+00:00"
    assert list(card.ratings.order_by("pk").values_list("score", "not_assessed_reason")) == [
        (4, ""),
        (None, "ran out of time"),
        (5, ""),
    ]
    assert not User.objects.get(email="old.hand@example.com").has_usable_password()


def test_same_file_twice_changes_nothing(run, rows):
    run(as_csv(rows()))
    before = stored()

    status, out, err = run(as_csv(rows()), rubric=False)

    assert (status, err) == (0, [])
    assert json.loads(out)["unchanged_scorecards"] == 1
    assert sum(json.loads(out).values()) == 1
    assert stored() == before


def test_existing_scorecard_with_other_content_is_refused(run, rows):
    run(as_csv(rows()))
    before = stored()

    status, _, err = run(as_csv(rows({"score": "1"}, {}, {})))

    assert status == 1
    assert err == ["line 2: this scorecard already exists with different content", "Nothing was imported."]
    assert stored() == before


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"score": "6"}, "score '6' is not a whole number from 1 to 5"),
        ({"score": "3.5"}, "score '3.5'"),
        ({"not_assessed_reason": "not my focus"}, "it has both a score and a not_assessed_reason"),
        ({"score": ""}, "score is empty and not_assessed_reason gives no reason"),
        ({"dimension": "Juggling"}, "the rubric has no dimension 'Juggling'"),
        ({"dimension": ""}, "dimension is empty"),
        ({"recommendation": "maybe"}, "recommendation 'maybe'"),
        ({"submitted_at": "2024-05-06"}, "submitted_at '2024-05-06'"),
        ({"submitted_at": "2024-05-06T10:00:00"}, "is not an ISO 8601 time with a zone"),
        ({"submitted_at": "2024-13-06T10:00:00Z"}, "submitted_at"),
        ({"submitted_at": "0001-01-01T00:00:00Z"}, "submitted_at"),
        ({"candidate_email": "nobody"}, "candidate_email 'nobody' is not an e-mail address"),
        ({"interviewer_email": "ada@example.org"}, "the interviewer and the candidate are the same person"),
        ({"opening": "no slug"}, "opening 'no slug' is not a slug"),
        ({"candidate_name": "x" * 301}, "candidate_name is longer than 300 characters"),
        ({"evidence": "x" * 20_001}, "evidence is longer than 20000 characters"),
    ],
)
def test_bad_row_is_named_and_nothing_is_stored(run, rows, change, words):
    before = stored()

    status, out, err = run(as_csv([*rows({}), GOOD | {"dimension": rows()[1]["dimension"]} | change]))

    assert (status, out) == (1, "")
    assert any(line.startswith("line 3: ") and words in line for line in err), err
    assert err[-1] == "Nothing was imported."
    assert stored() == before


def test_every_bad_row_of_a_file_is_named_at_once(run, rows):
    changes = ({"score": "9"}, {"dimension": "Juggling"}, {"recommendation": "maybe"})

    status, _, err = run(as_csv(rows(*changes)))

    assert status == 1
    assert [line.split(":")[0] for line in err] == ["line 2", "line 3", "line 4", "Nothing was imported."]


def test_rows_of_one_scorecard_that_contradict_each_other_are_named(run, rows, names):
    again = GOOD | {"dimension": names[0].upper()}

    status, _, err = run(as_csv([*rows({}, {"recommendation": "no"}), again]))

    assert status == 1
    assert "line 3: recommendation or submitted_at differs from line 2 (same scorecard)" in err
    assert any(line.startswith("line 4: ") and "rated twice" in line for line in err)


def test_line_number_counts_lines_inside_quotes(run, rows):
    status, _, err = run(as_csv(rows({"evidence": "one\ntwo\r\nthree\n"}, {"evidence": 'a "quote"\n'}, {"score": "0"})))

    assert status == 1
    assert err[0].startswith("line 8: score '0'")


def test_bom_crlf_and_quoted_lines_are_read(run, rows):
    data = b"\xef\xbb\xbf" + as_csv(rows({"evidence": 'He said "no",\r\nthen yes \x07'}), line="\r\n") + b"\r\n"

    status, _, err = run(data)

    assert (status, err) == (0, [])
    assert Rating.objects.get(scorecard__imported=True).evidence == 'He said "no",\nthen yes '


def test_dimension_is_found_by_key_or_name_whatever_the_case(run, rows, version):
    key = version.dimensions.last().key

    status, out, _ = run(as_csv(rows({"dimension": rows()[0]["dimension"].upper()}, {"dimension": key.upper()})))

    assert status == 0
    assert json.loads(out)["ratings"] == 2


def test_unknown_opening_without_a_rubric_is_named_on_each_row(run, rows):
    before = stored()

    status, _, err = run(as_csv(rows({}, {})), rubric=False)

    assert status == 1
    assert err[0] == "line 2: there is no opening 'historic-role' (use --rubric to create it)"
    assert err[1].startswith("line 3: ")
    assert stored() == before


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "line 1: the header is missing opening"),
        (b"name,score\nx,3\n", "line 1: the header is missing opening"),
        (",".join(CARD_COLUMNS[:-1]).encode() + b"\n", "line 1: the header is missing submitted_at"),
        ((",".join(CARD_COLUMNS) + ",score\n").encode(), "line 1: the header names score twice"),
        ((",".join(CARD_COLUMNS) + "\n\nx,").encode() + "é".encode("latin-1"), "line 3: the file is not UTF-8"),
        ((",".join(CARD_COLUMNS) + "\na\x00b\n").encode(), "line 2: the file contains a NUL character"),
        ((",".join(CARD_COLUMNS) + "\na,b\n").encode(), "line 2: has fewer fields than the header"),
        ((",".join(CARD_COLUMNS) + '\n"a\n').encode(), "line 2: not readable as CSV"),
    ],
)
def test_file_of_another_shape_is_named_and_nothing_is_stored(run, data, words):
    before = stored()

    status, out, err = run(data)

    assert (status, out) == (1, "")
    assert err[0].startswith(words)
    assert stored() == before


def test_header_without_rows_imports_nothing(run):
    status, out, err = run(as_csv([]))

    assert (status, err) == (0, [])
    assert sum(json.loads(out).values()) == 0


# --- what must not come in -----------------------------------------------------
def test_authors_can_neither_sign_in_nor_be_chosen(run, rows):
    run(as_csv(rows()))

    author = User.objects.get(email="old.hand@example.com")
    assert not author.is_active
    assert author not in User.objects.colleagues()


def test_nothing_comes_into_a_debrief_that_has_opened(run, rows, person):
    run(as_csv(rows()))
    before = stored()
    application = Application.objects.get(candidate__email="ada@example.org")
    Application.objects.filter(pk=application.pk).update(debrief_opened_at=application.created_at)

    status, _, err = run(as_csv(rows({"interviewer_email": "late@example.com"})))
    again = run(as_csv(rows()))

    assert status == 1
    assert err[0] == "line 2: the debrief of this application has opened, so no scorecard can come into it"
    assert again[0] == 0
    assert stored() == before


def test_an_erased_person_comes_back_only_where_that_is_said(run, rows, person, version, tmp_path, capsys):
    run(as_csv(rows()))
    erase_candidate(Candidate.objects.get(email="ada@example.org"), by=person("admin"), reason="asked")
    before = stored()

    status, _, err = run(as_csv(rows()))
    assert status == 1
    assert err[0].startswith("line 2: this candidate was erased")
    assert stored() == before

    call_command("import_scorecards", str(tmp_path / "historic.csv"), "--with-erased")
    assert json.loads(capsys.readouterr().out)["candidates"] == 1


def test_an_address_of_another_name_is_refused(run, rows):
    run(as_csv(rows()))
    before = stored()

    again = run(as_csv(rows({"candidate_name": " ada  BYRON "}, {"candidate_name": "Ada Byron"}, {})))
    status, _, err = run(as_csv(rows({"candidate_name": "Bruno Costa", "interviewer_email": "x@example.com"})))

    assert again[0] == 0
    assert status == 1
    assert "belongs to a candidate of another name" in err[0]
    assert stored() == before


def test_candidates_who_share_an_address_are_told_apart_by_their_names(run, rows):
    for name in ("Ada Byron", "Bruno Costa"):
        Candidate.objects.create(name=name, email="ada@example.org")
    both = [*rows({"candidate_name": "bruno costa"}), *rows({"score": "2"})]

    first, again = run(as_csv(both)), run(as_csv(both))

    assert (first[0], json.loads(first[1])["candidates"], json.loads(first[1])["scorecards"]) == (0, 0, 2)
    assert json.loads(again[1])["unchanged_scorecards"] == 2
    scores = Rating.objects.filter(scorecard__imported=True).order_by("scorecard__panelist__interview__application")
    names = scores.values_list("scorecard__panelist__interview__application__candidate__name", "score")
    assert sorted(names) == [("Ada Byron", 2), ("Bruno Costa", 4)]


def test_a_second_name_at_an_address_of_the_file_is_refused_as_such(run, rows):
    other = {"candidate_name": "Bruno Costa"}

    status, _, err = run(as_csv([*rows({}, {}), *rows(other, other)]))

    assert status == 1
    assert err == [f"line 4: {OTHER_NAME}", "Nothing was imported."]


def test_candidates_of_one_name_and_address_are_merged_first(run, rows):
    for _ in range(2):
        Candidate.objects.create(name="Ada Byron", email="ada@example.org")

    status, _, err = run(as_csv(rows({})))

    assert (status, err[0]) == (1, f"line 2: {NAMESAKES}")


def test_openings_are_found_whatever_their_case(run, rows):
    run(as_csv(rows()))
    Opening.objects.filter(slug="historic-role").update(slug="Historic-role")

    _, out, _ = run(as_csv([*rows(), *rows({"opening": "HISTORIC-ROLE", "interviewer_email": "b@x.org"})]))

    assert (json.loads(out)["openings"], json.loads(out)["unchanged_scorecards"]) == (0, 1)
    assert json.loads(out)["scorecards"] == 1


def test_rounds_are_found_whatever_their_case(run, rows):
    _, out, _ = run(
        as_csv([*rows({}, {"round": "ON  site"}), *rows({"interviewer_email": "b@x.org", "round": "on site"})])
    )

    assert json.loads(out)["interviews"] == 1


def test_a_dry_run_lists_what_is_new_and_stores_nothing(run, rows, version, tmp_path, capsys):
    (tmp_path / "historic.csv").write_bytes(as_csv(rows()))
    before = stored()

    call_command("import_scorecards", str(tmp_path / "historic.csv"), f"--rubric={version.rubric.slug}", "--dry-run")

    told = json.loads(capsys.readouterr().out)
    assert told["scorecards"] == 1
    assert told["new"] == {
        "openings": ["historic-role"],
        "rounds": ["On site (historic-role)"],
        "candidates": ["Ada Byron <ada@example.org>"],
        "interviewers": ["old.hand@example.com"],
    }
    assert stored() == before


# --- a person who imports --------------------------------------------------------
@pytest.fixture
def problems_of(version):
    """What is wrong with these rows when this person imports them."""

    def ask(rows, by) -> list[str]:
        try:
            store(read(as_csv(rows)), rubric_version=version, by=by)
        except BadRows as error:
            return [words for _, words in error.problems]
        return []

    return ask


def test_whoever_owes_a_scorecard_learns_nothing_of_others(
    problems_of, rows, person, scored_application, two_panelists
):
    owing = two_panelists[1].user
    owing.is_recruiter = True
    owing.save(update_fields=["is_recruiter"])
    there = {
        "opening": scored_application.opening.slug,
        "candidate_name": scored_application.candidate.name,
        "candidate_email": scored_application.candidate.email,
        "round": two_panelists[0].interview.round.name,
    }
    submitted = there | {"interviewer_email": two_panelists[0].user.email}
    nobody = there | {"interviewer_email": "nobody@example.com"}

    assert problems_of(rows(submitted), owing) == problems_of(rows(nobody), owing) == [OWED]


def test_an_opening_that_one_does_not_run_takes_nothing(problems_of, rows, person, scored_application):
    opening = scored_application.opening
    Opening.objects.filter(pk=opening.pk).update(confidential=True)
    opening.members.all().delete()

    assert problems_of(rows({"opening": opening.slug}), person("recruiter")) == [
        f"an opening {opening.slug!r} cannot be created: choose another name"
    ]


def test_nobody_imports_their_own_application(problems_of, rows, person):
    own = {"candidate_email": person("recruiter").email}

    assert problems_of(rows(own), person("recruiter")) == [OWN]


def test_nobody_imports_about_the_candidate_that_they_are(problems_of, rows, person):
    Candidate.objects.create(name="Ada Byron", email="ada@example.org", colleague=person("recruiter"))

    assert problems_of(rows({}), person("recruiter")) == [OWN]


def test_an_address_known_in_a_confidential_opening_alone_tells_nothing(problems_of, rows, person, scored_application):
    opening = scored_application.opening
    Opening.objects.filter(pk=opening.pk).update(confidential=True)
    opening.members.all().delete()
    there = {"candidate_email": scored_application.candidate.email}

    assert problems_of(rows(there), person("recruiter")) == []
    assert Candidate.objects.filter(email=scored_application.candidate.email).count() == 2


# --- the product's own file --------------------------------------------------------
def test_a_packets_own_csv_comes_back_to_the_byte(scored_application, two_panelists, hand_in, person):
    awkward = "=SUM(A1)\n'- quoted'  \n"
    hand_in(two_panelists[1], words=f"x\n{awkward}")

    def own() -> bytes:
        sheet = aggregate(debrief_facts(Application.objects.get(pk=scored_application.pk)))
        return {file.name: file.content for file in attachments(sheet, "full")}["scorecards.csv"]

    exported = own()
    known = store(read(exported), rubric_version=None, by=None)
    assert (known.counts.unchanged_scorecards, known.counts.scorecards) == (2, 0)

    slug = scored_application.opening.slug
    elsewhere = exported.replace(slug.encode(), b"elsewhere")
    version = scored_application.opening.rubric_version
    store(read(elsewhere), rubric_version=version, by=None)
    moved = Application.objects.get(opening__slug="elsewhere")
    sheet = aggregate(debrief_facts(moved))
    again = {file.name: file.content for file in attachments(sheet, "full")}["scorecards.csv"]
    assert again == elsewhere


def test_imported_scorecards_are_counted_apart(run, rows):
    run(as_csv(rows()))
    sheet = aggregate(debrief_facts(Application.objects.get(candidate__email="ada@example.org")))

    assert sheet.independence == "1 imported: independence unknown"
    assert debrief_json(sheet)["independence"] == {"submitted": 1, "before_seeing_others": 0, "imported": 1}


# --- candidates without an address -------------------------------------------
NOBODYS = {"candidate_email": ""}


def test_own_scores_of_somebody_without_an_address_come_in_unchanged(scored_application, person):
    candidate = scored_application.candidate
    candidate.email = ""
    candidate.save()
    table = score_table(scored_application.opening, [scored_application])
    data = "".join(csv_lines(table.head, table.rows)).encode()

    done = store(read(data), rubric_version=None, by=person("recruiter"))

    assert done.counts.unchanged_scorecards > 0
    assert (done.counts.candidates, done.counts.scorecards) == (0, 0)


def test_a_name_without_an_address_means_somebody_in_that_opening_alone(run, rows, names):
    both = [*rows(NOBODYS), *rows(NOBODYS | {"opening": "another-role"})]

    status, printed, errors = run(as_csv(both))
    assert (status, errors) == (0, [])
    assert json.loads(printed)["candidates"] == 2
    again = run(as_csv(both))

    assert json.loads(again[1])["candidates"] == 0
    assert Candidate.objects.filter(name="Ada Byron", email="").count() == 2


def test_several_without_an_address_are_told_apart_by_their_names(run, rows):
    status, printed, _ = run(as_csv([*rows(NOBODYS), *rows(NOBODYS | {"candidate_name": "Mary Somer"})]))

    assert (status, json.loads(printed)["candidates"]) == (0, 2)


def test_a_name_alone_is_refused_where_somebody_of_it_has_an_address(run, rows):
    run(as_csv(rows()))

    status, _, errors = run(as_csv(rows(NOBODYS)))

    assert status == 1
    assert HAS_ADDRESS in errors[0]


def test_of_two_without_an_address_and_of_one_name_nobody_is_meant(run, rows):
    run(as_csv(rows(NOBODYS)))
    opening = Opening.objects.get(slug="historic-role")
    Application.objects.create(candidate=Candidate.objects.create(name="ada  byron"), opening=opening)

    status, _, errors = run(as_csv(rows(NOBODYS)))

    assert status == 1
    assert NAMESAKES in errors[0]


def test_nobody_imports_their_own_scores_by_leaving_out_the_address(rows, person, scored_application):
    colleague, candidate = person("recruiter"), scored_application.candidate
    candidate.email, candidate.colleague = "", colleague
    candidate.save()
    about = {"opening": scored_application.opening.slug, "candidate_name": candidate.name, "candidate_email": ""}

    with pytest.raises(BadRows) as caught:
        store(read(as_csv(rows(about))), rubric_version=None, by=colleague)

    assert {words for _, words in caught.value.problems} == {OWN}


# --- openings that the importer does not run ----------------------------------
def test_an_opening_that_may_not_be_known_is_as_one_that_there_is_not(rows, person, version):
    hidden = create_opening("Secret chief", rubric_version=version, by=None, confidential=True)

    def told(slug: str) -> set[str]:
        with pytest.raises(BadRows) as caught:
            store(read(as_csv(rows({"opening": slug}))), rubric_version=None, by=person("recruiter"))
        return {words.replace(slug, "SLUG") for _, words in caught.value.problems}

    assert told(hidden.slug) == told("there-is-none")
