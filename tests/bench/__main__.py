"""`make bench`: measures in one run on data of its own, prints a table, writes var/bench.json; 1 on a broken bound.

`python -m tests.bench scale` measures how pages grow and nothing else, `search` what a search costs; with
BENCH_CANDIDATES among so many.
"""

import os
import secrets
import sys
import tempfile
from pathlib import Path

from tests.bench.figures import Figure, keep, table
from tests.config.processes import OURS, ROOT

ALONE = ("scale", "search")


def main(asked: list[str]) -> int:
    unknown = set(asked) - set(ALONE)
    if unknown:
        print(f"Measured alone are {' and '.join(ALONE)}, not {', '.join(sorted(unknown))}.", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory(prefix="evenhand-bench-") as name:
        folder = Path(name)
        figures = _measured(folder, asked)
    print(table(figures))
    keep(figures, ROOT / "var" / "bench.json")
    broken = [figure.name for figure in figures if not figure.ok]
    print(f"\nBroken: {', '.join(broken)}" if broken else "\nEvery bound holds.")
    return 1 if broken else 0


def _measured(folder: Path, asked: list[str]) -> list[Figure]:
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
        return _some(folder, asked) if asked else _all(folder)
    finally:
        embedded.stop(data)


def _set_up() -> None:
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    call_command("load_sample")
    call_command("collectstatic", verbosity=0, interactive=False)


def _some(folder: Path, asked: list[str]) -> list[Figure]:
    """Those that need nothing of what the others leave behind."""
    _set_up()
    from tests.bench import data, scale, search

    figures = []
    if "search" in asked:
        figures += search.measure(data.build())
    if "scale" in asked:
        figures += scale.measure(folder)
    return figures


def _all(folder: Path) -> list[Figure]:
    """Every measurement in turn; the database is emptied of nothing in between, as in a life."""
    _set_up()
    from django.db import connections

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
    figures += search.measure(world)
    connections.close_all()
    return figures + start.measure(folder) + scale.measure(folder)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
