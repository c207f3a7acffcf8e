"""Every form that shows what is stored keeps what others changed until it is saved (accounts/meanwhile.py)."""

import ast

from tests.architecture.test_imports import CODE, layer, module, tree

# Forms whose page shows what is stored, or what is proposed, and that overwrite nobody's words.
OTHERS = {
    "AmendForm": "compared with the scorecard's own count of saves",
    "CopyForm": "proposes the title of a new row",
    "LanguageForm": "proposes the language of a new rubric",
    "NewRubricForm": "proposes the language of a new rubric",
    "PacketForm": "proposes the profile of a new packet",
    "PreferencesForm": "one's own preferences",
}
# What a view hands to a form that shows what is stored.
STORED = {"initial", "instance", "interview", "candidate", "guest"}
# Forms whose first values come from a row that is handed in for other reasons too.
ALSO = {"StateForm", "RetentionForm"}


def classes() -> dict[str, set[str]]:
    """By the name of each class in the rooms' forms, the names of what it builds on."""
    found: dict[str, set[str]] = {}
    for path in CODE:
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.ClassDef):
                found[node.name] = {base.attr if isinstance(base, ast.Attribute) else base.id for base in _named(node)}
    return found


def _named(node: ast.ClassDef) -> list[ast.Attribute | ast.Name]:
    return [base for base in node.bases if isinstance(base, ast.Attribute | ast.Name)]


def keeps_others(name: str, known: dict[str, set[str]]) -> bool:
    return name == "SharedForm" or any(keeps_others(base, known) for base in known.get(name, ()))


def filled_forms() -> set[str]:
    """The names of forms that views make of what was sent, with something stored as their first values."""
    found = set()
    for path in CODE:
        if layer(module(path)) < layer("candidates.views"):
            continue
        for node in ast.walk(tree(path)):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            if node.func.id.endswith("Form") and STORED & {word.arg for word in node.keywords}:
                found.add(node.func.id)
    return found


def test_a_form_that_shows_what_is_stored_keeps_what_others_changed():
    known = classes()
    filled = filled_forms() | ALSO

    assert {"OpeningEditForm", "RoundForm", "CandidateEditForm", "InterviewForm", "PersonEditForm"} <= filled
    assert {name for name in filled if not keeps_others(name, known)} - OTHERS.keys() == set()
    assert OTHERS.keys() <= filled
