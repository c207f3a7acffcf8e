"""Every row is locked so that rows pointing at it can still be stored.

The audit trail takes its lock at the end of a transaction, where PostgreSQL also checks foreign keys. Each check
waits while somebody has locked the row it points at for good (`FOR UPDATE`); whoever holds that lock may in turn wait
for the audit trail. `no_key=True` (`FOR NO KEY UPDATE`) keeps both apart.
"""

import ast

from tests.architecture.test_imports import ORDER, ROOT


def keeps_others_waiting(node: ast.AST) -> bool:
    is_lock = isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "select_for_update"
    return is_lock and "no_key" not in [keyword.arg for keyword in node.keywords]


def test_no_lock_keeps_foreign_keys_waiting():
    texts = {path: path.read_text(encoding="utf-8") for name in ORDER for path in (ROOT / name).rglob("*.py")}
    locking = {path: text for path, text in texts.items() if "select_for_update" in text}
    wrong = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path, text in locking.items()
        for node in ast.walk(ast.parse(text))
        if keeps_others_waiting(node)
    ]

    assert len(locking) > 20
    assert wrong == []
