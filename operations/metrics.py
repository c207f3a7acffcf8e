"""Pure: a status in the text format of Prometheus."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from operations.findings import Finding, State, TaskFinding

CONTENT_TYPE = CONTENT_TYPE_LATEST
LEVELS = {State.OK: 0, State.ATTENTION: 1, State.BROKEN: 2}
LABELLED = {
    "evenhand_info": "What runs here, as labels.",
    "evenhand_part_state": "0 well, 1 needs attention, 2 broken.",
    "evenhand_task_state": "0 on time, 1 not known yet, 2 late or failed.",
    "evenhand_task_age_seconds": "Seconds since the task last ended well.",
}
# Of each figure of a part what it is; a figure without words here fails a test.
HELP = {
    "evenhand_worker_seen_seconds": "Seconds since a worker was last seen.",
    "evenhand_beat_seen_seconds": "Seconds since beat last started a task.",
    "evenhand_tasks_late_or_failed": "Periodic tasks that are late or failed.",
    "evenhand_queue_messages": "Messages that wait for a worker.",
    "evenhand_queue_oldest_seconds": "How long the oldest of them has waited.",
    "evenhand_mail_configured": "1 where a mail server is set up.",
    "evenhand_outbox_failed": "Messages written within seven days that failed.",
    "evenhand_outbox_waiting": "Messages that should have gone out.",
    "evenhand_outbox_oldest_seconds": "How long the oldest of them has waited.",
    "evenhand_webhooks_failed": "Messages to channels written within seven days that failed.",
    "evenhand_webhooks_waiting": "Messages to channels that should have gone out.",
    "evenhand_webhooks_oldest_seconds": "How long the oldest of them has waited.",
    "evenhand_storage_free_bytes": "Free bytes where files are kept.",
    "evenhand_database_bytes": "Size of the database.",
    "evenhand_database_bytes_in_30_days": "How much the database grows in 30 days.",
    "evenhand_replica_behind_bytes": "What the replica has not replayed yet.",
    "evenhand_versions_others": "Releases other than the web server's that workers run.",
    "evenhand_backup_age_seconds": "Seconds since the last backup was made.",
    "evenhand_backup_bytes": "Size of the last backup.",
    "evenhand_packets_failed": "Packets asked for within seven days that failed.",
    "evenhand_packets_waiting": "Packets that wait for a worker.",
    "evenhand_packets_oldest_seconds": "How long the oldest of them has waited.",
}


def exposition(found: Sequence[Finding], tasks: Sequence[TaskFinding], versions: Mapping[str, str]) -> bytes:
    """All metrics, each kind with its HELP and TYPE."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Families([*_of_parts(found), *_of_tasks(tasks), _labelled("evenhand_info", [(versions, 1)])]))
    return generate_latest(registry)


class _Families(Collector):
    """What was found already, in the shape that the library asks for."""

    def __init__(self, families: list[GaugeMetricFamily]) -> None:
        self._families = families

    def collect(self) -> Iterable[GaugeMetricFamily]:
        return self._families


def _of_parts(found: Sequence[Finding]) -> Iterator[GaugeMetricFamily]:
    yield _labelled("evenhand_part_state", [({"part": one.part}, LEVELS[one.state]) for one in found])
    for one in found:
        for name, value in one.figures.items():
            metric = f"evenhand_{one.part}_{name}"
            yield GaugeMetricFamily(metric, HELP[metric], value=value)


def _of_tasks(tasks: Sequence[TaskFinding]) -> Iterator[GaugeMetricFamily]:
    yield _labelled("evenhand_task_state", [({"task": one.task.name}, LEVELS[one.state]) for one in tasks])
    ages = [({"task": one.task.name}, one.age) for one in tasks if one.age is not None]
    yield _labelled("evenhand_task_age_seconds", ages)


def _labelled(metric: str, rows: Sequence[tuple[Mapping[str, str], float]]) -> GaugeMetricFamily:
    names = list(rows[0][0]) if rows else []
    family = GaugeMetricFamily(metric, LABELLED[metric], labels=names)
    for labels, value in rows:
        family.add_metric(list(labels.values()), value)
    return family
