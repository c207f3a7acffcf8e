"""A draft while it is written: saves that overwrite nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.autosave import newer_fields, saved_elsewhere
from accounts.compiled import compiled
from accounts.models import User
from accounts.signs import clean_text
from audit.services import record
from rubrics.contents import ROWS, Contents, Row, Stored, contents, named
from rubrics.fields import (
    FieldName,
    NoSuchField,
    NotTaken,
    Value,
    is_shows,
    level_of,
    parsed,
    part_of,
    shown_dimension,
)
from rubrics.models import Anchor, Dimension, Exercise, RubricVersion
from rubrics.titles import FOLLOWING, retitle

TITLE = FieldName("", 0, "title")
TOGETHER = timedelta(minutes=10)
PUBLISHED = "This version is published and cannot change. Start a new draft from it."
GONE = "This part was removed in another tab or device, so it cannot be saved. Copy what you still need of it."
RELOAD = "This page may be out of date. Reload it; what you wrote is kept on this device."


class Finished(ValidationError):
    """The draft was published or discarded meanwhile."""


@dataclass(frozen=True)
class Saved:
    """The draft after a save; `others` maps fields changed elsewhere to their text.

    `is_known`: its writer knows which rows there are and how they weigh. Nobody else
    has saved since, and no weight is among what changed.
    """

    version: RubricVersion
    others: Mapping[str, str]
    is_known: bool

    @cached_property
    def contents(self) -> Contents:
        """All of it, read when it is first asked for."""
        return contents(self.version)


def locked_draft(version: RubricVersion, *, by: User) -> RubricVersion:
    """The version as it is now, locked until the transaction ends.

    Raises Finished where it is no draft any more, or none that its writer may see.
    """
    found = _locked.first(by, version.pk)
    if found is None or not found.is_draft:
        raise Finished(PUBLISHED)
    return found


@compiled
def _locked(by: User, version: int) -> QuerySet[RubricVersion]:
    visible = RubricVersion.objects.visible_to(by).filter(pk=version)
    return visible.select_for_update(of=("rubric", "self"), no_key=True).select_related("rubric")[:1]


@transaction.atomic
def save_draft(version: RubricVersion, changes: Mapping[str, str], *, edit: int, by: User) -> Saved:
    """Store changed fields of a draft, all or none, and count the save.

    Of rows it reads only those that the fields name.
    `edit` is the count that the writer has seen. Raises Finished as `locked_draft`
    does; Stale where a changed field was saved with other text since then;
    ValidationError by field for one that no editor has, one whose row is gone, or a
    text that it cannot hold.
    """
    version = locked_draft(version, by=by)
    fields = [_parsed(name) for name in changes]
    weighs = any(field.part == "weight" for field in fields)
    is_known = version.edit == edit and not weighs
    if _rewrite(version, changes, edit):
        touch(version, changes, by=by)
        return Saved(version, {}, is_known)
    newer = [parsed(name) for name in newer_fields(version.field_edits, edit)]
    others = write(named(version, [*fields, *newer]), changes, edit=edit, by=by)
    return Saved(version, others, is_known)


def write(stored: Stored, changes: Mapping[str, str], *, edit: int, by: User) -> Mapping[str, str]:
    """`save_draft` for the rows of a locked draft; the fields changed elsewhere, with
    their text.

    The caller rolls back where this raises.
    """
    version = stored.version
    values = _values(stored, changes)
    texts = {str(field): _shown(field, value) for field, value in values.items()}
    same = changes.keys() - texts.keys()
    newer = [name for name in newer_fields(version.field_edits, edit) if name not in same]
    newer_texts = {name: stored.text(parsed(name)) for name in newer}
    others = saved_elsewhere(texts, newer_texts, edit=version.edit)
    changed = [field for field in values if texts[str(field)] != stored.text(field)]
    if changed:
        own = _store(stored, {field: values[field] for field in changed})
        touch(version, map(str, changed), by=by, columns=own)
    return others


def _rewrite(version: RubricVersion, changes: Mapping[str, str], edit: int) -> bool:
    """Whether all that was sent is one field of a row, and changed: most saves, in a
    statement.

    A field that was saved before is of a row of this version, or of one that is gone:
    then nothing is changed here. So it is where the text is stored already, or cannot
    be.
    """
    if len(changes) != 1 or newer_fields(version.field_edits, edit):
        return False
    [(name, text)] = changes.items()
    field = _parsed(name)
    if name not in version.field_edits or not field.kind or is_shows(field):
        return False
    try:
        value = part_of(field).read(clean_text(text))
    except NotTaken:
        return False
    if level := level_of(field.part):
        anchors = Anchor.objects.filter(dimension=field.row, level=level)
        return bool(value) and anchors.exclude(text=value).update(text=value) > 0
    rows: QuerySet[Row] = ROWS[field.kind]._default_manager.filter(pk=field.row)
    return rows.exclude(**{field.part: value}).update(**{field.part: value}) > 0


def touch(version: RubricVersion, fields: Iterable[str], *, by: User, columns: Iterable[str] = ()) -> None:
    """Count a change of the locked draft, and that it was these fields of the editor.

    `columns` of the version itself are stored with it. What one person writes without a
    longer pause is one event of the trail.
    """
    now = timezone.now()
    is_going_on = version.saved_by_id == by.pk and _is_recent(version)
    version.edit += 1
    version.field_edits |= dict.fromkeys(fields, version.edit)
    version.saved_at, version.saved_by = now, by
    counted = ["edit", "field_edits", "saved_at", "saved_by"]
    version.save(update_fields=[*counted, *columns])
    if not is_going_on:
        record("rubric.edited", by=by, subject=version)


def _is_recent(version: RubricVersion) -> bool:
    return version.saved_at is not None and timezone.now() - version.saved_at < TOGETHER


# --- texts into values -------------------------------------------------------
def _values(stored: Stored, changes: Mapping[str, str]) -> dict[FieldName, Value]:
    """The values by field, without texts that are stored already: a document's may be longer than a field takes.

    Raises ValidationError with all that cannot be stored, by field.
    """
    values: dict[FieldName, Value] = {}
    refused: dict[str, str] = {}
    for name, text in changes.items():
        field, clean = _parsed(name), clean_text(text)
        if stored.row(field) is None:
            refused[name] = GONE
        elif clean != stored.text(field):
            _read(field, clean, values, refused)
    if refused:
        raise ValidationError(refused)
    return values


def _read(field: FieldName, text: str, values: dict[FieldName, Value], refused: dict[str, str]) -> None:
    """Add the value of this text, or why it is none."""
    try:
        values[field] = part_of(field).read(text)
    except NotTaken as error:
        refused[str(field)] = str(error)


def is_gone(stored: Stored, name: str) -> bool:
    """Whether the row of this field was removed, or no draft ever has such a field."""
    try:
        return stored.row(parsed(name)) is None
    except NoSuchField:
        return True


def _parsed(name: str) -> FieldName:
    try:
        return parsed(name)
    except NoSuchField as error:
        raise ValidationError(f"A rubric has no field {error.name[:60]!r}. {RELOAD}") from error


def _shown(field: FieldName, value: Value) -> str:
    return part_of(field).shown(value)


# --- values into rows --------------------------------------------------------
def _store(stored: Stored, values: Mapping[FieldName, Value]) -> set[str]:
    """Store the values with one statement for each row, and one for the wording of each
    level.

    Columns of the version itself are set and returned, for the caller to store.
    """
    columns: dict[tuple[str, int], set[str]] = {}
    for field, value in values.items():
        row, level = stored.row(field), level_of(field.part)
        assert row is not None  # `_values` has refused fields whose row is gone
        if field == TITLE:
            retitle(stored.version, str(value))
            stored.version.rubric.save(update_fields=FOLLOWING)
        elif isinstance(row, Dimension) and level:
            _reword(row, level, str(value))
        else:
            column = _set(stored, row, field, value)
            columns.setdefault((field.kind, field.row), set()).add(column)
    own = columns.pop((TITLE.kind, TITLE.row), set())
    for (kind, pk), names in columns.items():
        row = stored.row(FieldName(kind, pk, ""))
        assert row is not None
        row.save(update_fields=names)
    return own


def _set(stored: Stored, row: RubricVersion | Row, field: FieldName, value: Value) -> str:
    """Give the row the field's value; the name of the column that holds it."""
    if isinstance(row, Exercise) and is_shows(field):
        _show(row, stored.dimension_key(shown_dimension(field)), shows=bool(value))
        return "dimension_keys"
    if isinstance(row, RubricVersion) and (level := level_of(field.part)):
        _need_evidence(row, level, needed=bool(value))
        return "evidence_levels"
    setattr(row, field.part, value)
    return field.part


def _need_evidence(version: RubricVersion, level: int, *, needed: bool) -> None:
    others = set(version.evidence_levels) - {level}
    version.evidence_levels = sorted(others | {level} if needed else others)


def _reword(dimension: Dimension, level: int, text: str) -> None:
    """Store the wording of a level; an empty one takes it away."""
    anchors = Anchor.objects.filter(dimension=dimension, level=level)
    if not text:
        anchors.delete()
    elif not anchors.update(text=text):  # the draft is locked, so nobody adds one meanwhile
        Anchor.objects.create(dimension=dimension, level=level, text=text)


def _show(exercise: Exercise, key: str, *, shows: bool) -> None:
    """Say whether the exercise shows the dimension of this key; nothing for one that is gone."""
    if not key:
        return
    keys = [other for other in exercise.dimension_keys if other != key]
    if shows:
        keys.append(key)
    exercise.dimension_keys = keys
