"""Draws the sample from a seed: plain values, no database. The same arguments always
give the same values. Pure, and imports no Django.

Each opening has a generator of its own, so that it is the same whatever is drawn before
it. What a demonstration needs to show comes by turns rather than by chance, so that a
small sample has it too.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from random import Random

from samples import deciding, judging, words
from samples.roles import ROLES, Role, SampleRound
from samples.values import Application, Card, Decision, Interview, Meeting, Opening, Panelist

AS_OF = datetime(2026, 3, 2, 9, tzinfo=UTC)
PER_OPENING = 50
STAGES = ("decided", "ready", "running", "decided", "planned", "decided", "ready", "new", "running", "decided")


@dataclass(frozen=True)
class Plan:
    """What is to be drawn: so many candidates and interviewers, told as of a day."""

    candidates: int
    interviewers: int
    seed: int
    as_of: datetime = AS_OF

    @property
    def openings(self) -> int:
        """One for each role where six candidates come to each; never more than
        PER_OPENING candidates in one."""
        for_each_role = min(len(ROLES), max(1, self.candidates // 6))
        needed = math.ceil(self.candidates / PER_OPENING)
        return max(for_each_role, needed)

    def share(self, opening: int) -> range:
        """The candidates who are drawn for this opening, numbered from 0 throughout."""
        first = self.candidates * opening // self.openings
        last = self.candidates * (opening + 1) // self.openings
        return range(first, last)


def name_of(kind: str, number: int, seed: int) -> str:
    """A name, spread evenly over the lists; every fourteenth candidate writes theirs in
    another script."""
    if kind == "candidate" and number % 14 == 13:
        return words.OTHER_SCRIPTS[number // 14 % len(words.OTHER_SCRIPTS)]
    rng = Random(f"{seed} {kind} {number}")  # noqa: S311 - repeatable on purpose, guards nothing
    return f"{rng.choice(words.FIRST)} {rng.choice(words.LAST)}"


def draw(plan: Plan) -> Iterator[Opening]:
    """`plan.openings` openings, numbered from 0, each drawn when it is asked for."""
    return (_opening(plan, number) for number in range(plan.openings))


def _opening(plan: Plan, number: int) -> Opening:
    rng = Random(f"{plan.seed} opening {number}")  # noqa: S311 - repeatable on purpose, guards nothing
    role = ROLES[number % len(ROLES)]
    team = role.teams[number // len(ROLES) % len(role.teams)]
    created = _day(plan.as_of, 100 + rng.randrange(40))
    own = plan.share(number)
    # Every fifteenth also applied for an earlier opening.
    every_15th = [person for person in own if person % 15 == 14]
    again = [person - len(own) for person in every_15th if person >= len(own)]
    people = [*own, *again]
    return Opening(
        number=number,
        role=number % len(ROLES),
        title=f"{role.title}, {team}",
        confidential=number % 6 == 5,
        manager=number // 2,
        recruiter=number % 2,
        created_at=created,
        applications=tuple(_application(plan, role, rng, person) for person in people),
    )


def _day(as_of: datetime, days_ago: int) -> datetime:
    return datetime.combine(as_of.date() - timedelta(days=days_ago), time(8), UTC)


def _application(plan: Plan, role: Role, rng: Random, person: int) -> Application:
    turn = person  # by turns, so that neighbours differ in what they show
    stage = STAGES[turn % len(STAGES)]
    long_ago = 30 + rng.randrange(50)
    days_ago = {"new": 2, "planned": 5, "running": 12}.get(stage, long_ago)
    created = _day(plan.as_of, days_ago)
    if stage == "new":
        return Application(person, created, (), None, ())
    ability = rng.gauss(3.4, 0.7)
    levels = [ability + rng.gauss(0, 0.6) for _ in role.dimensions]
    talks = _interviews(plan, role, rng, created, turn, levels)
    if turn % 12 == 6:
        talks = _let_in(talks)
    met: Meeting | None = None
    decided: tuple[Decision, ...] = ()
    if stage == "decided" or (stage == "ready" and turn % 4 == 2):
        met = deciding.meeting(role, rng, talks, turn)
    if met and stage == "decided":
        decided = deciding.decisions(role, rng, talks, ability, turn)
    return Application(person, created, talks, met, decided)


def _interviews(
    plan: Plan, role: Role, rng: Random, created: datetime, turn: int, levels: list[float]
) -> tuple[Interview, ...]:
    panels = _panels(plan, role, rng, turn)
    talks = []
    for index, (step, panel) in enumerate(zip(role.rounds, panels, strict=True)):
        starts = created + timedelta(days=6 + 4 * index, minutes=30 * rng.randrange(16))
        due = starts + timedelta(minutes=step.minutes, hours=24)
        panelists = []
        for at, (person, shadow) in enumerate(panel, turn + 3 * index):
            card = _card(plan, role, rng, step, starts, due, levels, at)
            panelists.append(Panelist(person, shadow, card))
        talks.append(Interview(index, starts, due, tuple(panelists)))
    return tuple(talks)


def _let_in(talks: tuple[Interview, ...]) -> tuple[Interview, ...]:
    """The last round's first lead was let in before submitting, where they sat in no
    earlier round."""
    *before, last = talks
    first, *others = last.panelists
    earlier = {panelist.person for talk in before for panelist in talk.panelists}
    if first.person in earlier or first.card is None or first.card.state != "submitted":
        return talks
    card = replace(first.card, amendment=None)
    let_in = replace(first, card=card, saw_first=True)
    last = replace(last, panelists=(let_in, *others))
    return (*before, last)


def _panels(plan: Plan, role: Role, rng: Random, turn: int) -> list[list[tuple[int, bool]]]:
    """People and whether they only shadow, for each round; nobody twice where there are
    people enough."""
    sizes = [1 + (turn + index) % 2 for index in range(len(role.rounds))]
    shadows = [(turn + index) % 5 == 4 for index in range(len(role.rounds))]
    needed = min(sum(sizes) + sum(shadows), plan.interviewers)
    people = rng.sample(range(plan.interviewers), needed)
    panels, at = [], 0
    for size, shadow in zip(sizes, shadows, strict=True):
        wanted = min(size + shadow, plan.interviewers)
        leads = [people[(at + step) % len(people)] for step in range(wanted)]
        panel = [(person, False) for person in leads]
        if shadow and wanted > 1:
            panel[-1] = (leads[-1], True)
        panels.append(panel)
        at += wanted
    return panels


def _card(
    plan: Plan,
    role: Role,
    rng: Random,
    step: SampleRound,
    starts: datetime,
    due: datetime,
    levels: list[float],
    turn: int,
) -> Card | None:
    """The card of one panelist as it stands on the day that the sample is told on; None
    where nothing was begun."""
    ends = starts + timedelta(minutes=step.minutes)
    if ends >= plan.as_of:
        return None
    late = turn % 13 == 12
    finished = ends + timedelta(minutes=26 * 60 if late else 10 + rng.randrange(1200))
    is_recent = due >= plan.as_of - timedelta(days=5)
    if finished >= plan.as_of or (is_recent and turn % 3 == 1):
        if turn % 2:
            return None
        saved = min(finished, plan.as_of - timedelta(minutes=5))
        return judging.draft(role, rng, step, saved, levels)
    if turn % 17 == 16:
        reason = words.DECLINED[turn // 17 % len(words.DECLINED)]
        return Card("declined", "", "", reason, finished, False, (), (), ())
    card = judging.submitted(role, rng, step, finished, levels, turn)
    if card.amendment and card.amendment.at >= plan.as_of:
        card = replace(card, amendment=None)
    return card
