"""The rows of this app, by subject: cards, amendments, guests, hints."""

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
    owed,
    unblinded,
    writable,
)
from scorecards.models.corrections import SeatRelease, Withdrawal
from scorecards.models.guests import GuestLink
from scorecards.models.hints import DismissedHint, WordList

__all__ = [
    "Amendment",
    "DismissedHint",
    "GuestLink",
    "HandoffNote",
    "LookForMark",
    "Override",
    "Rating",
    "Scorecard",
    "SeatRelease",
    "Sighting",
    "SignalMark",
    "Withdrawal",
    "WordList",
    "blind",
    "owed",
    "unblinded",
    "writable",
]
