"""What the editor of a draft shows: its parts as cards, each with the controls of its fields."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from rubrics.contents import Contents, Row
from rubrics.fields import PARTS, SHOWS, TICKED, FieldName
from rubrics.levels import LEVEL_MEANINGS, LEVEL_NAMES, LEVELS
from rubrics.models import Dimension, Exercise
from rubrics.rows import undoable
from rubrics.shares import explained, shares
from rubrics.titles import has_fixed_title


@dataclass(frozen=True)
class Control:
    """One field: its name, the text in it, and why that was refused, or empty."""

    name: str
    value: str
    refusal: str = ""

    @property
    def id(self) -> str:
        return f"id_{self.name}"

    @property
    def ticked(self) -> bool:
        return self.value == TICKED


@dataclass(frozen=True)
class LevelControl:
    """The wording of one level, 1 to 5, with its name and what the scale means by it."""

    level: int
    name: str
    meaning: str
    control: Control


@dataclass(frozen=True)
class Card:
    """One row of the draft. `number` counts from 1 among its own, of which there are `total`."""

    kind: str
    pk: int
    number: int
    total: int
    called: str
    controls: Mapping[str, Control]
    levels: tuple[LevelControl, ...] = ()
    questions: tuple["Card", ...] = ()
    shows: tuple[tuple[str, Control], ...] = ()
    share: str = ""
    origin: Mapping[str, str | int] = field(default_factory=dict)

    @property
    def id(self) -> str:
        return f"{self.kind}_{self.pk}"

    @property
    def row(self) -> str:
        """What a button calls it by."""
        return f"{self.kind} {self.pk}"

    @property
    def is_first(self) -> bool:
        return self.number == 1

    @property
    def is_last(self) -> bool:
        return self.number == self.total

    @property
    def is_refused(self) -> bool:
        return any(control.refusal for control in self.controls.values())


@dataclass(frozen=True)
class SignalGroup:
    """The signals of one kind."""

    kind: str
    title: str
    cards: tuple[Card, ...]


@dataclass(frozen=True)
class Editor:
    """A draft as its editor shows it.

    `texts` are shown in place of what is stored, with the words in `refusals` beside them, both by field.
    """

    contents: Contents
    texts: Mapping[str, str] = field(default_factory=dict)
    refusals: Mapping[str, str] = field(default_factory=dict)

    # --- the rubric itself -----------------------------------------------------
    @property
    def controls(self) -> dict[str, Control]:
        return self._controls("", 0)

    @property
    def evidence(self) -> list[tuple[str, Control]]:
        """Each level with its name, and whether it needs evidence."""
        controls = self.controls
        return [(f"{level}: {LEVEL_NAMES[level]}", controls[f"needs_evidence_{level}"]) for level in LEVELS]

    @property
    def has_fixed_title(self) -> bool:
        return has_fixed_title(self.contents.version)

    @property
    def undoable(self) -> str:
        return undoable(self.contents.version)

    @property
    def outline(self) -> str:
        return outline_of(self.contents)

    @property
    def weighing(self) -> str:
        return weighing_of(self.contents)

    # --- its rows --------------------------------------------------------------
    @property
    def dimensions(self) -> tuple[Card, ...]:
        found = shares_of(self.contents)
        cards = []
        for number, row in enumerate(self.contents.dimensions, 1):
            cards.append(self._dimension(row, number, found[row.pk]))
        return tuple(cards)

    def _dimension(self, row: Dimension, number: int, share: str) -> Card:
        controls = self._controls("dimension", row.pk)
        levels = []
        for level in LEVELS:
            levels.append(LevelControl(level, LEVEL_NAMES[level], LEVEL_MEANINGS[level], controls[f"level_{level}"]))
        return Card(
            kind="dimension",
            pk=row.pk,
            number=number,
            total=len(self.contents.dimensions),
            called=row.name or f"Dimension {number}",
            controls=controls,
            levels=tuple(levels),
            questions=self._cards("question", list(row.questions.all())),
            share=share,
            origin=row.origin,
        )

    @property
    def exercises(self) -> tuple[Card, ...]:
        return self._cards("exercise", self.contents.exercises)

    @property
    def areas(self) -> tuple[Card, ...]:
        return self._cards("area", self.contents.areas)

    @property
    def signals(self) -> tuple[SignalGroup, ...]:
        groups = []
        for kind, title in (("strong", "Strong signals"), ("weak", "Weak signals"), ("red_flag", "Red flags")):
            rows = [row for row in self.contents.signals if row.kind == kind]
            groups.append(SignalGroup(kind, title, self._cards("signal", rows)))
        return tuple(groups)

    @property
    def skills(self) -> tuple[Card, ...]:
        return self._cards("skill", self.contents.skills)

    @property
    def soft_skills(self) -> tuple[Card, ...]:
        return self._cards("soft", self.contents.soft_skills)

    def _cards(self, kind: str, rows: Sequence[Row]) -> tuple[Card, ...]:
        cards = []
        for number, row in enumerate(rows, 1):
            cards.append(self._card(kind, row, number, len(rows)))
        return tuple(cards)

    def _card(self, kind: str, row: Row, number: int, total: int) -> Card:
        called = _short(str(row)) or f"{NAMES[kind]} {number}"
        return Card(
            kind=kind,
            pk=row.pk,
            number=number,
            total=total,
            called=called,
            controls=self._controls(kind, row.pk),
            shows=self._shows(row) if isinstance(row, Exercise) else (),
            origin=getattr(row, "origin", {}),
        )

    def _shows(self, row: Exercise) -> tuple[tuple[str, Control], ...]:
        """Each dimension by name, and whether the exercise shows it."""
        found = []
        for number, dimension in enumerate(self.contents.dimensions, 1):
            control = self._control(FieldName("exercise", row.pk, f"{SHOWS}{dimension.pk}"))
            found.append((dimension.name or f"Dimension {number}", control))
        return tuple(found)

    def _controls(self, kind: str, row: int) -> dict[str, Control]:
        return {part: self._control(FieldName(kind, row, part)) for part in PARTS[kind]}

    def _control(self, name: FieldName) -> Control:
        text = self.texts.get(str(name))
        value = self.contents.text(name) if text is None else text
        return Control(str(name), value, self.refusals.get(str(name), ""))


NAMES = {
    "question": "Question",
    "exercise": "Exercise",
    "area": "Focus area",
    "signal": "Signal",
    "skill": "Skill",
    "soft": "Soft skill",
}


def _short(text: str) -> str:
    words = " ".join(text.split()).strip(": ")
    return words if len(words) <= 60 else f"{words[:59]}…"


def shares_of(found: Contents) -> dict[int, str]:
    """What each dimension's share of the composite is, in words, by its id."""
    weights = [dimension.weight for dimension in found.dimensions]
    ids = [dimension.pk for dimension in found.dimensions]
    return {pk: share.words for pk, share in zip(ids, shares(weights), strict=True)}


def weighing_of(found: Contents) -> str:
    """How the shares come from the weights; empty where that goes without saying."""
    return explained(dimension.weight for dimension in found.dimensions)


def outline_of(found: Contents) -> str:
    """What changes where a row is added, removed or moved: twelve hexadecimal digits."""
    return sha256(found.outline.encode()).hexdigest()[:12]


def unwritten(texts: Iterable[str]) -> str:
    """Words that had no field any more, as one sentence can quote them."""
    written = (text for text in texts if text.strip())
    return " ".join(f"“{text}”" for text in written if text != TICKED)
