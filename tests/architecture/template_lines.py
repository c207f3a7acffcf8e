"""djlint's rule on the length of a template's lines; `.djlint_rules.yaml` names it.

A pattern would not do: djlint takes no match that touches a comment, a script or a text area.
"""

from collections.abc import Iterable, Mapping
from typing import Any


def run(*, rule: Mapping[str, str], config: Any, html: str, **_: object) -> list[dict[str, str]]:
    """Every line that has more characters than the settings allow, as djlint wants its findings."""
    return [_finding(rule, number, line) for number, line in _long(html.splitlines(), config.max_line_length)]


def _long(lines: Iterable[str], most: int) -> list[tuple[int, str]]:
    return [(number, line) for number, line in enumerate(lines, 1) if len(line) > most]


def _finding(rule: Mapping[str, str], number: int, line: str) -> dict[str, str]:
    message = f"{rule['message']} It has {len(line)} characters."
    return {"code": rule["name"], "line": f"{number}:0", "match": line.strip()[:20], "message": message}
