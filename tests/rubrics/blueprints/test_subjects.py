"""What a document says about one subject."""

from rubrics.blueprints import words
from rubrics.blueprints.sections import Block
from rubrics.blueprints.subjects import section_on, soft, technical
from tests.rubrics.role_documents import START, read, sections_of

MUST = "<h3>Must-have technical skills</h3>"
FIELDS = ("<b>Why it matters:</b> W.", "<b>How it shows up:</b> H.", "<b>Strong performance looks like:</b> S.")


def skills(inner: str, title: str = "8) Technical Skills Required") -> list[tuple]:
    return [tuple(row.values()) for row in read(f"{START}<h2>{title}</h2>{inner}")["skills"]]


def soft_of(inner: str, title: str = "9) Soft Skills and Behavioral Capabilities") -> list[tuple]:
    return [tuple(row.values()) for row in read(f"{START}<h2>{title}</h2>{inner}")["soft_skills"]]


def test_one_section_may_hold_both_kinds():
    inner = f"{MUST}<ul><li>Go: x</li></ul><h3>Soft skills</h3><ul><li><b>Calm</b>: {' '.join(FIELDS)}</li></ul>"

    assert [row[1] for row in skills(inner, title="Technical Skills and Soft Skills")] == ["Go"]
    assert [row[0] for row in soft_of(inner, title="Technical Skills and Soft Skills")] == ["Calm"]


# --- which blocks a subject has ---


def texts(blocks: list[Block]) -> list[str]:
    return [block.text or block.lines[0].text for block in blocks]


def test_the_section_of_a_subject_is_taken_whole():
    sections = sections_of("<h2>1) Role</h2><p>r</p><h2>2) Technical skills</h2><h3>Must-have</h3><p>a</p>")

    assert texts(technical(sections)) == ["Must-have", "a"]


def test_the_section_of_a_subject_ends_at_a_sub_heading_on_the_other():
    inner = "<p>a</p><h3>Behavioral skills</h3><p>b</p>"
    sections = sections_of(f"<h2>1) Role</h2><h2>2) Technical skills</h2>{inner}")

    assert texts(technical(sections)) == ["a"]


def test_sub_headings_in_the_other_subject_s_section_will_do():
    inner = "<p>x</p><h3>Technical skills</h3><h4>Must-have</h4><p>a</p><h3>Soft skills</h3><p>b</p>"
    sections = sections_of(f"<h2>1) Role</h2><h2>2) Soft skills and others</h2>{inner}")

    assert texts(technical(sections)) == ["Must-have", "a"]


def test_a_sub_heading_of_higher_rank_ends_the_subject():
    inner = "<h4>Technical skills</h4><p>a</p><h3>Growth</h3><p>b</p>"
    sections = sections_of(f"<h2>1) Role</h2><h2>2) Soft skills</h2>{inner}<h2>3) Role</h2>")

    assert texts(technical(sections)) == ["a"]


def test_a_section_on_both_without_sub_headings_is_taken_whole_for_each():
    sections = sections_of("<h2>1) Role</h2><h2>2) Technical skills and soft skills</h2><p>a</p>")

    assert texts(technical(sections)) == ["a"]
    assert texts(soft(sections)) == ["a"]


def test_a_subject_that_no_heading_names_has_no_blocks():
    sections = sections_of("<h2>1) Role</h2><p>a</p><h2>2) Role</h2><p>b</p>")

    assert technical(sections) == []
    assert soft(sections) == []


def test_the_first_section_on_a_subject_is_taken():
    sections = sections_of("<h2>1) Soft skills</h2><p>a</p><h2>2) Behavioral skills</h2><p>b</p>")

    assert texts(soft(sections)) == ["a"]


def test_a_section_on_a_subject_may_be_kept_out_by_another():
    sections = sections_of("<h2>1) Role summary</h2><p>a</p><h2>2) Final role summary</h2><p>b</p>")

    found = section_on(reversed(sections), words.SUMMARY_SECTION, but=words.FINAL_SECTION)

    assert found is not None
    assert found.title == "Role summary"
    assert section_on(sections, words.HIRING_SECTION) is None
