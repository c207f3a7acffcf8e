"""The parts of a document that a person said something of, gathered for the readers; the rules get the rest. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from rubrics.blueprints import tellings
from rubrics.blueprints.directions import Directions
from rubrics.blueprints.line_kinds import BELOW_ALL, level_label
from rubrics.blueprints.sections import Block, Section, acts_as_heading
from rubrics.blueprints.skills import group_named

PARTS = {
    tellings.DIMENSION: "scorecard",
    tellings.SCORECARD: "scorecard",
    tellings.EXERCISE: "exercises",
    tellings.EXERCISES: "exercises",
    tellings.FOCUS_AREA: "focus",
    tellings.FOCUS: "focus",
    tellings.QUESTIONS: "questions",
    tellings.STRONG: "strong",
    tellings.WEAK: "weak",
    tellings.RED_FLAG: "red_flag",
    tellings.SKILLS: "skills",
    tellings.SOFT_SKILLS: "soft_skills",
    tellings.NOTHING: "",
}
OUTSIDE = frozenset({"", "skills", "soft_skills"})  # no parts of an interview
WITHOUT_HEADING = frozenset({
    tellings.EXERCISES,
    tellings.FOCUS,
    tellings.STRONG,
    tellings.WEAK,
    tellings.RED_FLAG,
    tellings.SKILLS,
    tellings.SOFT_SKILLS,
    tellings.NOTHING,
})  # fmt: skip


@dataclass(frozen=True)
class Run:
    """Blocks of one part, as one heading or table that was told something has them; `part` is empty for nothing."""

    part: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Told:
    """What was told of a document, as blocks.

    `taken` are the numbers of blocks that the rules no longer read; `marked` are blocks that stay where they are and
    say what they are.
    """

    runs: tuple[Run, ...] = ()
    taken: frozenset[int] = frozenset()
    marked: Mapping[int, Block] = field(default_factory=dict)

    @property
    def is_about_interviews(self) -> bool:
        """Whether something was told to be a part of an interview."""
        return any(run.part not in OUTSIDE for run in self.runs)

    def runs_of(self, part: str) -> list[tuple[Block, ...]]:
        """The blocks of each run of a part, in the order of the page."""
        return [run.blocks for run in self.runs if run.part == part]

    def part(self, name: str) -> tuple[Block, ...]:
        """All blocks that were told to be of a part, in the order of the page."""
        return in_page_order([block for run in self.runs_of(name) for block in run])

    def remaining(self, blocks: Iterable[Block]) -> tuple[Block, ...]:
        """What is left of blocks for the rules."""
        left = [block for block in blocks if block.number not in self.taken]
        return tuple(self.marked.get(block.number, block) for block in left)

    def remaining_sections(self, sections: Iterable[Section]) -> tuple[Section, ...]:
        """What is left of sections for the rules; one whose heading was told is none."""
        left = [section for section in sections if section.place not in self.taken]
        return tuple(replace(section, blocks=self.remaining(section.blocks)) for section in left)

    def without_other_things(self, sections: Iterable[Section]) -> tuple[Section, ...]:
        """The sections without what was told to be no part of an interview: where the rules look for the hiring section.

        The parts of an interview stay in their places, because they show what the others around them are.
        """
        outside: set[int] = set()
        told: dict[int, Block] = dict(self.marked)
        for run in self.runs:
            for block in run.blocks:
                told[block.number] = block
                if run.part in OUTSIDE:
                    outside.add(block.number)
        kept: list[Section] = []
        for section in sections:
            blocks = [told.get(block.number, block) for block in section.blocks if block.number not in outside]
            if section.place not in outside:
                kept.append(replace(section, blocks=tuple(blocks)))
        return tuple(kept)


NOTHING_TOLD = Told()


def in_page_order(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """The blocks by their number; a heading of ours stays before what it heads."""
    numbered: list[tuple[int, int, Block]] = []
    following = 0
    listed = list(blocks)
    for index in reversed(range(len(listed))):
        block = listed[index]
        following = block.number if block.number >= 0 else following
        numbered.append((following, index, block))
    return tuple(block for _, _, block in sorted(numbered, key=_number_and_index))


def _number_and_index(entry: tuple[int, int, Block]) -> tuple[int, int]:
    return entry[0], entry[1]


# --- Gathering ---


@dataclass
class _Open:
    """A run while it is gathered: what its heading was told to be, and that heading's level."""

    telling: str
    level: int
    blocks: list[Block] = field(default_factory=list)


@dataclass
class _Gathering:
    """What was told of the blocks so far: all runs, those of headings that are still open, and what stays in place."""

    runs: list[_Open] = field(default_factory=list)
    open: list[_Open] = field(default_factory=list)
    marked: dict[int, Block] = field(default_factory=dict)

    def close_from(self, level: int) -> None:
        """Closes the runs of headings that a heading of this level ends; one of level 0 ends none."""
        while level and self.open and self.open[-1].level >= level:
            self.open.pop()

    def table(self, block: Block, telling: str, columns: tuple[str, ...]) -> None:
        """A table that was told to be something, or some of whose columns were."""
        told = telling or tellings.SCORECARD
        self.runs.append(_Open(told, BELOW_ALL, [replace(block, told=told, columns=columns)]))

    def heading(self, block: Block, telling: str, level: int) -> None:
        run = _Open(telling, level, [_as_heading(block, telling, level)])
        self.runs.append(run)
        self.open.append(run)

    def in_place(self, block: Block, telling: str) -> None:
        """A heading that goes on with what stands above it."""
        marked = _as_heading(block, telling, BELOW_ALL)
        self.marked[block.number] = marked
        self.go_on(marked)

    def go_on(self, block: Block) -> None:
        """A block that belongs to the last open heading; without one it is left to the rules."""
        if self.open:
            self.open[-1].blocks.append(block)

    def told(self) -> Told:
        taken = frozenset(block.number for run in self.runs for block in run.blocks)
        return Told(tuple(_closed(run) for run in self.runs), taken, self.marked)


def told_of(blocks: Iterable[Block], directions: Directions) -> Told:
    """What was told of these blocks: a heading's telling holds for all below it that nothing else was told of."""
    if not directions:
        return NOTHING_TOLD
    gathering = _Gathering()
    for block in blocks:
        telling = directions.blocks.get(block.number, "")
        stays = telling in tellings.IN_PLACE
        level = 0 if stays else _level(block, telling)
        gathering.close_from(level)
        columns = directions.of_columns(block)
        if block.kind == "table" and (telling or columns):
            gathering.table(block, telling, columns)
        elif stays:
            gathering.in_place(block, telling)
        elif telling:
            gathering.heading(block, telling, level)
        else:
            gathering.go_on(block)
    return gathering.told()


def _level(block: Block, telling: str) -> int:
    """The level of a heading or of a bold line, below all of them; 0 for any other block.

    A bold line that names a level, and was told nothing, belongs to what stands above it.
    """
    if block.is_heading:
        return block.level
    if not acts_as_heading(block):
        return 0
    names_a_level = level_label(block.lines[0].text) != ""
    if names_a_level and not telling:
        return 0
    return BELOW_ALL


def _as_heading(block: Block, telling: str, level: int) -> Block:
    text = block.text or block.lines[0].text.rstrip(": ")
    return Block("heading", level, text, number=block.number, told=telling)


def _closed(run: _Open) -> Run:
    """A run with its heading where that says something itself, such as a dimension's name or a group of skills."""
    part = PARTS[run.telling]
    head, *below = run.blocks
    names_a_group = part == "skills" and group_named(head.text) is not None
    if run.telling not in WITHOUT_HEADING or head.kind == "table" or names_a_group or not part:
        return Run(part, tuple(run.blocks))
    return Run(part, tuple(below))
