"""People: who they are and what they may do across the company."""
