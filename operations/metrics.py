"""Pure: a status in the text format of Prometheus (version 0.0.4)."""

from collections.abc import Iterator, Mapping, Sequence

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
    return "".join(f"{line}\n" for line in _lines(found, tasks, versions))


def _lines(found: Sequence[Finding], tasks: Sequence[TaskFinding], versions: Mapping[str, str]) -> Iterator[str]:
    yield from _head("evenhand_info", "What runs here, as labels.")
    yield f"evenhand_info{{{_labels(versions)}}} 1"
    yield from _head("evenhand_part_state", "0 well, 1 needs attention, 2 broken.")
    for finding in found:
        yield f"evenhand_part_state{{{_labels({'part': finding.part})}}} {LEVELS[finding.state]}"
    for finding in found:
        for name, value in finding.figures.items():
            metric = f"evenhand_{finding.part}_{name}"
            yield from _head(metric, HELP[metric])
            yield f"{metric} {_number(value)}"
    yield from _head("evenhand_task_state", "0 on time, 1 not known yet, 2 late or failed.")
    for one in tasks:
        yield f"evenhand_task_state{{{_labels({'task': one.task.name})}}} {LEVELS[one.state]}"
    yield from _head("evenhand_task_age_seconds", "Seconds since the task last ended well.")
    for one in tasks:
        if one.age is not None:
            yield f"evenhand_task_age_seconds{{{_labels({'task': one.task.name})}}} {_number(one.age)}"


def _head(metric: str, words: str) -> tuple[str, str]:
    return f"# HELP {metric} {words}", f"# TYPE {metric} gauge"


def _number(value: float) -> str:
    return str(int(value)) if value == int(value) else f"{value:.3f}"


def _labels(values: Mapping[str, str]) -> str:
    return ",".join(f'{name}="{_escaped(value)}"' for name, value in values.items())


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
