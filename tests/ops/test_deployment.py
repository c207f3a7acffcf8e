"""The deployment files, read as data: there is no Docker engine in the suite. test_image.py runs the image's steps."""

import json
import re
import shlex
import subprocess
from pathlib import Path

import pytest
import yaml

from operations.metrics import HELP
from tests.ops.named import missing

ROOT = Path(__file__).resolve().parents[2]
PARTS = {"web", "worker", "beat", "tasks", "queue", "mail", "storage", "database", "backup", "packets", "replica"}
SECRETS = ("SECRET_KEY", "POSTGRES_PASSWORD", "POSTGRES_RUNTIME_PASSWORD", "REDIS_PASSWORD")


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


def test_only_the_migration_knows_the_owner_of_the_database(compose):
    ours = {name: service for name, service in compose["services"].items() if service.get("image") == "evenhand"}
    owner = f"//{compose['services']['postgres']['environment']['POSTGRES_USER']}:"
    knowing = {name for name, service in ours.items() if "${POSTGRES_PASSWORD:" in str(service)}
    addresses = {name: service["environment"]["DATABASE_URL"] for name, service in ours.items()}

    assert knowing == {"migrate"}
    assert owner in ours["migrate"]["environment"]["MIGRATE_DATABASE_URL"]
    assert len(set(addresses.values())) == 1
    assert owner not in addresses["web"]
    assert "${POSTGRES_RUNTIME_PASSWORD:" in addresses["web"]


def test_compose_keeps_state_in_named_volumes(compose):
    mounts = [mount for service in compose["services"].values() for mount in service.get("volumes", [])]

    assert {mount.split(":")[0] for mount in mounts} == set(compose["volumes"])


def test_compose_refuses_to_start_without_what_the_documents_call_needed():
    text = (ROOT / "docker-compose.yml").read_text()
    needed = re.findall(r"^\| `([A-Z_]+)` \| needed \|", (ROOT / "docs" / "operations.md").read_text(), re.M)

    assert {*SECRETS, "ALLOWED_HOSTS", "CSRF_TRUSTED_ORIGINS"} <= set(needed)
    for name in needed:
        uses = re.findall(r"\$\{" + name + r"\b[^}]*\}", text)
        assert uses
        assert all(use.startswith("${" + name + ":?set " + name + " ") for use in uses)


def _commands(service: dict) -> list[list[str]]:
    """What a service of ours runs: its command, and what asks for its health."""
    asked = service.get("healthcheck", {}).get("test", [])
    plain = [service.get("command", []), asked[1:] if asked[:1] == ["CMD"] else []]
    in_shell = [shlex.split(asked[1])] if asked[:1] == ["CMD-SHELL"] else []
    return [words for words in plain + in_shell if words]


def test_commands_of_compose_and_image_name_what_is_there(compose):
    ours = [service for service in compose["services"].values() if service.get("image") == "evenhand"]
    commands = [words for service in ours for words in _commands(service)]
    commands.append(json.loads(re.findall(r"^CMD (.+)$", (ROOT / "Dockerfile").read_text(), re.M)[0]))

    assert {words[0] for words in commands} >= {"python", "celery", "gunicorn"}
    assert [(words, missing(words)) for words in commands if missing(words)] == []


@pytest.mark.parametrize(
    ("words", "gone"),
    [
        ("gunicorn -c config/unicorn.py config.wsgi", "config/unicorn.py"),
        ("gunicorn config.nowhere", "config.nowhere"),
        ("python manage.py migrat --noinput", "migrat"),
        ("python managed.py migrate", "managed.py"),
        ("celeri -A config worker", "celeri"),
    ],
)
def test_what_is_not_there_is_seen(words, gone):
    assert missing(words.split()) == [gone]


def test_compose_publishes_on_loopback_only(compose):
    ports = [port for service in compose["services"].values() for port in service.get("ports", [])]

    assert ports
    assert all(port.startswith("127.0.0.1:") for port in ports)


def test_image_runs_unprivileged_from_the_lock():
    text = (ROOT / "Dockerfile").read_text()

    assert "lock=requirements-s3.lock; else lock=requirements-server.lock;" in text
    assert '--require-hashes -r "$lock"' in text
    assert re.search(r"^USER evenhand$", text, re.M)


def test_example_environment_names_what_compose_asks_for():
    example = (ROOT / ".env.example").read_text()
    asked = set(re.findall(r"\$\{([A-Z_]+)", (ROOT / "docker-compose.yml").read_text()))

    assert {name for name in asked if not re.search(rf"^(# )?{name}=", example, re.M)} == set()
    for name in SECRETS:
        assert re.search(rf"^{name}=$", example, re.M)


def test_no_other_lock_file_is_kept():
    kept = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()

    assert {"uv.lock", "package-lock.json"} & {Path(path).name for path in kept} == set()


def test_each_alert_asks_for_what_there_is_and_has_its_row_in_the_operations():
    rules = yaml.safe_load((ROOT / "deploy" / "evenhand-alerts.yml").read_text())["groups"][0]["rules"]
    table = (ROOT / "docs" / "operations.md").read_text().partition("| Alert | Do |")[2].partition("\n## ")[0]
    known = {*HELP, "evenhand_part_state", "evenhand_task_state", "evenhand_task_age_seconds", "up"}

    assert [rule["alert"] for rule in rules] == re.findall(r"^\| (Evenhand\w+) \|", table, re.M)
    for rule in rules:
        used = set(re.findall(r"\b(?:evenhand_\w+|up)\b", rule["expr"]))
        assert used
        assert used <= known
        assert set(re.findall(r'part="(\w+)"', rule["expr"])) <= PARTS
        assert set(rule) == {"alert", "expr", "for", "labels", "annotations"}


def test_the_example_of_prometheus_reads_the_alerts_and_shows_a_token():
    example = yaml.safe_load((ROOT / "deploy" / "prometheus.yml").read_text())
    [job] = example["scrape_configs"]

    assert (job["job_name"], job["metrics_path"], job["authorization"]["type"]) == ("evenhand", "/metrics", "Bearer")
    assert example["rule_files"] == ["evenhand-alerts.yml"]
