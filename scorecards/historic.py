"""Historic scorecards from CSV: read and checked as a whole, then stored as a whole or not at all."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.dateparse import parse_datetime

from accounts.models import User
from audit.services import record
from candidates.models import Application, Candidate, Interview, Opening, Panelist, Round
from candidates.services import create_opening
from rubrics.models import LEVEL_NAMES, Dimension, RubricVersion
from scorecards.drafts import EVIDENCE_LIMIT, clean_text
from scorecards.models import Rating, Scorecard
from scorecards.packets.data import CARD_COLUMNS

LONGEST = {
    "opening": 120,
    "candidate_name": 300,
    "candidate_email": 254,
    "round": 200,
    "interviewer_email": 254,
    "not_assessed_reason": 500,
    "evidence": EVIDENCE_LIMIT,
}
Card = tuple[str, str, str, str]


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
    def card(self) -> Card:
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
    """The usable rows of a file, what is wrong with the others, and the scorecards that those belong to."""

    rows: list[Row] = field(default_factory=list)
    problems: list[tuple[int, str]] = field(default_factory=list)
    incomplete: set[Card] = field(default_factory=set)


def read(data: bytes) -> Reading:
    """The rows of the file, good and bad; BadRows where it is no CSV file with our header at all."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadRows([(1 + data[: error.start].count(b"\n"), "the file is not UTF-8")]) from error
    if "\x00" in text:
        raise BadRows([(1 + text[: text.index("\x00")].count("\n"), "the file holds a NUL character")])
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    reading = Reading()
    start = 1
    try:
        header = [name.strip() for name in next(reader, [])]
        if twice := sorted({name for name in header if header.count(name) > 1}):
            raise BadRows([(1, f"the header names {', '.join(twice)} twice")])
        lacking = [name for name in CARD_COLUMNS if name not in header]
        if lacking:
            raise BadRows([(1, f"the header lacks {', '.join(lacking)}")])
        start = reader.line_num + 1
        for fields in reader:
            if fields:
                _read_row(start, header, fields, reading)
            start = reader.line_num + 1
    except csv.Error as error:
        reading.problems.append((start, f"not readable as CSV: {error}"))
    return reading


def _read_row(line: int, header: list[str], fields: list[str], reading: Reading) -> None:
    if len(fields) != len(header):
        than = "more" if len(fields) > len(header) else "fewer"
        reading.problems.append((line, f"has {than} fields than the header"))
        return
    raw = {name: clean_text(value).strip() for name, value in zip(header, fields, strict=True)}
    problems = [(line, problem) for problem in _problems(raw)]
    reading.problems.extend(problems)
    if problems:
        reading.incomplete.add(_card_of(raw))
    else:
        reading.rows.append(_row(line, raw))


def _card_of(raw: dict[str, str]) -> Card:
    return raw["opening"], raw["candidate_email"].lower(), raw["round"], raw["interviewer_email"].lower()


def _problems(raw: dict[str, str]) -> Iterator[str]:
    for name in ("opening", "candidate_name", "round", "dimension"):
        if not raw[name]:
            yield f"{name} is empty"
    if raw["opening"] and not re.fullmatch(r"[-\w]+", raw["opening"]):
        yield f"opening {raw['opening'][:80]!r} is not a slug (letters, digits, hyphens)"
    for name in ("candidate_email", "interviewer_email"):
        try:
            validate_email(raw[name])
        except ValidationError:
            yield f"{name} {raw[name][:80]!r} is not an e-mail address"
    for name, longest in LONGEST.items():
        if len(raw[name]) > longest:
            yield f"{name} is longer than {longest} characters"
    yield from _judgement_problems(raw)


def _judgement_problems(raw: dict[str, str]) -> Iterator[str]:
    score, reason = raw["score"], raw["not_assessed_reason"]
    if score and score not in {"1", "2", "3", "4", "5"}:
        yield f"score {score[:20]!r} is not a whole number from 1 to 5"
    if not score and not reason:
        yield "score is empty and not_assessed_reason gives no reason"
    if score and reason:
        yield "has both a score and a not_assessed_reason"
    if raw["recommendation"] not in Scorecard.Recommendation.values:
        yield f"recommendation {raw['recommendation'][:30]!r} is not one of strong_no, no, yes, strong_yes"
    if _moment(raw["submitted_at"]) is None:
        yield f"submitted_at {raw['submitted_at'][:40]!r} is not an ISO 8601 time with a zone"


def _moment(text: str) -> datetime | None:
    """The moment in UTC; None without a zone, and in the calendar's first and last year, where arithmetic ends."""
    try:
        moment = parse_datetime(text)
        in_utc = moment.astimezone(UTC) if moment is not None and moment.tzinfo is not None else None
    except (ValueError, OverflowError):
        return None
    return in_utc if in_utc is not None and 1 < in_utc.year < 9999 else None


def _row(line: int, raw: dict[str, str]) -> Row:
    moment = _moment(raw["submitted_at"])
    assert moment is not None
    return Row(
        line=line,
        **{name: raw[name] for name in ("opening", "candidate_name", "round", "dimension")},
        **{name: raw[name].lower() for name in ("candidate_email", "interviewer_email")},
        score=int(raw["score"]) if raw["score"] else None,
        not_assessed_reason=raw["not_assessed_reason"],
        evidence=raw["evidence"],
        recommendation=raw["recommendation"],
        submitted_at=moment,
    )


@transaction.atomic
def store(reading: Reading, *, rubric_version: RubricVersion | None, by: User | None) -> Counts:
    """Store all rows; openings that do not exist are created on `rubric_version`, where one is given.

    Raises BadRows with every problem, and stores nothing: those of the reading, unknown openings or dimensions,
    ratings given twice, rows of one scorecard that contradict each other, and scorecards that exist with other
    content.
    """
    counts = Counts()
    cards: dict[Card, list[Row]] = {}
    for row in reading.rows:
        cards.setdefault(row.card, []).append(row)
    problems = list(reading.problems)
    for key, group in cards.items():
        try:
            with transaction.atomic():
                _store_card(group, rubric_version, by, counts, complete=key not in reading.incomplete)
        except BadRows as error:
            problems.extend(error.problems)
    if problems:
        raise BadRows(problems)
    if counts.scorecards:
        record("scorecards.imported", by=by, scorecards=counts.scorecards)
    return counts


def _store_card(
    rows: list[Row], version: RubricVersion | None, by: User | None, counts: Counts, *, complete: bool
) -> None:
    first = rows[0]
    opening = _opening(rows, version, by, counts)
    dimensions = _dimensions(rows, opening)
    panelist = _panelist(first, opening, by, counts)
    existing = Scorecard.objects.filter(panelist=panelist).first()
    if existing is not None:
        if complete and not _same(existing, rows, dimensions):
            raise BadRows([(first.line, "this scorecard exists already with other content")])
        counts.unchanged_scorecards += 1
        return
    panelist.interview.round.dimensions.add(*dimensions.values())
    _create(panelist, rows, dimensions)
    counts.scorecards += 1
    counts.ratings += len(rows)


def _opening(rows: list[Row], version: RubricVersion | None, by: User | None, counts: Counts) -> Opening:
    slug = rows[0].opening
    opening = Opening.objects.filter(slug=slug).select_related("rubric_version").first()
    if opening is not None:
        return opening
    if version is None:
        raise BadRows([(row.line, f"there is no opening {slug!r} (give --rubric to create it)") for row in rows])
    counts.openings += 1
    return create_opening(slug.replace("-", " ").capitalize(), slug=slug, rubric_version=version, by=by)


def _dimensions(rows: list[Row], opening: Opening) -> dict[int, Dimension]:
    """Line number to dimension, found by key or by name whatever its case. BadRows names every line at fault."""
    known: dict[str, Dimension] = {}
    for dimension in opening.rubric_version.dimensions.prefetch_related("anchors"):
        known[dimension.name.casefold()] = dimension
        known[dimension.key.casefold()] = dimension
    found: dict[int, Dimension] = {}
    problems = list(_contradictions(rows))
    for row in rows:
        match = known.get(row.dimension.casefold())
        if match is None:
            problems.append((row.line, f"the rubric has no dimension {row.dimension[:80]!r}"))
        elif match in found.values():
            problems.append((row.line, f"{row.dimension[:80]!r} is rated twice in one scorecard"))
        else:
            found[row.line] = match
    if problems:
        raise BadRows(problems)
    return found


def _contradictions(rows: list[Row]) -> Iterator[tuple[int, str]]:
    first = rows[0]
    for row in rows[1:]:
        if (row.recommendation, row.submitted_at) != (first.recommendation, first.submitted_at):
            yield row.line, f"recommendation or submitted_at differs from line {first.line} (same scorecard)"


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
        candidate = Candidate.objects.create(name=row.candidate_name, email=row.candidate_email)
        counts.candidates += 1
    application, _ = Application.objects.get_or_create(candidate=candidate, opening=opening)
    round_, _ = Round.objects.get_or_create(
        opening=opening, name=row.round, defaults={"order": opening.rounds.count() + 1}
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
