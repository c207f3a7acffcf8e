"""Builds small blueprints in code and reads them: each test states only the part that it is about."""

import json
from pathlib import Path

from rubrics.blueprints.documents import load
from rubrics.blueprints.files import OpenedFile, document_in, planned
from rubrics.blueprints.plan import ImportPlan, plan
from rubrics.blueprints.rubric_json import RubricJson
from rubrics.blueprints.sections import Block, Section

SAMPLE = Path(__file__).resolve().parents[2] / "rubrics" / "samples" / "platform-reliability-engineer.json"
START = "<h2>1) Role Summary</h2><p>Keeps it up.</p><h2>2) Role Mission</h2><p>Calm.</p>"
FINAL = "<h2>20) Final Role Scorecard Summary</h2>"


# --- documents that are read whole ---


def plan_of(markup: str) -> ImportPlan:
    return plan(load(markup.encode(), filename="role.html"))


def plan_of_file(opened: OpenedFile) -> ImportPlan:
    return planned(opened, document_in(opened))


def read(markup: str) -> RubricJson:
    return plan_of(markup).as_json()


def read_post(markup: str, title: object = "Designer: Role Blueprint", **fields: object) -> RubricJson:
    post = {"title": {"rendered": title}, "content": {"rendered": markup}, **fields}
    return plan(load(json.dumps(post).encode(), filename="role.json")).as_json()


def read_hiring(inner: str, title: str = "19) Hiring Evaluation Criteria") -> RubricJson:
    final = table("Category|Summary", "Role title|Backend Engineer")
    return read(f"{START}<h2>{title}</h2>{inner}{FINAL}{final}")


def hiring_page(inner: str) -> str:
    """A document with nothing but a summary and a hiring section."""
    return f"<h2>1) Role Summary</h2><p>Moves data.</p><h2>7. Hiring evaluation</h2>{inner}<h2>8) Final</h2><p>x</p>"


def codes(found: RubricJson) -> list[str]:
    return [row["code"] for row in found["warnings"]]


# --- markup ---


def table(*rows: str, head: str = "th") -> str:
    """A table from rows of cells parted by bars; `head` is the tag of the first row's cells."""
    tags = [head, *["td"] * (len(rows) - 1)]
    lines = ("".join(f"<{tag}>{cell}</{tag}>" for cell in row.split("|")) for tag, row in zip(tags, rows, strict=True))
    return "<table>" + "".join(f"<tr>{line}</tr>" for line in lines) + "</table>"


def bare_table(*rows: str) -> str:
    """A table without header cells."""
    return table(*rows, head="td")


def scorecard(head: list[str], *rows: list[str]) -> str:
    """A table below a heading that says scorecard."""
    return "<h3>Scorecard</h3>" + table(*("|".join(row) for row in (head, *rows)))


SIGNALS = {"strong": ["a – b", "c"], "weak": ["d"], "red_flag": ["e"]}
SIGNAL_LISTS = ("<ul><li>a – b</li><li>c</li></ul>", "<ul><li>d</li></ul>", "<ul><li>e</li></ul>")


def signal_parts(
    strong: str,
    weak: str,
    red: str,
    names: str = "Strong signals|Weak signals|Red flags",
    tag: str = "h3",
) -> str:
    """The three kinds of signals below headings with these names; SIGNAL_LISTS below them say SIGNALS."""
    texts = zip(names.split("|"), (strong, weak, red), strict=True)
    return "".join(f"<{tag}>{name}</{tag}>{text}" for name, text in texts)


# --- parts of a document, for the reader of one of them ---


def sections_of(markup: str) -> tuple[Section, ...]:
    return load(markup.encode(), filename="role.html").sections


def blocks_of(markup: str) -> list[Block]:
    """The blocks of a section that holds this markup."""
    return list(sections_of(f"<h2>1) Role</h2>{markup}<h2>2) Role</h2>")[0].blocks)
