"""What the library's own reader makes of the metrics, and that every figure says what it is."""

from prometheus_client.parser import text_string_to_metric_families

from operations.findings import findings, task_findings
from operations.metrics import HELP, exposition
from tests.operations.test_findings import CASES, DATABASE, NOW, WELL


def test_what_is_written_is_read_with_labels_and_words():
    versions = {"evenhand": 'a "b" \\ c\n'}
    text = exposition(findings(WELL, NOW), task_findings(DATABASE.tasks, NOW), versions).decode()

    families = {family.name: family for family in text_string_to_metric_families(text)}
    samples = {(one.name, *one.labels.values()): one.value for family in families.values() for one in family.samples}
    assert families["evenhand_info"].samples[0].labels == versions
    assert samples["evenhand_part_state", "worker"] == 0
    assert samples["evenhand_task_age_seconds", "packets.sweep"] == 4
    assert samples[("evenhand_database_bytes",)] == 12_700_000
    assert all(family.documentation and family.type == "gauge" for family in families.values())


def test_every_figure_of_every_state_has_its_words_and_no_words_stand_for_nothing():
    found = [one for seen in [WELL, *(case[0] for case in CASES)] for one in findings(seen, NOW)]

    assert {f"evenhand_{one.part}_{name}" for one in found for name in one.figures} == set(HELP)
