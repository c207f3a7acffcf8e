"""Counts in words. Pure."""


def counted(count: int, noun: str) -> str:
    """Such as “1 message”, “3 messages”, “1,200 messages”."""
    return f"{count} {noun}" if count == 1 else f"{count:,} {noun}s"
