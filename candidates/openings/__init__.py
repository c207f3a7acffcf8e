"""Openings after they were created: corrected, closed, opened again, copied, removed."""
