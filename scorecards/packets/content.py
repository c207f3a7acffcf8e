"""What a packet says: the (redacted) sheet as one HTML document for print, section by section.

A new section is one line in SECTIONS, its template, and its condition where it may be left out: the contents, the
outline and the order follow from that line.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from scorecards.facts import RECOMMENDATION_WORDS, CardFact, DecisionFact, ExerciseFact, RatingFact
from scorecards.packets import charts
from scorecards.packets.redaction import shows_individuals
from scorecards.sheets import DebriefSheet, DimensionSheet, RatingSheet

FORMAT = "evenhand-packet/4"
PROFILE_WORDS = {
    "full": "Full",
    "totals": "Totals only: no interviewers, single ratings or evidence",
    "no-interviewers": "Interviewers' names removed",
    "no-candidate": "Candidate's name removed",
}
NAMED_COLUMNS = 5  # so many interviewers have their names over the matrix; more are numbered
COLUMNS = 20  # of a matrix at most, before it goes on below


@dataclass(frozen=True)
class Entry:
    """A line of the contents."""

    anchor: str
    title: str


@dataclass(frozen=True)
class Section:
    """One part of the packet. `individual` ones are left out where the profile shows no single judgement."""

    anchor: str
    title: str
    individual: bool = False
    entries: Callable[[DebriefSheet], Iterable[Entry]] = lambda sheet: ()
    applies: Callable[[DebriefSheet], bool] = lambda sheet: True

    @property
    def template(self) -> str:
        return f"scorecards/packet/_{self.anchor}.html"


def _dimension_entries(sheet: DebriefSheet) -> Iterator[Entry]:
    return (Entry(f"dimension-{number}", row.name) for number, row in enumerate(sheet.dimensions, 1))


def _card_entries(sheet: DebriefSheet) -> Iterator[Entry]:
    return (
        Entry(f"scorecard-{number}", f"{card.interviewer_name}, {card.round_name}")
        for number, card in enumerate(sheet.submitted, 1)
    )


SECTIONS = (
    Section("coverage", "Coverage and independence"),
    Section("matrix", "Matrix"),
    Section("evidence", "Evidence by dimension", individual=True, entries=_dimension_entries),
    Section("meeting", "Meeting", applies=lambda sheet: sheet.facts.meeting is not None),
    Section("decision", "Decision"),
    Section("exercises", "Exercises", applies=lambda sheet: bool(sheet.facts.exercises)),
    Section("scorecards", "Scorecards in full", individual=True, entries=_card_entries),
    Section("rubric", "Rubric as used"),
    Section("document", "About this document"),
)


def packet_html(
    sheet: DebriefSheet, *, profile: str, issued_to: str, issued_at: datetime, fingerprint: str, document: str
) -> str:
    """The packet's HTML. The same arguments give the same text: it holds no other time and no random part."""
    individuals = shows_individuals(profile)
    sections = [row for row in SECTIONS if row.applies(sheet) and (individuals or not row.individual)]
    context = {
        "sheet": sheet,
        "facts": sheet.facts,
        "profile": PROFILE_WORDS[profile],
        "profile_name": profile,
        "individuals": individuals,
        "issued_to": issued_to,
        "issued_at": issued_at,
        "fingerprint": fingerprint,
        "document": document,
        "format": FORMAT,
        "outcome": sheet.facts.decision.outcome_words if sheet.facts.decision else "No decision yet",
        "sections": [(row, list(row.entries(sheet))) for row in sections],
        **_of_everybody(sheet),
        **(_of_individuals(sheet) if individuals else {}),
    }
    with timezone.override(UTC):
        return render_to_string("scorecards/packet/packet.html", context)


def _of_everybody(sheet: DebriefSheet) -> dict[str, Any]:
    return {
        "recommendations": [(RECOMMENDATION_WORDS[name], count) for name, count in sheet.recommendations.items()],
        "figures": [(row, _picture(charts.dot_line(row))) for row in sheet.dimensions],
        "decisions": [(row, list(_reasons(sheet, row))) for row in _decisions(sheet)],
        "re_rated": [(row, rating) for row in sheet.dimensions for rating in row.ratings if rating.re_ratings],
        "profile_chart": _picture(charts.profile(sheet, named=False)),
        "exercises": [_exercise(sheet, row) for row in sheet.facts.exercises],
    }


def _decisions(sheet: DebriefSheet) -> list[DecisionFact]:
    """The standing decision first, then those that were reopened."""
    standing = [sheet.facts.decision] if sheet.facts.decision else []
    return [*standing, *sheet.facts.earlier_decisions]


def _reasons(sheet: DebriefSheet, decision: DecisionFact) -> Iterator[tuple[str, str]]:
    """The decision's reasons for single dimensions, by name, in the rubric's order."""
    for row in sheet.dimensions:
        if row.key in decision.rationales:
            yield row.name, decision.rationales[row.key]


def _of_individuals(sheet: DebriefSheet) -> dict[str, Any]:
    names = {row.key: row.name for row in sheet.dimensions}
    cards = list(enumerate(sheet.submitted, 1))
    parts = -(-len(cards) // COLUMNS) or 1
    wide = -(-len(cards) // parts) or 1
    numbers = {id(card): number for number, card in cards}
    return {
        "panel": [(numbers.get(id(card)), card) for card in sheet.cards],
        "named": len(cards) <= NAMED_COLUMNS,
        "matrices": [_matrix(sheet, cards[at : at + wide]) for at in range(0, len(cards), wide)],
        "evidence": [_evidence(number, row) for number, row in enumerate(sheet.dimensions, 1)],
        "cards": [(number, card, list(_rated(card, names))) for number, card in cards],
    }


def _picture(svg: str) -> SafeString:
    return mark_safe(svg)  # noqa: S308 - charts escapes all text


@dataclass(frozen=True)
class Matrix:
    """Dimensions by some of the submitted scorecards, each with its number on the panel."""

    cards: list[tuple[int, CardFact]]
    rows: list[tuple[DimensionSheet, list[RatingSheet | None]]]


def _matrix(sheet: DebriefSheet, cards: list[tuple[int, CardFact]]) -> Matrix:
    return Matrix(cards, [(row, [row.by_card(card.scorecard_id) for _, card in cards]) for row in sheet.dimensions])


@dataclass(frozen=True)
class Evidence:
    """What was written on one dimension; `rows` pairs a rating with the wording it was given under, if not today's."""

    number: int
    row: DimensionSheet
    chart: SafeString
    rows: list[tuple[RatingSheet, str]]


def _evidence(number: int, row: DimensionSheet) -> Evidence:
    rated = [
        (rating, "" if rating.anchor_text == row.anchors.get(rating.score or 0) else rating.anchor_text)
        for rating in row.ratings
    ]
    return Evidence(number, row, _picture(charts.dot_line(row)), rated + [(remark, "") for remark in row.remarks])


def _exercise(sheet: DebriefSheet, exercise: ExerciseFact) -> tuple[ExerciseFact, list[Any], bool]:
    """The exercise, its look-fors, and whether anybody ticked one."""
    rows = list(_look_fors(sheet, exercise))
    return exercise, rows, any(cards for _, outcomes in rows for _, cards in outcomes)


def _look_fors(sheet: DebriefSheet, exercise: ExerciseFact) -> Iterator[tuple[str, list[tuple[str, list[CardFact]]]]]:
    """Each look-for of the exercise with who saw it, missed it and did not reach it."""
    title = f"{exercise.label}: {exercise.title}" if exercise.label else exercise.title
    ticked = {(where, text): rows for where, text, rows in sheet.look_fors}
    for text in exercise.look_for:
        rows = ticked.get((title, text), ())
        yield (
            text,
            [
                (outcome, [card for card, look in rows if look.outcome == outcome])
                for outcome in ("seen", "missed", "not_reached")
            ],
        )


def _rated(card: CardFact, names: dict[str, str]) -> Iterator[tuple[str, RatingFact]]:
    """The card's ratings that say anything, each with its dimension's name."""
    for rating in card.ratings:
        if rating.score is not None or rating.not_assessed_reason or rating.evidence:
            yield names.get(rating.dimension, ""), rating
