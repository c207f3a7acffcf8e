"""The rows of this app, by subject: cards, guests, meetings, packets."""

from scorecards.models.cards import (
    HandoffNote,
    LookForMark,
    Override,
    Rating,
    Scorecard,
    Sighting,
    SignalMark,
    WordList,
    blind,
    unblinded,
)
from scorecards.models.guests import GuestLink
from scorecards.models.meetings import Amendment, Attendee, Decision, Meeting, MeetingNote, Reopening, ReRating
from scorecards.models.packets import BatchItem, Packet, PacketBatch, WorkerHeartbeat

__all__ = [
    "Amendment",
    "Attendee",
    "BatchItem",
    "Decision",
    "GuestLink",
    "HandoffNote",
    "LookForMark",
    "Meeting",
    "MeetingNote",
    "Override",
    "Packet",
    "PacketBatch",
    "Rating",
    "ReRating",
    "Reopening",
    "Scorecard",
    "Sighting",
    "SignalMark",
    "WordList",
    "WorkerHeartbeat",
    "blind",
    "unblinded",
]
