"""The product's own format: what was exported is read back to the byte, and what is wrong is named by its place."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from rubrics.blueprints.files import open_file
from rubrics.models import RubricVersion
from rubrics.readers.page import UnusableBlueprint
from tests.rubrics.role_documents import SAMPLE, plan_of_file


def exported() -> dict:
    """A small rubric as the format has it, with a part of each kind."""
    return {
        "format": "evenhand-rubric/1",
        "title": "Ferryman",
        "language": "da",
        "summary": "Brings people over the sound.",
        "source": {"title": "Ferryman: Role Blueprint", "url": None, "sha256": "ab" * 32},
        "scale": {"min": 1, "max": 5},
        "dimensions": [
            {
                "key": "ropes",
                "name": "Ropes",
                "weight": 12.5,
                "anchors": {"1": "Lets go", "3": "Holds\nboth ends"},
                "must_have": True,
                "weight_reason": "A ferry drifts",
                "origin": {"title": "Sailor", "number": 2, "key": "ropes"},
            },
            {
                "key": "calm",
                "name": "Calm",
                "weight": None,
                "anchors": {},
                "origin": {"starter": "calm", "language": "en"},
                "questions": [{"text": "When did it storm?", "strong": "Tells of one night", "weak": ""}],
            },
        ],
        "focus_areas": [{"name": "Weather", "detail": "Wind, fog", "topics": ["Wind", "fog"]}],
        "exercises": [
            {
                "label": "A",
                "title": "Moor",
                "duration": None,
                "prompt": "Moor her.",
                "look_for": ["Slow"],
                "dimensions": ["ropes"],
                "origin": {"title": "Sailor", "number": 1},
            }
        ],
        "signals": {"strong": ["Looks back"], "weak": [], "red_flag": ["Drinks"]},
        "skills": [{"group": "must-have", "name": "Knots", "description": "", "use": "Daily", "importance": "High"}],
        "soft_skills": [{"name": "Patience", "why": "Tides", "how": "Waits", "strong": "Sings"}],
        "sections": [{"number": 1, "title": "Role Summary"}, {"number": None, "title": "Hiring"}],
        "warnings": [{"code": "language_other", "message": "Said long ago."}],
        "evidence_levels": [1, 5],
    }


def printed(content: dict) -> str:
    return json.dumps(content, ensure_ascii=False, indent=2)


def read(content: dict):
    return plan_of_file(open_file(printed(content).encode(), filename="rubric.json"))


def test_what_was_exported_is_read_back_to_the_byte():
    content = exported()

    assert printed(read(content).as_json()) == printed(content)


def test_a_stored_rubric_goes_round_to_the_byte(db, tmp_path):
    """Exported, read, stored elsewhere, exported again: the same text each time."""
    path = tmp_path / "rubric.json"
    path.write_text(printed(exported()))

    call_command("import_blueprint", str(path), stdout=(imported := StringIO()))
    call_command("export_rubric", "ferryman", stdout=(first := StringIO()))
    path.write_text(first.getvalue() + "\n")
    call_command("import_blueprint", str(path), "--dry-run", stdout=(again := StringIO()))

    assert imported.getvalue().strip() == printed(exported())
    assert first.getvalue() == imported.getvalue() == again.getvalue()


def test_the_sample_s_export_is_read_back_to_the_byte(db, tmp_path):
    call_command("import_blueprint", str(SAMPLE), stdout=StringIO())
    slug = RubricVersion.objects.latest("pk").rubric.slug
    call_command("export_rubric", slug, stdout=(out := StringIO()))
    path = tmp_path / "rubric.json"
    path.write_text(out.getvalue())

    call_command("import_blueprint", str(path), "--dry-run", stdout=(again := StringIO()))

    assert again.getvalue() == out.getvalue()


def test_a_rubric_of_a_later_version_names_what_was_not_read():
    warning = read(exported() | {"moods": []}).warnings[-1]

    assert (warning.code, "“moods”" in warning.message) == ("unknown_fields", True)


def test_what_may_be_missing_is_empty():
    plan = read({"format": "evenhand-rubric/1", "title": "Porter", "source": None})

    assert plan.as_json()["source"] == {"title": None, "url": None, "sha256": None}
    assert (plan.title, plan.dimensions, plan.scale, plan.language) == ("Porter", (), None, "en")


def test_invisible_characters_are_left_out():
    assert read(exported() | {"summary": "over\u202ethe\x00 sound"}).summary == "overthe sound"


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("title", "", "title is missing"),
        ("title", 5, "title is not a text"),
        ("title", "x" * 301, "title has 301 characters; the limit is 300"),
        ("language", "tlh", "language is a code that Evenhand does not know"),
        ("scale", {"min": 1}, "scale lacks"),
        ("scale", {"min": 1, "max": 5.5}, "scale.max is not a whole number"),
        ("dimensions", {}, "dimensions is not a list"),
        ("dimensions", ["Calm"], "dimensions[0] is not an object"),
        ("dimensions", [{"key": "a", "name": "A", "questions": [{}]}], "dimensions[0].questions[0].text is missing"),
        ("dimensions", [{"key": "a", "name": "A", "anchors": {"7": "x"}}], "dimensions[0].anchors names a level"),
        ("dimensions", [{"key": "a", "name": "A", "weight": float("nan")}], "dimensions[0].weight is not a number"),
        ("dimensions", [{"key": "a", "name": "A", "weight": 10**400}], "dimensions[0].weight is not a number"),
        ("dimensions", [{"key": "a", "name": "A", "weight": True}], "dimensions[0].weight is not a number"),
        ("dimensions", [{"key": "a", "name": "A"}, {"key": "b", "name": " a"}], "“ a” is there twice"),
        ("dimensions", [{"key": "a", "name": "A"}] * 3000, "dimensions has 3,000 rows"),
        ("skills", [{"group": "nice", "name": "A"}], "skills[0].group is none of"),
        ("signals", {"strong": [3]}, "signals.strong[0].text is not a text"),
        (
            "exercises",
            [{"title": "A", "dimensions": ["sails"]}],
            "exercises show dimensions that are not there: “sails”",
        ),
        ("source", {"url": "javascript:x"}, "source.url is no web address"),
        ("dimensions", [{"key": "a", "name": "A", "weight_reason": 5}], "dimensions[0].weight_reason is not a text"),
        ("dimensions", [{"key": "a", "name": "A", "origin": "x"}], "dimensions[0].origin is not an object"),
        ("exercises", [{"title": "A", "origin": {"number": 0}}], "exercises[0].origin.number is not a number"),
        ("evidence_levels", [3, 6], "evidence_levels is not a list of levels"),
        ("evidence_levels", [[1]], "evidence_levels is not a list of levels"),
        ("evidence_levels", {"1": 1}, "evidence_levels is not a list of levels"),
        ("scale", {"max": 5}, "scale lacks"),
        ("scale", {"min": -1001, "max": 5}, "scale.min is not a number from -1,000 to 1,000"),
        ("scale", {"min": 1, "max": 1001}, "scale.max is not a number"),
        ("dimensions", [{"key": " ", "name": "A"}], "dimensions[0].key is missing"),
        ("dimensions", [{"key": "a" * 121, "name": "A"}], "dimensions[0].key has 121 characters; the limit is 120"),
        ("dimensions", [{"key": "a", "name": "A" * 301}], "dimensions[0].name has 301 characters"),
        ("dimensions", [{"key": "a", "name": "A", "weight": -1}], "dimensions[0].weight is not a number from 0"),
        ("dimensions", [{"key": "a", "name": "A"}, {"key": "a", "name": "B"}], "“B” is there twice"),
        ("sections", [{"number": -1, "title": "A"}], "sections[0].number is not a number from 0"),
        ("exercises", [{"title": "A", "origin": {"number": 1_000_001}}], "exercises[0].origin.number is not a number"),
    ],
)
def test_what_is_not_as_the_format_says_is_named_by_its_place(name, value, words):
    with pytest.raises(UnusableBlueprint) as refusal:
        read(exported() | {name: value})

    assert words in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_weights_and_numbers_are_taken_up_to_their_bounds():
    row = {"key": "a" * 120, "name": "A" * 300, "weight": 12.34567, "origin": {"title": "Sailor", "number": 1_000_000}}
    heavy = {"key": "b", "name": "B", "weight": 0}

    plan = read(exported() | {"dimensions": [row, heavy], "exercises": [], "scale": {"min": -1000, "max": 1000}})

    assert [dimension.weight for dimension in plan.dimensions] == [12.346, 0]
    assert plan.dimensions[0].origin["number"] == 1_000_000
    assert plan.as_json()["scale"] == {"min": -1000, "max": 1000}


def test_a_source_may_lack_its_address_and_its_title():
    source = {"title": None, "url": "", "sha256": None}

    assert read(exported() | {"source": source}).as_json()["source"]["title"] is None


def test_levels_that_need_evidence_are_sorted_and_said_once():
    assert read(exported() | {"evidence_levels": [5, 1, 5]}).evidence_levels == (1, 5)
