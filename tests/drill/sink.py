"""A mail server for drills."""

from collections import Counter
from email import message_from_bytes, policy
from typing import Any


class Sink:
    """Takes everything, and counts by Message-ID."""

    def __init__(self) -> None:
        self.taken: Counter[str] = Counter()

    async def handle_DATA(self, server: object, session: object, envelope: Any) -> str:
        self.taken[str(message_from_bytes(envelope.content, policy=policy.default)["Message-ID"])] += 1
        return "250 OK"
