"""What the interviewer's page has of a version. A published one never changes, so each process reads it once."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from rubrics.models import Dimension, FocusArea, RubricVersion, Signal

MOST = 64  # versions that a process keeps: the ones asked for last


@dataclass(frozen=True, eq=False)  # two that say the same may have been read at two moments of a draft
class Kit:
    """The parts in their order; the dimensions come with their anchors and questions.

    Several requests share the rows, so that nobody may change any of them. A kit is equal
    to itself alone, so that what is made of it can be kept by it.
    """

    dimensions: tuple[Dimension, ...]
    signals: tuple[Signal, ...]
    focus_areas: tuple[FocusArea, ...]


def kit_of(version: RubricVersion) -> Kit:
    """A draft's parts are read anew each time."""
    if version.published_at is None:
        return _read(version.pk)
    return _published(version.pk, version.published_at)


@lru_cache(maxsize=MOST)
def _published(version: int, published_at: datetime) -> Kit:
    """The moment is part of the key, because another database may give the same number to another version."""
    return _read(version)


def _read(version: int) -> Kit:
    dimensions = Dimension.objects.filter(version=version).prefetch_related("anchors", "questions")
    signals = Signal.objects.filter(version=version).order_by("order")
    return Kit(tuple(dimensions), tuple(signals), tuple(FocusArea.objects.filter(version=version)))
