"""A draft while it is written: saves that overwrite nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.autosave import newer_fields, saved_elsewhere
from accounts.models import User
from accounts.signs import clean_text
from audit.services import record
from rubrics.contents import Contents, contents
from rubrics.fields import SHOWS, FieldName, NoSuchField, NotTaken, Value, is_shows, level_of, parsed, part_of
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
    """The draft after a save; `others` maps fields that changed elsewhere to their text.

    `contents` has the new values, but for the wording of levels, which is stored beside its dimension.
    """

    contents: Contents
    others: Mapping[str, str]


def locked_draft(version: RubricVersion) -> RubricVersion:
    """The version as it is now, locked until the transaction ends.

    Raises Finished where it is no draft any more.
    """
    versions = RubricVersion.objects.select_for_update(of=("self",)).select_related("rubric")
    found = versions.filter(pk=version.pk).first()
    if found is None or not found.is_draft:
        raise Finished(PUBLISHED)
    return found


@transaction.atomic
def save_draft(version: RubricVersion, changes: Mapping[str, str], *, edit: int, by: User) -> Saved:
    """Store changed fields of a draft, all or none, and count the save.

    `edit` is the count that the writer has seen. Raises Finished where it is no draft
    any more; Stale where a changed field was saved with other text since then;
    ValidationError by field for one that no editor has, one whose row is gone, or a
    text that it cannot hold.
    """
    return write(contents(locked_draft(version)), changes, edit=edit, by=by)


def write(stored: Contents, changes: Mapping[str, str], *, edit: int, by: User) -> Saved:
    """`save_draft` for the contents of a locked draft; the caller rolls back where this raises."""
    version = stored.version
    values = _values(stored, changes)
    texts = {str(field): _shown(field, value) for field, value in values.items()}
    same = changes.keys() - texts.keys()
    newer = [name for name in newer_fields(version.field_edits, edit) if name not in same]
    newer_texts = {name: stored.text(parsed(name)) for name in newer}
    others = saved_elsewhere(texts, newer_texts, edit=version.edit)
    changed = [field for field in values if texts[str(field)] != stored.text(field)]
    if not changed:
        return Saved(stored, others)
    for field in changed:
        _store(stored, field, values[field])
    touch(version, map(str, changed), by=by)
    return Saved(stored, others)


def touch(version: RubricVersion, fields: Iterable[str], *, by: User) -> None:
    """Count a change of the locked draft, and that it was these fields of the editor.

    What one person writes without a longer pause is one event of the trail.
    """
    now = timezone.now()
    is_going_on = version.saved_by_id == by.pk and _is_recent(version)
    version.edit += 1
    version.field_edits |= dict.fromkeys(fields, version.edit)
    version.saved_at, version.saved_by = now, by
    version.save(update_fields=["edit", "field_edits", "saved_at", "saved_by"])
    if not is_going_on:
        record("rubric.edited", by=by, subject=version)


def _is_recent(version: RubricVersion) -> bool:
    return version.saved_at is not None and timezone.now() - version.saved_at < TOGETHER


# --- texts into values -------------------------------------------------------
def _values(stored: Contents, changes: Mapping[str, str]) -> dict[FieldName, Value]:
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


def is_gone(stored: Contents, name: str) -> bool:
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
def _store(stored: Contents, field: FieldName, value: Value) -> None:
    row, level = stored.row(field), level_of(field.part)
    assert row is not None  # `_values` has refused fields whose row is gone
    if field == TITLE:
        retitle(stored.version, str(value))
        stored.version.rubric.save(update_fields=FOLLOWING)
    elif isinstance(row, Exercise) and is_shows(field):
        _show(row, stored.dimension_key(int(field.part.removeprefix(SHOWS))), shows=bool(value))
    elif isinstance(row, RubricVersion) and level:
        _need_evidence(row, level, needed=bool(value))
    elif isinstance(row, Dimension) and level:
        _reword(row, level, str(value))
    else:
        setattr(row, field.part, value)
        row.save(update_fields=[field.part])


def _need_evidence(version: RubricVersion, level: int, *, needed: bool) -> None:
    others = set(version.evidence_levels) - {level}
    version.evidence_levels = sorted(others | {level} if needed else others)
    version.save(update_fields=["evidence_levels"])


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
    exercise.save(update_fields=["dimension_keys"])
