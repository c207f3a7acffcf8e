"""The rows of this app, by subject: cards, amendments, guests, hints, imports."""

from scorecards.models.amendments import Amendment
from scorecards.models.cards import (
    HandoffNote,
    LookForMark,
    Override,
    Rating,
    Scorecard,
    Sighting,
    SignalMark,
    blind,
    counts,
    expected,
    is_owed,
    owed,
    unblinded,
    writable,
)
from scorecards.models.corrections import PanelistRelease, Withdrawal
from scorecards.models.guests import GuestLink
from scorecards.models.hints import DismissedHint, WordList
from scorecards.models.imports import ImportedRow, ScorecardImport

__all__ = [
    "Amendment",
    "DismissedHint",
    "GuestLink",
    "HandoffNote",
    "ImportedRow",
    "LookForMark",
    "Override",
    "PanelistRelease",
    "Rating",
    "Scorecard",
    "ScorecardImport",
    "Sighting",
    "SignalMark",
    "Withdrawal",
    "WordList",
    "blind",
    "counts",
    "expected",
    "is_owed",
    "owed",
    "unblinded",
    "writable",
]
