"""Historic scorecards from CSV: read and checked as a whole, then stored as a whole or not at all."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.dateparse import parse_datetime

from accounts.models import User
from audit.services import record
from candidates.models import Application, Candidate, Interview, Opening, Panelist, Round
from candidates.services import create_opening
from rubrics.models import LEVEL_NAMES, Dimension, RubricVersion
from scorecards.models import Rating, Scorecard
from scorecards.services import EVIDENCE_LIMIT

COLUMNS = [
    "opening",
    "candidate_name",
    "candidate_email",
    "round",
    "interviewer_email",
    "dimension",
    "score",
    "not_assessed_reason",
    "evidence",
    "recommendation",
    "submitted_at",
]


class BadRows(Exception):
    """Every problem found, each with its line number; nothing was stored."""

    def __init__(self, problems: list[tuple[int, str]]) -> None:
        super().__init__(f"{len(problems)} bad rows")
        self.problems = sorted(problems)


@dataclass(frozen=True)
class Row:
    line: int
    opening: str
    candidate_name: str
    candidate_email: str
    round: str
    interviewer_email: str
    dimension: str
    score: int | None
    not_assessed_reason: str
    evidence: str
    recommendation: str
    submitted_at: datetime

    @property
    def card(self) -> tuple[str, str, str, str]:
        return self.opening, self.candidate_email, self.round, self.interviewer_email


@dataclass
class Counts:
    """What an import stored; all zero where the same file was imported before."""

    openings: int = 0
    candidates: int = 0
    interviewers: int = 0
    interviews: int = 0
    scorecards: int = 0
    ratings: int = 0
    unchanged_scorecards: int = 0


@dataclass
class Reading:
    rows: list[Row] = field(default_factory=list)
    problems: list[tuple[int, str]] = field(default_factory=list)


def read(data: bytes) -> list[Row]:
    """The rows of the file; BadRows names every line that cannot be used."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadRows([(1 + data[: error.start].count(b"\n"), "the file is not UTF-8")]) from error
    if "\x00" in text:
        raise BadRows([(1 + text[: text.index("\x00")].count("\n"), "the file holds a NUL character")])
    reader = csv.DictReader(io.StringIO(text, newline=""), restkey="", restval=None, strict=True)
    reading = Reading()
    try:
        lacking = [name for name in COLUMNS if name not in (reader.fieldnames or [])]
        if lacking:
            raise BadRows([(1, f"the header lacks {', '.join(lacking)}")])
        _read_rows(reader, reading)
    except csv.Error as error:
        reading.problems.append((reader.line_num, f"not readable as CSV: {error}"))
    if reading.problems:
        raise BadRows(reading.problems)
    return reading.rows


def _read_rows(reader: Any, reading: Reading) -> None:
    before = reader.line_num
    for raw in reader:
        line, before = before + 1, reader.line_num
        problems = list(_problems(raw))
        reading.problems.extend((line, problem) for problem in problems)
        if not problems:
            reading.rows.append(_row(line, raw))


def _problems(raw: dict[str, Any]) -> Iterator[str]:
    if "" in raw:
        yield "has more fields than the header"
    if any(raw[name] is None for name in COLUMNS):
        yield "has fewer fields than the header"
        return
    for name in ("opening", "candidate_name", "round", "dimension"):
        if not raw[name].strip():
            yield f"{name} is empty"
    for name in ("candidate_email", "interviewer_email"):
        try:
            validate_email(raw[name].strip())
        except ValidationError:
            yield f"{name} {raw[name][:80]!r} is not an e-mail address"
    score, reason = raw["score"].strip(), raw["not_assessed_reason"].strip()
    if score and score not in {"1", "2", "3", "4", "5"}:
        yield f"score {score[:20]!r} is not a whole number from 1 to 5"
    if not score and not reason:
        yield "score is empty and not_assessed_reason gives no reason"
    if score and reason:
        yield "has both a score and a not_assessed_reason"
    if raw["recommendation"].strip() not in Scorecard.Recommendation.values:
        yield f"recommendation {raw['recommendation'][:30]!r} is not one of strong_no, no, yes, strong_yes"
    if _moment(raw["submitted_at"]) is None:
        yield f"submitted_at {raw['submitted_at'][:40]!r} is not an ISO 8601 time with a zone"
    if len(raw["evidence"]) > EVIDENCE_LIMIT:
        yield f"evidence is longer than {EVIDENCE_LIMIT} characters"


def _moment(text: str) -> datetime | None:
    try:
        moment = parse_datetime(text.strip())
    except ValueError:
        return None
    return moment if moment is not None and moment.tzinfo is not None else None


def _row(line: int, raw: dict[str, str]) -> Row:
    clean = {name: raw[name].strip() for name in COLUMNS}
    moment = _moment(clean["submitted_at"])
    assert moment is not None
    return Row(
        line=line,
        **{name: clean[name] for name in ("opening", "candidate_name", "round", "dimension")},
        **{name: clean[name].lower() for name in ("candidate_email", "interviewer_email")},
        score=int(clean["score"]) if clean["score"] else None,
        not_assessed_reason=clean["not_assessed_reason"][:500],
        evidence=clean["evidence"],
        recommendation=clean["recommendation"],
        submitted_at=moment,
    )


@transaction.atomic
def store(rows: list[Row], *, rubric_version: RubricVersion | None, by: User | None) -> Counts:
    """Store all rows; openings that do not exist are created on `rubric_version`, where one is given.

    Raises BadRows (and stores nothing) for unknown openings or dimensions, ratings given twice, rows of one
    scorecard that contradict each other, and scorecards that exist with other content.
    """
    counts = Counts()
    cards: dict[tuple[str, str, str, str], list[Row]] = {}
    for row in rows:
        cards.setdefault(row.card, []).append(row)
    problems: list[tuple[int, str]] = []
    for group in cards.values():
        try:
            with transaction.atomic():
                _store_card(group, rubric_version, by, counts)
        except BadRows as error:
            problems.extend(error.problems)
    if problems:
        raise BadRows(problems)
    if counts.scorecards:
        record("scorecards.imported", by=by, scorecards=counts.scorecards)
    return counts


def _store_card(rows: list[Row], version: RubricVersion | None, by: User | None, counts: Counts) -> None:
    first = rows[0]
    for row in rows[1:]:
        if (row.recommendation, row.submitted_at) != (first.recommendation, first.submitted_at):
            raise BadRows(
                [
                    (
                        row.line,
                        f"recommendation or submitted_at differs from line {first.line} (same scorecard)",
                    )
                ]
            )
    opening = _opening(first, version, by, counts)
    dimensions = _dimensions(rows, opening)
    panelist = _panelist(first, opening, by, counts)
    existing = Scorecard.objects.filter(panelist=panelist).first()
    if existing is not None:
        if not _same(existing, rows, dimensions):
            raise BadRows([(first.line, "this scorecard exists already with other content")])
        counts.unchanged_scorecards += 1
        return
    panelist.interview.round.dimensions.add(*dimensions.values())
    _create(panelist, rows, dimensions)
    counts.scorecards += 1
    counts.ratings += len(rows)


def _opening(row: Row, version: RubricVersion | None, by: User | None, counts: Counts) -> Opening:
    opening = Opening.objects.filter(slug=row.opening).select_related("rubric_version").first()
    if opening is not None:
        return opening
    if version is None:
        raise BadRows([(row.line, f"there is no opening {row.opening!r} (give --rubric to create it)")])
    counts.openings += 1
    title = row.opening.replace("-", " ").capitalize()
    return create_opening(title, slug=row.opening[:120], rubric_version=version, by=by)


def _dimensions(rows: list[Row], opening: Opening) -> dict[int, Dimension]:
    """Line number to dimension, found by key or by name whatever its case."""
    known: dict[str, Dimension] = {}
    for dimension in opening.rubric_version.dimensions.prefetch_related("anchors"):
        known[dimension.name.casefold()] = dimension
        known[dimension.key.casefold()] = dimension
    found: dict[int, Dimension] = {}
    problems: list[tuple[int, str]] = []
    for row in rows:
        dimension = known.get(row.dimension.casefold())
        if dimension is None:
            problems.append((row.line, f"the rubric has no dimension {row.dimension[:80]!r}"))
        elif dimension in found.values():
            problems.append((row.line, f"{row.dimension[:80]!r} is rated twice in one scorecard"))
        else:
            found[row.line] = dimension
    if problems:
        raise BadRows(problems)
    return found


def _panelist(row: Row, opening: Opening, by: User | None, counts: Counts) -> Panelist:
    user = User.objects.filter(email__iexact=row.interviewer_email).first()
    if user is None:
        user = User.objects.create_user(row.interviewer_email)
        record("user.created", by=by, subject=user)
        counts.interviewers += 1
    if row.candidate_email == row.interviewer_email:
        raise BadRows([(row.line, "the interviewer and the candidate are the same person")])
    interview = _interview(row, opening, counts)
    panelist, _ = Panelist.objects.get_or_create(interview=interview, user=user)
    return panelist


def _interview(row: Row, opening: Opening, counts: Counts) -> Interview:
    candidate = Candidate.objects.filter(email__iexact=row.candidate_email).first()
    if candidate is None:
        candidate = Candidate.objects.create(name=row.candidate_name[:300], email=row.candidate_email)
        counts.candidates += 1
    application, _ = Application.objects.get_or_create(candidate=candidate, opening=opening)
    round_, _ = Round.objects.get_or_create(
        opening=opening, name=row.round[:200], defaults={"order": opening.rounds.count() + 1}
    )
    interview = Interview.objects.filter(application=application, round=round_).first()
    if interview is None:
        starts = row.submitted_at - timedelta(minutes=round_.minutes)
        interview = Interview.objects.create(
            application=application, round=round_, starts_at=starts, due_at=row.submitted_at
        )
        counts.interviews += 1
    return interview


def _same(card: Scorecard, rows: list[Row], dimensions: dict[int, Dimension]) -> bool:
    first = rows[0]
    if (card.recommendation, card.submitted_at) != (first.recommendation, first.submitted_at):
        return False
    stored = {
        rating.dimension_id: (rating.score, rating.not_assessed_reason, rating.evidence)
        for rating in card.ratings.all()
    }
    given = {dimensions[row.line].pk: (row.score, row.not_assessed_reason, row.evidence) for row in rows}
    return stored == given


def _create(panelist: Panelist, rows: list[Row], dimensions: dict[int, Dimension]) -> None:
    card = Scorecard.objects.create(panelist=panelist, imported=True, recommendation=rows[0].recommendation)
    Rating.objects.bulk_create(_rating(card, row, dimensions[row.line]) for row in rows)
    card.state = Scorecard.State.SUBMITTED
    card.submitted_at = rows[0].submitted_at
    card.save(update_fields=["state", "submitted_at"])


def _rating(card: Scorecard, row: Row, dimension: Dimension) -> Rating:
    wording = {anchor.level: anchor.text for anchor in dimension.anchors.all()}
    return Rating(
        scorecard=card,
        dimension=dimension,
        score=row.score,
        not_assessed=row.score is None,
        not_assessed_reason=row.not_assessed_reason,
        evidence=row.evidence,
        anchor_text=wording.get(row.score, LEVEL_NAMES[row.score]) if row.score else "",
    )
