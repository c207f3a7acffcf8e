"""`bin/pg PROGRAM ...`: psql, pg_dump or pg_restore of the embedded PostgreSQL, on the
database of EVENHAND_DATA."""

import os
import subprocess
import sys
from pathlib import Path

from config import embedded, postgres

ROOT = Path(__file__).resolve().parent.parent


def main(arguments: list[str]) -> int:
    """Run the program with these arguments; its exit status, or 1 with a line that says
    why it did not run."""
    data = Path(os.environ.get("EVENHAND_DATA") or ROOT / "var").expanduser().absolute()
    found = {path.name for path in postgres.programs().iterdir()}
    if not arguments or arguments[0] not in found:
        print("Name the program to run: psql, pg_dump, pg_restore or another PostgreSQL program.", file=sys.stderr)
        return 1
    try:
        embedded.database_url(data)
    except embedded.EmbeddedFailed as error:
        print(f"{error}.", file=sys.stderr)
        return 1
    where = {"PGHOST": str(postgres.running(data / "postgres")), "PGUSER": "postgres", "PGDATABASE": embedded.NAME}
    command = [str(postgres.programs() / arguments[0]), *arguments[1:]]
    return subprocess.run(command, env={**os.environ, **where}, check=False).returncode  # noqa: S603 - the caller's own


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
