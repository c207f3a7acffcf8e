"""Row history that the database itself keeps, whoever writes: bulk writes, raw SQL and deletions included.

Each change of a tracked row adds a row beside it, with the person, task or command that made it. The context holds a
person's number and names of our own tasks and commands, never a name, an address or a request's path.
"""

from collections.abc import Callable
from typing import Any

import pghistory
import pgtrigger
from django.db import models

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
    track: Any = pghistory.track(
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
    return track  # type: ignore[no-any-return]
