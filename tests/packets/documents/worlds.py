"""Imagined debriefs of panels of any size, for the packet's pages; the same seed gives the same."""

from dataclasses import replace
from random import Random

from debriefs.aggregate import aggregate
from debriefs.facts import DecisionFact, DimensionFact, ExerciseFact, MeetingNoteFact
from debriefs.redaction import redacted_sheet
from debriefs.sheets import DebriefSheet
from packets.documents.content import packet_html
from scorecards.facts import CardFact, LookForFact, MarkFact, RatingFact
from tests.debriefs.facts import MOMENT, card, dimension, meeting, rating, re_rating, sheet_of

PANEL = ("Błażej Krzyżanowski-Wróbel", "נועה בר־לב", "佐藤美咲", "Chidi Okonkwo-Bright", "دلال العلا", "Ines Keller")
RUBRIC = ("Systems fundamentals", "Observability", "Incident response", "Security and privacy", "Communication")
ROUNDS = ("Systems deep dive", "Design", "Collaboration")
SAID = (
    "the candidate traced a failing request through three services and named the queue that had grown before "
    "anybody asked about it then weighed two ways of shedding load"
)
WORDS = SAID.split()
EXERCISE = ExerciseFact(
    "A", "Design a queue", "60 min", "Design it.", ("Asks for numbers first", "Counts"), ("Design",)
)


def debrief(
    interviewers: int,
    dimensions: int,
    *,
    candidate: str = "إسلام العلا",
    outcome: str = "hire",
    words: int = 60,
) -> DebriefSheet:
    """The debrief of so many; the decision's texts have about so many words."""
    said = Random(interviewers * 100 + dimensions)
    asked = [_dimension(said, number) for number in range(dimensions)]
    cards = [_card(said, number, asked) for number in range(1, interviewers + 1)]
    decision = DecisionFact(
        outcome,
        _text(said, words),
        "Ruth Adeyemi",
        MOMENT,
        _text(said, words // 2),
        PANEL[-1],
        "A call with a reference.",
        {row.key: _text(said, 14) for row in asked[:3]},
    )
    notes = tuple(MeetingNoteFact(key, _text(said, 20), "Ruth Adeyemi", MOMENT) for key in (None, asked[0].key))
    met = meeting(replace(re_rating(1, asked[0].key, 4), reason=_text(said, 12)), notes=notes)
    facts = sheet_of(asked, cards).facts
    return aggregate(replace(facts, candidate_name=candidate, decision=decision, exercises=(EXERCISE,), meeting=met))


def html(sheet: DebriefSheet, profile: str = "full", evidence_by: str = "dimension") -> str:
    """A packet of the sheet, whose profile is applied here."""
    return packet_html(
        redacted_sheet(sheet.facts, profile),
        profile=profile,
        evidence_by=evidence_by,
        issued_to="Ruth Adeyemi",
        issued_at=MOMENT,
        fingerprint="0" * 64,
        document="packet 1",
    )


def _text(said: Random, count: int) -> str:
    return " ".join(said.choices(WORDS, k=count)).capitalize() + "."


def _dimension(said: Random, number: int) -> DimensionFact:
    name = RUBRIC[number % len(RUBRIC)]
    if number >= len(RUBRIC):
        name += f" {number}"
    levels = {level: _text(said, 11) for level in (1, 3, 5)}
    return replace(dimension(f"d{number}", must_have=number == 0), name=name, anchors=levels)


def _card(said: Random, number: int, asked: list[DimensionFact]) -> CardFact:
    scored = [row for index, row in enumerate(asked) if index == 0 or said.random() < 0.75]
    given = card(
        number,
        *(_rating(said, row) for row in scored),
        recommendation=said.choice(["strong_no", "no", "yes", "yes", "strong_yes"]),
    )
    name = PANEL[(number - 1) % len(PANEL)]
    flags = (MarkFact("Blames others for an outage", True, _text(said, 8)),) if number % 3 == 1 else ()
    return replace(
        given,
        interviewer_name=name if number <= len(PANEL) else f"{name} {number}",
        round_name=ROUNDS[number % len(ROUNDS)],
        summary=_text(said, 25),
        red_flags=flags,
        look_fors=(LookForFact("A: Design a queue", "Asks for numbers first", "seen"),),
    )


def _rating(said: Random, row: DimensionFact) -> RatingFact:
    score = said.choice([1, 2, 3, 3, 4, 4, 5, None])
    given = rating(row.key, score, "" if score else "not my focus")
    return replace(given, evidence=_text(said, said.randint(4, 34)))
