"""Technical skills as tables, lists, paragraphs and headings."""

import pytest

from rubrics.blueprints.reading import Read
from rubrics.blueprints.skills import PlannedSkill, group_named
from rubrics.blueprints.skills import skills as skills_of
from tests.rubrics.role_documents import START, blocks_of, plan_of, read, table

SKILLS = START + "<h2>8) Technical Skills Required</h2><h3>Must-have technical skills</h3>"
MUST = "<h3>Must-have technical skills</h3>"
GO = ("must-have", "Go", "code things", "daily tools", "Critical")


def skills(inner: str, title: str = "8) Technical Skills Required") -> list[tuple]:
    return [tuple(row.values()) for row in read(f"{START}<h2>{title}</h2>{inner}")["skills"]]


def test_skills_as_lists():
    found = plan_of(
        SKILLS + "<ul><li><strong>Linux</strong> – kernels (Critical)<ul><li>Use: repair</li></ul></li>"
        "<li><strong>Go</strong> (Important): code. Use: tools.</li></ul>"
    )

    assert [(row.name, row.description, row.use, row.importance) for row in found.skills] == [
        ("Linux", "kernels", "repair", "Critical"),
        ("Go", "code", "tools", "Important"),
    ]


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


# --- blocks, read alone ---


def read_skills(markup: str) -> list[PlannedSkill]:
    return list(skills_of(blocks_of(markup)).value)


def grouped(markup: str) -> list[tuple[str, str]]:
    return [(row.group, row.name) for row in read_skills(markup)]


def test_a_subject_without_blocks_has_no_skills():
    assert skills_of([]) == Read(())


@pytest.mark.parametrize(
    ("title", "group"),
    [
        ("Must-have skills", "must-have"),
        ("Core competencies", "must-have"),
        ("Nice to have, later required", "good-to-have"),
        ("Required: advanced", "must-have"),
        ("Future-oriented", "emerging"),
        ("Tools", None),
        ("", None),
    ],
)
def test_a_title_names_the_group_that_comes_first_in_it(title, group):
    assert group_named(title) == group


def test_a_heading_s_group_holds_until_the_next_one():
    first, second, third = (f"<ul><li>{name}: x</li></ul>" for name in "ABC")
    markup = f"{first}<h3>Advanced</h3><p>Intro.</p>{second}<h3>Emerging</h3>{third}"

    assert grouped(markup) == [("must-have", "A"), ("advanced", "B"), ("emerging", "C")]


def test_a_group_s_row_holds_for_its_table_only():
    markup = table("Skill|Description", "Advanced|", "A|x") + "<ul><li>B: x</li></ul>"

    assert grouped(markup) == [("advanced", "A"), ("must-have", "B")]


def test_a_column_of_groups_goes_before_the_heading():
    markup = "<h3>Advanced</h3>" + table("Skill|Tier", "A|Must-have", "B|whatever")

    assert grouped(markup) == [("must-have", "A"), ("advanced", "B")]


def test_a_heading_that_heads_other_skills_is_none():
    assert grouped("<h4>Languages</h4><h4>Go</h4><p>code</p><h4>Tools</h4><ul></ul>") == [("must-have", "Go")]


@pytest.mark.parametrize(
    "row",
    ["Total|x", "|x", "—|x"],
)
def test_a_row_without_a_name_and_a_total_are_no_skills(row):
    assert read_skills(table("Skill|Description", row)) == []


def test_columns_without_a_known_title_are_taken_in_the_usual_order():
    (found,) = read_skills(table("Thing|Words|Where|How much", "Go|code|tools|high"))

    assert found == PlannedSkill("must-have", "Go", "code", "tools", "high")


def test_beside_known_columns_the_first_other_one_is_the_description():
    (found,) = read_skills(table("Skill|Words|Importance|Remarks", "Go|code|high|none"))

    assert found == PlannedSkill("must-have", "Go", "code", "", "high")


def test_a_table_without_header_cells_or_known_titles_has_no_header():
    markup = "<table><tr><td>Go</td><td>code</td></tr><tr><td>Py</td><td>more code</td></tr></table>"

    assert [(row.name, row.description) for row in read_skills(markup)] == [("Go", "code"), ("Py", "more code")]


@pytest.mark.parametrize(
    ("item", "skill"),
    [
        ("Go", ("Go", "", "", "")),
        ("Go: code", ("Go", "code", "", "")),
        ("Go (High): code", ("Go", "code", "", "High")),
        ("Go: High", ("Go", "", "", "High")),
        ("Go: code (Nice to have)", ("Go", "code", "", "Nice to have")),
        ("Go: code. Used for: tools", ("Go", "code", "tools", "")),
        ("Go: what it is: code; priority: low", ("Go", "code", "", "low")),
    ],
)
def test_an_item_states_its_fields_in_any_order(item, skill):
    (found,) = read_skills(f"<ul><li>{item}</li></ul>")

    assert (found.name, found.description, found.use, found.importance) == skill


def test_a_labelled_line_belongs_to_the_skill_before_it_however_deep():
    (found,) = read_skills("<ul><li>Go</li><li>Use: tools</li><li>Importance: high</li></ul>")

    assert (found.name, found.use, found.importance) == ("Go", "tools", "high")


def test_several_labels_on_one_line_are_parted():
    (found,) = read_skills("<ul><li><b>Go</b><ul><li>Use: tools; Importance: high.</li></ul></li></ul>")

    assert (found.use, found.importance) == ("tools", "high")


def test_a_grade_on_a_line_of_its_own_is_the_importance_once():
    (found,) = read_skills("<ul><li>Go<ul><li>Critical</li><li>High</li></ul></li></ul>")

    assert (found.importance, found.description) == ("Critical", "High")


@pytest.mark.parametrize(
    "markup",
    [
        "<ul><li><b>Loom</b> (Optional)\n – <b>Use:</b> cloth.</li>"
        "<li><b>Kiln</b> (Optional)\n – <b>Use:</b> pots.</li></ul>",
        "<p><b>Loom</b> (Optional)<br>– <b>Use:</b> cloth.</p><p><b>Kiln</b> (Optional)<br>– <b>Use:</b> pots.</p>",
        "<h4>Loom (Optional)</h4><ul><li>Use: cloth.</li></ul><h4>Kiln (Optional)</h4><ul><li>Use: pots.</li></ul>",
    ],
)
def test_an_importance_in_brackets_or_a_field_below_it_heads_no_group(markup):
    found = read_skills(f"<h3>Advanced skills</h3>{markup}")

    assert [(row.group, row.name, row.use, row.importance) for row in found] == [
        ("advanced", "Loom", "cloth.", "Optional"),
        ("advanced", "Kiln", "pots.", "Optional"),
    ]


@pytest.mark.parametrize(
    "importance",
    [
        "Important / Role-specific",
        "Emerging, Optional",
        "Essential at Staff level",
        "Critical to Important",
        "Medium, rising",
    ],
)
def test_an_importance_is_kept_as_written_and_is_no_description(importance):
    (found,) = read_skills(f"<ul><li><b>Maps of old towns</b> ({importance}) – reads them</li></ul>")

    assert (found.name, found.description, found.importance) == ("Maps of old towns", "reads them", importance)
