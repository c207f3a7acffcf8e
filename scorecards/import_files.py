"""A CSV file of historic scorecards as rows, each with its line, and what is wrong with the others."""

import csv
import hashlib
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from accounts.signs import clean_text
from accounts.texts import LONGEST_TEXT
from scorecards.judgement import Answer
from scorecards.models import Scorecard
from scorecards.spreadsheets import text_of

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
SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
SCORE = re.compile(r"([1-5])(?:[.,]0+)?", re.ASCII)
MARKED = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
Card = tuple[str, str, str, str]


def plain(name: str) -> str:
    """A name without its case and its extra spaces, for comparing."""
    return " ".join(name.split()).casefold()


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
        return self.opening, self.candidate_email, plain(self.round), self.interviewer_email


@dataclass
class Reading:
    """The usable rows of a file, and what is wrong with the others.

    `problems` are pairs of line and words; `incomplete` the scorecards that lack a row;
    `sha256` is that of the file's bytes.
    """

    rows: list[Row] = field(default_factory=list)
    problems: list[tuple[int, str]] = field(default_factory=list)
    incomplete: set[Card] = field(default_factory=set)
    sha256: str = ""


def read(data: bytes) -> Reading:
    """The rows of the file, good and bad: separated by commas, semicolons, tabs or bars, in UTF-8 or UTF-16.

    Raises BadRows where it is no such file with our header at all.
    """
    text = _decoded(data)
    text, separator, line = _separated(text)
    reading = Reading(sha256=hashlib.sha256(data).hexdigest())
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    before = line - 1  # lines that the reader does not see
    try:
        header = _header(next(reader, []), line, separator)
        line = before + reader.line_num + 1
        for fields in reader:
            if any(text.strip() for text in fields):
                _read_row(line, header, fields, reading)
            line = before + reader.line_num + 1
    except csv.Error as error:
        reading.problems.append((line, f"not readable as CSV: {error}"))
    return reading


def _decoded(data: bytes) -> str:
    encoding = _encoding(data)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = 1 + data[: error.start].count(b"\n")
        words = "the file is not UTF-8: save it as “CSV UTF-8” in your spreadsheet program"
        raise BadRows([(line, words)]) from error
    before, nul, _ = text.partition("\x00")
    if nul:
        raise BadRows([(1 + before.count("\n"), "the file contains a NUL character")])
    return text


def _encoding(data: bytes) -> str:
    """UTF-16 by its mark, or by every other byte of its beginning; else UTF-8."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    head = data[:40]
    if len(head) >= 8 and not any(head[1::2]):
        return "utf-16-le"
    if len(head) >= 8 and not any(head[::2]):
        return "utf-16-be"
    return "utf-8-sig"


def _separated(text: str) -> tuple[str, str, int]:
    """The text from its header on, its separator, and the header's line."""
    marked = MARKED.match(text)
    if marked is not None:
        return text[marked.end() :], marked[1], 2
    first = text.partition("\n")[0]
    found = {separator: _known_names(first.split(separator)) for separator in SEPARATORS}
    return text, max(found, key=lambda separator: found[separator]), 1


def _known_names(fields: list[str]) -> int:
    return sum(_column(name) in CARD_COLUMNS for name in fields)


def _column(name: str) -> str:
    """A column's name whatever its case and how its words are joined."""
    return re.sub(r"[\s_-]+", "_", name.strip().strip('"').strip().casefold())


def _header(fields: list[str], line: int, separator: str) -> list[str]:
    """The names of the columns: each of CARD_COLUMNS once, in any order, and others."""
    header = [_column(name) for name in fields]
    if twice := sorted({name for name in header if name and header.count(name) > 1}):
        raise BadRows([(line, f"the header names {', '.join(twice)} twice")])
    lacking = [name for name in CARD_COLUMNS if name not in header]
    if lacking:
        raise BadRows([(line, f"the header is missing {', '.join(lacking)}{_found(fields, separator)}")])
    return header


def _found(fields: list[str], separator: str) -> str:
    names = [name.strip()[:40] for name in fields if name.strip()]
    if not names:
        return ": the file has no header row"
    apart = SEPARATORS.get(separator, f"“{separator}”")
    shown = ", ".join(names[:12])
    return f" (found, separated by {apart}: {shown})"


def _read_row(line: int, header: list[str], fields: list[str], reading: Reading) -> None:
    if len(fields) != len(header):
        than = "more" if len(fields) > len(header) else "fewer"
        reading.problems.append((line, f"has {than} fields than the header"))
        return
    raw = _raw(header, fields)
    problems = [(line, problem) for problem in _problems(raw)]
    reading.problems.extend(problems)
    if problems:
        reading.incomplete.add(_card_of(raw))
    else:
        reading.rows.append(_row(line, raw))


def _raw(header: list[str], fields: list[str]) -> dict[str, str]:
    """By column the text that may be stored; evidence keeps the space around it, as it was written."""
    raw = {}
    for name, value in zip(header, fields, strict=True):
        text = clean_text(text_of(value))
        raw[name] = text if name == "evidence" else text.strip()
    raw["recommendation"] = _column(raw["recommendation"])
    score = SCORE.fullmatch(raw["score"])
    if score is not None:
        raw["score"] = score[1]
    return raw


def _card_of(raw: dict[str, str]) -> Card:
    return raw["opening"], raw["candidate_email"].lower(), plain(raw["round"]), raw["interviewer_email"].lower()


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
    if score and not SCORE.fullmatch(score):
        yield f"score {score[:20]!r} is not a whole number from 1 to 5"
    if not score and not reason:
        yield "score is empty and not_assessed_reason gives no reason"
    if score and reason:
        yield "it has both a score and a not_assessed_reason"
    if raw["recommendation"] not in Scorecard.Recommendation.values:
        yield f"recommendation {raw['recommendation'][:30]!r} is not one of strong_no, no, yes, strong_yes"
    moment = _moment(raw["submitted_at"])
    if moment is None:
        yield f"submitted_at {raw['submitted_at'][:40]!r} is not an ISO 8601 time with a zone"
    elif moment > timezone.now():
        yield f"submitted_at {raw['submitted_at'][:40]!r} is in the future"


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
