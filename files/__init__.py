"""What candidates handed in, links to it, and notes on them that judge nobody."""
