"""Every kind of event that the code records reads as a sentence, and no sentence stands for nothing."""

import ast
from pathlib import Path

import pytest
from django.conf import settings

from audit.presenters import SENTENCES, sentence

ROOMS = (
    "accounts",
    "audit",
    "candidates",
    "debriefs",
    "files",
    "notices",
    "packets",
    "privacy",
    "operations",
    "rubrics",
    "samples",
    "scorecards",
    "workbench",
)
RECORDERS = {"record", "record_each", "tell"}


def is_a_recorder(call: ast.Call) -> bool:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    return name in RECORDERS


def calls_in_the_code() -> list[ast.Call]:
    """Every call of a recorder, those of the sample's own trail among them."""
    sources = [path for room in ROOMS for path in Path(settings.BASE_DIR / room).rglob("*.py")]
    nodes = [node for path in sources for node in ast.walk(ast.parse(path.read_text()))]
    return [node for node in nodes if isinstance(node, ast.Call) and node.args and is_a_recorder(node)]


def words_in_the_code() -> set[str]:
    sources = [path for room in ROOMS for path in Path(settings.BASE_DIR / room).rglob("*.py")]
    texts = [path.read_text() for path in sources if path.name != "presenters.py"]
    constants = [node for text in texts for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Constant)]
    return {node.value for node in constants if isinstance(node.value, str)}


def test_every_kind_that_the_code_records_has_a_sentence():
    firsts = [call.args[0] for call in calls_in_the_code()]
    kinds = {first.value for first in firsts if isinstance(first, ast.Constant)}

    assert len(kinds) > 60
    assert {kind for kind in kinds if kind not in SENTENCES} == set()


def test_every_sentence_is_of_a_kind_that_the_code_names():
    assert set(SENTENCES) - words_in_the_code() == set()


def test_a_sentence_goes_on_after_a_persons_name():
    assert [kind for kind, text in SENTENCES.items() if not text[0].islower() or text.endswith(".")] == []


def test_a_kind_that_nobody_described_is_an_error():
    assert sentence("decision.recorded") == "recorded a decision"
    with pytest.raises(KeyError):
        sentence("nothing.happened")
