"""The Kubernetes set: parts, settings and probes are those of the image and of Compose. No cluster is asked."""

import re
from pathlib import Path

import pytest
import yaml
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from tests.config.processes import GOOD_KEY, ROOT, Forking, environment

FOLDER = ROOT / "deploy" / "kubernetes"
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]


def documents() -> list[dict]:
    kustomization = yaml.safe_load((FOLDER / "kustomization.yaml").read_text())
    found = []
    for name in kustomization["resources"]:
        found += yaml.safe_load_all((FOLDER / name).read_text())
    return found


def pods() -> dict[str, dict]:
    """What runs in a pod, by name."""
    with_pods = [one for one in documents() if "template" in one.get("spec", {})]
    return {one["metadata"]["name"]: one["spec"]["template"]["spec"] for one in with_pods}


def test_every_file_of_the_folder_is_used():
    kustomization = yaml.safe_load((FOLDER / "kustomization.yaml").read_text())

    assert {path.name for path in FOLDER.iterdir()} == {"kustomization.yaml", *kustomization["resources"]}


def test_the_parts_are_those_of_compose_of_which_two_may_fall():
    replicas = {one["metadata"]["name"]: one["spec"]["replicas"] for one in documents() if one["kind"] == "Deployment"}

    assert replicas == {"web": 2, "worker": 2, "beat": 2}
    assert set(pods()) == {"migrate", *replicas} == set(COMPOSE) - {"postgres", "redis"}


@pytest.mark.parametrize("name", ["migrate", "web", "worker", "beat"])
def test_a_pod_is_the_image_as_its_user_with_nothing_to_write_but_its_own_folders(name):
    pod = pods()[name]
    container = pod["containers"][0]
    user = re.search(r"useradd .*--uid (\d+) evenhand", (ROOT / "Dockerfile").read_text())

    assert (pod["securityContext"]["runAsUser"], pod["securityContext"]["runAsNonRoot"]) == (int(user[1]), True)
    assert container["image"] == "evenhand"
    assert container["securityContext"]["readOnlyRootFilesystem"]
    assert {mount["name"] for mount in container["volumeMounts"]} == {volume["name"] for volume in pod["volumes"]}
    assert "memory" in container["resources"]["limits"]


def test_a_pod_starts_what_compose_starts():
    for name in ("migrate", "worker", "beat"):
        ours, theirs = pods()[name]["containers"][0]["args"], COMPOSE[name]["command"]
        assert ours[:4] == theirs[:4]


def test_no_new_version_starts_on_the_schema_of_the_one_before():
    waiting = {name: pod["initContainers"] for name, pod in pods().items() if name != "migrate"}

    assert set(waiting) == {"web", "worker", "beat"}
    for (container,) in waiting.values():
        assert container["args"] == ["sh", "-c", "until python manage.py migrate --check; do sleep 2; done"]
        assert container["image"] == "evenhand"
        assert container["securityContext"]["readOnlyRootFilesystem"]


def checked(forking: Forking, address: str) -> int:
    """The exit status of what they wait for."""
    return forking.manage("migrate", "--check", env=environment(DATABASE_URL=address, SECRET_KEY=GOOD_KEY)).returncode


def test_what_they_wait_for_ends_once_the_schema_is_there(database_address, forking):
    applied = MigrationRecorder(connection).migration_qs
    app, name = MigrationLoader(connection).graph.leaf_nodes("candidates")[0]
    last = applied.get(app=app, name=name)
    whole = checked(forking, database_address)
    applied.filter(pk=last.pk).delete()
    try:
        lacking = checked(forking, database_address)
    finally:
        last.save(force_insert=True)

    assert (whole, lacking) == (0, 1)


def test_only_the_migration_knows_the_owner():
    knows = []
    for name, pod in pods().items():
        if "evenhand-owner" in str(pod["containers"][0]["envFrom"]):
            knows.append(name)

    assert knows == ["migrate"]


def test_settings_are_documented_ones():
    settings = next(one["data"] for one in documents() if one["kind"] == "ConfigMap")
    shown = set(re.findall(r"^\| `([A-Z_]+)` \|", Path(ROOT / "docs/operations.md").read_text(), re.M))

    assert set(settings) <= shown
    assert all(isinstance(value, str) for value in settings.values())
