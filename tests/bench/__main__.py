"""`make bench`: measures in one run on data of its own, prints a table, writes var/bench.json; 1 on a broken bound.

`python -m tests.bench cost memory` measures these parts alone.
"""

import argparse
import os
import secrets
import sys
import tempfile
from collections.abc import Callable, Collection
from pathlib import Path

from tests.bench.figures import Figure, keep, table
from tests.config.processes import OURS, ROOT

# After the queries of the main pages, whose rows the others look at; in the order of measures in `_all`.
PARTS = [
    "autosave",
    "cost",
    "editing",
    "reading",
    "weight",
    "packets",
    "waits",
    "growth",
    "memory",
    "factory",
    "crowd",
    "load",
    "sending",
    "search",
    "importing",
    "start",
    "scale",
]


def main(arguments: list[str] | None = None) -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("parts", nargs="*", metavar="part", help=f"all unless named: {', '.join(PARTS)}")
    wanted = asked.parse_args(arguments).parts or PARTS
    if unknown := sorted(set(wanted) - set(PARTS)):
        asked.error(f"no such part: {', '.join(unknown)}")
    with tempfile.TemporaryDirectory(prefix="evenhand-bench-") as name:
        folder = Path(name)
        figures = _measured(folder, wanted)
    print(table(figures))
    keep(figures, ROOT / "var" / "bench.json")
    broken = [figure.name for figure in figures if not figure.ok]
    print(f"\nBroken: {', '.join(broken)}" if broken else "\nEvery bound holds.")
    return 1 if broken else 0


def _measured(folder: Path, wanted: Collection[str]) -> list[Figure]:
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
        return _all(folder, wanted)
    finally:
        embedded.stop(data)


def _all(folder: Path, wanted: Collection[str]) -> list[Figure]:
    """The wanted measurements in turn; the database is emptied of nothing in between, as in a life."""
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
        importing,
        load,
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
    measures: dict[str, Callable[[], list[Figure]]] = {
        "autosave": lambda: pages.autosave(world, panelist) + pages.submission(world),
        "cost": lambda: cost.measure(world),
        "editing": lambda: editing.measure(world, panelist),
        "reading": lambda: reading.measure(world),
        "weight": lambda: weight.measure(world, panelist),
        "packets": lambda: packets.measure(world),
        "waits": lambda: waits.measure(world),
        "growth": lambda: growth.measure(world),
        "memory": lambda: memory.measure(world, scored, panelist),
        "factory": lambda: factory.measure(world),
        "crowd": lambda: crowd.measure(world),
        "load": lambda: load.measure(world),
        "sending": lambda: sending.measure(world),
        "search": lambda: search.measure(world),
        "importing": lambda: importing.measure(world),
        "start": lambda: start.measure(folder),
        "scale": lambda: scale.measure(folder),
    }
    for name in PARTS:
        if name in wanted:
            figures += measures[name]()
            connections.close_all()
    return figures


if __name__ == "__main__":
    sys.exit(main())
