"""One line of a file of historic scorecards as a row: what its columns are, and what is wrong with it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from accounts.signs import clean_text, has_letters, says_something
from accounts.texts import LONGEST_TEXT
from candidates.planning.loops import is_twice, moment
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
SCORE = re.compile(r"([1-5])(?:[.,]0+)?", re.ASCII)
DAYS = re.compile(r"\d{5}([.,]\d+)?", re.ASCII)  # a spreadsheet's date without its format
MOMENT = "2024-05-06T10:00:00+02:00"
# An address and a plain name: people may share an address. Without one a name means somebody in that opening alone,
# whose slug then stands for the address.
Person = tuple[str, str]
Card = tuple[str, Person, str, str]


def plain(name: str) -> str:
    """A name without its case and its extra spaces, for comparing."""
    return " ".join(name.split()).casefold()


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
    def person(self) -> Person:
        """Who it is about."""
        return self.candidate_email or self.opening, plain(self.candidate_name)

    @property
    def card(self) -> Card:
        """Which scorecard it belongs to."""
        return self.opening, self.person, plain(self.round), self.interviewer_email


def has_no_address(card: Card) -> bool:
    """Whether it is about somebody of whom the file has the name alone."""
    return card[1][0] == card[0]


def slug_of(opening: str) -> str:
    """An opening's slug whatever its case: of two that differ in nothing else nobody means both."""
    return opening.lower()


def known_names(fields: Sequence[str]) -> int:
    """How many of these are names of our columns."""
    return sum(column_of(name) in CARD_COLUMNS for name in fields)


def column_of(name: str) -> str:
    """A column's name whatever its case and how its words are joined."""
    return re.sub(r"[\s_-]+", "_", name.strip().strip('"').strip().casefold())


def raw_of(header: list[str], fields: list[str]) -> dict[str, str]:
    """By column the text that may be stored; evidence keeps the space around it, as it was written."""
    raw = {}
    for name, value in zip(header, fields, strict=True):
        text = clean_text(text_of(value))
        raw[name] = text if name == "evidence" else text.strip()
    raw["recommendation"] = column_of(raw["recommendation"])
    score = SCORE.fullmatch(raw["score"])
    if score is not None:
        raw["score"] = score[1]
    return raw


def card_of(raw: dict[str, str]) -> Card:
    """Which scorecard the line belongs to, whatever else is wrong with it."""
    slug = slug_of(raw["opening"])
    person = raw["candidate_email"].lower() or slug, plain(raw["candidate_name"])
    return slug, person, plain(raw["round"]), raw["interviewer_email"].lower()


def problems_of(raw: dict[str, str]) -> Iterator[str]:
    """What keeps the line from being a row, in words; nothing where it is one."""
    for name in ("opening", "candidate_name", "round", "dimension"):
        if not raw[name]:
            yield f"{name} is empty"
    if raw["candidate_name"] and not has_letters(raw["candidate_name"]):
        yield f"candidate_name {raw['candidate_name'][:80]!r} is no name: it has no letters"
    if raw["round"] and not says_something(raw["round"]):
        yield f"round {raw['round'][:80]!r} is no name: it has neither letters nor figures"
    if raw["opening"] and not re.fullmatch(r"[-\w]+", raw["opening"]):
        told = "is not a slug (letters, digits, hyphens): an opening's settings show its name in files"
        yield f"opening {raw['opening'][:80]!r} {told}"
    for name in ("candidate_email", "interviewer_email"):
        if name == "candidate_email" and not raw[name]:
            continue  # candidates may have none
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
    submitted_at = _moment(raw["submitted_at"])
    if DAYS.fullmatch(raw["submitted_at"]):
        yield f"submitted_at {raw['submitted_at'][:40]!r} is a number of days: format the column as date and time"
    elif submitted_at is None:
        yield f"submitted_at {raw['submitted_at'][:40]!r} is not an ISO 8601 time with a zone, as {MOMENT} is"
    elif submitted_at > timezone.now():
        yield f"submitted_at {raw['submitted_at'][:40]!r} is in the future"


class NotOnceInZone(Exception):
    """A time that the clocks of a zone never show, or twice; in words."""


def with_zone(text: str, zone: ZoneInfo | None) -> str:
    """The time with its zone: that of `text`, else the one given; whatever else is written stays as it is.

    Raises NotOnceInZone.
    """
    try:
        local = parse_datetime(text)
        if zone is None or local is None or local.tzinfo is not None:
            return text
        in_utc = moment(local, zone)
        twice = is_twice(local, zone)
    except (ValueError, OverflowError):
        return text
    if in_utc is None:
        raise NotOnceInZone(f"submitted_at {text[:40]!r} does not exist in {zone}, as clocks go forward")
    if twice:
        raise NotOnceInZone(f"submitted_at {text[:40]!r} comes twice in {zone}, as clocks go back: write its zone")
    return in_utc.isoformat()


def _moment(text: str) -> datetime | None:
    """The moment in UTC; None without a zone, or where the calendar's arithmetic ends."""
    try:
        written = parse_datetime(text)
        if written is None or written.tzinfo is None:
            return None
        in_utc = written.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return in_utc if 1 < in_utc.year < 9999 else None


def row_of(line: int, raw: dict[str, str]) -> Row:
    """The line, which has no problems, as a row."""
    submitted_at = _moment(raw["submitted_at"])
    assert submitted_at is not None
    return Row(
        line=line,
        opening=slug_of(raw["opening"]),
        candidate_name=raw["candidate_name"],
        candidate_email=raw["candidate_email"].lower(),
        round=raw["round"],
        interviewer_email=raw["interviewer_email"].lower(),
        dimension=raw["dimension"],
        score=int(raw["score"]) if raw["score"] else None,
        not_assessed_reason=raw["not_assessed_reason"],
        evidence=raw["evidence"],
        recommendation=raw["recommendation"],
        submitted_at=submitted_at,
    )
