"""The rows of a database as they stand at one moment, to be put back after a test that commits."""

from dataclasses import dataclass

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

TABLES = "SELECT format('%I', relname) FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
SEQUENCES = "SELECT format('%I', sequencename), last_value FROM pg_sequences WHERE schemaname = 'public'"
OTHERS = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"


@dataclass(frozen=True)
class StoredRows:
    rows: dict[str, bytes]  # of each table, as COPY writes them
    sequences: list[tuple[str, int | None]]

    @classmethod
    def of(cls, database: BaseDatabaseWrapper) -> "StoredRows":
        with database.cursor() as cursor:
            cursor.execute(TABLES)
            rows = {table: _copied(cursor, table) for (table,) in cursor.fetchall()}
            cursor.execute(SEQUENCES)
            return cls(rows, cursor.fetchall())

    def put_back(self, database: BaseDatabaseWrapper) -> None:
        """Tables are emptied and filled without their triggers, in a tenth of the time that TRUNCATE takes for tables
        with hardly a row. Whoever else is connected is sent away first.
        """
        with transaction.atomic(using=database.alias), database.cursor() as cursor:
            cursor.execute(f"SELECT pg_terminate_backend(pid, 10000) {OTHERS}")
            cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute("; ".join(f"DELETE FROM {table}" for table in self.rows))
            for table, rows in self.rows.items():
                if rows:
                    with cursor.copy(f"COPY {table} FROM STDIN") as copy:
                        copy.write(rows)
            for name, last in self.sequences:
                cursor.execute("SELECT setval(%s, %s, %s)", [name, last or 1, last is not None])


def _copied(cursor, table: str) -> bytes:
    with cursor.copy(f"COPY {table} TO STDOUT") as copy:
        return b"".join(bytes(part) for part in copy)
