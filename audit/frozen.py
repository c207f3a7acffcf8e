"""What was frozen, as its event states it: a sha256 over the rows, and the beginning of
each row's own, by which `verify_audit` names a row that is another now.

The rooms say which rows freeze together (`freeze`); the trail imports none of them.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

ERASED = "rows.erased"
SHOWN = 12  # hexadecimal digits of a row's sha256 that an event keeps
BATCH = 500
Rows = dict[tuple[str, int], str]


@dataclass(frozen=True)
class Part:
    """Rows of one table that freeze with others.

    `key` and the columns are SQL in terms of `r`, the table's row; `key` is the id of
    what freezes, `moments` the columns with a time. Of `history` more may come later.
    """

    name: str
    table: str
    key: str
    columns: tuple[str, ...]
    moments: tuple[str, ...] = ()
    join: str = ""
    id: str = "id"
    history: bool = False

    @property
    def sql(self) -> str:
        """Of the rows of the keys, its one parameter: key, name, id and the sha256 of the row's JSON."""
        pairs = [f"'{name}', r.\"{name}\"" for name in self.columns]
        pairs += [f"'{name}', (extract(epoch FROM r.{name}) * 1000000)::bigint" for name in self.moments]
        row = f"encode(sha256(convert_to(jsonb_build_object({', '.join(pairs)})::text, 'UTF8')), 'hex')"
        return (
            f"SELECT {self.key} AS key, '{self.name}' AS name, r.{self.id} AS id, {row} AS hash"  # noqa: S608 - only our own names are put in
            f" FROM {self.table} r {self.join} WHERE {self.key} = ANY(%s)"
        )


def history_of(name: str, table: str, key: str, columns: tuple[str, ...], **more: Any) -> Part:
    """The history of such rows, as `audit.history` keeps it."""
    kept = ("pgh_label", "pgh_obj_id", "pgh_context", *columns)
    moments = ("pgh_created_at", *more.pop("moments", ()))
    return Part(f"{name} history", table, key, kept, moments, id="pgh_id", history=True, **more)


_frozen: dict[str, tuple[Part, ...]] = {}
_once: dict[str, str] = {}


def freeze(what: str, *parts: Part, once: str = "true") -> None:
    """Let a room say of which rows something consists that it freezes.

    The first part is the thing itself; `once` is SQL in terms of its row `r`, true once
    it is frozen, so that an event has to state it.
    """
    _frozen[what] = parts
    _once[what] = once


# --- stating it --------------------------------------------------------------
def frozen(what: str, key: int) -> dict[str, object]:
    """What the event that freezes it says of it, for its detail."""
    return all_frozen(what, [key])[key]


def all_frozen(what: str, keys: Sequence[int]) -> dict[int, dict[str, object]]:
    """The same for several at once, by key; one query."""
    rows = _read(what, keys)
    return {key: _statement(what, key, rows[key]) for key in keys}


def _read(what: str, keys: Sequence[int]) -> dict[int, Rows]:
    parts = [part.sql for part in _frozen[what]]
    found: dict[int, Rows] = {key: {} for key in keys}
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), [list(keys)] * len(parts))
        for key, name, row, digest in cursor.fetchall():
            found[key][name, row] = digest
    return found


def _statement(what: str, key: int, rows: Rows) -> dict[str, object]:
    beginnings: dict[str, dict[str, str]] = {}
    for name, row in sorted(rows):
        beginnings.setdefault(name, {})[str(row)] = rows[name, row][:SHOWN]
    return {"frozen": f"{what} {key}", "sha256": _sha256(rows), "rows": beginnings}


def _sha256(rows: Rows) -> str:
    """Of the rows' own, in the order of name and id."""
    listed = [[name, row, rows[name, row]] for name, row in sorted(rows)]
    return hashlib.sha256(json.dumps(listed, separators=(",", ":")).encode()).hexdigest()


# --- checking it -------------------------------------------------------------
# Of each the first event that froze it: a later one cannot excuse a change. Only the
# erasure of a candidate may state it anew, without the words; what an import brought is
# gone where that was undone.
STATED = f"""
    SELECT DISTINCT ON (e.detail->>'frozen') e.id, e.detail
      FROM audit_event e
     WHERE e.detail ? 'frozen'
       AND (e.kind <> 'scorecard.imported' OR e.detail->>'frozen' NOT IN (
            SELECT jsonb_array_elements_text(u.detail->'undone')
              FROM audit_event u WHERE u.kind = 'scorecards.import_undone'))
       AND (e.kind <> '{ERASED}' OR EXISTS (
            SELECT 1 FROM audit_event c
             WHERE c.kind = 'candidate.erased' AND (c.detail->'applications') @> (e.detail->'application')))
     ORDER BY e.detail->>'frozen', (e.kind = '{ERASED}') DESC, e.id
"""  # noqa: S608 - only our own kind is put in


@dataclass(frozen=True)
class Difference:
    """A row that is not as it was frozen, in words, and the event that froze it; None
    where no event did."""

    event_id: int | None
    problem: str


def first_difference() -> Difference | None:
    """Something that is not as its event states it, or is frozen and stated nowhere.
    The caller is in a transaction."""
    return _first_changed() or _first_unstated()


def _first_unstated() -> Difference | None:
    """Something that stands as finished although no event says that it was finished."""
    with connection.cursor() as cursor:
        for what, parts in _frozen.items():
            cursor.execute(_unstated(parts[0].table, _once[what]), {"before": f"{what} "})
            if row := cursor.fetchone():
                return Difference(None, f"{what} {row[0]} stands as finished, and no event says how it came about")
    return None


def _unstated(table: str, once: str) -> str:
    return f"""
        SELECT r.id FROM {table} r
         WHERE ({once}) AND NOT EXISTS (
               SELECT 1 FROM audit_event e
                WHERE e.detail ? 'frozen' AND e.detail->>'frozen' = %(before)s || r.id)
         ORDER BY r.id LIMIT 1
    """  # noqa: S608 - only our own names are put in


def _first_changed() -> Difference | None:
    found = None
    with connection.cursor() as cursor:
        cursor.execute(f"DECLARE stated NO SCROLL CURSOR FOR {STATED}")
        while found is None:
            cursor.execute(f"FETCH {BATCH} FROM stated")
            events = cursor.fetchall()
            if not events:
                break
            found = next(_differences(events), None)
        cursor.execute("CLOSE stated")
    return found


def _differences(events: Sequence[tuple[int, Any]]) -> Iterator[Difference]:
    """Of these events, each with its detail; one query for each kind of what froze."""
    by_kind: dict[str, dict[int, tuple[int, dict[str, Any]]]] = {}
    for event_id, told in events:
        detail = _loaded(told)
        what, _, key = detail["frozen"].rpartition(" ")
        by_kind.setdefault(what, {})[int(key)] = event_id, detail
    for what, stated in by_kind.items():
        now = _read(what, list(stated))
        for key, (event_id, detail) in stated.items():
            if problem := _difference(what, key, detail, now[key]):
                yield Difference(event_id, problem)


def _loaded(detail: Any) -> dict[str, Any]:
    """The driver hands JSON over as text."""
    loaded: dict[str, Any] = json.loads(detail) if isinstance(detail, str) else detail
    return loaded


def _difference(what: str, key: int, detail: Mapping[str, Any], now: Rows) -> str:
    """The first row that is another than stated, is gone or has come; empty for
    none.
    """
    stated = {(name, int(row)): start for name, rows in detail["rows"].items() for row, start in rows.items()}
    for row, start in stated.items():
        if not now.get(row, "").startswith(start):
            became = "changed" if row in now else "removed"
            return _told(what, key, row, became)
    growing = {part.name for part in _frozen[what] if part.history}
    for row in now:
        if row not in stated and row[0] not in growing:
            return _told(what, key, row, "added")
    listed = {row: now[row] for row in stated}
    return "" if _sha256(listed) == detail["sha256"] else f"{what} {key} was changed after it was frozen"


def _told(what: str, key: int, row: tuple[str, int], became: str) -> str:
    name, number = row
    of = "" if (name, number) == (what, key) else f" of {what} {key}"
    return f"{name} {number}{of} was {became} after it was frozen"
