"""No function decides more than a reader can hold: branches are counted inside expressions too, as no linter does."""

import ast

import pytest

from tests.architecture.test_imports import CODE, module, tree

MOST = 15
BRANCHES = (
    *(ast.If, ast.IfExp, ast.For, ast.AsyncFor, ast.While),
    *(ast.ExceptHandler, ast.match_case, ast.comprehension, ast.Assert),
)


def complexity(function: ast.AST) -> int:
    """One, and one more for each branch: also of `and` and `or`, and of each `if` in a comprehension."""
    count = 1
    for node in ast.walk(function):
        count += isinstance(node, BRANCHES)
        if isinstance(node, ast.comprehension):
            count += len(node.ifs)
        elif isinstance(node, ast.BoolOp):
            count += len(node.values) - 1
    return count


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("return a", 1),
        ("return a if b else c", 2),
        ("return a and b or c", 3),
        ("return [a for a in b if a if c]", 4),
        ("for a in b:\n        if a:\n            return a", 3),
    ],
)
def test_branches_are_counted_wherever_they_stand(body, expected):
    assert complexity(ast.parse(f"def do():\n    {body}")) == expected


def test_no_function_decides_too_much():
    functions = [
        (path, node)
        for path in CODE
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    found = {f"{module(path)}:{node.lineno} {node.name}": complexity(node) for path, node in functions}

    assert len(found) > 4000
    assert {name: count for name, count in found.items() if count > MOST} == {}
