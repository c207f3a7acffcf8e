"""Pure: a status in the text format of Prometheus (version 0.0.4)."""

from collections.abc import Mapping, Sequence

from prometheus_client import CollectorRegistry, Gauge, generate_latest

from operations.findings import Finding, State, TaskFinding

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
LEVELS = {State.OK: 0, State.ATTENTION: 1, State.BROKEN: 2}
# Of each figure of a part what it is; a figure without words here fails a test.
HELP = {
    "evenhand_worker_seen_seconds": "Seconds since a worker was last seen.",
    "evenhand_beat_seen_seconds": "Seconds since beat last started a task.",
    "evenhand_tasks_late_or_failed": "Periodic tasks that are late or failed.",
    "evenhand_queue_messages": "Messages that wait for a worker.",
    "evenhand_queue_oldest_seconds": "How long the oldest of them has waited.",
    "evenhand_mail_configured": "1 where a mail server is set up.",
    "evenhand_storage_free_bytes": "Free bytes where files are kept.",
    "evenhand_database_bytes": "Size of the database.",
    "evenhand_database_bytes_in_30_days": "How much the database grows in 30 days.",
    "evenhand_backup_age_seconds": "Seconds since the last backup was made.",
    "evenhand_backup_bytes": "Size of the last backup.",
    "evenhand_packets_failed": "Packets asked for within seven days that failed.",
    "evenhand_packets_waiting": "Packets that wait for a worker.",
    "evenhand_packets_oldest_seconds": "How long the oldest of them has waited.",
}


def exposition(found: Sequence[Finding], tasks: Sequence[TaskFinding], versions: Mapping[str, str]) -> str:
    """All metrics, one a line, each kind with its HELP and TYPE."""
    registry = CollectorRegistry()
    about = Gauge("evenhand_info", "What runs here, as labels.", list(versions), registry=registry)
    about.labels(**versions).set(1)
    parts = Gauge("evenhand_part_state", "0 well, 1 needs attention, 2 broken.", ["part"], registry=registry)
    for finding in found:
        parts.labels(finding.part).set(LEVELS[finding.state])
        for name, value in finding.figures.items():
            metric = f"evenhand_{finding.part}_{name}"
            Gauge(metric, HELP[metric], registry=registry).set(value)
    states = Gauge("evenhand_task_state", "0 on time, 1 not known yet, 2 late or failed.", ["task"], registry=registry)
    ages = Gauge("evenhand_task_age_seconds", "Seconds since the task last ended well.", ["task"], registry=registry)
    for one in tasks:
        states.labels(one.task.name).set(LEVELS[one.state])
        if one.age is not None:
            ages.labels(one.task.name).set(one.age)
    return generate_latest(registry).decode()
