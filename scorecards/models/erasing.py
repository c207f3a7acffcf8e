"""From the rows of a scorecard to their application, for the erasure."""

from audit.erasing import Way

OF_A_PANELIST = (
    "SELECT i.application_id FROM candidates_panelist p JOIN candidates_interview i ON i.id = p.interview_id"
)
OF_A_CARD = f"{OF_A_PANELIST} JOIN scorecards_scorecard s ON s.panelist_id = p.id WHERE s.id = OLD.scorecard_id"
BY_PANELIST = Way("panelist__interview__application", f"({OF_A_PANELIST} WHERE p.id = OLD.panelist_id)")
BY_CARD = Way("scorecard__panelist__interview__application", f"({OF_A_CARD})")
