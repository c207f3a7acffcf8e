"""The role's name and its summary."""

import pytest

from rubrics.blueprints.documents import Document, load
from rubrics.blueprints.role import is_about_a_role, role_name, role_summary
from tests.rubrics.role_documents import START, plan_of, read, read_post, table


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Product Designer: Role Blueprint, Responsibilities, Skills", "Product Designer"),
        ("Designer: Brand: Role Blueprint, KPIs", "Designer: Brand"),
        ("R&#038;D Lead &#8211; Ops: Role Blueprint", "R&D Lead – Ops"),
        ("<em>Head</em> of Security: role blueprint", "Head of Security"),
        ("R&amp;amp;D: Role Blueprint", "R&amp;D"),
        ("Head of Security", "Head of Security"),
    ],
)
def test_the_name_is_the_title_up_to_role_blueprint(title, name):
    assert read_post(START, title)["title"] == name


@pytest.mark.parametrize(
    ("title", "below", "name"),
    [
        ("Interview Scorecard", "<p><b>Role:</b> Baker</p>", "Baker"),
        ("Candidate evaluation form", table("Candidate:|", "Position:|Baker"), "Baker"),
        ("Bewertungsbogen Vorstellungsgespräch", "<p>Stelle: Bäckerin</p>", "Bäckerin"),
        ("Grille d’évaluation – entretien d’embauche", "<h2>Poste : Boulangère</h2>", "Boulangère"),
        ("Interview Scorecard", "<p>Position: ________</p>", "Interview Scorecard"),
        ("Baker: interview scorecard", "<p>Role: Head baker</p>", "Baker: interview scorecard"),
        ("Interview Scorecard", "<p>Role: to be read before: at home</p>", "Interview Scorecard"),
    ],
)
def test_a_title_that_names_a_form_gives_way_to_the_position(title, below, name):
    assert read(f"<h1>{title}</h1>{below}{table('Criterion|1|5', 'Care|a|b')}")["title"] == name


def test_a_row_that_spans_the_first_table_is_the_title_of_a_document_without_one():
    rows = "<tr><td colspan=3>Scorecard – Baker</td></tr><tr><td>Criterion</td><td>1</td><td>5</td></tr>"
    markup = f"<table>{rows}<tr><td>Care</td><td>a</td><td>b</td></tr></table>"

    assert read(markup)["title"] == "Scorecard – Baker"


def test_the_role_title_row_names_the_role_and_a_column_called_title_does_not():
    career = f"<h2>3) Career path</h2>{table('Title|Level', 'Staff|5')}"
    final = "<h2>20) Final summary</h2><table><tr><th>Role title:</th><td><b>A &amp; B</b></td></tr></table>"

    assert read_post(START + career)["title"] == "Designer"
    assert read_post(START + career + final)["title"] == "A & B"


def test_the_title_element_names_an_html_page():
    markup = f"<html><head><title>Zed &amp; Co: Role Blueprint | Site</title></head><body>{START}</body></html>"

    assert read(markup)["title"] == "Zed & Co"


@pytest.mark.parametrize(
    ("markup", "summary"),
    [
        ("<h2>1) Role Summary</h2><p>A <b>big</b>\none.</p><p>Two.</p><h2>2) Role</h2>", "A big one."),
        ("<h2>Executive summary</h2><h3>x</h3><ul><li>y</li></ul><div>Loose.</div><h2>Role</h2>", "Loose."),
        ("<h2>1) Role Mission</h2><p>a</p><h2>20) Final Role Summary</h2><p>No.</p>", ""),
    ],
)
def test_the_summary_is_the_first_paragraph_of_its_section(markup, summary):
    assert read_post(markup)["summary"] == summary


# --- one document, asked for one thing ---


def document(markup: str) -> Document:
    return load(markup.encode(), filename="role.html")


@pytest.mark.parametrize(
    ("title", "about"),
    [
        ("Role mission", True),
        ("Key responsibilities", True),
        ("Career path", True),
        ("KPIs", True),
        ("Cooking", False),
        ("Skilled labour", False),
    ],
)
def test_a_document_is_about_a_role_by_any_of_its_titles(title, about):
    assert is_about_a_role(document(f"<h2>Eating</h2><h2>{title}</h2>")) is about


def test_a_document_without_a_title_is_named_by_its_first_section():
    assert role_name(document("<h2>Shepherd, role of</h2><h2>Role</h2>")).value == "Shepherd, role of"


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Designer - Role Blueprint", "Designer"),
        ("Designer | role blueprint | Site", "Designer"),
        ("Designer Role Blueprint", "Designer"),
        ("Role Blueprint", "Role Blueprint"),
        ("Role Blueprints for all", "Role Blueprints for all"),
    ],
)
def test_whatever_parts_it_from_the_name_role_blueprint_is_cut_off(title, name):
    assert role_name(document(f"<title>{title}</title><h2>1) Role</h2><h2>2) Role</h2>")).value == name


@pytest.mark.parametrize("label", ["Role title", "ROLE TITLE:", "Job title", "Title", "Role"])
def test_the_final_table_may_call_the_role_s_name_differently(label):
    row = f"<table><tr><td>{label}</td><td>Shepherd</td></tr></table>"

    assert role_name(document(f"<h2>1) Role</h2><h2>2) At a glance</h2>{row}")).value == "Shepherd"


def test_outside_the_final_table_only_role_title_counts():
    rows = "<table><tr><td>Title</td><td>Shepherd</td></tr><tr><td>Role title</td><td>Goatherd</td></tr></table>"

    assert role_name(document(f"<h2>1) Role</h2><h2>2) Career</h2>{rows}")).value == "Goatherd"


def test_the_final_table_goes_before_a_later_section():
    row = "<table><tr><td>Role title</td><td>{}</td></tr></table>"
    markup = f"<h2>1) At a glance</h2>{row.format('Shepherd')}<h2>2) Role</h2>{row.format('Goatherd')}"

    assert role_name(document(markup)).value == "Shepherd"


def test_a_row_without_a_name_names_nothing():
    row = "<table><tr><td>Role title</td><td>—</td></tr></table>"

    assert (
        role_name(document(f"<title>Goatherd</title><h2>1) Role</h2><h2>2) At a glance</h2>{row}")).value == "Goatherd"
    )


def test_a_summary_that_is_missing_is_told():
    found = role_summary(document("<h2>1) Role</h2><p>x</p><h2>2) Role</h2>"))

    assert found.value == ""
    assert [row.code for row in found.warnings] == ["role_summary_missing"]


def test_a_summary_of_lists_alone_is_none():
    found = role_summary(document("<h2>1) Role summary</h2><ul><li>x</li></ul><h2>2) Role</h2>"))

    assert found.value == ""


def test_the_lines_of_a_summary_s_first_paragraph_are_one_text():
    found = role_summary(document("<h2>1) Role overview</h2><p>One.<br>Two.</p><p>Three.</p><h2>2) Role</h2>"))

    assert (found.value, found.warnings) == ("One. Two.", ())


def test_a_numbered_or_known_section_names_no_role_and_the_name_is_asked_for():
    for markup in ("<h2>1) Weaving</h2><h2>2) Role</h2>", "<h2>Role summary</h2><h2>Role</h2>"):
        found = role_name(document(markup))

        assert found.value == "Untitled role"
        assert [row.code for row in found.warnings] == ["role_name_missing"]


LEVELS = "<p>1 – drops<br>3 – holds<br>5 – mends</p>"
TWO = f"<p><b>Care</b></p>{LEVELS}<p><b>Order</b></p>{LEVELS}"


def test_a_document_without_a_title_is_not_called_like_its_first_dimension():
    found = plan_of(TWO)

    assert found.title == "Untitled role"
    assert "role_name_missing" in {row.code for row in found.warnings}


@pytest.mark.parametrize("word", ["Subject", "Betreff", "Objet", "Asunto"])
def test_a_memo_is_called_by_its_subject(word):
    assert plan_of(f"<p>From: the office</p><p>{word}: How we rate rangers</p>{TWO}").title == "How we rate rangers"
