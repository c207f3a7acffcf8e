"""A version as what `rubrics.differences` compares, and two of them compared."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction

from rubrics.blueprints.exercises import PlannedExercise
from rubrics.blueprints.focus_areas import PlannedFocusArea
from rubrics.blueprints.language import LANGUAGES
from rubrics.blueprints.plan import ImportPlan
from rubrics.blueprints.planned_dimensions import PlannedDimension
from rubrics.blueprints.skills import PlannedSkill
from rubrics.blueprints.soft_skills import PlannedSoftSkill
from rubrics.contents import Contents, contents, wording
from rubrics.differences import Fact, Item, Section, SectionChange, differences
from rubrics.levels import LEVEL_NAMES, LEVELS
from rubrics.models import Dimension, Exercise, FocusArea, Question, RubricVersion, Signal, Skill, SoftSkill
from rubrics.shares import percent_shown

Named = FocusArea | Skill | SoftSkill | PlannedFocusArea | PlannedSkill | PlannedSoftSkill


def compared(before: RubricVersion, after: RubricVersion) -> tuple[SectionChange, ...]:
    """What differs from the earlier version to the later one."""
    return differences(sections_of(contents(before)), sections_of(contents(after)))


def compared_with_plan(before: RubricVersion, plan: ImportPlan) -> tuple[SectionChange, ...]:
    """What a document says differently from the stored version, in the parts that documents have."""
    is_weighted = any(row.weight is not None for row in plan.dimensions)
    local = LOCAL if is_weighted else {*LOCAL, "Weight"}
    told = [Section(section.title, _without(local, section.items)) for section in sections_of(contents(before))]
    planned = [Section(section.title, _without(local, section.items)) for section in _sections_of_plan(plan)]
    return differences(told, planned)


def _without(labels: set[str], found: Iterable[Item]) -> tuple[Item, ...]:
    """The items without the facts of these labels."""
    items = []
    for item in found:
        facts = tuple(fact for fact in item.facts if fact.label not in labels)
        items.append(Item(item.key, item.name, facts))
    return tuple(items)


def _sections_of_plan(plan: ImportPlan) -> list[Section]:
    return [
        Section("Role", (Item("role", plan.title, (Fact("Summary", plan.summary),)),)),
        Section("Dimensions", tuple(map(_planned_dimension, plan.dimensions))),
        Section("Exercises", tuple(map(_planned_exercise, plan.exercises))),
        Section("Strong signals", tuple(map(_signal, plan.strong))),
        Section("Weak signals", tuple(map(_signal, plan.weak))),
        Section("Red flags", tuple(map(_signal, plan.red_flag))),
        Section("Focus areas", tuple(_facts_of(plan.focus_areas, {"detail": "Detail", "topics": "Topics"}))),
        Section("Skills", tuple(_facts_of(plan.skills, SKILL))),
        Section("Soft skills", tuple(_facts_of(plan.soft_skills, SOFT_SKILL))),
    ]


def _planned_dimension(row: PlannedDimension) -> Item:
    wordings = tuple(_level(level, row.anchors.get(level, "")) for level in LEVELS)
    return Item(row.key, row.name, (Fact("Name", row.name), _weight(row.weight), *wordings))


def _planned_exercise(row: PlannedExercise) -> Item:
    name = f"{row.label}: {row.title}" if row.label else row.title
    facts = (
        Fact("Title", name),
        Fact("Duration", row.duration or ""),
        Fact("Prompt", row.prompt),
        Fact("What to look for", "\n".join(row.look_for)),
    )
    return Item("", name, facts)


def sections_of(found: Contents) -> list[Section]:
    """All that two versions may differ in, in the order in which their pages show it."""
    return [
        Section("Role", (_role(found),)),
        Section("Dimensions", tuple(_dimensions(found))),
        Section("Questions", tuple(_questions(found))),
        Section("Exercises", tuple(_exercise(row, found) for row in found.exercises)),
        *_signals(found),
        Section("Focus areas", tuple(_facts_of(found.areas, {"detail": "Detail", "topics": "Topics"}))),
        Section("Skills", tuple(_facts_of(found.skills, SKILL))),
        Section("Soft skills", tuple(_facts_of(found.soft_skills, SOFT_SKILL))),
    ]


# What no document says: it is kept where a newer one is imported.
LOCAL = {
    "Language",
    "Scores that need evidence",
    "Must-have",
    "Reason for the weight",
    "Dimensions that it shows",
}
SKILL = {"group": "Group", "description": "Description", "use": "Use", "importance": "Importance"}
SOFT_SKILL = {"why": "Why it matters", "how": "How it shows", "strong": "Strong performance"}


def _role(found: Contents) -> Item:
    version = found.version
    levels = ", ".join(str(level) for level in version.evidence_levels)
    facts = (
        Fact("Summary", version.summary),
        Fact("Language", LANGUAGES.get(version.language, version.language), whole=True),
        Fact("Scores that need evidence", levels, whole=True),
    )
    return Item("role", version.rubric.title, facts)


def _dimensions(found: Contents) -> Iterator[Item]:
    for dimension in found.dimensions:
        yield Item(dimension.key, dimension.name, tuple(_of_a_dimension(dimension)))


def _of_a_dimension(dimension: Dimension) -> Iterator[Fact]:
    """The weight is the one that is set: all shares change with one of them."""
    weight = dimension.weight
    yield Fact("Name", dimension.name)
    yield Fact("Must-have", "must-have" if dimension.must_have else "", whole=True)
    yield _weight(weight)
    yield Fact("Reason for the weight", "" if weight is None else dimension.weight_reason)
    for level, text in wording(dimension).items():
        yield _level(level, text)


def _weight(weight: Decimal | float | None) -> Fact:
    return Fact("Weight", "equal share" if weight is None else percent_shown(Fraction(weight)), whole=True)


def _level(level: int, text: str) -> Fact:
    return Fact(f"Level {level}: {LEVEL_NAMES[level]}", text)


def _questions(found: Contents) -> Iterator[Item]:
    for dimension in found.dimensions:
        for question in dimension.questions.all():
            yield _question(question, dimension)


def _question(question: Question, dimension: Dimension) -> Item:
    facts = (
        Fact("Question", question.text),
        Fact("Dimension", dimension.name),
        Fact("A strong answer", question.strong),
        Fact("A weak answer", question.weak),
    )
    return Item("", question.text, facts)


def _exercise(row: Exercise, found: Contents) -> Item:
    shown = [dimension.name for dimension in found.dimensions if dimension.key in row.dimension_keys]
    facts = (
        Fact("Title", str(row)),
        Fact("Duration", row.duration),
        Fact("Prompt", row.prompt),
        Fact("What to look for", "\n".join(row.look_for)),
        Fact("Dimensions that it shows", ", ".join(shown)),
    )
    return Item("", str(row), facts)


def _signals(found: Contents) -> Iterator[Section]:
    titles = {Signal.Kind.STRONG: "Strong signals", Signal.Kind.WEAK: "Weak signals", Signal.Kind.RED_FLAG: "Red flags"}
    for kind, title in titles.items():
        rows = [row for row in found.signals if row.kind == kind]
        yield Section(title, tuple(_signal(row.text) for row in rows))


def _signal(text: str) -> Item:
    return Item("", text, (Fact("Wording", text),))


def _facts_of(rows: Iterable[Named], labels: dict[str, str]) -> Iterator[Item]:
    """Rows with a name, and texts or lists of texts under these labels."""
    for row in rows:
        facts = [Fact("Name", row.name)]
        for part, label in labels.items():
            value = getattr(row, part)
            facts.append(Fact(label, value if isinstance(value, str) else "\n".join(value)))
        yield Item("", row.name, tuple(facts))
