"""Judgements: scorecards with their ratings, and who may see or still correct them."""
