"""The rows of a draft: added, moved, removed and put back, and its import's warnings settled.

Each is atomic and audited; the actor is `by`. Each raises Finished as `rubrics.drafts.locked_draft` does.
"""

import json
from collections.abc import Iterable
from typing import Any

from django.core import serializers
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model

from accounts.models import User
from rubrics.blueprints.keys import free_key
from rubrics.contents import Contents, Row, contents, renumbered
from rubrics.drafts import RELOAD, locked_draft, touch
from rubrics.models import Dimension, Exercise, FocusArea, Question, RubricVersion, Signal, Skill, SoftSkill

MOST = 100  # rows of a kind; of signals of each kind, of questions of each dimension
FULL = f"A rubric holds at most {MOST} of these. Remove one first."
KEPT = 20  # removals that can be undone
OF_A_VERSION: dict[str, type[Exercise | FocusArea | SoftSkill]] = {
    "exercise": Exercise,
    "area": FocusArea,
    "soft": SoftSkill,
}
CALLED = {
    "dimension": "dimension",
    "question": "question",
    "exercise": "exercise",
    "area": "focus area",
    "signal": "signal",
    "skill": "skill",
    "soft": "soft skill",
}
GONE = f"This part is not in the draft any more. {RELOAD}"
NOTHING = "There is nothing left to undo."


@transaction.atomic
def add_row(version: RubricVersion, kind: str, *, by: User, among: str = "") -> Row:
    """A row without words at the end of its kind.

    `among` is the kind of a signal (`Signal.Kind`), or the id of a question's dimension. Raises ValidationError
    where there are too many, or no such place.
    """
    version = locked_draft(version, by=by)
    place = _place(contents(version), kind, among)
    if len(place) >= MOST:
        raise ValidationError(FULL)
    row = _blank(version, kind, among)
    row.order = len(place)
    _save_moved(place)
    row.save()
    touch(version, [], by=by)
    return row


def _place(stored: Contents, kind: str, among: str) -> list[Row]:
    """The rows that a row of this kind stands among, in their order."""
    if kind == "signal":
        if among not in Signal.Kind.values:
            raise ValidationError(GONE)
        return [row for row in stored.signals if row.kind == among]
    if kind == "question":
        dimension = next((row for row in stored.dimensions if str(row.pk) == among), None)
        if dimension is None:
            raise ValidationError(GONE)
        return list(dimension.questions.all())
    return list(stored.by_kind[kind])


def _blank(version: RubricVersion, kind: str, among: str) -> Row:
    """A row of this kind, not stored, without words."""
    if kind == "question":
        return Question(dimension_id=int(among))
    if kind == "dimension":
        keys = set(version.dimensions.values_list("key", flat=True))
        return Dimension(version=version, key=free_key("", keys))
    if kind == "signal":
        return Signal(version=version, kind=among)
    if kind == "skill":
        return Skill(version=version, group="must-have")
    return OF_A_VERSION[kind](version=version)


@transaction.atomic
def move_row(version: RubricVersion, kind: str, pk: int, *, to: int, by: User) -> Row:
    """Put a row at the place `to` among its own, from 0; beyond them means at the end.

    Raises ValidationError where the row is gone.
    """
    version = locked_draft(version, by=by)
    own = _own_of(version, kind, pk)
    return _moved(version, own, _index(own, pk), to, by=by)


@transaction.atomic
def shift_row(version: RubricVersion, kind: str, pk: int, *, by_places: int, by: User) -> Row:
    """Move a row among its own: up where `by_places` is negative, at most to the first or last place.

    Raises ValidationError where the row is gone.
    """
    version = locked_draft(version, by=by)
    own = _own_of(version, kind, pk)
    place = _index(own, pk)
    return _moved(version, own, place, place + by_places, by=by)


def _own_of(version: RubricVersion, kind: str, pk: int) -> list[Row]:
    """The rows that this one stands among, itself with them."""
    stored = contents(version)
    return _place(stored, kind, _among(_found(stored, kind, pk)))


def _index(own: list[Row], pk: int) -> int:
    return [row.pk for row in own].index(pk)


def _moved(version: RubricVersion, own: list[Row], place: int, to: int, *, by: User) -> Row:
    row = own.pop(place)
    own.insert(max(to, 0), row)
    _save_moved(own)
    touch(version, [], by=by)
    return row


def _found(stored: Contents, kind: str, pk: int) -> Row:
    row = next((row for row in stored.by_kind[kind] if row.pk == pk), None)
    if row is None:
        raise ValidationError(GONE)
    return row


def _among(row: Row) -> str:
    """What `add_row` calls the row's place."""
    if isinstance(row, Signal):
        return row.kind
    return str(row.dimension_id) if isinstance(row, Question) else ""


def _save_moved(rows: Iterable[Row]) -> None:
    for row in renumbered(rows):
        row.save(update_fields=["order"])


# --- removing, and putting back ----------------------------------------------
@transaction.atomic
def remove_row(version: RubricVersion, kind: str, pk: int, *, by: User) -> str:
    """Take a row out of a draft, with what belongs to it, to be put back by `undo`. What it is called.

    Raises ValidationError where it is gone.
    """
    version = locked_draft(version, by=by)
    place = _own_of(version, kind, pk)
    row = place.pop(_index(place, pk))
    called = _called(kind, row)
    own = serializers.serialize("json", _with_its_own(row))
    _keep(version, called, {"kind": kind, "rows": json.loads(own)})
    row.delete()
    _save_moved(place)
    _forget_fields(version, f"{kind}_{pk}_")
    touch(version, [], by=by)
    return called


def _with_its_own(row: Model) -> list[Model]:
    """The row and, below a dimension, its levels and questions."""
    if not isinstance(row, Dimension):
        return [row]
    return [row, *row.anchors.all(), *row.questions.all()]


def _called(kind: str, row: Model) -> str:
    words = " ".join(str(row).split())
    short = words if len(words) <= 60 else f"{words[:59]}…"
    return f"the {CALLED[kind]} “{short}”" if words.strip(": ") else f"the empty {CALLED[kind]}"


def _keep(version: RubricVersion, called: str, kept: dict[str, Any]) -> None:
    version.removed = [*version.removed, {"called": called, **kept}][-KEPT:]
    version.save(update_fields=["removed"])


def _forget_fields(version: RubricVersion, beginning: str) -> None:
    """A row that is gone has no fields that another tab could be told of."""
    version.field_edits = {name: at for name, at in version.field_edits.items() if not name.startswith(beginning)}


@transaction.atomic
def settle_warning(version: RubricVersion, index: int, *, by: User) -> str:
    """Take away one of the import's warnings, from 0: somebody has seen to it. It can be put back by `undo`.

    Raises ValidationError where there is none.
    """
    version = locked_draft(version, by=by)
    if not 0 <= index < len(version.warnings):
        raise ValidationError(GONE)
    warning = version.warnings.pop(index)
    version.save(update_fields=["warnings"])
    _keep(version, "the warning", {"kind": "warning", "index": index, "warning": warning})
    touch(version, [], by=by)
    return "the warning"


def undoable(version: RubricVersion) -> str:
    """What `undo` would put back, in words; empty for nothing."""
    return version.removed[-1]["called"] if version.removed else ""


@transaction.atomic
def undo(version: RubricVersion, *, by: User) -> str:
    """Put back what was removed last, where it stood. What it is called.

    Raises ValidationError where there is nothing, or its dimension is gone as well.
    """
    version = locked_draft(version, by=by)
    if not version.removed:
        raise ValidationError(NOTHING)
    kept = version.removed.pop()
    if kept["kind"] == "warning":
        version.warnings.insert(kept["index"], kept["warning"])
    else:
        _restore(version, kept["kind"], kept["rows"])
    version.save(update_fields=["removed", "warnings"])
    touch(version, [], by=by)
    return str(kept["called"])


def _restore(version: RubricVersion, kind: str, rows: list[dict[str, Any]]) -> None:
    """Store the rows as they were, under the ids that they had."""
    stored: list[Any] = [restored.object for restored in serializers.deserialize("python", rows)]
    row = stored[0]
    place = _place(contents(version), kind, _among(row))
    if isinstance(row, Dimension):
        taken = set(version.dimensions.values_list("key", flat=True))
        row.key = row.key if row.key not in taken else free_key(row.name, taken)
    place.insert(row.order, row)
    for moved in renumbered(place):
        if moved is not row:
            moved.save(update_fields=["order"])
    for own in stored:
        own.save(force_insert=True)
