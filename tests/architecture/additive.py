"""Which steps of a migration the version before it cannot live with, while both run on one schema."""

from collections.abc import Iterator

from django.db.migrations import Migration, operations
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.models import Field
from django.db.models.fields import NOT_PROVIDED

MARK = "BESIDE_THE_VERSION_BEFORE"
GONE = (
    operations.RemoveField,
    operations.RenameField,
    operations.DeleteModel,
    operations.RenameModel,
    operations.AlterModelTable,
)
UNKNOWN = (operations.RunPython, operations.RunSQL)


def objections(migration: Migration, before: ProjectState) -> Iterator[str]:
    """A line for each step that takes away, renames, narrows, or cannot be judged."""
    state = before.clone()
    for operation in migration.operations:
        for step in _steps(operation):
            objection = _objection(step, state, migration.app_label)
            if objection:
                yield objection
        operation.state_forwards(migration.app_label, state)


def _steps(operation: Operation) -> list[Operation]:
    if isinstance(operation, operations.SeparateDatabaseAndState):
        return list(operation.database_operations)
    return [operation]


def _objection(step: Operation, state: ProjectState, app: str) -> str:
    told = step.describe()
    if isinstance(step, GONE):
        return f"{told}: the version before still asks for it"
    if isinstance(step, UNKNOWN):
        return f"{told}: say what it does to rows that the version before writes"
    if isinstance(step, operations.AddConstraint):
        return f"{told}: the version before may store what it refuses"
    if isinstance(step, operations.AddField) and _needed(step.field):
        return f"{told}: the version before stores rows without it; give it null=True or a db_default"
    if isinstance(step, operations.AlterField) and _narrower(_field(state, app, step), step.field):
        return f"{told}: the version before may store what no longer fits"
    return ""


def _needed(field: Field) -> bool:
    is_column = not field.many_to_many
    return is_column and not field.null and field.db_default is NOT_PROVIDED


def _field(state: ProjectState, app: str, step: operations.AlterField) -> Field:
    return state.models[app, step.model_name_lower].fields[step.name]


def _narrower(old: Field, new: Field) -> bool:
    if type(old) is not type(new) or (old.null and not new.null) or (new.unique and not old.unique):
        return True
    lengths = (getattr(old, "max_length", None), getattr(new, "max_length", None))
    return None not in lengths and lengths[1] < lengths[0]
