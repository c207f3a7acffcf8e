"""Rows that stay as they are until the caller's transaction ends (docs/architecture.md, “Who waits for whom”)."""

from typing import Any

from django.db.models import QuerySet


def lock_rows(rows: QuerySet[Any]) -> list[int]:
    """The keys of these rows, which nobody else changes meanwhile.

    They are locked in the order of their keys, so that no two who want the same rows wait for each other.
    """
    return list(rows.order_by("pk").select_for_update(of=("self",), no_key=True).values_list("pk", flat=True))
