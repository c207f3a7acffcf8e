"""What a program reads back from an archival packet: the debrief as JSON, and as CSV."""

import csv
import io
import json
from collections.abc import Iterable, Iterator

from audit.spreadsheets import cell
from scorecards.debrief_json import debrief_json
from scorecards.facts import CardFact
from scorecards.packets.pdf import Attached
from scorecards.packets.redaction import shows_individuals
from scorecards.sheets import DebriefSheet

CARD_COLUMNS = (  # of the scorecard CSV, which `scorecards.historic` reads
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
FIGURES = ("key", "name", "weight", "n", "mean", "median", "min", "max", "sd", "not_assessed")


def attachments(sheet: DebriefSheet, profile: str) -> tuple[Attached, ...]:
    """The redacted sheet as files: all that the profile shows and nothing else.

    The CSV is what `import_scorecards` reads; with single ratings left out it is the figures of the dimensions.
    """
    whole = json.dumps(debrief_json(sheet), ensure_ascii=False, indent=2).encode()
    data = Attached("debrief.json", "The debrief in the format evenhand-debrief/1", whole)
    if shows_individuals(profile):
        rows = _csv(CARD_COLUMNS, (cells for card in sheet.submitted for cells in _ratings(sheet, card)))
        return data, Attached("scorecards.csv", "The ratings, one on each line", rows)
    figures = _csv(FIGURES, ([row[name] for name in FIGURES] for row in debrief_json(sheet)["dimensions"]))
    return data, Attached("dimensions.csv", "The figures of each dimension", figures)


def _ratings(sheet: DebriefSheet, card: CardFact) -> Iterator[list[object]]:
    """The card's ratings. A remark is none: it is in the JSON alone."""
    facts = sheet.facts
    names = {row.key: row.name for row in sheet.dimensions}
    for row in card.ratings:
        if row.dimension in names and (row.score is not None or row.not_assessed_reason):
            yield [
                facts.opening_slug,
                facts.candidate_name,
                facts.candidate_email,
                card.round_name,
                card.interviewer_email,
                names[row.dimension],
                row.score,
                row.not_assessed_reason,
                row.evidence,
                card.recommendation,
                card.submitted_at and card.submitted_at.isoformat(),
            ]


def _csv(head: Iterable[str], rows: Iterable[Iterable[object]]) -> bytes:
    written = io.StringIO(newline="")
    writer = csv.writer(written)
    writer.writerow(head)
    writer.writerows(map(cell, row) for row in rows)
    return written.getvalue().encode()
