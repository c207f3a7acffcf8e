"""All parts together, in the time of one, as JSON and as metrics."""

import json

import pytest

from operations import probes
from operations.status import current_status


@pytest.mark.usefixtures("sample")
def test_every_part_is_told_as_json_and_as_metrics(settings):
    status = current_status()

    told = json.loads(json.dumps(status.as_json()))
    assert told["format"] == "evenhand-status/1"
    assert told["state"] == "broken"  # no beat runs here
    assert told["versions"]["evenhand"] == settings.RELEASE
    assert told["parts"]["database"]["state"] == "ok"
    assert set(told["parts"]["mail"]) == {"state", "says", "advice", "figures"}
    assert {task["name"] for task in told["tasks"]} >= {"privacy.retention"}
    assert b'evenhand_part_state{part="beat"} 2.0' in status.as_metrics()


@pytest.mark.django_db
def test_without_a_database_all_else_is_told(monkeypatch):
    def away(viewer: object) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr(probes, "database", away)

    status = current_status()

    told = {one.part: one for one in status.findings}
    assert told["database"].says == "The database does not answer (ConnectionRefusedError)."
    assert told["storage"].state == "ok"
    assert status.tasks == []
