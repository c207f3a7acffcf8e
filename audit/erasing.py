"""What an erasure may do to a row, stated by its model, and its way past the triggers.

A row's texts, and nothing else of it, may be rewritten while `evenhand.erasing` names
the row's application. That setting ends with its transaction; only `privacy.erasure`
sets it.
"""

from dataclasses import dataclass

import pgtrigger


@dataclass(frozen=True)
class Way:
    """From a row to its application: as a lookup, and as SQL in a trigger on the
    row.
    """

    lookup: str
    sql: str


@dataclass(frozen=True)
class Erasable:
    """The words about the person in rows of the model whose attribute `erasable` this
    is.

    `texts` are the columns that an erasure blanks. `history` is the model of the same
    app that holds earlier texts of such rows: it has the same way, and its rows go as a
    whole.
    """

    way: Way
    texts: tuple[str, ...]
    history: str = ""


BY_ITSELF = Way("application", "OLD.application_id")


def blanked(erasable: Erasable, *more: str) -> str:
    """SQL of a trigger: whether an erasure of this application blanks texts alone.

    `more` are other columns that it may set.
    """
    names = ", ".join(f"'{name}'" for name in erasable.texts + more)
    same = f"to_jsonb(NEW) - ARRAY[{names}] = to_jsonb(OLD) - ARRAY[{names}]"
    return f"TG_OP = 'UPDATE' AND {same} AND evenhand_erasing({erasable.way.sql})"


def immutable(
    erasable: Erasable,
    *more: str,
    name: str = "never_changed",
    operation: pgtrigger.Operation | pgtrigger.Operations = pgtrigger.Update | pgtrigger.Delete,
    condition: pgtrigger.Condition | None = None,
) -> pgtrigger.Trigger:
    """`pgtrigger.Protect` that lets an erasure blank the row's texts."""
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=operation,
        condition=condition,
        func=f"""
            IF {blanked(erasable, *more)} THEN RETURN NEW; END IF;
            RAISE EXCEPTION 'rows of % are not changed or deleted', TG_TABLE_NAME;
        """,
    )
