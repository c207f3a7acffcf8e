"""An import's plan as a list of what was read, each fact with the place in the document that it came from. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from rubrics.blueprints.documents import Document
from rubrics.blueprints.exercises import PlannedExercise
from rubrics.blueprints.places import Place, Texts
from rubrics.blueprints.plan import ImportPlan
from rubrics.blueprints.planned_dimensions import PlannedDimension


@dataclass(frozen=True)
class Passage:
    """One fact about an item, such as the wording of level 3.

    `places` are those that it is made of, none where it was not found again.
    """

    label: str
    text: str
    places: tuple[Place, ...] = ()

    @property
    def place(self) -> Place | None:
        """Where it begins."""
        return self.places[0] if self.places else None


@dataclass(frozen=True)
class Item:
    """A dimension, an exercise or the like. `key` is unique in the plan, `detail` stands beside the name.

    `places` are those that the name is made of, none where it was not found again.
    """

    key: str
    name: str
    detail: str = ""
    places: tuple[Place, ...] = ()
    passages: tuple[Passage, ...] = ()

    @property
    def place(self) -> Place | None:
        """Where its name begins."""
        return self.places[0] if self.places else None


@dataclass(frozen=True)
class Group:
    """The items of one kind; `one` and `many` name it in running text."""

    title: str
    one: str
    many: str
    items: tuple[Item, ...]

    @property
    def counted(self) -> str:
        """How many there are, in words."""
        return self.count(len(self.items))

    def count(self, number: int) -> str:
        """So many of them, in words."""
        return f"{number} {self.one if number == 1 else self.many}"


OF_DIMENSIONS = ("scorecard", "focus", "questions", "hiring", "whole")
HIRING = "hiring"  # all of the hiring section's blocks
WHOLE = "whole"  # all of the document's
Fact = tuple[str, str]  # a label and a text


def groups_of(plan: ImportPlan, document: Document | None) -> list[Group]:
    """What was read, by kind. A rubric's own JSON has no document, and so no places."""
    finder = _Finder(plan, document)
    signals = [
        Group(title, one, many, tuple(finder.signals(kind, texts)))
        for (kind, texts), (title, one, many) in zip(plan.signals.items(), SIGNALS, strict=True)
    ]
    return [
        Group("Dimensions", "dimension", "dimensions", tuple(finder.dimensions(plan.dimensions))),
        Group("Exercises", "exercise", "exercises", tuple(finder.exercises(plan.exercises))),
        *signals,
        Group("Focus areas", "focus area", "focus areas", tuple(finder.focus_areas(plan))),
        Group("Technical skills", "technical skill", "technical skills", tuple(finder.skills(plan))),
        Group("Soft skills", "soft skill", "soft skills", tuple(finder.soft_skills(plan))),
    ]


SIGNALS = (
    ("Strong signals", "strong signal", "strong signals"),
    ("Weak signals", "weak signal", "weak signals"),
    ("Red flags", "red flag", "red flags"),
)


class _Finder:
    """Looks for each fact where it was read, else in the hiring section, else in the whole document."""

    def __init__(self, plan: ImportPlan, document: Document | None) -> None:
        self.blocks = () if document is None else document.blocks
        self.read_from = plan.read_from
        self.known: dict[str, Texts] = {}

    def texts(self, part: str) -> Texts:
        """The texts of a part's blocks."""
        if part not in self.known:
            wanted = self.read_from.get(part, frozenset())
            blocks = [block for block in self.blocks if part == WHOLE or block.number in wanted]
            self.known[part] = Texts.of(blocks)
        return self.known[part]

    def dimensions(self, rows: Iterable[PlannedDimension]) -> Iterator[Item]:
        for row in rows:
            facts = [(f"Level {level}", text) for level, text in row.anchors.items()]
            for question in row.questions:
                answers = [("Strong answer", question.strong), ("Weak answer", question.weak)]
                facts += _filled([("Ask", question.text), *answers])
            weight = "" if row.weight is None else f"{row.weight:g} %"
            yield self.item(f"dimension-{row.key}", row.name, weight, facts, OF_DIMENSIONS)

    def exercises(self, rows: Iterable[PlannedExercise]) -> Iterator[Item]:
        for number, row in enumerate(rows, start=1):
            facts = [("Prompt", row.prompt)] if row.prompt else []
            facts += [("Look for", text) for text in row.look_for]
            name = f"{row.label}: {row.title}" if row.label else row.title
            item = self.item(f"exercise-{number}", row.title, row.duration or "", facts, ("exercises", HIRING, WHOLE))
            yield replace(item, name=name)

    def signals(self, kind: str, texts: Iterable[str]) -> Iterator[Item]:
        for number, text in enumerate(texts, start=1):
            yield self.item(f"{kind}-{number}", text, "", [], (kind, "questions", HIRING, WHOLE))

    def focus_areas(self, plan: ImportPlan) -> Iterator[Item]:
        for number, row in enumerate(plan.focus_areas, start=1):
            facts = [("Detail", row.detail)] if row.detail else []
            yield self.item(f"focus-{number}", row.name, "", facts, ("focus", "questions", HIRING, WHOLE))

    def skills(self, plan: ImportPlan) -> Iterator[Item]:
        for number, row in enumerate(plan.skills, start=1):
            detail = ", ".join(text for text in (row.group, row.importance) if text)
            facts = _filled([("Description", row.description), ("Use", row.use)])
            yield self.item(f"skill-{number}", row.name, detail, facts, ("skills", WHOLE))

    def soft_skills(self, plan: ImportPlan) -> Iterator[Item]:
        for number, row in enumerate(plan.soft_skills, start=1):
            facts = _filled([("Why it matters", row.why), ("How it shows", row.how), ("Strong", row.strong)])
            yield self.item(f"soft-{number}", row.name, "", facts, ("soft_skills", WHOLE))

    def item(self, key: str, name: str, detail: str, facts: list[Fact], parts: Iterable[str]) -> Item:
        """An item in the first of the parts that says its name."""
        for part in parts:
            texts = self.texts(part)
            at = _place_of_name(texts, name, facts)
            if at >= 0:
                return Item(key, name, detail, texts.covered(at, name), tuple(self.passages(texts, at, facts)))
        unplaced = tuple(Passage(label, text) for label, text in facts)
        return Item(key, name, detail, (), unplaced)

    def passages(self, texts: Texts, at: int, facts: Iterable[Fact]) -> Iterator[Passage]:
        """The facts, each where it stands at or behind the name's row, else in the part, else in the document."""
        start = texts.start_of_row(at)
        for label, text in facts:
            for among, after in ((texts, start), (texts, 0), (self.texts(WHOLE), 0)):
                found = among.find(text, after)
                if found >= 0:
                    yield Passage(label, text, among.covered(found, text))
                    break
            else:
                yield Passage(label, text)


def _filled(facts: list[Fact]) -> list[Fact]:
    return [(label, text) for label, text in facts if text]


def _place_of_name(texts: Texts, name: str, facts: list[Fact]) -> int:
    """Where the name stands alone, and of several such places the one that its first fact follows most closely."""
    alone = texts.whole(name)
    if len(alone) < 2 or not facts:
        return alone[0] if alone else texts.find(name)
    first = facts[0][1]
    distances: list[tuple[int, int]] = []
    for at in alone:
        fact = texts.find(first, texts.start_of_row(at))
        distances.append((abs(fact - at) if fact >= 0 else len(texts.joined), at))
    return min(distances)[1]
