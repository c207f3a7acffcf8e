"""The PDF packet of a debrief: its row, its life, batches of them, and what it says."""
