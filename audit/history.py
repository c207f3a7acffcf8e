"""Row history that the database itself keeps, whoever writes: bulk writes, raw SQL and deletions included.

Each change of a tracked row adds a row beside it, with the person, task or command that made it. The context holds a
person's number and names of our own tasks and commands, never a name, an address or a request's path.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pghistory
import pgtrigger
from django.apps import apps
from django.db import models

from audit.models import names_of

ERASED_HERE = "COALESCE(current_setting('evenhand.erasing', true), '')"


def tracked(name: str, fields: list[str], *, application: str = "") -> Callable[[type], type]:
    """Keep the history of these fields of a model as rows of the model `name`.

    Its rows are never changed, and go only in the erasure of the `application` (SQL for its id, in terms of OLD) that
    they belong to; without one they never go.
    """
    erased = f"({application})::text = ANY(string_to_array({ERASED_HERE}, ','))" if application else "false"
    append_only = pgtrigger.Trigger(
        name="append_only",
        when=pgtrigger.Before,
        operation=pgtrigger.Update | pgtrigger.Delete,
        func=f"""
            IF TG_OP = 'DELETE' AND {erased} THEN RETURN OLD; END IF;
            RAISE EXCEPTION 'history is only added to';
        """,
    )
    never_emptied = pgtrigger.Trigger(
        name="never_truncated",
        when=pgtrigger.Before,
        operation=pgtrigger.Truncate,
        level=pgtrigger.Statement,
        func="RAISE EXCEPTION 'history is never emptied';",
    )
    track: Any = pghistory.track
    made: Callable[[type], type] = track(
        pghistory.InsertEvent(),
        pghistory.UpdateEvent(),
        pghistory.DeleteEvent(),
        fields=fields,
        model_name=name,
        attrs={"pgh_id": models.BigAutoField(primary_key=True)},
        context_field=pghistory.ContextJSONField(),
        context_id_field=None,
        meta={"triggers": [append_only, never_emptied], "ordering": ["pgh_id"]},
    )
    return made


# --- reading it ---------------------------------------------------------------
TOGETHER = timedelta(minutes=10)
NEWEST = 500


@dataclass(frozen=True)
class Step:
    """One change of one row: when, in which context, and what it was about in words."""

    at: datetime
    context: dict[str, Any]
    what: str


@dataclass(frozen=True)
class Change:
    """What one person, task or command did without a longer pause, and how many single steps that was."""

    by: str
    first: datetime
    last: datetime
    what: tuple[str, ...]
    steps: int


def kept(app: str, name: str) -> Any:
    """The rows of the history of this name, whose model pghistory makes."""
    return apps.get_model(app, name).objects


def newest(rows: Any) -> list[Any]:
    """The newest rows of a history, at most as many as a page can show."""
    return list(rows.order_by("-pgh_id")[:NEWEST])


def changes(steps: Iterable[Step]) -> list[Change]:
    """The newest change first. Steps of the same doer less than ten minutes apart are one change."""
    found: list[list[Step]] = []
    for step in sorted(steps, key=lambda step: (step.at, str(step.context))):
        before = found[-1][-1] if found else None
        if before and before.context == step.context and step.at - before.at < TOGETHER:
            found[-1].append(step)
        else:
            found.append([step])
    names = names_of({step.context["user"] for group in found for step in group if "user" in step.context})
    return [_change(group, names) for group in reversed(found)]


def _change(group: list[Step], names: dict[int, str]) -> Change:
    what = tuple(dict.fromkeys(step.what for step in group))
    return Change(_doer(group[0].context, names), group[0].at, group[-1].at, what, len(group))


def _doer(context: dict[str, Any], names: dict[int, str]) -> str:
    if "user" in context:
        return names.get(context["user"], f"person {context['user']}")
    for kind in ("task", "command"):
        if kind in context:
            return f"the {kind} {context[kind]}"
    return "no signed-in person"


def step(row: Any, what: str) -> Step:
    """A row of history as a step; `what` names the thing, and is told with whether it was added or removed."""
    verb = {"insert": "added ", "delete": "removed "}.get(row.pgh_label, "")
    return Step(row.pgh_created_at, row.pgh_context or {}, verb + what)
