"""Whole loops of interviews for several candidates at once: proposed from the plan's panels, changed, planned."""
