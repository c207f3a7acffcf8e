"""Every line is in the format of Prometheus, and every figure says what it is."""

import re

from operations.findings import findings, task_findings
from operations.metrics import HELP, exposition
from tests.operations.test_findings import CASES, DATABASE, NOW, WELL

SAMPLE = re.compile(r'[a-z_][a-z0-9_]*(\{[a-z_]+="([^"\\\n]|\\.)*"(,[a-z_]+="([^"\\\n]|\\.)*")*\})? -?[0-9.]+')


def test_it_is_lines_of_samples_each_with_help_and_type():
    text = exposition(findings(WELL, NOW), task_findings(DATABASE.tasks, NOW), {"evenhand": 'a "b" \\ c\n'})

    lines = text.splitlines()
    samples = [line for line in lines if not line.startswith("#")]
    typed = [line.split()[2] for line in lines if line.startswith("# TYPE")]
    assert text.endswith("\n")
    assert [line for line in samples if not SAMPLE.fullmatch(line)] == []
    assert {re.split(r"[{ ]", line)[0] for line in samples} == set(typed)
    assert len(typed) == len(set(typed))
    assert 'evenhand_info{evenhand="a \\"b\\" \\\\ c\\n"} 1' in lines
    assert 'evenhand_part_state{part="worker"} 0' in lines
    assert 'evenhand_task_age_seconds{task="packets.sweep"} 4' in lines


def test_every_figure_of_every_state_has_its_words_and_no_words_stand_for_nothing():
    found = [one for seen in [WELL, *(case[0] for case in CASES)] for one in findings(seen, NOW)]

    assert {f"evenhand_{one.part}_{name}" for one in found for name in one.figures} == set(HELP)
