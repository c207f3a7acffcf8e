"""What scorecards add up to: facts, figures, the meeting about them and its
decision.
"""
