"""Two stored versions compared, and a document with a stored version."""

from dataclasses import replace

import pytest

from rubrics.comparing import compared, compared_with_plan
from rubrics.models import RubricVersion
from rubrics.rows import add_row, move_row, remove_row
from rubrics.services import fork_version, publish_version
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


# --- each part, in the section and under the label that its reader knows it by ----------
PARTS_WRITTEN = [
    ("", "", "summary", "Keeps bees.", "Role", "Summary"),
    ("", "", "language", "cs", "Role", "Language"),
    ("", "", "needs_evidence_1", "on", "Role", "Scores that need evidence"),
    ("dimension", "dimensions", "name", "Put otherwise", "Dimensions", "Name"),
    ("dimension", "dimensions", "must_have", "on", "Dimensions", "Must-have"),
    ("dimension", "dimensions", "level_2", "Put otherwise", "Dimensions", "Level 2: Below the bar"),
    ("question", "questions", "text", "Put otherwise", "Questions", "Question"),
    ("question", "questions", "strong", "Put otherwise", "Questions", "A strong answer"),
    ("question", "questions", "weak", "Put otherwise", "Questions", "A weak answer"),
    ("exercise", "exercises", "title", "Put otherwise", "Exercises", "Title"),
    ("exercise", "exercises", "duration", "9 days", "Exercises", "Duration"),
    ("exercise", "exercises", "prompt", "Put otherwise", "Exercises", "Prompt"),
    ("exercise", "exercises", "look_for", "one\ntwo", "Exercises", "What to look for"),
    ("area", "focus_areas", "detail", "Put otherwise", "Focus areas", "Detail"),
    ("area", "focus_areas", "topics", "one\ntwo", "Focus areas", "Topics"),
    ("skill", "skills", "group", "emerging", "Skills", "Group"),
    ("skill", "skills", "description", "Put otherwise", "Skills", "Description"),
    ("skill", "skills", "use", "Put otherwise", "Skills", "Use"),
    ("skill", "skills", "importance", "Put otherwise", "Skills", "Importance"),
    ("soft", "soft_skills", "why", "Put otherwise", "Soft skills", "Why it matters"),
    ("soft", "soft_skills", "how", "Put otherwise", "Soft skills", "How it shows"),
    ("soft", "soft_skills", "strong", "Put otherwise", "Soft skills", "Strong performance"),
]


@pytest.fixture
def asked_version(draft_version, person) -> RubricVersion:
    """A draft whose first dimension has a question."""
    by = person("recruiter")
    question = add_row(draft_version, "question", among=str(draft_version.dimensions.first().pk), by=by)
    write(draft_version, {f"question_{question.pk}_text": "What broke last, and who mended it?"}, by=by)
    return draft_version


@pytest.mark.parametrize(("kind", "rows", "part", "text", "section", "label"), PARTS_WRITTEN)
def test_each_part_is_compared_under_its_own_name(asked_version, person, kind, rows, part, text, section, label):
    by = person("recruiter")
    before = publish_version(asked_version, by=by)
    after = fork_version(before, by=by)
    name = part
    if kind == "question":
        name = f"question_{after.dimensions.first().questions.first().pk}_{part}"
    elif kind:
        name = f"{kind}_{getattr(after, rows).first().pk}_{part}"
    write(after, {name: text}, by=by)

    [changed] = [found for found in compared(before, RubricVersion.objects.get(pk=after.pk)) if found.title == section]

    labels = {fact.label for change in changed.changes for fact in change.facts}
    assert label in labels


def test_what_an_exercise_shows_is_told_by_the_names_of_its_dimensions(published_version, draft_version, person):
    exercise, dimension = draft_version.exercises.first(), draft_version.dimensions.last()
    write(draft_version, {f"exercise_{exercise.pk}_shows_{dimension.pk}": "on"}, by=person("recruiter"))

    [section] = compared(published_version, RubricVersion.objects.get(pk=draft_version.pk))

    [fact] = section.changes[0].facts
    assert (section.title, fact.label) == ("Exercises", "Dimensions that it shows")
    assert "".join(words.text for words in fact.words if words.mark != "removed").endswith(dimension.name)


def test_a_weight_is_told_as_it_is_set_and_not_as_a_share(published_version, draft_version, person):
    reword(draft_version.dimensions.first(), weight="12.5", weight_reason="Ours", by=person("recruiter"))

    [section] = compared(published_version, RubricVersion.objects.get(pk=draft_version.pk))

    [change] = section.changes
    words = {fact.label: [(word.mark, word.text.strip()) for word in fact.words] for fact in change.facts}
    assert words["Weight"] == [("removed", "equal share"), ("added", "12.5 %")]


@pytest.mark.parametrize(
    ("name", "changes", "section", "label"),
    [
        ("exercises", {"prompt": "Put otherwise"}, "Exercises", "Prompt"),
        ("exercises", {"duration": "9 days"}, "Exercises", "Duration"),
        ("exercises", {"look_for": ("one",)}, "Exercises", "What to look for"),
        ("focus_areas", {"detail": "Put otherwise"}, "Focus areas", "Detail"),
        ("focus_areas", {"topics": ("one",)}, "Focus areas", "Topics"),
        ("skills", {"use": "Put otherwise"}, "Skills", "Use"),
        ("soft_skills", {"why": "Put otherwise"}, "Soft skills", "Why it matters"),
    ],
)
def test_a_document_that_says_a_part_otherwise_is_told_where(draft_version, sample_plan, name, changes, section, label):
    first, *others = getattr(sample_plan, name)
    plan = replace(sample_plan, **{name: (replace(first, **changes), *others)})

    [changed] = compared_with_plan(draft_version, plan)

    assert (changed.title, [fact.label for fact in changed.changes[0].facts]) == (section, [label])


@pytest.mark.parametrize(
    ("name", "section"), [("strong", "Strong signals"), ("weak", "Weak signals"), ("red_flag", "Red flags")]
)
def test_a_document_without_a_signal_takes_it_away(draft_version, sample_plan, name, section):
    first, *others = getattr(sample_plan, name)

    [changed] = compared_with_plan(draft_version, replace(sample_plan, **{name: tuple(others)}))

    assert (changed.title, [(change.kind, change.name) for change in changed.changes]) == (
        section,
        [("removed", first)],
    )


def test_what_was_set_here_and_no_document_says_is_no_difference(draft_version, sample_plan, person):
    by = person("recruiter")
    exercise, dimension = draft_version.exercises.first(), draft_version.dimensions.last()
    add_row(draft_version, "question", among=str(dimension.pk), by=by)
    write(draft_version, {f"exercise_{exercise.pk}_shows_{dimension.pk}": "on", "language": "cs"}, by=by)

    assert compared_with_plan(draft_version, sample_plan) == ()
