"""Tables that are made at once are those that are made one by one."""

from django.db import connection, models
from django.db.migrations import Migration, operations
from django.db.migrations.state import ProjectState
from django.db.migrations.writer import MigrationWriter

from audit.creating import CreateModels

ID = ("id", models.BigAutoField(primary_key=True))
HOUSE = operations.CreateModel("House", [ID, ("name", models.CharField(max_length=50, unique=True))])
ROOM = operations.CreateModel(
    "Room",
    [ID, ("house", models.ForeignKey("audit.house", models.CASCADE, related_name="rooms"))],
    options={"indexes": [models.Index(fields=["house", "id"], name="tried_rooms")]},
)


def migration(*steps: operations.base.Operation) -> Migration:
    made = Migration("0099_tried", "audit")
    made.operations = list(steps)
    return made


def drawn() -> ProjectState:
    """A state whose models are drawn, as that of every migration that is applied."""
    state = ProjectState()
    assert not list(state.apps.get_models())
    return state


def tables() -> set[str]:
    return {name for name in connection.introspection.table_names() if name in ("audit_house", "audit_room")}


def test_the_state_is_that_of_one_by_one():
    together = migration(CreateModels([HOUSE, ROOM])).mutate_state(drawn())
    one_by_one = migration(HOUSE, ROOM).mutate_state(drawn())

    assert together == one_by_one
    room = together.apps.get_model("audit", "room")
    assert room._meta.get_field("house").related_model is together.apps.get_model("audit", "house")


def test_the_tables_come_and_go_together(db):
    step, before = migration(CreateModels([HOUSE, ROOM])), drawn()
    with connection.schema_editor() as editor:
        after = step.apply(before.clone(), editor)
    assert tables() == {"audit_house", "audit_room"}
    with connection.cursor() as cursor:
        assert "tried_rooms" in connection.introspection.get_constraints(cursor, "audit_room")

    with connection.schema_editor() as editor:
        step.unapply(before.clone(), editor)
    assert tables() == set()
    assert set(after.models) == {("audit", "house"), ("audit", "room")}


def test_it_tells_what_it_makes():
    assert CreateModels([HOUSE, ROOM]).describe() == "Create models House, Room"


def test_it_can_be_written_down():
    text = MigrationWriter(migration(CreateModels([HOUSE, ROOM]))).as_string()
    found: dict[str, type[Migration]] = {}
    exec(text, found)

    again = found["Migration"]("0099_tried", "audit")
    assert again.mutate_state(ProjectState()) == migration(HOUSE, ROOM).mutate_state(ProjectState())
