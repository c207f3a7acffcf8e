"""Templates are read by people: no line of them is longer than the lint allows, wherever in it the length lies."""

import subprocess
import sys

import pytest

from tests.config.processes import ROOT

LONG = "x" * 120


@pytest.mark.parametrize("line", [f"<p>{LONG}</p>", f"{{# {LONG} #}}", f"<textarea>{LONG}</textarea>"])
def test_the_lint_finds_a_long_line(tmp_path, line):
    (tmp_path / "page.html").write_text(f"<p>short</p>\n{line}\n")

    done = _lint(tmp_path)

    assert done.returncode == 1
    assert "E501 2:0" in done.stdout


def test_the_lint_takes_a_line_of_120_characters(tmp_path):
    (tmp_path / "page.html").write_text(f"<p>{LONG[7:]}</p>\n")

    done = _lint(tmp_path)

    assert (done.returncode, done.stdout.strip()) == (0, "")


def _lint(folder) -> subprocess.CompletedProcess[str]:
    rules = [f"--configuration={ROOT / 'pyproject.toml'}", f"--rules={ROOT / '.djlint_rules.yaml'}"]
    command = [sys.executable, "-m", "djlint", "--lint", "--quiet", *rules, str(folder)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
