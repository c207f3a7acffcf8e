"""What rooms above hide from a reader of rows below them, which know nobody."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.db.models import Q, QuerySet

Rows = TypeVar("Rows", bound="QuerySet[Any]")
Rule = Callable[[Any], Q]


class Hiding:
    """The rules that were handed in at start, one for each name: which rows a reader
    may not see."""

    def __init__(self) -> None:
        self.rules: dict[str, Rule] = {}

    def add(self, rule: Rule) -> None:
        """Hide from a reader what the rule says of them."""
        self.rules[f"{rule.__module__}.{rule.__qualname__}"] = rule

    def left(self, rows: Rows, reader: object) -> Rows:
        """The rows that no rule hides from this reader."""
        for rule in self.rules.values():
            rows = rows.exclude(rule(reader))
        return rows
