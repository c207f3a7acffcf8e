"""Draws the sample from a seed: plain values, no database. The same arguments always give the same values.

Each opening has a generator of its own, so that it is the same whatever is drawn before it. What a demonstration needs
to show comes by turns rather than by chance, so that a small sample has it too.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from random import Random

from scorecards.samples import words
from scorecards.samples.roles import ROLES, Role, SampleRound

AS_OF = datetime(2026, 3, 2, 9, tzinfo=UTC)
PER_OPENING = 50
STAGES = ("decided", "ready", "running", "decided", "planned", "decided", "ready", "new", "running", "decided")
REASONS = ("ran out of time", "not my focus", "candidate declined")


@dataclass(frozen=True)
class Rating:
    """`dimension` is its position in the role's list; `score` None with a reason, or without one where unfinished."""

    dimension: int
    score: int | None
    reason: str
    evidence: str


@dataclass(frozen=True)
class Mark:
    kind: str
    place: int
    seen: bool
    note: str


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


@dataclass(frozen=True)
class Seat:
    """`card` None: not even begun. `saw_first`: let in before submitting, and had looked."""

    person: int
    shadow: bool
    card: Card | None
    saw_first: bool = False


@dataclass(frozen=True)
class Interview:
    round: int
    starts_at: datetime
    due_at: datetime
    seats: tuple[Seat, ...]


@dataclass(frozen=True)
class Decision:
    outcome: str
    rationale: str
    conditions: str
    dissent: str
    dissenter: int | None
    change_reason: str
    at: datetime


@dataclass(frozen=True)
class Application:
    candidate: int
    created_at: datetime
    interviews: tuple[Interview, ...]
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


@dataclass(frozen=True)
class Plan:
    """What is to be drawn: so many candidates and interviewers, told as of a day."""

    candidates: int
    interviewers: int
    seed: int
    as_of: datetime = AS_OF

    @property
    def openings(self) -> int:
        return max(min(len(ROLES), self.candidates // 6 or 1), -(-self.candidates // PER_OPENING))

    def share(self, opening: int) -> range:
        """The candidates who are drawn for this opening, numbered from 0 throughout."""
        first, last = (self.candidates * step // self.openings for step in (opening, opening + 1))
        return range(first, last)


def name_of(kind: str, number: int, seed: int) -> str:
    """A name, spread evenly over the lists; every fourteenth candidate writes theirs in another script."""
    if kind == "candidate" and number % 14 == 13:
        return words.OTHER_SCRIPTS[number // 14 % len(words.OTHER_SCRIPTS)]
    rng = Random(f"{seed} {kind} {number}")  # noqa: S311 - repeatable on purpose, guards nothing
    return f"{rng.choice(words.FIRST)} {rng.choice(words.LAST)}"


def draw(plan: Plan) -> Iterator[Opening]:
    return (_opening(plan, number) for number in range(plan.openings))


def _opening(plan: Plan, number: int) -> Opening:
    rng = Random(f"{plan.seed} opening {number}")  # noqa: S311 - repeatable on purpose, guards nothing
    role = ROLES[number % len(ROLES)]
    team = role.teams[number // len(ROLES) % len(role.teams)]
    created = _day(plan.as_of, 100 + rng.randrange(40))
    own = plan.share(number)
    # Every fifteenth also applied for an earlier opening.
    again = [person - len(own) for person in own if person % 15 == 14 and person >= len(own)]
    return Opening(
        number=number,
        role=number % len(ROLES),
        title=f"{role.title}, {team}",
        confidential=number % 6 == 5,
        manager=number // 2,
        recruiter=number % 2,
        created_at=created,
        applications=tuple(_application(plan, role, rng, person) for person in [*own, *again]),
    )


def _day(as_of: datetime, days_ago: int) -> datetime:
    return datetime.combine(as_of.date() - timedelta(days=days_ago), time(8), UTC)


def _application(plan: Plan, role: Role, rng: Random, person: int) -> Application:
    turn = person  # by turns, so that neighbours differ in what they show
    stage = STAGES[turn % len(STAGES)]
    days_ago = {"new": 2, "planned": 5, "running": 12}.get(stage, 30 + rng.randrange(50))
    created = _day(plan.as_of, days_ago)
    if stage == "new":
        return Application(person, created, (), ())
    ability = rng.gauss(3.4, 0.7)
    levels = [ability + rng.gauss(0, 0.6) for _ in role.dimensions]
    talks = _interviews(plan, role, rng, created, turn, levels)
    if turn % 12 == 6:
        talks = _let_in(talks)
    decisions = _decisions(rng, talks, ability, turn) if stage == "decided" else ()
    return Application(person, created, talks, decisions)


def _interviews(
    plan: Plan, role: Role, rng: Random, created: datetime, turn: int, levels: list[float]
) -> tuple[Interview, ...]:
    panels = _panels(plan, role, rng, turn)
    talks = []
    for index, (step, panel) in enumerate(zip(role.rounds, panels, strict=True)):
        starts = created + timedelta(days=6 + 4 * index, minutes=30 * rng.randrange(16))
        due = starts + timedelta(minutes=step.minutes, hours=24)
        seats = tuple(
            _seat(plan, role, rng, step, starts, due, levels, person=person, shadow=shadow, turn=turn + 3 * index + at)
            for at, (person, shadow) in enumerate(panel)
        )
        talks.append(Interview(index, starts, due, seats))
    return tuple(talks)


def _let_in(talks: tuple[Interview, ...]) -> tuple[Interview, ...]:
    """The last round's first lead was let in before submitting, where they sat in no earlier round."""
    *before, last = talks
    first, *others = last.seats
    earlier = {seat.person for talk in before for seat in talk.seats}
    if first.person in earlier or first.card is None or first.card.state != "submitted":
        return talks
    return (*before, replace(last, seats=(replace(first, saw_first=True), *others)))


def _panels(plan: Plan, role: Role, rng: Random, turn: int) -> list[list[tuple[int, bool]]]:
    """People and whether they only shadow, for each round; nobody twice where there are people enough."""
    sizes = [1 + (turn + index) % 2 for index in range(len(role.rounds))]
    shadows = [(turn + index) % 5 == 4 for index in range(len(role.rounds))]
    people = rng.sample(range(plan.interviewers), plan.interviewers)
    panels, at = [], 0
    for size, shadow in zip(sizes, shadows, strict=True):
        wanted = min(size + shadow, plan.interviewers)
        seated = [people[(at + step) % len(people)] for step in range(wanted)]
        panels.append([(person, shadow and 0 < step == wanted - 1) for step, person in enumerate(seated)])
        at += wanted
    return panels


def _seat(
    plan: Plan,
    role: Role,
    rng: Random,
    step: SampleRound,
    starts: datetime,
    due: datetime,
    levels: list[float],
    *,
    person: int,
    shadow: bool,
    turn: int,
) -> Seat:
    ends = starts + timedelta(minutes=step.minutes)
    if ends >= plan.as_of:
        return Seat(person, shadow, None)
    late = turn % 13 == 12
    finished = ends + (timedelta(hours=26) if late else timedelta(minutes=10 + rng.randrange(1200)))
    if finished >= plan.as_of or (due >= plan.as_of - timedelta(days=5) and turn % 3 == 1):
        begun = turn % 2 == 0
        card = _draft(role, rng, step, min(finished, plan.as_of - timedelta(minutes=5)), levels) if begun else None
        return Seat(person, shadow, card)
    if turn % 17 == 16:
        reason = words.DECLINED[turn // 17 % len(words.DECLINED)]
        return Seat(person, shadow, Card("declined", "", "", reason, finished, False, (), (), ()))
    return Seat(person, shadow, _submitted(role, rng, step, finished, levels, turn))


def _draft(role: Role, rng: Random, step: SampleRound, saved: datetime, levels: list[float]) -> Card:
    """Begun and left: the first dimension scored, the next with words only."""
    first, *rest = step.dimensions
    ratings = [_rating(role, rng, first, _score(rng, levels[first], 0))]
    if rest:
        topic = rng.choice(role.dimensions[rest[0]].topics)
        ratings.append(Rating(rest[0], None, "", f"To write up: {topic}."))
    return Card("draft", "", "", "", saved, False, tuple(ratings), (), ())


def _submitted(role: Role, rng: Random, step: SampleRound, at: datetime, levels: list[float], turn: int) -> Card:
    lean = rng.gauss(0, 0.35) + (-2 if turn % 11 == 10 else 0)
    ratings = []
    for index, dimension in enumerate(step.dimensions):
        skipped = (turn + index) % 9 == 8 and len(step.dimensions) > 1
        score = None if skipped else _score(rng, levels[dimension], lean)
        ratings.append(_rating(role, rng, dimension, score))
    scores = [row.score for row in ratings if row.score]
    mean = sum(scores) / len(scores) if scores else 2.5
    recommendation = _recommendation(mean)
    return Card(
        state="submitted",
        recommendation=recommendation,
        summary=words.SUMMARIES[recommendation],
        decline_reason="",
        finished_at=at,
        locked=turn % 9 == 4,
        ratings=tuple(ratings),
        marks=_marks(role, rng, mean, turn),
        look_fors=_look_fors(role, rng, step, mean),
    )


def _score(rng: Random, level: float, lean: float) -> int:
    return min(5, max(1, round(level + lean + rng.gauss(0, 0.5))))


def _rating(role: Role, rng: Random, dimension: int, score: int | None) -> Rating:
    if score is None:
        return Rating(dimension, None, rng.choice(REASONS), "")
    topic = rng.choice(role.dimensions[dimension].topics)
    seen = rng.choice(words.SEEN[score]).format(topic=topic)
    return Rating(dimension, score, "", f"{seen} {rng.choice(words.FOLLOWED[score])}")


def _recommendation(mean: float) -> str:
    bounds = ((2.0, "strong_no"), (3.0, "no"), (4.2, "yes"))
    return next((name for below, name in bounds if mean < below), "strong_yes")


def _marks(role: Role, rng: Random, mean: float, turn: int) -> tuple[Mark, ...]:
    marks = []
    if mean < 1.9 or turn % 14 == 13:
        note = words.FLAG_NOTES[turn % len(words.FLAG_NOTES)]
        marks.append(Mark("red_flag", rng.randrange(len(role.red_flags)), True, note))
    if mean >= 3.6:
        marks.append(Mark("strong", rng.randrange(len(role.strong)), True, ""))
    elif mean < 3:
        marks.append(Mark("weak", rng.randrange(len(role.weak)), turn % 4 != 0, words.FLAG_NOTES[0]))
    return tuple(marks)


def _look_fors(role: Role, rng: Random, step: SampleRound, mean: float) -> tuple[tuple[int, str], ...]:
    if step.exercise is None:
        return ()
    texts = role.exercises[step.exercise].look_for
    chances = [max(mean - 1, 0.5), max(4 - mean, 0.5), 0.5]
    return tuple((place, rng.choices(("seen", "missed", "not_reached"), chances)[0]) for place in range(len(texts)))


def _decisions(rng: Random, talks: tuple[Interview, ...], ability: float, turn: int) -> tuple[Decision, ...]:
    cards = [seat for talk in talks for seat in talk.seats if seat.card and not seat.shadow]
    last = max(seat.card.finished_at for seat in cards if seat.card)
    outcome = "hire" if ability > 3.8 else "no_hire"
    agrees = {"hire": ("yes", "strong_yes"), "no_hire": ("no", "strong_no")}[outcome]
    against = [seat.person for seat in cards if seat.card and seat.card.recommendation not in (*agrees, "")]
    dissenter = against[0] if against and turn % 2 else None
    final = Decision(
        outcome=outcome,
        rationale=rng.choice(words.RATIONALES[outcome]),
        conditions=words.CONDITIONS if outcome == "hire" and turn % 3 == 0 else "",
        dissent="" if dissenter is None else words.DISSENT,
        dissenter=dissenter,
        change_reason="",
        at=last + timedelta(days=2),
    )
    return _after_a_hold(final, last) if turn % 7 == 5 else (final,)


def _after_a_hold(final: Decision, last: datetime) -> tuple[Decision, ...]:
    held = Decision("hold", words.RATIONALES["hold"][0], "", "", None, "", last + timedelta(days=1))
    changed = Decision(**vars(final) | {"change_reason": words.CHANGE})
    return held, changed
