"""What a server installs: how much of it there is, that it is what is tested, and what the documents say of it."""

import re
import tomllib
from pathlib import Path

import pytest

from tests.config.processes import ROOT
from tests.ops.test_image import copy_source

PIN = re.compile(r"^([a-z0-9._-]+)==(\S+)", re.M)
SERVER, BUCKET, DEVELOPER = (f"requirements{name}.lock" for name in ("-server", "-s3", ""))
SOURCE_MB = 8  # of 1,000,000 bytes: what is copied into the image


def pins(lock: str) -> dict[str, str]:
    return dict(PIN.findall((ROOT / lock).read_text()))


def named(requirements: list[str]) -> set[str]:
    return {re.split(r"[\[><=]", requirement)[0] for requirement in requirements}


@pytest.fixture(scope="module")
def project() -> dict:
    return tomllib.loads((ROOT / "pyproject.toml").read_text())


def test_a_server_runs_the_versions_that_are_tested():
    tested = pins(DEVELOPER)

    assert pins(SERVER).items() <= pins(BUCKET).items() <= tested.items()


def test_a_server_has_what_the_product_needs_and_nothing_of_the_tests(project):
    asked = named(project["project"]["dependencies"])
    bucket = named(project["project"]["optional-dependencies"]["s3"])
    only_tested = named(project["dependency-groups"]["dev"]) - asked - bucket

    assert asked <= set(pins(SERVER))
    assert asked | bucket <= set(pins(BUCKET))
    assert only_tested & set(pins(BUCKET)) == set()
    assert bucket & set(pins(SERVER)) == set()


@pytest.mark.parametrize("lock", [SERVER, BUCKET, DEVELOPER])
def test_a_lock_has_hashes_and_names_no_host(lock):
    text = (ROOT / lock).read_text()

    assert text.count("--hash=sha256:") >= len(pins(lock)) > 80
    assert "://" not in text
    assert "--index-url" not in text


def test_the_operations_say_how_many_packages_there_are(project):
    page = (ROOT / "docs" / "operations.md").read_text().partition("## What it is made of")[2].partition("\n## ")[0]
    told = [int(number) for number in re.findall(r"\*\*(\d+)\*\*", page)]

    counts = [len(project["project"]["dependencies"]), *(len(pins(lock)) for lock in (SERVER, BUCKET, DEVELOPER))]
    assert told == [*counts, SOURCE_MB]


def test_the_source_in_the_image_stays_small(tmp_path: Path):
    copy_source(tmp_path / "app")

    size = sum(path.stat().st_size for path in (tmp_path / "app").rglob("*") if path.is_file())
    assert size < SOURCE_MB * 1_000_000
