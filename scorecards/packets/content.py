"""What a packet says: the (redacted) sheet as one HTML document for print."""

from datetime import UTC, datetime

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import mark_safe

from scorecards.aggregate import RECOMMENDATION_WORDS, DebriefSheet
from scorecards.packets import charts
from scorecards.packets.redaction import shows_individuals

PROFILE_WORDS = {
    "full": "Full",
    "totals": "Totals only",
    "no-interviewers": "Interviewers' names removed",
    "no-candidate": "Candidate's name removed",
}


def packet_html(
    sheet: DebriefSheet, *, profile: str, issued_to: str, issued_at: datetime, fingerprint: str, document: str
) -> str:
    """The packet's HTML. The same arguments give the same text: it holds no other time and no random part."""
    individuals = shows_individuals(profile)
    context = {
        "sheet": sheet,
        "facts": sheet.facts,
        "profile": PROFILE_WORDS[profile],
        "individuals": individuals,
        "issued_to": issued_to,
        "issued_at": issued_at,
        "fingerprint": fingerprint,
        "document": document,
        "outcome": sheet.facts.decision.outcome_words if sheet.facts.decision else "No decision yet",
        "recommendations": [(RECOMMENDATION_WORDS[name], count) for name, count in sheet.recommendations.items()],
        "matrix": [(row, [row.by_card(card.scorecard_id) for card in sheet.submitted]) for row in sheet.dimensions],
        "profile_chart": mark_safe(charts.profile(sheet)),  # noqa: S308 - charts escapes all text
        "evidence": [(row, mark_safe(charts.dot_line(row))) for row in sheet.dimensions],  # noqa: S308 - so too
        "cards": sheet.submitted,
        "names": {row.key: row.name for row in sheet.dimensions},
    }
    with timezone.override(UTC):
        return render_to_string("scorecards/packet/packet.html", context)
