"""Builds small blueprints in code and reads them: each test states only the part that it is about."""

import json
from typing import Any

from rubrics.blueprints.documents import load
from rubrics.blueprints.plan import plan

START = "<h2>1) Role Summary</h2><p>Keeps it up.</p><h2>2) Role Mission</h2><p>Calm.</p>"
FINAL = "<h2>20) Final Role Scorecard Summary</h2>"


def read(markup: str) -> dict[str, Any]:
    return plan(load(markup.encode(), filename="role.html")).as_json()


def read_post(markup: str, title: object = "Designer: Role Blueprint", **fields: object) -> dict[str, Any]:
    post = {"title": {"rendered": title}, "content": {"rendered": markup}, **fields}
    return plan(load(json.dumps(post).encode(), filename="role.json")).as_json()


def read_hiring(inner: str, title: str = "19) Hiring Evaluation Criteria") -> dict[str, Any]:
    return read(f"{START}<h2>{title}</h2>{inner}{FINAL}{table('Category|Summary', 'Role title|Backend Engineer')}")


def table(*rows: str, head: str = "th") -> str:
    """A table from rows of cells parted by bars; `head` is the tag of the first row's cells."""
    tags = [head, *["td"] * (len(rows) - 1)]
    lines = ("".join(f"<{tag}>{cell}</{tag}>" for cell in row.split("|")) for tag, row in zip(tags, rows, strict=True))
    return "<table>" + "".join(f"<tr>{line}</tr>" for line in lines) + "</table>"


def codes(found: dict[str, Any]) -> list[str]:
    return [row["code"] for row in found["warnings"]]
