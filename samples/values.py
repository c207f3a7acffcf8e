"""What is drawn: pure values, positions instead of rows. People and dimensions are
positions in their lists."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Rating:
    """`dimension` is its position in the role's list; `score` None with a reason, or
    without one where unfinished."""

    dimension: int
    score: int | None
    reason: str
    evidence: str


@dataclass(frozen=True)
class Mark:
    kind: str
    index: int
    seen: bool
    note: str


@dataclass(frozen=True)
class Amendment:
    """A score that its author corrected after submitting, before the debrief."""

    dimension: int
    score: int
    evidence: str
    reason: str
    at: datetime


@dataclass(frozen=True)
class Card:
    state: str
    recommendation: str
    summary: str
    decline_reason: str
    finished_at: datetime
    locked: bool
    ratings: tuple[Rating, ...]
    marks: tuple[Mark, ...]
    look_fors: tuple[tuple[int, str], ...]
    amendment: Amendment | None = None


@dataclass(frozen=True)
class Panelist:
    """`card` None: not even begun. `saw_first`: let in before submitting, and had
    looked."""

    person: int
    shadow: bool
    card: Card | None
    saw_first: bool = False


@dataclass(frozen=True)
class Interview:
    round: int
    starts_at: datetime
    due_at: datetime
    panelists: tuple[Panelist, ...]


@dataclass(frozen=True)
class ReRating:
    """A changed score of the person in this round; `source` is where new evidence came
    from, if it is that."""

    round: int
    person: int
    dimension: int
    score: int
    source: str
    reason: str


@dataclass(frozen=True)
class Meeting:
    """`notes` are pairs of a dimension's position, or None for the whole, and the
    text."""

    at: datetime
    attendees: tuple[int, ...]
    notes: tuple[tuple[int | None, str], ...]
    follow_up: str
    re_ratings: tuple[ReRating, ...]


@dataclass(frozen=True)
class Decision:
    """`rationales` are those of the must-haves, by position; `reopened` is why it
    stands no longer, if it doesn't."""

    outcome: str
    rationale: str
    rationales: tuple[tuple[int, str], ...]
    conditions: str
    dissent: str
    dissenter: int | None
    at: datetime
    reopened: str = ""


@dataclass(frozen=True)
class Application:
    candidate: int
    created_at: datetime
    interviews: tuple[Interview, ...]
    meeting: Meeting | None
    decisions: tuple[Decision, ...]


@dataclass(frozen=True)
class Opening:
    number: int
    role: int
    title: str
    confidential: bool
    manager: int
    recruiter: int
    created_at: datetime
    applications: tuple[Application, ...]
