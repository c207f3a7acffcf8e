"""Openings, the people who apply, and the interviews held with them."""
