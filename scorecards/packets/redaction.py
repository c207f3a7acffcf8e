"""Packet profiles: what each leaves out, also inside free text."""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace

from scorecards.aggregate import CardFact, DebriefFacts, DebriefSheet, DecisionFact, MarkFact, aggregate

REMOVED = "[removed]"
CANDIDATE = "The candidate"


def redact(sheet: DebriefSheet, profile: str) -> DebriefSheet:
    """The sheet as the profile shows it. The names that it removes are nowhere in the result.

    `totals` keeps figures and drops names, evidence and the single ratings (see `shows_individuals`).
    """
    facts = sheet.facts
    if profile in {"no-interviewers", "totals"}:
        facts = _without_interviewers(facts)
    if profile == "no-candidate":
        facts = _without_candidate(facts)
    result = aggregate(facts)
    if profile == "totals":
        result = replace(
            result,
            dimensions=tuple(replace(row, ratings=()) for row in result.dimensions),
            cards=tuple(_bare(card) for card in result.cards),
        )
    return result


def shows_individuals(profile: str) -> bool:
    return profile != "totals"


def _bare(card: CardFact) -> CardFact:
    return replace(
        card, summary="", red_flags=(), strong_signals=(), weak_signals=(), look_fors=(), ratings=(), round_name=""
    )


def scrubber(names: Iterable[str]) -> Callable[[str], str]:
    """A function that replaces these names, their parts of three letters or more, and addresses in any text."""
    wanted: set[str] = set()
    for name in names:
        wanted.add(name)
        wanted.update(part for part in re.split(r"[\s@.,_+-]+", name) if len(part) >= 3 and "@" not in name)
    found = sorted((re.escape(name) for name in wanted if name.strip()), key=len, reverse=True)
    if not found:
        return lambda text: text
    pattern = re.compile(r"(?<!\w)(?:" + "|".join(found) + r")(?!\w)", re.IGNORECASE)
    return lambda text: pattern.sub(REMOVED, text)


def _without_interviewers(facts: DebriefFacts) -> DebriefFacts:
    people = [name for card in facts.cards for name in (card.interviewer_name, card.interviewer_email)]
    scrub = scrubber(people)
    order = {seat: number for number, seat in enumerate(dict.fromkeys(card.interviewer_id for card in facts.cards), 1)}
    cards = tuple(
        replace(
            card,
            interviewer_name=f"Interviewer {order[card.interviewer_id]}",
            interviewer_email=f"interviewer-{order[card.interviewer_id]}",
        )
        for card in facts.cards
    )
    return _scrub(replace(facts, cards=cards), scrub)


def _without_candidate(facts: DebriefFacts) -> DebriefFacts:
    scrub = scrubber([facts.candidate_name, facts.candidate_email])
    return _scrub(replace(facts, candidate_name=CANDIDATE, candidate_email=""), scrub)


def _scrub(facts: DebriefFacts, scrub: Callable[[str], str]) -> DebriefFacts:
    decision = facts.decision and _scrub_decision(facts.decision, scrub)
    overrides = tuple(replace(row, by=scrub(row.by), reason=scrub(row.reason)) for row in facts.overrides)
    return replace(
        facts,
        cards=tuple(_scrub_card(card, scrub) for card in facts.cards),
        decision=decision,
        overrides=overrides,
    )


def _scrub_decision(decision: DecisionFact, scrub: Callable[[str], str]) -> DecisionFact:
    return replace(
        decision,
        rationale=scrub(decision.rationale),
        dissent=scrub(decision.dissent),
        dissenter=scrub(decision.dissenter),
        conditions=scrub(decision.conditions),
        decided_by=scrub(decision.decided_by),
    )


def _scrub_card(card: CardFact, scrub: Callable[[str], str]) -> CardFact:
    ratings = tuple(
        replace(row, evidence=scrub(row.evidence), not_assessed_reason=scrub(row.not_assessed_reason))
        for row in card.ratings
    )

    def marks(rows: tuple[MarkFact, ...]) -> tuple[MarkFact, ...]:
        return tuple(replace(row, note=scrub(row.note)) for row in rows)

    return replace(
        card,
        summary=scrub(card.summary),
        round_name=scrub(card.round_name),
        red_flags=marks(card.red_flags),
        strong_signals=marks(card.strong_signals),
        weak_signals=marks(card.weak_signals),
        ratings=ratings,
    )
