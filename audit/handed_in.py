"""What rooms above hand in at start to rooms below, which know nobody."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.db.models import Q, QuerySet

Given = TypeVar("Given", bound=Callable[..., Any])
Rows = TypeVar("Rows", bound="QuerySet[Any]")
Rule = Callable[[Any], Q]


class HandedIn(dict[str, Given]):
    """Functions by their full names, so that one that is handed in twice counts once."""

    def add(self, given: Given) -> None:
        self[f"{given.__module__}.{given.__qualname__}"] = given


class Hiding:
    """Rules that say which rows a reader may not see."""

    def __init__(self) -> None:
        self.rules: HandedIn[Rule] = HandedIn()

    def add(self, rule: Rule) -> None:
        """Hide from a reader what the rule says of them."""
        self.rules.add(rule)

    def left(self, rows: Rows, reader: object) -> Rows:
        """The rows that no rule hides from this reader."""
        for rule in self.rules.values():
            rows = rows.exclude(rule(reader))
        return rows
