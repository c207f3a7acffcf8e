"""Two roles in the database, for real: the owner migrates, and what the other is refused is refused by PostgreSQL."""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
from django.conf import settings

from tests.config.processes import GOOD_KEY, Forking, environment

MINE = os.getpid()
OWNER, RUNTIME, DATABASE = f"own_{MINE}", f"run_{MINE}", f"evenhand_roles_{MINE}"
SECRET = "it's%20-secret"  # with what SQL and addresses have to quote


def address(role: str, password: str, database: str = DATABASE) -> str:
    held = settings.DATABASES["default"]
    who = quote(role, safe="") + (f":{quote(password, safe='')}" if password else "")
    if held["HOST"].startswith("/"):
        return f"postgresql://{who}@/{held['HOST']}/{database}"
    return f"postgresql://{who}@{held['HOST']}:{held['PORT'] or 5432}/{database}"


@dataclass(frozen=True)
class Installation:
    """Its environment as web and worker have it, and as a migration has it."""

    runtime: dict[str, str]
    owner: dict[str, str]

    def connect(self, role: str = RUNTIME) -> psycopg.Connection:
        held = settings.DATABASES["default"]
        port = str(held["PORT"] or "") or None
        return psycopg.connect(
            host=held["HOST"], port=port, dbname=DATABASE, user=role, password=SECRET, autocommit=True
        )


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory, forking: Forking) -> Iterator[Installation]:
    """Migrated by its owner, who is no superuser, and filled by the role of web and worker."""
    held = settings.DATABASES["default"]
    admin = psycopg.connect(
        host=held["HOST"],
        port=str(held["PORT"] or "") or None,
        dbname="postgres",
        user=held["USER"],
        password=held["PASSWORD"] or None,
        autocommit=True,
    )
    quoted = SECRET.replace("'", "''")
    admin.execute(f"CREATE ROLE {OWNER} LOGIN CREATEROLE PASSWORD '{quoted}'")
    admin.execute(f"CREATE DATABASE {DATABASE} OWNER {OWNER}")
    data = tmp_path_factory.mktemp("roles")
    runtime = environment(
        SECRET_KEY=GOOD_KEY,
        EVENHAND_DATA=str(data),
        EVENHAND_DEMO="1",
        DATABASE_URL=address(RUNTIME, SECRET),
        COVERAGE_PROCESS_START="",
    )
    made = Installation(runtime, runtime | {"MIGRATE_DATABASE_URL": address(OWNER, SECRET)})
    try:
        for env, *words in [(made.owner, "migrate", "--noinput"), (made.runtime, "load_sample")]:
            done = forking.manage(*words, env=env)
            assert done.returncode == 0, done.stdout + done.stderr
        yield made
    finally:
        admin.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")
        for role in (RUNTIME, OWNER):
            admin.execute(f"DROP ROLE IF EXISTS {role}")
        admin.close()


def refused(installation: Installation, *statements: str) -> str:
    """What PostgreSQL says to the last statement; nothing of it stays."""
    with installation.connect() as connection:
        connection.execute("BEGIN")
        for statement in statements[:-1]:
            connection.execute(statement)
        with pytest.raises(psycopg.Error) as told:
            connection.execute(statements[-1])
        connection.execute("ROLLBACK")
    return str(told.value)


def test_the_role_of_web_and_worker_owns_nothing_and_is_no_superuser(installation):
    with installation.connect() as connection:
        role = connection.execute(
            "SELECT rolsuper, rolcreaterole, rolcreatedb, rolreplication, rolbypassrls"
            " FROM pg_roles WHERE rolname = %s",
            [RUNTIME],
        ).fetchone()
        owned = connection.execute(
            "SELECT count(*) FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner WHERE r.rolname = %s", [RUNTIME]
        ).fetchone()

    assert role == (False,) * 5
    assert owned == (0,)


def test_the_product_works_as_that_role(installation, forking):
    """The sample is stored through the services: every trigger of history, trail and chain has run."""
    verdict = forking.manage("verify_audit", env=installation.runtime)
    with installation.connect() as connection:
        frozen = connection.execute("SELECT count(*) FROM audit_event WHERE detail ? 'frozen'").fetchone()

    answer = json.loads(verdict.stdout)
    assert answer["ok"], answer
    assert frozen is not None
    assert frozen[0] > 2


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE scorecards_rating DISABLE TRIGGER ALL",
        "ALTER TABLE audit_event DISABLE TRIGGER USER",
        "SET session_replication_role = replica",
        "TRUNCATE scorecards_ratingchange",
        "TRUNCATE audit_event CASCADE",
        "DROP TABLE debriefs_decision",
        "CREATE TABLE mine (id int)",
        "CREATE SCHEMA mine",
        "CREATE TEMPORARY TABLE scorecards_scorecard (id bigint, state text, erased boolean)",
        "DROP FUNCTION _pgtrigger_should_ignore",
        "CREATE OR REPLACE FUNCTION public._pgtrigger_should_ignore(trigger_name NAME) RETURNS BOOLEAN "
        "AS 'SELECT true' LANGUAGE sql",
        "UPDATE audit_event SET kind = 'x'",
        "DELETE FROM audit_link",
        "UPDATE scorecards_scorecardchange SET summary = 'x'",
        "UPDATE django_migrations SET name = 'x'",
        "SET ROLE {owner}",
    ],
)
def test_what_would_leave_a_trigger_out_is_refused(installation, statement):
    told = refused(installation, statement.replace("{owner}", OWNER))

    assert "permission denied" in told or "must be owner" in told


@pytest.mark.parametrize("before", ["SELECT 1", "SET pgtrigger.ignore = '{ALL}'", "SET search_path = pg_catalog"])
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE public.scorecards_scorecard SET summary = 'x' WHERE state = 'submitted'",
        "UPDATE public.scorecards_rating SET score = 1 + score % 5 WHERE score IS NOT NULL AND scorecard_id IN "
        "(SELECT id FROM public.scorecards_scorecard WHERE state = 'submitted')",
        "DELETE FROM public.scorecards_rating WHERE scorecard_id IN "
        "(SELECT id FROM public.scorecards_scorecard WHERE state = 'submitted')",
        "UPDATE public.rubrics_dimension SET name = 'x'",
        "DELETE FROM public.scorecards_scorecardchange",
    ],
)
def test_a_frozen_row_stays_whatever_the_role_sets_before(installation, before, statement):
    if "{ALL}" in before:
        before = f"SET pgtrigger.ignore = '{all_triggers(installation)}'"

    refused(installation, before, statement)


def all_triggers(installation: Installation) -> str:
    """What `pgtrigger.ignore()` would set to leave out every trigger."""
    with installation.connect() as connection:
        rows = connection.execute(
            "SELECT c.relname || ':' || t.tgname, t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
        ).fetchall()
    return "{" + ",".join(f'"{name}"' for row in rows for name in row) + "}"


def test_the_owner_may_leave_triggers_out_and_is_found(installation, forking):
    first = (
        "(SELECT min(r.id) FROM scorecards_rating r JOIN scorecards_scorecard s ON s.id = r.scorecard_id"
        " WHERE s.state = 'submitted' AND r.score > 0)"
    )
    row = rated(installation, f"score = 1 + score % 5 WHERE id = {first}")

    verdict = forking.manage("verify_audit", env=installation.runtime)
    rated(installation, f"score = 1 + (score + 3) % 5 WHERE id = {row}")  # as it was, for the tests that follow

    assert verdict.returncode == 1
    assert f"rating {row} of scorecard" in json.loads(verdict.stdout)["problem"]


def rated(installation: Installation, change: str) -> int:
    """Change one rating as the owner, past every trigger; its id."""
    with installation.connect(OWNER) as connection:
        connection.execute("BEGIN")
        connection.execute(f"SET LOCAL pgtrigger.ignore = '{all_triggers(installation)}'")
        [row] = connection.execute(f"UPDATE scorecards_rating SET {change} RETURNING id").fetchall()
        connection.execute("COMMIT")
    return int(row[0])


def test_a_table_of_a_later_migration_is_the_roles_to_use(installation):
    with installation.connect(OWNER) as owner, installation.connect() as runtime:
        owner.execute("CREATE TABLE later (id bigint GENERATED BY DEFAULT AS IDENTITY, word text)")
        runtime.execute("INSERT INTO later (word) VALUES ('a')")
        runtime.execute("UPDATE later SET word = 'b'")
        found = runtime.execute("DELETE FROM later RETURNING id, word").fetchall()
        owner.execute("DROP TABLE later")

    assert found == [(1, "b")]


def test_a_second_migration_changes_no_right(installation, forking):
    def rights() -> list[tuple[object, ...]]:
        with installation.connect() as connection:
            return connection.execute(
                "SELECT table_name, privilege_type FROM information_schema.table_privileges"
                " WHERE grantee = %s ORDER BY 1, 2",
                [RUNTIME],
            ).fetchall()

    before = rights()
    done = forking.manage("migrate", "--noinput", env=installation.owner)

    assert done.returncode == 0, done.stderr
    assert rights() == before


@pytest.fixture
def empty_database(installation) -> Iterator[str]:
    """Another database of the same owner."""
    name = f"{DATABASE}_again"
    held = settings.DATABASES["default"]
    port = str(held["PORT"] or "") or None
    with psycopg.connect(
        host=held["HOST"],
        port=port,
        dbname="postgres",
        user=held["USER"],
        password=held["PASSWORD"] or None,
        autocommit=True,
    ) as admin:
        admin.execute(f"CREATE DATABASE {name} OWNER {OWNER}")
        yield name
        admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_a_backup_by_the_role_of_web_and_worker_is_restored_by_the_owner(
    installation, empty_database, tmp_path, forking
):
    path = tmp_path / "evenhand.backup"
    elsewhere = {
        "DATABASE_URL": address(RUNTIME, SECRET, empty_database),
        "MIGRATE_DATABASE_URL": address(OWNER, SECRET, empty_database),
    }

    made = forking.manage("backup", str(path), env=installation.runtime)
    occupied = forking.manage("restore", str(path), env=installation.owner)
    restored = forking.manage("restore", str(path), env=installation.owner | elsewhere)
    verdict = forking.manage("verify_audit", env=installation.runtime | {"DATABASE_URL": elsewhere["DATABASE_URL"]})

    assert made.returncode == 0, made.stderr
    assert "this installation is not empty" in occupied.stderr
    assert restored.returncode == 0, restored.stderr
    assert json.loads(restored.stdout)["audit"]["ok"]
    assert json.loads(verdict.stdout)["ok"]  # by a role that may read it all again


@pytest.mark.parametrize("who", ["owner", "superuser"])
def test_a_role_that_could_switch_triggers_off_gets_nothing(installation, who, forking):
    held = settings.DATABASES["default"]
    roles = {"owner": address(OWNER, SECRET), "superuser": address(held["USER"], held["PASSWORD"])}

    done = forking.manage("migrate", "--noinput", env=installation.owner | {"DATABASE_URL": roles[who]})

    assert done.returncode != 0
    assert "give web and worker another" in done.stderr


def test_the_owners_address_without_the_other_is_refused(installation, forking):
    env = {name: value for name, value in installation.owner.items() if name != "DATABASE_URL"}

    done = forking.manage("check", "--deploy", env=env)

    assert "MIGRATE_DATABASE_URL needs DATABASE_URL" in done.stderr


def test_only_a_migration_of_the_install_guide_reads_the_owners_file():
    deploy = Path(settings.BASE_DIR) / "deploy"
    read_by_units = "".join(path.read_text() for path in [*deploy.glob("*.service"), deploy / "evenhand.env"])

    assert "owner" not in read_by_units
    assert "MIGRATE_DATABASE_URL=" in (deploy / "owner.env").read_text()
    assert "in migrate | restore) makes_tables=1" in (deploy / "evenhand-manage").read_text()
