"""Row history that the database itself keeps, whoever writes: bulk writes, raw SQL and
deletions included.

Each change of a tracked row adds a row beside it, with the person, task or command that
made it. The context holds a person's number and names of our own tasks and commands,
never a name, an address or a request's path.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

import pghistory
import pgtrigger
from django.apps import apps
from django.db import models

from audit.models import names_of

ERASED_HERE = "COALESCE(current_setting('evenhand.erasing', true), '')"
# In a trigger on history: a row's own trigger has added to it, and that has led here.
INSIDE = "pg_trigger_depth() > 2"


def tracked(
    name: str, fields: list[str], *, application: str = "", private: Callable[[str], str] | None = None
) -> Callable[[type], type]:
    """Keep the history of these fields of a model as rows of the model `name`.

    Its rows are never changed, and go only in the erasure of the `application` (SQL for
    its id, in terms of OLD) that they belong to; without one they never go. Of states
    that are `private` (SQL by the name of a row of history) one a minute stays.
    """
    erased = f"({application})::text = ANY(string_to_array({ERASED_HERE}, ','))" if application else "false"
    if private:
        erased = f"({erased} OR {INSIDE} AND OLD.pgh_label = 'update' AND {private('OLD')})"
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
    triggers = [append_only, never_emptied]
    if private:
        triggers.append(_one_a_minute(private))
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
        meta={"triggers": triggers, "ordering": ["pgh_id"]},
    )
    return made


def _one_a_minute(private: Callable[[str], str]) -> pgtrigger.Trigger:
    """The state of now takes the place of the one before it, if that is of the same
    context and came less than a minute after its own predecessor.

    So the history ends with the row as it is, whoever writes it and however often.
    """
    return pgtrigger.Trigger(
        name="one_a_minute",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        condition=pgtrigger.Q(new__pgh_label="update"),  # said here, so that new rows pay nothing for it
        declare=[("newest", "RECORD")],
        func=pgtrigger.Func(  # type: ignore[no-untyped-call]  # the package annotates it nowhere
            f"""
            IF {private("NEW")} THEN
                SELECT * INTO newest FROM {{meta.db_table}} h WHERE h.pgh_obj_id = NEW.pgh_obj_id
                 ORDER BY h.pgh_id DESC LIMIT 1;
                IF FOUND AND newest.pgh_label = 'update' AND {private("newest")}
                   AND newest.pgh_context IS NOT DISTINCT FROM NEW.pgh_context
                   AND EXISTS (SELECT 1 FROM {{meta.db_table}} h
                                WHERE h.pgh_obj_id = NEW.pgh_obj_id AND h.pgh_id < newest.pgh_id
                                  AND h.pgh_created_at > newest.pgh_created_at - INTERVAL '1 minute') THEN
                    DELETE FROM {{meta.db_table}} h WHERE h.pgh_id = newest.pgh_id;
                END IF;
            END IF;
            RETURN NEW;
            """  # noqa: S608 - only our own names of columns are put in
        ),
    )


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
    """What one person, task or command did without a longer pause, and how many single
    steps the history holds of it: of drafts one a minute."""

    by: str
    first: datetime
    last: datetime
    what: tuple[str, ...]
    steps: int


class Row(Protocol):
    """What every row of history has, whatever fields it follows."""

    pgh_label: str
    pgh_created_at: datetime
    pgh_context: dict[str, Any] | None


def kept(app: str, name: str) -> models.Manager[Any]:
    """The rows of the history of this name, whose model pghistory makes.

    Raises LookupError where there is no such history.
    """
    history: models.Manager[Any] = apps.get_model(app, name)._default_manager
    return history


def newest(rows: models.QuerySet[Any]) -> list[Any]:
    """The newest rows of a history first, at most NEWEST of them."""
    return list(rows.order_by("-pgh_id")[:NEWEST])


def changes(steps: Iterable[Step]) -> list[Change]:
    """The newest change first. Steps of the same doer less than ten minutes apart are
    one change."""
    found: list[list[Step]] = []
    for step in sorted(steps, key=lambda step: (step.at, str(step.context))):
        before = found[-1][-1] if found else None
        if before and before.context == step.context and step.at - before.at < TOGETHER:
            found[-1].append(step)
        else:
            found.append([step])
    contexts = [group[0].context for group in found]  # all steps of a group share one
    people = {context["user"] for context in contexts if "user" in context}
    names = names_of(people)
    return [_change(group, names) for group in reversed(found)]


def _change(group: list[Step], names: dict[int, str]) -> Change:
    first, last = group[0], group[-1]
    return Change(
        by=_doer(first.context, names),
        first=first.at,
        last=last.at,
        what=tuple(dict.fromkeys(step.what for step in group)),
        steps=len(group),
    )


def _doer(context: dict[str, Any], names: dict[int, str]) -> str:
    if "user" in context:
        return names.get(context["user"], f"person {context['user']}")
    for kind in ("task", "command"):
        if kind in context:
            return f"the {kind} {context[kind]}"
    return "no signed-in person"


def step(row: Row, what: str) -> Step:
    """A row of history as a step; `what` names the thing, and is told with whether it
    was added or removed."""
    verb = {"insert": "added ", "delete": "removed "}.get(row.pgh_label, "")
    return Step(row.pgh_created_at, row.pgh_context or {}, verb + what)
