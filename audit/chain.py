"""Whether the trail is whole, and what it froze unchanged: the hashes, reckoned
anew.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection, transaction

from audit.frozen import first_difference
from audit.models import Link, stated

LINKS = f"""
    SELECT l.position, l.event_id, l.hash, CASE WHEN e.id IS NULL THEN NULL ELSE {stated("e")} END
      FROM audit_link l LEFT JOIN audit_event e ON e.id = l.event_id ORDER BY l.position
"""  # noqa: S608 - only our own column names are put in
UNLINKED = """
    SELECT min(e.id) FROM audit_event e WHERE NOT EXISTS (SELECT 1 FROM audit_link l WHERE l.event_id = e.id)
"""
BATCH = 5_000


@dataclass(frozen=True)
class Verdict:
    """`events` were found good before the first bad one; `head` is the hash of the last
    good link."""

    events: int
    head: str
    problem: str = ""
    position: int | None = None
    event_id: int | None = None

    @property
    def ok(self) -> bool:
        return not self.problem


@transaction.atomic
def verify(*, expect: str = "") -> Verdict:
    """Walk the chain to its end or to the first thing that is wrong, then look at the
    rows whose hash an event states.

    A chain cannot know that its end was cut off, so a head that was noted earlier can
    be asked for: it must still be one of the hashes.
    """
    position, head, met = 0, "", not expect
    for at, event_id, given, text in _links():
        good = Verdict(position, head, position=at, event_id=event_id)
        if at != position + 1:
            return _bad(good, f"position {position + 1} of the chain is missing")
        if text is None:
            return _bad(good, "the event was removed")
        reckoned = hashlib.sha256((head + text).encode()).hexdigest()
        if reckoned != given:
            return _bad(good, "the event or its link was changed")
        position, head, met = at, given, met or given == expect
    with connection.cursor() as cursor:
        cursor.execute(UNLINKED)
        if (loose := cursor.fetchone()[0]) is not None:
            return Verdict(position, head, "the event is not in the chain", event_id=loose)
    if not met:
        return Verdict(position, head, "the expected hash is not in the chain: its end was cut off or replaced")
    if difference := first_difference():
        return Verdict(position, head, difference.problem, _place(difference.event_id), difference.event_id)
    return Verdict(position, head)


def _place(event_id: int | None) -> int | None:
    """Of the event in the chain."""
    return None if event_id is None else Link.objects.get(event_id=event_id).position


def _bad(good: Verdict, problem: str) -> Verdict:
    return Verdict(good.events, good.head, problem, good.position, good.event_id)


def _links() -> Iterator[tuple[int, int, str, str | None]]:
    """Read through a cursor of the server, so that a trail of millions needs no more
    memory than a short one."""
    with connection.cursor() as cursor:
        cursor.execute(f"DECLARE links NO SCROLL CURSOR FOR {LINKS}")
        while True:
            cursor.execute(f"FETCH {BATCH} FROM links")
            rows = cursor.fetchall()
            if not rows:
                break
            yield from rows
        cursor.execute("CLOSE links")
