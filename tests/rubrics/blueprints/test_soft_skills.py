"""Soft skills in every markup that the family uses."""

import pytest

from rubrics.blueprints.reading import Read
from rubrics.blueprints.sections import Block
from rubrics.blueprints.soft_skills import PlannedSoftSkill, soft_skills
from tests.rubrics.role_documents import START, blocks_of, read, table

THINKING = ("Systems thinking", "W.", "H.", "S.")
FIELDS = ("<b>Why it matters:</b> W.", "<b>How it shows up:</b> H.", "<b>Strong performance looks like:</b> S.")
DASHED = "\n – ".join(FIELDS)


def soft(inner: str, title: str = "9) Soft Skills and Behavioral Capabilities") -> list[tuple]:
    return [tuple(row.values()) for row in read(f"{START}<h2>{title}</h2>{inner}")["soft_skills"]]


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


# --- blocks, read alone ---


def read_soft(markup: str) -> list[PlannedSoftSkill]:
    return list(soft_skills(blocks_of(markup)).value)


def named(markup: str) -> list[str]:
    return [row.name for row in read_soft(markup)]


def test_a_subject_without_blocks_has_no_soft_skills():
    assert soft_skills([]) == Read(())


def test_without_labels_any_bold_beginning_names_a_skill_and_says_why():
    assert read_soft("<p><b>Calm</b>: under load.</p><p><b>Tact</b> with people.</p>") == [
        PlannedSoftSkill("Calm", "under load.", "", ""),
        PlannedSoftSkill("Tact", "with people.", "", ""),
    ]


def test_with_labels_a_bold_beginning_without_one_is_no_skill():
    assert named("<p><b>Calm</b>: Why: it helps.</p><p><b>Mind</b> the rest.</p>") == ["Calm"]


def test_a_heading_without_a_field_heads_other_skills():
    assert named("<h3>People</h3><h4>Calm</h4><p>Why: it helps.</p>") == ["Calm"]


def test_a_field_s_heading_goes_on_with_the_skill_before_it():
    (found,) = read_soft("<h3>Calm</h3><h4>Why it matters</h4><p>W.</p><h4>In practice</h4><p>H.</p><p>More.</p>")

    assert found == PlannedSoftSkill("Calm", "W.", "H. More.", "")


def test_a_field_s_heading_before_any_skill_is_taken_for_one():
    assert named("<h4>Why it matters</h4><p>W.</p>") == ["Why it matters"]


def test_a_table_names_the_skill_in_its_first_column_that_is_no_field():
    markup = table("Why it matters|Skill|Remarks|In practice", "W.|1. Calm|r|H.")

    assert read_soft(markup) == [PlannedSoftSkill("Calm", "W.", "H.", "")]


def test_a_table_without_rows_has_no_skills():
    assert soft_skills([Block("table")]) == Read(())


def test_an_empty_list_ends_the_skill_before_it():
    (found, *_) = read_soft("<p><b>Calm</b>: Why: W.</p><ul></ul><p>Lost.</p>")

    assert found == PlannedSoftSkill("Calm", "W.", "", "")


@pytest.mark.parametrize(
    ("label", "field"),
    [
        ("Why it matters", "why"),
        ("Importance", "why"),
        ("How you show it", "how"),
        ("Behaviours", "how"),
        ("What great looks like", "strong"),
        ("Strong performance", "strong"),
        ("Warum das zählt", "why"),
    ],
)
def test_each_field_has_many_labels(label, field):
    (found,) = read_soft(f"<ul><li><b>Calm</b><ul><li>{label}: x</li></ul></li></ul>")

    assert found.as_json()[field] == "x"


def test_plain_items_below_a_labelled_heading_go_on_with_its_field():
    markup = "<h3>Calm</h3><p>In practice:</p><ul><li>one</li><li>two</li></ul><ul><li><b>Tact</b></li></ul>"

    assert read_soft(markup) == [PlannedSoftSkill("Calm", "", "one two", ""), PlannedSoftSkill("Tact", "", "", "")]


@pytest.mark.parametrize(
    "markup",
    [
        "<p><b>Tact</b><br>– <b>Why it matters:</b> a.<br>– <b>Seen at work:</b> b.<br>– <b>Great:</b> c.</p>",
        "<p><b>Tact</b> – <b>Why it matters:</b> a. – <b>On the job:</b> b. – <b>Strong performance:</b> c.</p>",
        "<ul><li><b>Tact</b><ul><li><b>Why it matters:</b> a.</li><li><b>At work:</b> b.</li>"
        "<li><b>Great:</b> c.</li></ul></li></ul>",
    ],
)
def test_the_bold_label_between_why_and_strong_is_how(markup):
    assert read_soft(markup) == [PlannedSoftSkill("Tact", "a.", "b.", "c.")]


def test_behind_why_another_label_of_the_document_begins_how_it_shows():
    found = soft("<ul><li><b>Tact</b>: <b>Why it matters:</b> Guests stay. – On shift: Waits for quiet.</li></ul>")

    assert found == [("Tact", "Guests stay.", "Waits for quiet.", "")]
