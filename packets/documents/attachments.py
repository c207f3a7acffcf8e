"""What a program reads back from an archival packet: the debrief as JSON, and as CSV."""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from operator import itemgetter

from debriefs.export import debrief_json
from debriefs.redaction import shows_individuals
from debriefs.sheets import DebriefSheet
from packets.documents.pdf import Attached
from scorecards.facts import CardFact
from scorecards.import_rows import CARD_COLUMNS
from scorecards.spreadsheets import cell

FIGURES = ("key", "name", "weight", "share", "n", "mean", "median", "min", "max", "sd", "not_assessed")


def attachments(sheet: DebriefSheet, profile: str) -> tuple[Attached, ...]:
    """The redacted sheet as files: all that the profile shows and nothing else.

    The CSV is what `import_scorecards` reads; with single ratings left out it is the
    figures of the dimensions.
    """
    debrief = debrief_json(sheet)
    whole = json.dumps(debrief, ensure_ascii=False, indent=2).encode()
    data = Attached("debrief.json", "The debrief in the format evenhand-debrief/1", whole)
    if shows_individuals(profile):
        ratings = [cells for card in sheet.submitted for cells in _ratings(sheet, card)]
        table = _csv(CARD_COLUMNS, ratings)
        return data, Attached("scorecards.csv", "The ratings, one on each line", table)
    table = _csv(FIGURES, map(itemgetter(*FIGURES), debrief["dimensions"]))
    return data, Attached("dimensions.csv", "The figures of each dimension", table)


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
