"""`make bench`: measures in one run on data of its own, prints a table, writes var/bench.json; 1 on a broken bound."""

import os
import secrets
import sys
import tempfile
from pathlib import Path

from tests.bench.figures import Figure, keep, table
from tests.config.processes import OURS, ROOT


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="evenhand-bench-") as name:
        folder = Path(name)
        figures = _measured(folder)
    print(table(figures))
    keep(figures, ROOT / "var" / "bench.json")
    broken = [figure.name for figure in figures if not figure.ok]
    print(f"\nBroken: {', '.join(broken)}" if broken else "\nEvery bound holds.")
    return 1 if broken else 0


def _measured(folder: Path) -> list[Figure]:
    from config import embedded

    for name in OURS:
        os.environ.pop(name, None)
    data = folder / "data"
    try:
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "EVENHAND_DATA": str(data),
            "EVENHAND_DEMO": "1",
            "DATABASE_URL": embedded.database_url(data, keep=True),
            "SECRET_KEY": secrets.token_urlsafe(48),
            "LOG_LEVEL": "WARNING",
        }
        return _all(folder)
    finally:
        embedded.stop(data)


def _all(folder: Path) -> list[Figure]:
    """Every measurement in turn; the database is emptied of nothing in between, as in a life."""
    import django
    from django.core.management import call_command
    from django.db import connections

    django.setup()
    call_command("migrate", verbosity=0)
    call_command("load_sample")
    call_command("collectstatic", verbosity=0, interactive=False)
    from tests.bench import (
        cost,
        crowd,
        data,
        editing,
        factory,
        growth,
        memory,
        packets,
        pages,
        reading,
        scale,
        search,
        sending,
        start,
        waits,
        weight,
    )

    world = data.build()
    figures, scored, panelist = pages.measure(world)
    figures += pages.autosave(world, panelist) + pages.submission(world)
    figures += cost.measure(world)
    figures += editing.measure(world, panelist)
    figures += reading.measure(world)
    figures += weight.measure(world, panelist)
    figures += packets.measure(world)
    figures += waits.measure(world)
    figures += growth.measure(world)
    figures += memory.measure(world, scored, panelist)
    figures += factory.measure(world)
    figures += crowd.measure(world)
    figures += sending.measure(world)
    figures += search.measure(world)
    connections.close_all()
    return figures + start.measure(folder) + scale.measure(folder)


if __name__ == "__main__":
    sys.exit(main())
