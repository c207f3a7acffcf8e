"""Append-only record of what people did. Everybody writes to it; it imports nobody."""
