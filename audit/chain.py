"""Whether the trail is whole: the chain of hashes, reckoned anew."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection, transaction

from audit.models import stated

LINKS = f"""
    SELECT l.place, l.event_id, l.hash, CASE WHEN e.id IS NULL THEN NULL ELSE {stated("e")} END
      FROM audit_link l LEFT JOIN audit_event e ON e.id = l.event_id ORDER BY l.place
"""  # noqa: S608 - only our own column names are put in
UNLINKED = """
    SELECT min(e.id) FROM audit_event e WHERE NOT EXISTS (SELECT 1 FROM audit_link l WHERE l.event_id = e.id)
"""
BATCH = 5_000


@dataclass(frozen=True)
class Verdict:
    """`events` were found good before the first bad one; `head` is the hash of the last good link."""

    events: int
    head: str
    problem: str = ""
    place: int | None = None
    event_id: int | None = None

    @property
    def ok(self) -> bool:
        return not self.problem


@transaction.atomic
def verify(*, expect: str = "") -> Verdict:
    """Walk the chain to its end or to the first thing that is wrong.

    A chain cannot know that its end was cut off, so a head that was noted earlier can be asked for: it must still be
    one of the hashes.
    """
    place, head, met = 0, "", not expect
    for number, event_id, given, text in _links():
        good = Verdict(place, head, place=number, event_id=event_id)
        if number != place + 1:
            return _bad(good, f"place {place + 1} of the chain is missing")
        if text is None:
            return _bad(good, "the event was removed")
        reckoned = hashlib.sha256((head + text).encode()).hexdigest()
        if reckoned != given:
            return _bad(good, "the event or its link was changed")
        place, head, met = number, given, met or given == expect
    with connection.cursor() as cursor:
        cursor.execute(UNLINKED)
        if (loose := cursor.fetchone()[0]) is not None:
            return Verdict(place, head, "the event is not in the chain", event_id=loose)
    if not met:
        return Verdict(place, head, "the expected hash is not in the chain: its end was cut off or replaced")
    return Verdict(place, head)


def _bad(at: Verdict, problem: str) -> Verdict:
    return Verdict(at.events, at.head, problem, at.place, at.event_id)


def _links() -> Iterator[tuple[int, int, str, str | None]]:
    """Read through a cursor of the server, so that a trail of millions needs no more memory than a short one."""
    with connection.cursor() as cursor:
        cursor.execute(f"DECLARE links NO SCROLL CURSOR FOR {LINKS}")
        while True:
            cursor.execute(f"FETCH {BATCH} FROM links")
            rows = cursor.fetchall()
            if not rows:
                break
            yield from rows
        cursor.execute("CLOSE links")
