"""One rubric in every format that is read gives the same plan, and what is not read says how to save it."""

import json

import pytest

from rubrics.blueprints.files import open_file
from rubrics.blueprints.plan import ImportPlan
from rubrics.readers.choice import SIZE_LIMIT, read
from rubrics.readers.page import UnusableBlueprint
from tests.rubrics.office_files import docx, html_file, ods, odt, xlsx
from tests.rubrics.role_documents import plan_of_file

SCORECARD = [
    ["Dimension", "Weight", "1", "3", "5"],
    ["Route planning", "60%", "Drives by guess", "Plans each run, and says why", "Finds runs nobody saw"],
    ["Care for parcels", "40%", "Drops them", "Keeps them dry", "Teaches others to pack"],
]
STRONG = ["Knows the town’s streets", "Asks before a detour"]
WEAK = ["Blames the van"]
RED = ["Opens parcels"]
LOOK_FOR = ["Counts the stops", "Leaves time for lunch"]
BLOCKS = [
    ("h1", "Courier: Role Blueprint"),
    ("h2", "1) Role Summary"),
    ("p", "Brings parcels to every door of the old town, in any weather and by the shortest way."),
    ("h2", "2) Hiring Evaluation Criteria"),
    ("h3", "Practical exercises"),
    ("p", "*Exercise A: Plan a morning* (30 minutes)"),
    ("p", "Plan twelve stops on the map that we hand out."),
    ("p", "What to look for:"),
    ("ul", LOOK_FOR),
    ("h3", "Strong signals"),
    ("ul", STRONG),
    ("h3", "Weak signals"),
    ("ul", WEAK),
    ("h3", "Red flags"),
    ("ul", RED),
    ("h3", "Interview scorecard"),
    ("table", SCORECARD),
]


def markdown(blocks, bullet: str = "- ") -> bytes:
    parts = []
    for kind, content in blocks:
        if kind == "ul":
            parts.append("\n".join(bullet + item for item in content))
        elif kind == "table":
            rows = ["| " + " | ".join(row) + " |" for row in content]
            parts.append("\n".join([rows[0], "|---" * len(content[0]) + "|", *rows[1:]]))
        else:
            mark = "" if kind == "p" else "#" * int(kind[1]) + " "
            parts.append(mark + content.replace("*", "**"))
    return "\n\n".join(parts).encode()


def text(blocks) -> bytes:
    parts = []
    for kind, content in blocks:
        if kind == "ul":
            parts.append("\n".join(f"  • {item}" for item in content))
        elif kind == "table":
            parts.append("\n".join("\t".join(row) for row in content))
        else:
            parts.append(content.replace("*", ""))
    return "\n\n".join(parts).encode()


def pdf(blocks) -> bytes:
    from weasyprint import HTML

    sheet = "<style>table{border-collapse:collapse}td,th{border:1px solid;padding:4px}</style>"
    return HTML(string=sheet + html_file(blocks).decode()).write_pdf()


WHOLE = {
    "role.html": html_file(BLOCKS),
    "role.json": json.dumps({"title": {"rendered": ""}, "content": {"rendered": html_file(BLOCKS).decode()}}).encode(),
    "role.docx": docx(BLOCKS),
    "role.odt": odt(BLOCKS),
    "role.md": markdown(BLOCKS),
    "role.txt": text(BLOCKS),
}


def plan_in(data: bytes, filename: str) -> ImportPlan:
    return plan_of_file(open_file(data, filename=filename))


def judged_by(plan: ImportPlan) -> dict[str, object]:
    """All that a plan says of the role, without where it came from."""
    found = plan.as_json()
    return {name: found[name] for name in found if name not in {"source", "warnings", "sections"}}


EXPECTED = judged_by(plan_in(WHOLE["role.html"], "role.html"))


def test_the_rubric_of_the_comparison_is_whole():
    assert EXPECTED["title"] == "Courier"
    assert EXPECTED["signals"] == {"strong": STRONG, "weak": WEAK, "red_flag": RED}
    assert [row["look_for"] for row in EXPECTED["exercises"]] == [LOOK_FOR]
    assert [row["weight"] for row in EXPECTED["dimensions"]] == [60, 40]
    assert [row["anchors"] for row in EXPECTED["dimensions"]] == [
        dict(zip("135", row[2:], strict=True)) for row in SCORECARD[1:]
    ]


@pytest.mark.parametrize("filename", WHOLE)
def test_every_format_gives_the_same_plan(filename):
    assert judged_by(plan_in(WHOLE[filename], filename)) == EXPECTED


@pytest.mark.parametrize("filename", WHOLE)
def test_a_wrong_name_changes_nothing(filename):
    assert judged_by(plan_in(WHOLE[filename], "blueprint.bin")) == EXPECTED


def test_a_pdf_gives_the_same_plan_and_says_that_it_is_our_reading():
    plan = plan_in(pdf(BLOCKS), "role.pdf")

    assert judged_by(plan) == EXPECTED
    assert plan.warnings[0].code == "pdf_reading"


def csv(rows, separator: str) -> bytes:
    return "\r\n".join(separator.join(f'"{cell}"' for cell in row) for row in rows).encode("utf-8-sig")


SCORECARDS = {
    "scores.xlsx": xlsx({"Sheet1": SCORECARD}),
    "scores.ods": ods({"Tabelle1": SCORECARD}),
    "scores.csv": csv(SCORECARD, ";"),
    "scores.tsv": csv(SCORECARD, "\t"),
    "scores.md": markdown([("table", SCORECARD)]),
    "scores.html": html_file([("table", SCORECARD)]),
    "scores.docx": docx([("table", SCORECARD)]),
}


@pytest.mark.parametrize("filename", SCORECARDS)
def test_a_scorecard_alone_gives_the_same_dimensions_in_every_format(filename):
    plan = plan_in(SCORECARDS[filename], filename)

    assert plan.as_json()["dimensions"] == EXPECTED["dimensions"]


@pytest.mark.parametrize(("data", "words"), [(b" \n", "empty"), (b"x" * (SIZE_LIMIT + 1), "the limit is 8,388,608")])
def test_what_is_empty_or_too_large_is_refused_at_once(data, words):
    with pytest.raises(UnusableBlueprint, match=words):
        read(data, filename="role.txt")


def test_a_page_of_nothing_but_elements_is_refused():
    with pytest.raises(UnusableBlueprint, match="more than 500,000 elements"):
        read(b"<p>" * 500_001, filename="role.html")


def test_an_encoding_that_was_guessed_is_said():
    page = read("Skill;1;5\nFran\xe7ais;non;oui".encode("cp1252"), filename="role.csv")

    assert page.warnings[0].code == "encoding_guessed"
    assert page.name == "Role"
