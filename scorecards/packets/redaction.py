"""Packet profiles: what each leaves out, also inside free text."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from scorecards.aggregate import (
    AmendmentFact,
    CardFact,
    DebriefFacts,
    DebriefSheet,
    DecisionFact,
    DimensionFact,
    ExerciseFact,
    LookForFact,
    MarkFact,
    MeetingFact,
    MeetingNoteFact,
    RatingFact,
    aggregate,
)

REMOVED = "[removed]"
CANDIDATE = "The candidate"
# Addresses of a role name nobody, and these words stand in every rubric.
ROLE_WORDS = {"admin", "administrator", "candidate", "hiring", "interviewer", "manager", "recruiter"}
# Scripts that write no space between words: a name there has letters on both sides.
UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")


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
            facts=replace(result.facts, meeting=_bare_meeting(result.facts.meeting)),
            dimensions=tuple(replace(row, ratings=(), noted=(), notes=()) for row in result.dimensions),
            cards=tuple(_bare(card) for card in result.cards),
        )
    return result


def scrubbed(text: str, facts: DebriefFacts, profile: str) -> str:
    """A text that is not part of the sheet, as the profile shows it; `facts` as they were before redaction."""
    if profile in {"no-interviewers", "totals"}:
        return scrubber(_interviewers(facts))(text)
    if profile == "no-candidate":
        return scrubber(_candidate(facts))(text)
    return text


def _interviewers(facts: DebriefFacts) -> list[str]:
    return [name for card in facts.cards for name in (card.interviewer_name, card.interviewer_email)]


def _candidate(facts: DebriefFacts) -> list[str]:
    return [facts.candidate_name, facts.candidate_email]


def shows_individuals(profile: str) -> bool:
    return profile != "totals"


def _bare(card: CardFact) -> CardFact:
    return replace(
        card,
        summary="",
        red_flags=(),
        strong_signals=(),
        weak_signals=(),
        look_fors=(),
        ratings=(),
        round_name="",
        amendments=tuple(replace(row, reason="", recommendation="", summary="", ratings=()) for row in card.amendments),
        first_recommendation=None,
        first_summary=None,
    )


def _bare_meeting(meeting: MeetingFact | None) -> MeetingFact | None:
    """When it was; who said what, and who changed which rating, is left out."""
    return meeting and replace(meeting, attendees=(), notes=(), follow_ups=(), re_ratings=())


def scrubber(names: Iterable[str]) -> Callable[[str], str]:
    """A function that replaces these names and addresses, and their parts, in any text.

    Parts of two letters count only as they are written (Li, not li). An address also counts without its domain.
    """
    words = {word for name in names for word in _forms(_folded(name))}
    patterns = [_pattern(word) for word in sorted(words, key=len, reverse=True)]
    if not patterns:
        return lambda text: text
    pattern = re.compile("|".join(patterns))
    return lambda text: pattern.sub(REMOVED, unicodedata.normalize("NFC", text))


def _folded(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).split())


def _forms(name: str) -> Iterator[str]:
    """The name, and each part that could stand for the person."""
    if not name:
        return
    yield name
    local, at, _ = name.partition("@")
    if at and local.casefold() not in ROLE_WORDS:
        yield local
    yield from filter(_names_somebody, re.split(r"(?:[^\w'’]|_)+", local))


def _names_somebody(part: str) -> bool:
    """Not an initial, a number, a particle of two letters (de, al) or a role's mailbox."""
    if len(part) < 2 or part.isdigit() or part.casefold() in ROLE_WORDS:
        return False
    return len(part) > 2 or not part.islower()


def _pattern(word: str) -> str:
    body = r"\s+".join(re.escape(part) for part in word.split())
    if UNSPACED.search(word):
        return body
    bounded = rf"(?<!\w){body}(?!\w)"
    return bounded if len(word) == 2 else f"(?i:{bounded})"


def _without_interviewers(facts: DebriefFacts) -> DebriefFacts:
    scrub = scrubber(_interviewers(facts))
    leads_first = sorted(facts.cards, key=lambda card: card.shadow)  # a shadow is printed nowhere, so takes no number
    seats = dict.fromkeys(card.interviewer_id for card in leads_first)
    order = {seat: number for number, seat in enumerate(seats, 1)}
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
    scrub = scrubber(_candidate(facts))
    return _scrub(replace(facts, candidate_name=CANDIDATE, candidate_email=""), scrub)


def _scrub(facts: DebriefFacts, scrub: Callable[[str], str]) -> DebriefFacts:
    decision = facts.decision and _scrub_decision(facts.decision, scrub)
    meeting = facts.meeting and _scrub_meeting(facts.meeting, scrub)
    overrides = tuple(replace(row, by=scrub(row.by), reason=scrub(row.reason)) for row in facts.overrides)
    return replace(
        facts,
        opening_title=scrub(facts.opening_title),
        rubric_title=scrub(facts.rubric_title),
        dimensions=tuple(_scrub_dimension(row, scrub) for row in facts.dimensions),
        exercises=tuple(_scrub_exercise(row, scrub) for row in facts.exercises),
        cards=tuple(_scrub_card(card, scrub) for card in facts.cards),
        decision=decision,
        overrides=overrides,
        meeting=meeting,
        earlier_decisions=tuple(_scrub_decision(row, scrub) for row in facts.earlier_decisions),
    )


def _scrub_dimension(row: DimensionFact, scrub: Callable[[str], str]) -> DimensionFact:
    return replace(row, name=scrub(row.name), anchors={level: scrub(text) for level, text in row.anchors.items()})


def _scrub_exercise(row: ExerciseFact, scrub: Callable[[str], str]) -> ExerciseFact:
    return replace(
        row,
        title=scrub(row.title),
        prompt=scrub(row.prompt),
        duration=row.duration and scrub(row.duration),
        look_for=tuple(map(scrub, row.look_for)),
        round_names=tuple(map(scrub, row.round_names)),
    )


def _scrub_decision(decision: DecisionFact, scrub: Callable[[str], str]) -> DecisionFact:
    again = decision.reopened
    return replace(
        decision,
        rationale=scrub(decision.rationale),
        dissent=scrub(decision.dissent),
        dissenter=scrub(decision.dissenter),
        conditions=scrub(decision.conditions),
        decided_by=scrub(decision.decided_by),
        rationales={key: scrub(text) for key, text in decision.rationales.items()},
        reopened=again and replace(again, by=scrub(again.by), reason=scrub(again.reason)),
    )


def _scrub_meeting(meeting: MeetingFact, scrub: Callable[[str], str]) -> MeetingFact:
    def notes(rows: tuple[MeetingNoteFact, ...]) -> tuple[MeetingNoteFact, ...]:
        return tuple(replace(row, text=scrub(row.text), by=scrub(row.by)) for row in rows)

    return replace(
        meeting,
        opened_by=scrub(meeting.opened_by),
        attendees=tuple(replace(row, name=scrub(row.name)) for row in meeting.attendees),
        notes=notes(meeting.notes),
        follow_ups=notes(meeting.follow_ups),
        re_ratings=tuple(
            replace(row, reason=scrub(row.reason), source=scrub(row.source)) for row in meeting.re_ratings
        ),
    )


def _scrub_rating(row: RatingFact, scrub: Callable[[str], str]) -> RatingFact:
    return replace(
        row,
        evidence=scrub(row.evidence),
        not_assessed_reason=scrub(row.not_assessed_reason),
        anchor_text=scrub(row.anchor_text),
        earlier=tuple(_scrub_rating(before, scrub) for before in row.earlier),
    )


def _scrub_amendment(row: AmendmentFact, scrub: Callable[[str], str]) -> AmendmentFact:
    ratings = tuple(_scrub_rating(rating, scrub) for rating in row.ratings)
    return replace(row, reason=scrub(row.reason), summary=scrub(row.summary), ratings=ratings)


def _scrub_card(card: CardFact, scrub: Callable[[str], str]) -> CardFact:
    def marks(rows: tuple[MarkFact, ...]) -> tuple[MarkFact, ...]:
        return tuple(replace(row, text=scrub(row.text), note=scrub(row.note)) for row in rows)

    def looks(rows: tuple[LookForFact, ...]) -> tuple[LookForFact, ...]:
        return tuple(replace(row, exercise=scrub(row.exercise), text=scrub(row.text)) for row in rows)

    return replace(
        card,
        summary=scrub(card.summary),
        first_summary=card.first_summary and scrub(card.first_summary),
        round_name=scrub(card.round_name),
        red_flags=marks(card.red_flags),
        strong_signals=marks(card.strong_signals),
        weak_signals=marks(card.weak_signals),
        look_fors=looks(card.look_fors),
        ratings=tuple(_scrub_rating(row, scrub) for row in card.ratings),
        amendments=tuple(_scrub_amendment(row, scrub) for row in card.amendments),
    )
