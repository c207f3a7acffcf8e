"""Blueprints of the family: the shipped sample, the variants that other files bring, and hostile ones."""

import contextlib
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rubrics.blueprints.documents import UnusableBlueprint, load
from rubrics.blueprints.plan import plan

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "rubrics" / "samples" / "platform-reliability-engineer.json"


def read(html: str, title: str = "Data Engineer: Role Blueprint") -> dict:
    post = {"title": {"rendered": title}, "content": {"rendered": html}}
    return plan(load(json.dumps(post).encode(), filename="x.json")).as_json()


def hiring(inner: str) -> str:
    return f"<h2>1) Role Summary</h2><p>Moves data.</p><h2>7. Hiring evaluation</h2>{inner}<h2>8) Final</h2><p>x</p>"


def table(head: list[str], *rows: list[str]) -> str:
    cells = "".join(f"<th>{text}</th>" for text in head)
    body = "".join("<tr>" + "".join(f"<td>{text}</td>" for text in row) + "</tr>" for row in rows)
    return f"<h3>Scorecard</h3><table><tr>{cells}</tr>{body}</table>"


def codes(found: dict) -> list[str]:
    return [row["code"] for row in found["warnings"]]


def test_sample_is_found_whole():
    found = plan(load(SAMPLE.read_bytes(), filename=SAMPLE.name)).as_json()

    assert found["title"] == "Platform Reliability Engineer"
    assert [len(row["anchors"]) for row in found["dimensions"]] == [2] * 8
    assert [row["label"] for row in found["exercises"]] == ["A", "B", "C"]
    assert [len(row["look_for"]) for row in found["exercises"]] == [4, 4, 3]
    assert {kind: len(rows) for kind, rows in found["signals"].items()} == {"strong": 4, "weak": 3, "red_flag": 3}
    assert len(found["focus_areas"]) == 7
    assert found["focus_areas"][0]["topics"] == ["Processes", "memory", "networks (DNS, TLS, routing)", "storage"]
    assert {row["group"] for row in found["skills"]} == {"must-have", "good-to-have", "advanced", "emerging"}
    assert all(row["why"] and row["how"] and row["strong"] for row in found["soft_skills"])
    assert len(found["sections"]) == 20
    assert found["scale"] == {"min": 1, "max": 5}
    assert found["warnings"] == []


@pytest.mark.parametrize("path", sorted((ROOT.parent / "shared" / "blueprints").glob("*.json")), ids=lambda p: p.stem)
def test_real_blueprints_are_read_without_a_warning(path):
    found = plan(load(path.read_bytes(), filename=path.name)).as_json()

    assert found["warnings"] == []
    assert len(found["dimensions"]) == 8
    assert len(found["sections"]) == 20


def test_five_levels_in_any_order_and_weights():
    head = ["Criterion", "Weight (%)", "5", "Level 4", "3", "2 – Weak", "1"]
    found = read(
        hiring(table(head, ["SQL", "60 %", "e", "d", "c", "b", "a"], ["Team", "40,0", "E", "D", "C", "B", "A"]))
    )

    assert found["dimensions"][0] == {
        "key": "sql",
        "name": "SQL",
        "weight": 60,
        "anchors": {"1": "a", "2": "b", "3": "c", "4": "d", "5": "e"},
    }
    assert found["dimensions"][1]["weight"] == 40


def test_groups_totals_and_twins_are_no_dimensions():
    head = ["Dimension", "Below bar", "Meets bar", "Exceeds bar"]
    rows = [["Technical", "", "", ""], ["SQL", "a", "b", "c"], ["sql ", "x", "y", "z"], ["Total", "", "", "100"]]
    found = read(hiring(table(head, *rows)))

    assert [row["name"] for row in found["dimensions"]] == ["SQL"]
    assert found["dimensions"][0]["anchors"] == {"1": "a", "3": "b", "5": "c"}
    assert "dimension_duplicate" in codes(found)


def test_without_a_scorecard_the_focus_areas_stand_in():
    found = read(hiring("<h3>What to assess</h3><ul><li>Modelling: keys, types.</li><li>Care</li></ul>"))

    assert [row["name"] for row in found["dimensions"]] == ["Modelling", "Care"]
    assert all(row["draft"] is True and row["anchors"] == {} for row in found["dimensions"])
    assert "scorecard_missing" in codes(found)
    assert found["focus_areas"][0]["topics"] == ["keys", "types"]


def test_exercises_as_headings_with_lists():
    inner = """<h3>Practical exercises</h3><h4>Exercise 1: Join two tables (45 minutes)</h4><p>Prompt: Write it.</p>
    <p>What to look for:</p><ul><li>Correct keys</li><li>Range 1–5 checked</li></ul>
    <h4>Exercise 2: Explain</h4>
    <ul><li>Prompt: Say why.</li><li>What to look for:<ul><li>Plain words</li></ul></li></ul>"""
    found = read(hiring(inner))

    assert found["exercises"] == [
        {
            "label": "1",
            "title": "Join two tables",
            "duration": "45 minutes",
            "prompt": "Write it.",
            "look_for": ["Correct keys", "Range 1–5 checked"],
        },
        {"label": "2", "title": "Explain", "duration": None, "prompt": "Say why.", "look_for": ["Plain words"]},
    ]


def test_another_scale_is_a_warning():
    found = read(hiring("<h3>Scorecard</h3><p>Rate on a scale of 1–4.</p>"))

    assert found["scale"] == {"min": 1, "max": 4}
    assert "scale_unsupported" in codes(found)


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert('zq')</script>",
        "<style>zq</style>",
        "<img src=x onerror='zq'>",
        "<iframe srcdoc='<b>zq</b>'></iframe>",
        "<svg><script>zq</script></svg>",
        "<!-- zq -->",
        "<template>zq</template>",
        "<a href='javascript:zq'>ok</a>",
        "<p style='zq' onclick='zq'>ok</p>",
    ],
)
def test_nothing_hostile_is_kept(hostile):
    document = load(hiring(hostile + "<p>fine</p>").encode(), filename="x.html")

    assert "zq" not in json.dumps(plan(document).as_json())
    assert all("zq" not in section.html for section in document.sections)


def test_deep_nesting_loses_nothing():
    html = "<div>" * 5000 + hiring(table(["Dimension", "Meets bar"], ["SQL", "b"])) + "</div>" * 5000

    assert [row["name"] for row in read(html)["dimensions"]] == ["SQL"]


def test_five_megabytes_are_read():
    html = hiring("<p>" + "word " * 1_000_000 + "</p>" + table(["Dimension", "Meets bar"], ["SQL", "b"]))

    assert [row["name"] for row in read(html)["dimensions"]] == ["SQL"]


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "empty"),
        (b"  \n", "empty"),
        (b"\xff\xfe\x00", "UTF-8"),
        (b"{", "JSON"),
        (b"{}", "content.rendered"),
        (b'{"content": {"rendered": ""}}', "empty"),
        (b"just words", "no section headings"),
        (b"<h2>Cooking</h2><p>Stir.</p><h2>Eating</h2>", "no role blueprint"),
        (b"[" * 100_000, "JSON"),
    ],
)
def test_unusable_files_say_why(data, problem):
    with pytest.raises(UnusableBlueprint, match=problem):
        plan(load(data, filename="x"))


def test_text_is_plain():
    found = read(hiring("<h3>Red flags</h3><ul><li>Fish &amp;amp; chips\u202e &lt;b&gt;</li></ul>"))

    assert found["signals"]["red_flag"] == ["Fish &amp; chips <b>"]


def test_other_scripts_get_keys():
    found = read(hiring(table(["Dimension", "3", "5"], ["设计", "a", "b"], ["Qualität", "c", "d"])))

    assert [row["key"] for row in found["dimensions"]] == ["dimension-1", "qualitat"]


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "<h2>Hiring",
                "<h3>Scorecard",
                "<table>",
                "<tr>",
                "<td>",
                "</td>",
                "<li>",
                "<ul>",
                "– a",
                "<p>",
                "\n",
                "é",
                "<td colspan=9",
                ">",
                "&#0;",
                "<th>5",
                "</table>",
                "<br>",
            ]
        ),
        max_size=60,
    )
)
def test_any_markup_is_read_or_refused(parts):
    with contextlib.suppress(UnusableBlueprint):
        plan(load("".join(parts).encode(), filename="x.html")).as_json()
