"""Technical and soft skills as tables, lists, paragraphs and headings."""

import pytest

from tests.rubrics.role_documents import START, read, table

MUST = "<h3>Must-have technical skills</h3>"
GO = ("must-have", "Go", "code things", "daily tools", "Critical")
THINKING = ("Systems thinking", "W.", "H.", "S.")
FIELDS = ("<b>Why it matters:</b> W.", "<b>How it shows up:</b> H.", "<b>Strong performance looks like:</b> S.")
DASHED = "\n – ".join(FIELDS)


def skills(inner: str, title: str = "8) Technical Skills Required") -> list[tuple]:
    return [tuple(row.values()) for row in read(f"{START}<h2>{title}</h2>{inner}")["skills"]]


def soft(inner: str, title: str = "9) Soft Skills and Behavioral Capabilities") -> list[tuple]:
    return [tuple(row.values()) for row in read(f"{START}<h2>{title}</h2>{inner}")["soft_skills"]]


@pytest.mark.parametrize(
    "markup",
    [
        table("Skill|Description|Typical use in the role|Importance", "Go|code things|daily tools|Critical"),
        table("Importance|Skill|Typical use|Description", "Critical|Go|daily tools|code things", head="td"),
        table("Skill area|What it covers|How it is used|Priority", "1. Go|code things|daily tools|Critical"),
        table("Technology|Why it matters|Where it is used|Criticality", "Go|code things|daily tools|Critical"),
        "<table><tr><td>Go</td><td>code things</td><td>daily tools</td><td>Critical</td></tr></table>",
        "<ul><li><strong>Go</strong> (Critical): code things. Typical use: daily tools.</li></ul>",
        "<ul><li>Go (Importance: Critical): code things. Typical use: daily tools.</li></ul>",
        "<ul><li><b>Go (Critical)</b>: code things. <em>Typical use:</em> daily tools.</li></ul>",
        "<ul><li><b>Go</b>: code things. Typical use: daily tools. Importance: Critical.</li></ul>",
        "<ul><li><b>Go</b> — Importance: Critical — Description: code things — Typical use: daily tools</li></ul>",
        "<ul><li><b>Go</b>\n – Description: code things\n – Use: daily tools\n – Importance: Critical</li></ul>",
        "<ul><li><b>Go</b> [Critical]<ul><li>Description: code things</li><li>Use: daily tools</li></ul></li></ul>",
        "<ol><li><p><b>Go</b> — <b>Critical</b><br>– Description: code things<br>– Use: daily tools</p></li></ol>",
        "<p><b>Go</b> (Critical)\n – code things\n – Typical use: daily tools</p>",
        "<p>– Go (Critical): code things. Typical use: daily tools.</p>",
        "<h4>Go (Critical)</h4><p>Description: code things</p><p>Typical use: daily tools</p>",
    ],
)
def test_a_skill_is_read_the_same_from_any_markup(markup):
    assert skills(MUST + markup) == [GO]


@pytest.mark.parametrize(
    ("item", "name", "description", "importance"),
    [
        ("<b>IaC (as code)</b> (Optional to Important): x", "IaC (as code)", "x", "Optional to Important"),
        ("<b>Go (Critical; in some teams)</b>: x", "Go", "x", "Critical; in some teams"),
        ("<b>Linux</b>: Debian (critical path only).", "Linux", "Debian (critical path only).", ""),
        ("High-availability design: failover.", "High-availability design", "failover.", ""),
    ],
)
def test_importance_is_what_the_brackets_say_and_only_that(item, name, description, importance):
    found = skills(f"{MUST}<ul><li>{item}</li></ul>")

    assert found == [("must-have", name, description, "", importance)]


@pytest.mark.parametrize(
    ("title", "group"),
    [
        ("Core technical skills", "must-have"),
        ("Good‑to‑have skills", "good-to-have"),
        ("Preferred (advanced) skills", "good-to-have"),
        ("Advanced skills (nice to have)", "advanced"),
        ("Emerging future skills (2–5 years)", "emerging"),
    ],
)
@pytest.mark.parametrize("markup", ["<h3>{}</h3>", "<p><strong>{}</strong></p>"])
def test_the_group_is_what_the_heading_names_first(title, group, markup):
    assert [row[:2] for row in skills(markup.format(title) + "<ul><li>Go: x</li></ul>")] == [(group, "Go")]


@pytest.mark.parametrize(
    "markup",
    [
        table("Skill|Category|Importance", "Go|Must-have|Critical", "Py|Advanced|Optional"),
        table("Skill|Description", "Must-have|", "Go|x", "Advanced|", "Py|x"),
        "<ul><li><b>Must-have</b><ul><li>Go: x</li></ul></li><li>Advanced<ul><li>Py: y</li></ul></li></ul>",
        "<p><b>Must-have skills</b>\n– Go: x</p><p><b>Advanced skills</b>\n– Py: z</p>",
    ],
)
def test_groups_inside_tables_lists_and_paragraphs(markup):
    assert [row[:2] for row in skills(markup)] == [("must-have", "Go"), ("advanced", "Py")]


@pytest.mark.parametrize(
    "markup",
    [
        f"<ol><li><p><b>Systems thinking</b>\n – {DASHED}</p></li></ol>",
        f"<p><b>1) Systems thinking</b><br>{'<br>'.join(FIELDS)}</p>",
        f"<p><b>Systems thinking</b></p><p>{'</p><p>'.join(FIELDS)}</p>",
        f"<h3>1) Systems thinking</h3><ul><li>{'</li><li>'.join(FIELDS)}</li></ul>",
        f"<h3>Key capabilities</h3><h4>Systems thinking</h4><p>– {'<br>– '.join(FIELDS)}</p>",
        f"<ul><li><b>Systems thinking</b><ul><li>{'</li><li>'.join(FIELDS)}</li></ul></li></ul>",
        f"<ul><li><b>Systems thinking</b>: {' '.join(FIELDS)}</li></ul>",
        f"<p>These <b>matter</b>:</p><p><b>Note:</b> all do.</p><p><b>Systems thinking</b> – {' '.join(FIELDS)}</p>",
        "<ul><li>Systems thinking<ul><li><b>Why it matters</b> – W.</li><li>In practice: H.</li>"
        "<li>What great looks like: S.</li></ul></li></ul>",
        table("Strong performance|Capability|How it shows up in the role|Why it matters", "S.|Systems thinking|H.|W."),
    ],
)
def test_a_soft_skill_is_read_the_same_from_any_markup(markup):
    assert soft(markup) == [THINKING]


@pytest.mark.parametrize("name", ["Strong ownership", "Know-how sharing: teaching", "Why-driven inquiry"])
def test_names_that_begin_like_a_field_stay_names(name):
    items = "</li><li>".join(FIELDS)

    assert soft(f"<ul><li><b>{name}</b><ul><li>{items}</li></ul></li></ul>") == [(name, "W.", "H.", "S.")]


def test_lists_below_a_field_belong_to_it_and_a_bare_name_is_kept():
    how = "<li>How it shows up:<ul><li>one</li><li>two</li></ul></li>"

    assert soft(f"<ul><li><b>Calm</b><ul><li>Why it matters: W.</li>{how}</ul></li><li>Tact</li></ul>") == [
        ("Calm", "W.", "one two", ""),
        ("Tact", "", "", ""),
    ]


def test_one_section_may_hold_both_kinds():
    inner = f"{MUST}<ul><li>Go: x</li></ul><h3>Soft skills</h3><ul><li><b>Calm</b>: {' '.join(FIELDS)}</li></ul>"

    assert [row[1] for row in skills(inner, title="Technical Skills and Soft Skills")] == ["Go"]
    assert [row[0] for row in soft(inner, title="Technical Skills and Soft Skills")] == ["Calm"]
