"""The deployment files, read as data: there is no Docker engine in the suite."""

import re
import subprocess
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
SECRETS = ("SECRET_KEY", "POSTGRES_PASSWORD", "REDIS_PASSWORD")


@pytest.fixture(scope="module")
def compose():
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text())


def test_compose_has_every_part_with_a_health_check(compose):
    services = compose["services"]

    assert set(services) == {"migrate", "web", "worker", "beat", "postgres", "redis"}
    assert [name for name, service in services.items() if "healthcheck" not in service] == ["migrate"]


def test_compose_waits_for_the_migration(compose):
    waits = {name: service.get("depends_on", {}) for name, service in compose["services"].items()}

    for name in ("web", "worker", "beat"):
        assert waits[name]["migrate"] == {"condition": "service_completed_successfully"}
        assert waits[name]["postgres"] == {"condition": "service_healthy"}


def test_compose_keeps_state_in_named_volumes(compose):
    mounts = [mount for service in compose["services"].values() for mount in service.get("volumes", [])]

    assert {mount.split(":")[0] for mount in mounts} == set(compose["volumes"])


def test_compose_has_no_default_secret():
    text = (ROOT / "docker-compose.yml").read_text()

    for name in SECRETS:
        uses = re.findall(r"\$\{" + name + r"[^}]*\}", text)
        assert uses
        assert all(use.startswith("${" + name + ":?") for use in uses)


def test_compose_publishes_on_loopback_only(compose):
    ports = [port for service in compose["services"].values() for port in service.get("ports", [])]

    assert ports
    assert all(port.startswith("127.0.0.1:") for port in ports)


def test_image_runs_unprivileged_from_the_lock():
    text = (ROOT / "Dockerfile").read_text()

    assert "--require-hashes -r requirements.lock" in text
    assert re.search(r"^USER evenhand$", text, re.M)


def test_example_environment_names_what_compose_asks_for():
    example = (ROOT / ".env.example").read_text()
    asked = set(re.findall(r"\$\{([A-Z_]+)", (ROOT / "docker-compose.yml").read_text()))

    assert {name for name in asked if not re.search(rf"^(# )?{name}=", example, re.M)} == set()
    for name in SECRETS:
        assert re.search(rf"^{name}=$", example, re.M)


def test_lock_has_hashes_and_names_no_host():
    text = (ROOT / "requirements.lock").read_text()

    assert "--hash=sha256:" in text
    assert "://" not in text
    assert "--index-url" not in text


def test_no_other_lock_file_is_kept():
    kept = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()

    assert {"uv.lock", "package-lock.json"} & {Path(path).name for path in kept} == set()
