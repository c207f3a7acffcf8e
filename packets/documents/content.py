"""What a packet says: the (redacted) sheet as one HTML document for print, section by
section.

A new section is one line in SECTIONS, its template, and its condition where it may be
left out: the contents, the outline and the order follow from that line. The first page
is no section: `packets.documents.glance` says what stands on it.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from math import ceil
from string import ascii_uppercase
from typing import Any

from django.template.loader import get_template, render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from debriefs import charts
from debriefs.facts import DecisionFact, ExerciseFact
from debriefs.profiles import COVER_WORDS, EvidenceBy, Profile
from debriefs.redaction import removes_names, shows_individuals
from debriefs.sheets import DebriefSheet, DimensionSheet, RatingSheet
from packets.documents.glance import glance
from packets.documents.record import decision_record, has_more
from packets.documents.typesetting import width
from scorecards.facts import RECOMMENDATION_WORDS, CardFact, LookForFact, RatingFact

FORMAT = "evenhand-packet/9"
# Those of versions before, which may still ask for packets while this one is deployed.
EARLIER = ("evenhand-packet/8",)
# A dimension, what a scorecard says on it, and the level's wording if not today's.
Judged = tuple[DimensionSheet, RatingSheet, str]
# A look-for, and who saw it, who missed it and who did not reach it.
LookForRow = tuple[str, list[tuple[str, list[CardFact]]]]
NAMED_COLUMNS = 5  # so many interviewers have their names over the matrix; more are numbered
NAMED_WIDTH = 70  # columns of text in which their names have to stand side by side, unbroken
OUTCOMES = ("seen", "missed", "not_reached")  # of a look-for, in the order of print
COLUMNS = 20  # of a matrix at most, before it goes on below


@dataclass(frozen=True)
class Entry:
    """A line of the contents."""

    anchor: str
    title: str
    detail: str = ""


@dataclass(frozen=True)
class Section:
    """One part. `individual` ones are left out where no single judgement is shown, and
    those of an `arrangement` where the evidence is put together by something else."""

    anchor: str
    title: str
    individual: bool = False
    arrangement: str = ""
    appendix: bool = False
    entries: Callable[[DebriefSheet], Iterable[Entry]] = lambda sheet: ()
    applies: Callable[[DebriefSheet], bool] = lambda sheet: True

    @property
    def template(self) -> str:
        return f"packets/packet/_{self.anchor}.html"

    def is_shown(self, sheet: DebriefSheet, *, individuals: bool, evidence_by: str) -> bool:
        """Whether a packet of the sheet has it, with or without single judgements."""
        if self.individual and not individuals:
            return False
        if self.arrangement not in ("", evidence_by):
            return False
        return self.applies(sheet)


@dataclass(frozen=True)
class Part:
    """A section as it stands in one packet."""

    anchor: str
    title: str
    template: str
    entries: tuple[Entry, ...]


def _dimension_entries(sheet: DebriefSheet) -> Iterator[Entry]:
    for number, row in enumerate(sheet.dimensions, 1):
        yield Entry(f"dimension-{number}", row.name)


def _card_entries(sheet: DebriefSheet) -> Iterator[Entry]:
    for number, card in enumerate(sheet.submitted, 1):
        yield Entry(f"scorecard-{number}", card.interviewer_name, card.round_name)


SECTIONS = (
    Section("coverage", "Coverage and independence"),
    Section("matrix", "Matrix"),
    Section(
        "evidence",
        "Evidence by dimension",
        individual=True,
        arrangement=EvidenceBy.DIMENSION,
        entries=_dimension_entries,
    ),
    Section(
        "interviewers",
        "Evidence by interviewer",
        individual=True,
        arrangement=EvidenceBy.INTERVIEWER,
        entries=_card_entries,
    ),
    Section("meeting", "Meeting", applies=lambda sheet: sheet.facts.meeting is not None),
    Section("decision", "Decision"),
    Section(
        "scorecards",
        "Scorecards",
        individual=True,
        arrangement=EvidenceBy.DIMENSION,
        appendix=True,
        entries=_card_entries,
    ),
    Section("rubric", "Rubric as used", appendix=True),
    Section("exercises", "Exercises", appendix=True, applies=lambda sheet: bool(sheet.facts.exercises)),
    Section("document", "About this document"),
)
# What follows the first page of a summary, which needs no contents.
SUMMARY = (
    Section("scores", "Scores"),
    Section("panel", "Panel"),
    Section("record", "Decision", applies=has_more),
    Section("document", "About this document"),
)


def parts_of(sheet: DebriefSheet, profile: str, evidence_by: str) -> list[Part]:
    """The sections of the sheet's packet in their order; the appendices have letters."""
    rows = SUMMARY if profile == Profile.SUMMARY else SECTIONS
    individuals = shows_individuals(profile)
    parts, letters = [], iter(ascii_uppercase)
    for row in rows:
        if row.is_shown(sheet, individuals=individuals, evidence_by=evidence_by):
            title = f"Appendix {next(letters)}: {row.title}" if row.appendix else row.title
            parts.append(Part(row.anchor, title, row.template, tuple(row.entries(sheet))))
    return parts


def warm_up() -> None:
    """Have this process, and those that fork from it, hold the templates of every section."""
    for name in ("packets/packet/packet.html", *[row.template for row in SECTIONS]):
        get_template(name)


def packet_html(
    sheet: DebriefSheet,
    *,
    profile: str,
    evidence_by: str = EvidenceBy.DIMENSION,
    issued_to: str,
    issued_at: datetime,
    fingerprint: str,
    document: str,
) -> str:
    """The packet's HTML; the same arguments give the same text. `issued_at` has a zone."""
    individuals = shows_individuals(profile)
    first = glance(sheet, individuals=individuals)
    context = {
        "sheet": sheet,
        "facts": sheet.facts,
        "profile": COVER_WORDS[profile],
        "profile_name": profile,
        "individuals": individuals,
        "nameless": removes_names(profile),
        "evidence_by": evidence_by,
        "issued_to": issued_to,
        "issued_at": issued_at,
        "fingerprint": fingerprint,
        "document": document,
        "format": FORMAT,
        "glance": first,
        "profile_chart": _picture(first.profile.picture) if first.profile else None,
        "parts": parts_of(sheet, profile, evidence_by),
    }
    context |= _of_everybody(sheet)
    if individuals:
        context |= _of_individuals(sheet)
    if profile == Profile.SUMMARY:
        context["record"] = decision_record(sheet)
    with timezone.override(UTC):
        return render_to_string("packets/packet/packet.html", context)


def _of_everybody(sheet: DebriefSheet) -> dict[str, Any]:
    recommended = sheet.recommendations.items()
    recommendations = [(RECOMMENDATION_WORDS[name], count) for name, count in recommended]
    figures = [(row, _picture(charts.dot_line(row))) for row in sheet.dimensions]
    decisions = [(row, list(_reasons(sheet, row))) for row in _decisions(sheet)]
    exercises = [_exercise(sheet, row) for row in sheet.facts.exercises]
    return {
        "recommendations": recommendations,
        "figures": figures,
        "decisions": decisions,
        "re_rated": list(_re_rated(sheet)),
        "exercises": exercises,
    }


def _re_rated(sheet: DebriefSheet) -> Iterator[tuple[DimensionSheet, RatingSheet]]:
    for row in sheet.dimensions:
        for rating in row.ratings:
            if rating.re_ratings:
                yield row, rating


def _decisions(sheet: DebriefSheet) -> Iterator[DecisionFact]:
    """The decision in force first, then those that were reopened."""
    if sheet.facts.decision:
        yield sheet.facts.decision
    yield from sheet.facts.earlier_decisions


def _reasons(sheet: DebriefSheet, decision: DecisionFact) -> Iterator[tuple[str, str]]:
    """The decision's reasons for single dimensions, by name, in the rubric's order."""
    for row in sheet.dimensions:
        if row.key in decision.rationales:
            yield row.name, decision.rationales[row.key]


def _of_individuals(sheet: DebriefSheet) -> dict[str, Any]:
    names = {row.key: row.name for row in sheet.dimensions}
    cards = list(enumerate(sheet.submitted, 1))
    numbers = {id(card): number for number, card in cards}
    panel = [(numbers.get(id(card)), card) for card in sheet.cards]
    evidence = [_evidence(number, row) for number, row in enumerate(sheet.dimensions, 1)]
    in_full = [(number, card, list(_judged(sheet, card))) for number, card in cards]
    return {
        "panel": panel,
        "named": _are_named([card.interviewer_name for _, card in cards]),
        "matrices": list(_matrices(sheet, cards)),
        "evidence": evidence,
        "cards": in_full,
        "withdrawn": [(card, list(_rated(card, names))) for card in sheet.withdrawn],
    }


def _are_named(names: list[str]) -> bool:
    """Whether each name fits over a column of the matrix without a break inside a word."""
    if len(names) > NAMED_COLUMNS:
        return False
    widest = max((width(word) for name in names for word in name.split()), default=0)
    return widest * len(names) <= NAMED_WIDTH


def _picture(svg: str) -> SafeString:
    return mark_safe(svg)  # noqa: S308 - charts escapes all text


@dataclass(frozen=True)
class Matrix:
    """Dimensions by some of the submitted scorecards, each with its number on the panel."""

    cards: list[tuple[int, CardFact]]
    rows: list[tuple[DimensionSheet, list[RatingSheet | None]]]


def _matrices(sheet: DebriefSheet, cards: list[tuple[int, CardFact]]) -> Iterator[Matrix]:
    """As few matrices as there must be for so many scorecards, and about equally wide."""
    parts = ceil(len(cards) / COLUMNS) or 1
    wide = ceil(len(cards) / parts) or 1
    for start in range(0, len(cards), wide):
        shown = cards[start : start + wide]
        columns = [card for _, card in shown]
        yield Matrix(shown, [(row, row.by_cards(columns)) for row in sheet.dimensions])


@dataclass(frozen=True)
class Evidence:
    """What was written on one dimension; `rows`: a rating, and its wording if not today's."""

    number: int
    row: DimensionSheet
    chart: SafeString
    rows: list[tuple[RatingSheet, str]]


def _evidence(number: int, row: DimensionSheet) -> Evidence:
    rows = [(rating, _other_wording(row, rating)) for rating in row.ratings]
    rows += [(remark, "") for remark in row.remarks]
    return Evidence(number, row, _picture(charts.dot_line(row)), rows)


def _other_wording(row: DimensionSheet, rating: RatingSheet) -> str:
    today = row.anchors.get(rating.score or 0)
    return "" if rating.anchor_text == today else rating.anchor_text


def _exercise(sheet: DebriefSheet, exercise: ExerciseFact) -> tuple[ExerciseFact, list[LookForRow], bool]:
    """The exercise, its look-fors, and whether anybody ticked one."""
    rows = list(_look_fors(sheet, exercise))
    ticked = any(cards for _, outcomes in rows for _, cards in outcomes)
    return exercise, rows, ticked


def _look_fors(sheet: DebriefSheet, exercise: ExerciseFact) -> Iterator[LookForRow]:
    """Each look-for of the exercise with who saw it, missed it and did not reach it."""
    title = f"{exercise.label}: {exercise.title}" if exercise.label else exercise.title
    ticked = {(where, text): rows for where, text, rows in sheet.look_fors}
    for text in exercise.look_for:
        rows = ticked.get((title, text), ())
        yield text, [(outcome, _marked(rows, outcome)) for outcome in OUTCOMES]


def _marked(rows: Iterable[tuple[CardFact, LookForFact]], outcome: str) -> list[CardFact]:
    return [card for card, look in rows if look.outcome == outcome]


def _judged(sheet: DebriefSheet, card: CardFact) -> Iterator[Judged]:
    """What the card says on each dimension, in the rubric's order."""
    for row in sheet.dimensions:
        for rating in (*row.ratings, *row.remarks):
            if rating.scorecard_id == card.scorecard_id:
                yield row, rating, _other_wording(row, rating)


def _rated(card: CardFact, names: dict[str, str]) -> Iterator[tuple[str, RatingFact]]:
    """The card's ratings that say anything, each with its dimension's name."""
    for rating in card.ratings:
        if rating.score is not None or rating.not_assessed_reason or rating.evidence:
            yield names.get(rating.dimension, ""), rating
