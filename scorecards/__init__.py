"""Judgements: scorecards, the debrief they add up to, the decision, and the packet that records it."""
