"""What a summary says of the decision after its first page, in the room that scores and
panel leave on two more. Pure, and imports no Django.
"""

from dataclasses import dataclass
from math import ceil

from debriefs.facts import DecisionFact
from debriefs.sheets import DebriefSheet
from packets.documents.excerpts import Excerpt, excerpt, line_count, shared
from packets.documents.glance import LINE, PAGE, decision_texts

ROW, CARD = 6.6, 6.3  # mm of a row of the matrix, and of the panel
BESIDE = 200  # mm of headings, notes and “About this document”
COLUMNS = 62  # of the column of reasons
SHORT = 2  # lines of a dimension's reason and of an earlier decision
HIGH = 3  # lines that such a row takes with its margins
LEAST = 6  # lines of the decision's own texts


@dataclass(frozen=True)
class Record:
    """The decision's texts, as far as the first page cuts them; its reasons by dimension;
    earlier decisions with their rationale. `more` counts the rows that are left out."""

    reasons: Excerpt | None
    conditions: Excerpt | None
    dissent: Excerpt | None
    by_dimension: tuple[tuple[str, Excerpt], ...]
    earlier: tuple[tuple[DecisionFact, Excerpt], ...]
    more: int

    @property
    def told(self) -> list[tuple[str, str]]:
        """The reasons by dimension, as they are printed."""
        return [(name, text.text) for name, text in self.by_dimension]

    @property
    def is_cut(self) -> bool:
        """Whether a text ends before its end, or a row is left out."""
        rows = (*self.by_dimension, *self.earlier)
        texts = [self.reasons, self.conditions, self.dissent, *(text for _, text in rows)]
        return bool(self.more) or any(text.is_cut for text in texts if text)


def has_more(sheet: DebriefSheet) -> bool:
    """Whether there is anything to say of a decision that its first page does not."""
    decision = sheet.facts.decision
    if sheet.facts.earlier_decisions:
        return True
    if decision is None:
        return False
    return bool(decision.rationales) or decision_texts(sheet, individuals=True).is_cut


def decision_record(sheet: DebriefSheet) -> Record:
    """Of a summary's sheet."""
    decision = sheet.facts.decision
    reasons = _reasons(sheet)
    earlier = sheet.facts.earlier_decisions
    first = decision_texts(sheet, individuals=True)
    texts = ["", "", ""]
    if decision:
        texts[0] = decision.rationale if first.reasons.is_cut else ""
        texts[1] = decision.conditions if first.conditions.is_cut else ""
        texts[2] = decision.dissent if first.dissent.is_cut else ""
    room = _lines(sheet)
    most = max(0, (room - LEAST) // HIGH)
    told, before = reasons[:most], earlier[: max(1, most - len(reasons))]
    lines = room - HIGH * (len(told) + len(before))
    given = shared(map(line_count, texts), max(LEAST, lines))
    shown = [excerpt(text, room) if text else None for text, room in zip(texts, given, strict=True)]
    return Record(
        reasons=shown[0],
        conditions=shown[1],
        dissent=shown[2],
        by_dimension=tuple((name, excerpt(text, SHORT, COLUMNS)) for name, text in told),
        earlier=tuple((row, excerpt(row.rationale, SHORT)) for row in before),
        more=len(reasons) - len(told) + len(earlier) - len(before),
    )


def _reasons(sheet: DebriefSheet) -> list[tuple[str, str]]:
    """The decision's reasons for single dimensions, by name, in the rubric's order."""
    decision = sheet.facts.decision
    if decision is None:
        return []
    given = decision.rationales
    return [(row.name, given[row.key]) for row in sheet.dimensions if row.key in given]


def _lines(sheet: DebriefSheet) -> int:
    """Lines that are left on two pages below scores and panel."""
    matrices = ceil(len(sheet.submitted) / 20)
    used = matrices * (len(sheet.dimensions) + 2) * ROW + len(sheet.cards) * CARD + BESIDE
    return int((2 * PAGE - used) / LINE)
