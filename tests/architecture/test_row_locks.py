"""Every row is locked so that rows pointing at it can still be stored.

The audit trail takes its lock at the end of a transaction, where PostgreSQL also checks foreign keys. Each check
waits while somebody has locked the row it points at for good (`FOR UPDATE`); whoever holds that lock may in turn wait
for the audit trail. `no_key=True` (`FOR NO KEY UPDATE`) keeps both apart.
"""

import ast
from pathlib import Path

import pytest

CODE = [path for path in sorted(Path().glob("*/**/*.py")) if path.parts[0] not in ("tests", ".venv")]


@pytest.mark.parametrize("path", [path for path in CODE if "select_for_update" in path.read_text()], ids=str)
def test_no_lock_keeps_foreign_keys_waiting(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "select_for_update":
            assert "no_key" in [keyword.arg for keyword in node.keywords], f"{path}:{node.lineno}"
