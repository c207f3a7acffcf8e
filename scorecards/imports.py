"""Historic scorecards from CSV: checked as a whole, then stored, all or nothing."""

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
from accounts.signs import clean_text
from accounts.texts import LONGEST_TEXT
from audit.frozen import all_frozen
from audit.services import record
from candidates.models import Application, Candidate, Interview, Opening, Panelist, Round
from candidates.services import create_opening
from rubrics.levels import LEVELS, level_wording
from rubrics.models import Dimension, RubricVersion
from scorecards.drafts import set_answer, stored_judgement
from scorecards.judgement import Answer
from scorecards.models import Rating, Scorecard

CARD_COLUMNS = (
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
)
LONGEST = {
    "opening": 120,
    "candidate_name": 300,
    "candidate_email": 254,
    "round": 200,
    "interviewer_email": 254,
    "not_assessed_reason": 500,
    "evidence": LONGEST_TEXT,
}
Card = tuple[str, str, str, str]
Named = dict[int, dict[str, Dimension]]  # of each rubric version met, its dimensions by key and by name


class BadRows(Exception):
    """Every problem found, each with its line number; nothing was stored."""

    def __init__(self, problems: list[tuple[int, str]]) -> None:
        super().__init__(f"{len(problems)} bad rows")
        self.problems = sorted(problems)


@dataclass(frozen=True)
class Row:
    """One rating; rows of one `card` make a scorecard. Without a score a reason."""

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
    def answer(self) -> Answer:
        """The row as the answer on its dimension."""
        return Answer(self.score, self.score is None, self.not_assessed_reason, self.evidence)

    @property
    def card(self) -> Card:
        """Which scorecard it belongs to."""
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
    """The usable rows of a file, and what is wrong with the others.

    `problems` are pairs of line and words; `incomplete` the scorecards that lack a row.
    """

    rows: list[Row] = field(default_factory=list)
    problems: list[tuple[int, str]] = field(default_factory=list)
    incomplete: set[Card] = field(default_factory=set)


def read(data: bytes) -> Reading:
    """The rows of the file, good and bad.

    Raises BadRows where it is no CSV file in UTF-8 with our header at all.
    """
    reader = csv.reader(io.StringIO(_decoded(data), newline=""), strict=True)
    reading = Reading()
    start = 1
    try:
        header = _header(next(reader, []))
        start = reader.line_num + 1
        for fields in reader:
            if fields:
                _read_row(start, header, fields, reading)
            start = reader.line_num + 1
    except csv.Error as error:
        reading.problems.append((start, f"not readable as CSV: {error}"))
    return reading


def _decoded(data: bytes) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = 1 + data[: error.start].count(b"\n")
        raise BadRows([(line, "the file is not UTF-8")]) from error
    before, nul, _ = text.partition("\x00")
    if nul:
        raise BadRows([(1 + before.count("\n"), "the file contains a NUL character")])
    return text


def _header(fields: list[str]) -> list[str]:
    """The names of the columns: each of CARD_COLUMNS once, in any order, and others."""
    header = [name.strip() for name in fields]
    if twice := sorted({name for name in header if header.count(name) > 1}):
        raise BadRows([(1, f"the header names {', '.join(twice)} twice")])
    if lacking := [name for name in CARD_COLUMNS if name not in header]:
        raise BadRows([(1, f"the header is missing {', '.join(lacking)}")])
    return header


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
    if score and score not in map(str, LEVELS):
        yield f"score {score[:20]!r} is not a whole number from 1 to 5"
    if not score and not reason:
        yield "score is empty and not_assessed_reason gives no reason"
    if score and reason:
        yield "it has both a score and a not_assessed_reason"
    if raw["recommendation"] not in Scorecard.Recommendation.values:
        yield f"recommendation {raw['recommendation'][:30]!r} is not one of strong_no, no, yes, strong_yes"
    if _moment(raw["submitted_at"]) is None:
        yield f"submitted_at {raw['submitted_at'][:40]!r} is not an ISO 8601 time with a zone"


def _moment(text: str) -> datetime | None:
    """The moment in UTC; None without a zone, or where the calendar's arithmetic ends."""
    try:
        moment = parse_datetime(text)
        if moment is None or moment.tzinfo is None:
            return None
        in_utc = moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return in_utc if 1 < in_utc.year < 9999 else None


def _row(line: int, raw: dict[str, str]) -> Row:
    moment = _moment(raw["submitted_at"])
    assert moment is not None
    return Row(
        line=line,
        opening=raw["opening"],
        candidate_name=raw["candidate_name"],
        candidate_email=raw["candidate_email"].lower(),
        round=raw["round"],
        interviewer_email=raw["interviewer_email"].lower(),
        dimension=raw["dimension"],
        score=int(raw["score"]) if raw["score"] else None,
        not_assessed_reason=raw["not_assessed_reason"],
        evidence=raw["evidence"],
        recommendation=raw["recommendation"],
        submitted_at=moment,
    )


@transaction.atomic
def store(reading: Reading, *, rubric_version: RubricVersion | None, by: User | None) -> Counts:
    """Store all rows; what they name and is not there yet is created.

    Openings are created on `rubric_version`, where one is given.
    Raises BadRows with every problem, and stores nothing: those of the reading, unknown
    openings or dimensions, ratings given twice, rows of one scorecard that contradict
    each other, and scorecards that exist with other content.
    """
    counts = Counts()
    cards: dict[Card, list[Row]] = {}
    for row in reading.rows:
        cards.setdefault(row.card, []).append(row)
    problems = list(reading.problems)
    named: Named = {}
    stored: list[Scorecard] = []
    for key, group in cards.items():
        try:
            with transaction.atomic():
                complete = key not in reading.incomplete
                card = _store_card(group, rubric_version, by, counts, named, complete=complete)
        except BadRows as error:
            problems.extend(error.problems)
        else:
            if card is not None:
                stored.append(card)
    if problems:
        raise BadRows(problems)
    if counts.scorecards:
        record("scorecards.imported", by=by, scorecards=counts.scorecards)
    frozen = all_frozen("scorecard", [card.pk for card in stored])
    for card in stored:
        record("scorecard.imported", by=by, subject=card, **frozen[card.pk])
    return counts


def _store_card(
    rows: list[Row], version: RubricVersion | None, by: User | None, counts: Counts, named: Named, *, complete: bool
) -> Scorecard | None:
    """Store one scorecard; None where it is there already, compared if it is `complete`."""
    first = rows[0]
    opening = _opening(rows, version, by, counts)
    if opening.rubric_version_id not in named:
        named[opening.rubric_version_id] = _by_name(opening.rubric_version)
    dimensions = _dimensions(rows, named[opening.rubric_version_id])
    panelist = _panelist(first, opening, by, counts)
    existing = Scorecard.objects.filter(panelist=panelist).first()
    if existing is not None:
        if complete and not _same(existing, rows, dimensions):
            raise BadRows([(first.line, "this scorecard already exists with different content")])
        counts.unchanged_scorecards += 1
        return None
    panelist.interview.round.dimensions.add(*dimensions.values())
    counts.scorecards += 1
    counts.ratings += len(rows)
    return _create(panelist, rows, dimensions)


def _opening(rows: list[Row], version: RubricVersion | None, by: User | None, counts: Counts) -> Opening:
    slug = rows[0].opening
    opening = Opening.objects.filter(slug=slug).select_related("rubric_version").first()
    if opening is not None:
        return opening
    if version is None:
        raise BadRows([(row.line, f"there is no opening {slug!r} (use --rubric to create it)") for row in rows])
    counts.openings += 1
    return create_opening(slug.replace("-", " ").capitalize(), slug=slug, rubric_version=version, by=by)


def _by_name(version: RubricVersion) -> dict[str, Dimension]:
    """The version's dimensions by key and by name, whatever the case."""
    known: dict[str, Dimension] = {}
    for dimension in version.dimensions.prefetch_related("anchors"):
        known[dimension.name.casefold()] = dimension
        known[dimension.key.casefold()] = dimension
    return known


def _dimensions(rows: list[Row], known: dict[str, Dimension]) -> dict[int, Dimension]:
    """Line number to dimension, by key or name; BadRows names every line at fault."""
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
    given = {dimensions[row.line].pk: row.answer for row in rows}
    return stored_judgement(card).answers == given


def _create(panelist: Panelist, rows: list[Row], dimensions: dict[int, Dimension]) -> Scorecard:
    card = Scorecard.objects.create(panelist=panelist, imported=True, recommendation=rows[0].recommendation)
    Rating.objects.bulk_create(_rating(card, row, dimensions[row.line]) for row in rows)
    card.state = Scorecard.State.SUBMITTED
    card.submitted_at = rows[0].submitted_at
    card.save(update_fields=["state", "submitted_at"])
    return card


def _rating(card: Scorecard, row: Row, dimension: Dimension) -> Rating:
    anchors = {anchor.level: anchor.text for anchor in dimension.anchors.all()}
    wording = level_wording(row.score, anchors.get(row.score or 0))
    rating = Rating(scorecard=card, dimension=dimension, anchor_text=wording)
    set_answer(rating, row.answer)
    return rating
