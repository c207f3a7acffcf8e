"""The newest rules of time zones, of the machine's and the package's."""

import zoneinfo
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import tzdata

from config.zones import release_of, take_the_newest

PACKAGE = Path(tzdata.__file__).parent / "zoneinfo"


@pytest.fixture
def folder(tmp_path):
    """A machine's zone database, in which Berlin has the hours of UTC."""
    before = zoneinfo.TZPATH
    utc = (PACKAGE / "UTC").read_bytes()
    (tmp_path / "UTC").write_bytes(utc)
    (tmp_path / "Europe").mkdir()
    (tmp_path / "Europe" / "Berlin").write_bytes(utc)
    zoneinfo.reset_tzpath(to=[str(tmp_path)])
    yield tmp_path
    zoneinfo.reset_tzpath(to=before)


def winter_in_berlin():
    """Hours before UTC, by the rules that hold."""
    take_the_newest()
    berlin = zoneinfo.ZoneInfo.no_cache("Europe/Berlin")
    return datetime(2020, 1, 1, tzinfo=berlin).utcoffset() / timedelta(hours=1)


def test_an_older_database_of_the_machine_is_passed_over(folder):
    (folder / "tzdata.zi").write_text("# version 2019c\n# and so on\n")

    assert winter_in_berlin() == 1


def test_a_newer_one_of_the_machine_holds(folder):
    (folder / "tzdata.zi").write_text("# version 2999a\n")

    assert winter_in_berlin() == 0


@pytest.mark.parametrize("words", [None, "", "something else\n"])
def test_one_that_does_not_tell_its_release_counts_as_older(folder, words):
    if words is not None:
        (folder / "tzdata.zi").write_text(words)

    assert release_of([str(folder)]) == ""
    assert winter_in_berlin() == 1


def test_a_machine_without_one_has_none(tmp_path):
    assert release_of([str(tmp_path), "/nowhere"]) == ""
