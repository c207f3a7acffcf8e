"""What every reader of a blueprint gives back: what it found, and what it could not read."""

from dataclasses import dataclass, replace
from itertools import chain
from typing import Generic, TypeVar

from rubrics.blueprints.rubric_json import WarningJson

Value = TypeVar("Value", covariant=True)


@dataclass(frozen=True)
class PlanWarning:
    """Something that the person who imports should look at.

    `code` is stable, `message` one English sentence.
    """

    code: str
    message: str

    def as_json(self) -> WarningJson:
        return {"code": self.code, "message": self.message}


@dataclass(frozen=True)
class Read(Generic[Value]):
    """A reader's result. `warnings` stand in the order of the page."""

    value: Value
    warnings: tuple[PlanWarning, ...] = ()

    def or_warning(self, code: str, message: str) -> "Read[Value]":
        """The same; where the value is empty, with this warning at the end."""
        if self.value:
            return self
        return replace(self, warnings=(*self.warnings, PlanWarning(code, message)))


def all_warnings(*readings: Read[object]) -> tuple[PlanWarning, ...]:
    """The warnings of each reading, one reading after the other."""
    return tuple(chain.from_iterable(reading.warnings for reading in readings))
