"""Old and new code run on one schema while a version is replaced, so a migration adds first.

A step that is more than an addition says beside its operations, in BESIDE_THE_VERSION_BEFORE, why the version before
can live with it.
"""

import sys

import pytest
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.migrations import Migration, operations
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ModelState, ProjectState

from tests.architecture.additive import MARK, objections
from tests.architecture.test_imports import ORDER

# The last migration of each room before this rule: an upgrade across these stops everything first.
BEFORE_THE_RULE = {
    "accounts": 3,
    "audit": 1,
    "candidates": 13,
    "debriefs": 2,
    "files": 1,
    "notices": 4,
    "operations": 1,
    "packets": 2,
    "rubrics": 2,
    "scorecards": 4,
}


def later() -> list[tuple[str, str]]:
    loader = MigrationLoader(None)
    ours = [key for key in loader.disk_migrations if key[0] in ORDER]
    return sorted(key for key in ours if int(key[1][:4]) > BEFORE_THE_RULE.get(key[0], 0))


def test_a_migration_adds_or_says_how_the_version_before_lives_with_it():
    loader = MigrationLoader(None)
    missing = {}
    for key in later():
        migration = loader.disk_migrations[key]
        explained = getattr(sys.modules[type(migration).__module__], MARK, "")
        found = list(objections(migration, loader.project_state(key, at_end=False)))
        if found and not explained.strip():
            missing[".".join(key)] = found

    assert missing == {}


THING = ModelState(
    "candidates",
    "Thing",
    [("id", models.BigAutoField(primary_key=True)), ("name", models.CharField(max_length=50, null=True))],
)
ADDS = [
    operations.AddField("thing", "note", models.TextField(null=True)),
    operations.AddField("thing", "note", models.TextField(db_default="")),
    operations.AddField("thing", "others", models.ManyToManyField("candidates.thing")),
    operations.AlterField("thing", "name", models.CharField(max_length=80, null=True)),
    operations.CreateModel("Other", [("id", models.BigAutoField(primary_key=True))]),
    operations.AddIndex("thing", models.Index(fields=["name"], name="by_name")),
]
MORE_THAN_ADDS = [
    operations.AddField("thing", "note", models.TextField(default="")),
    operations.RemoveField("thing", "name"),
    operations.RenameField("thing", "name", "title"),
    operations.RenameModel("Thing", "Item"),
    operations.DeleteModel("Thing"),
    operations.AlterField("thing", "name", models.CharField(max_length=50)),
    operations.AlterField("thing", "name", models.CharField(max_length=40, null=True)),
    operations.AlterField("thing", "name", ArrayField(models.TextField(), null=True)),
    operations.AddConstraint("thing", models.UniqueConstraint(fields=["name"], name="once")),
    operations.RunSQL("SELECT 1"),
    operations.SeparateDatabaseAndState(database_operations=[operations.RunSQL("SELECT 1")]),
]


def told(operation: operations.base.Operation) -> list[str]:
    migration = Migration("0099_tried", "candidates")
    migration.operations = [operation]
    state = ProjectState()
    state.add_model(THING.clone())
    return list(objections(migration, state))


@pytest.mark.parametrize("operation", ADDS, ids=lambda one: one.describe())
def test_an_addition_is_not_spoken_of(operation):
    assert told(operation) == []


@pytest.mark.parametrize("operation", MORE_THAN_ADDS, ids=lambda one: one.describe())
def test_more_than_an_addition_has_to_be_explained(operation):
    assert len(told(operation)) == 1
