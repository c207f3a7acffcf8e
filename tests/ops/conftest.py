"""A committed database and a Redis for installations that tests start, and whoever runs them."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.config.conftest import database_address, redis_url
from tests.config.processes import ROOT, open_folder
from tests.ops.runner import Runner, find_runner

__all__ = ["database_address", "redis_url"]


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder that everybody may enter: pytest's own is closed to other users."""
    with open_folder("installation") as folder:
        yield folder


@pytest.fixture
def runner_for(place: Path, database_address: str) -> Callable[..., Runner]:
    """Finds who can run an installation here, by the packages that its processes import."""
    from django.db import connection

    def find(*packages: str, reads: Path = ROOT) -> Runner:
        host = connection.settings_dict["HOST"]
        return find_runner(place / "programs", socket=host, reads=reads, packages=packages)

    return find
