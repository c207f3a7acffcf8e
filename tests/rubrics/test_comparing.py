"""Two stored versions compared, and a document with a stored version."""

from dataclasses import replace

from rubrics.comparing import compared, compared_with_plan
from rubrics.models import RubricVersion
from rubrics.rows import add_row, move_row, remove_row
from tests.rubrics.drafting import reword, write


def told(before: RubricVersion, after: RubricVersion) -> dict[str, list[tuple[str, str, list[str]]]]:
    """By section: kind, name and the labels of what changed."""
    found = {}
    for section in compared(before, RubricVersion.objects.get(pk=after.pk)):
        found[section.title] = [
            (change.kind, change.name, [fact.label for fact in change.facts]) for change in section.changes
        ]
    return found


def test_a_fork_says_the_same(published_version, draft_version):
    assert compared(published_version, draft_version) == ()


def test_each_kind_of_change_is_told(published_version, draft_version, person):
    by = person("recruiter")
    first, second, third = draft_version.dimensions.all()[:3]
    names = first.name, second.name, third.name
    reword(first, weight="20", weight_reason="Most of the work", level_3="Put otherwise", by=by)
    remove_row(draft_version, "dimension", second.pk, by=by)
    move_row(draft_version, "dimension", third.pk, to=99, by=by)
    question = add_row(draft_version, "question", among=str(first.pk), by=by)
    write(draft_version, {f"question_{question.pk}_text": "Why?", "summary": "Keeps bees."}, by=by)
    signal = draft_version.signals.filter(kind="red_flag").first()
    write(draft_version, {f"signal_{signal.pk}_text": f"{signal.text} always"}, by=by)

    found = told(published_version, draft_version)

    assert found["Role"] == [("changed", draft_version.rubric.title, ["Summary"])]
    assert found["Dimensions"] == [
        ("changed", names[0], ["Weight", "Reason for the weight", "Level 3: Meets the bar"]),
        ("moved", names[2], []),
        ("removed", names[1], ["Name", "Weight", "Level 3: Meets the bar", "Level 5: Exceeds the bar"]),
    ]
    assert ("added", "Why?", ["Question", "Dimension"]) in found["Questions"]
    assert found["Red flags"] == [("changed", f"{signal.text} always", ["Wording"])]


def test_a_document_is_compared_in_what_documents_say(draft_version, sample_plan, person):
    by = person("recruiter")
    reword(draft_version.dimensions.first(), must_have="on", weight="30", weight_reason="Ours", by=by)
    write(draft_version, {"needs_evidence_1": "on"}, by=by)
    first, *others = sample_plan.dimensions
    reworded = replace(first, anchors={**first.anchors, 3: "Put otherwise"})
    weighted = replace(first, weight=40.0)

    same = compared_with_plan(draft_version, sample_plan)
    [section] = compared_with_plan(draft_version, replace(sample_plan, dimensions=(reworded, *others)))
    [heavier] = compared_with_plan(draft_version, replace(sample_plan, dimensions=(weighted, *others)))

    assert same == ()
    assert [(change.name, [fact.label for fact in change.facts]) for change in section.changes] == [
        (first.name, ["Level 3: Meets the bar"])
    ]
    assert [fact.label for fact in heavier.changes[0].facts] == ["Weight"]
