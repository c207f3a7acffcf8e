"""From a Document to an ImportPlan: what would be stored, shown to the user first, and as rubric JSON."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from rubrics.blueprints import subjects
from rubrics.blueprints.directions import UNTOLD, Directions
from rubrics.blueprints.documents import Document, UnusableBlueprint
from rubrics.blueprints.exercises import PlannedExercise
from rubrics.blueprints.focus_areas import PlannedFocusArea
from rubrics.blueprints.hiring import find_hiring
from rubrics.blueprints.interview import Interview, read_interview
from rubrics.blueprints.language import ENGLISH, guess
from rubrics.blueprints.planned_dimensions import PlannedDimension, folded
from rubrics.blueprints.reading import PlanWarning, Read, all_warnings
from rubrics.blueprints.recognising import is_scorecard
from rubrics.blueprints.role import is_about_a_role, role_name, role_summary
from rubrics.blueprints.rubric_json import FORMAT, RubricJson, ScaleJson, SectionJson, SourceJson, as_json_rows
from rubrics.blueprints.scale import read_scale
from rubrics.blueprints.sections import Block, Section
from rubrics.blueprints.skills import PlannedSkill, skills
from rubrics.blueprints.soft_skills import PlannedSoftSkill, soft_skills
from rubrics.blueprints.told import Told, told_of
from rubrics.blueprints.unread import about_unread_texts


@dataclass(frozen=True)
class PlannedSection:
    """A top section of the document: the number that its heading states, and its cleaned HTML."""

    number: int | None
    title: str
    html: str

    @classmethod
    def of(cls, section: Section) -> "PlannedSection":
        return cls(section.number, section.title, section.html)

    def as_json(self) -> SectionJson:
        return {"number": self.number, "title": self.title}


@dataclass(frozen=True)
class ImportPlan:
    """Everything that an import would store. All text is plain; `sha256` is that of the file's bytes.

    `levels_assumed` says that the document's levels are not numbered 1 to 5 and that ours are our reading of them;
    `language` is a guess; `source` is what a rubric's own JSON names as its source, else None. It alone says of which
    levels a score needs evidence: `evidence_levels`. `read_from` are the numbers of the document's blocks that each part
    of the rubric was read from.
    """

    title: str
    summary: str
    source_title: str
    source_url: str
    sha256: str
    scale: ScaleJson | None
    levels_assumed: bool
    dimensions: tuple[PlannedDimension, ...]
    focus_areas: tuple[PlannedFocusArea, ...]
    exercises: tuple[PlannedExercise, ...]
    strong: tuple[str, ...]
    weak: tuple[str, ...]
    red_flag: tuple[str, ...]
    skills: tuple[PlannedSkill, ...]
    soft_skills: tuple[PlannedSoftSkill, ...]
    sections: tuple[PlannedSection, ...]
    warnings: tuple[PlanWarning, ...]
    language: str = ENGLISH
    source: SourceJson | None = None
    evidence_levels: tuple[int, ...] = ()
    read_from: Mapping[str, frozenset[int]] = field(default_factory=dict, compare=False)

    @classmethod
    def of(
        cls,
        document: Document,
        interview: Interview,
        *,
        title: str,
        summary: str,
        scale: ScaleJson | None,
        skills: tuple[PlannedSkill, ...],
        soft_skills: tuple[PlannedSoftSkill, ...],
        warnings: tuple[PlanWarning, ...],
        read_from: Mapping[str, frozenset[int]],
    ) -> "ImportPlan":
        """The plan of a document, of whose hiring section `interview` is the content."""
        return cls(
            title=title,
            language=guess(_own_words(interview, summary)),
            summary=summary,
            source_title=document.title,
            source_url=document.url,
            sha256=document.sha256,
            scale=scale,
            levels_assumed=interview.scorecard.levels_assumed,
            dimensions=interview.scorecard.dimensions,
            focus_areas=interview.focus_areas,
            exercises=interview.exercises,
            strong=interview.strong,
            weak=interview.weak,
            red_flag=interview.red_flag,
            skills=skills,
            soft_skills=soft_skills,
            sections=tuple(PlannedSection.of(section) for section in document.sections),
            warnings=warnings,
            read_from=read_from,
        )

    @property
    def signals(self) -> dict[str, tuple[str, ...]]:
        """The signals by kind."""
        return {"strong": self.strong, "weak": self.weak, "red_flag": self.red_flag}

    def _own_source(self) -> SourceJson:
        return {"title": self.source_title, "url": self.source_url or None, "sha256": self.sha256}

    @property
    def is_empty(self) -> bool:
        """Whether nothing was found to judge anybody by."""
        found = (
            self.dimensions,
            self.focus_areas,
            self.exercises,
            *self.signals.values(),
            self.skills,
            self.soft_skills,
        )
        return not any(found)

    def as_json(self) -> RubricJson:
        """The plan in format evenhand-rubric/1."""
        found: RubricJson = {
            "format": FORMAT,
            "title": self.title,
            "language": self.language,
            "summary": self.summary,
            "source": self.source or self._own_source(),
            "scale": self.scale,
            "dimensions": as_json_rows(self.dimensions),
            "focus_areas": as_json_rows(self.focus_areas),
            "exercises": as_json_rows(self.exercises),
            "signals": {
                "strong": list(self.strong),
                "weak": list(self.weak),
                "red_flag": list(self.red_flag),
            },
            "skills": as_json_rows(self.skills),
            "soft_skills": as_json_rows(self.soft_skills),
            "sections": as_json_rows(self.sections),
            "warnings": as_json_rows(self.warnings),
        }
        if self.evidence_levels:
            found["evidence_levels"] = list(self.evidence_levels)
        return found


def plan(document: Document, directions: Directions = UNTOLD, *, to_be_told: bool = False) -> ImportPlan:
    """What the document says, read as it was told. What is missing becomes a warning.

    Raises UnusableBlueprint where no section looks like one of a role blueprint and nothing was told of any, unless it
    is still `to_be_told`.
    """
    told = told_of(document.blocks, directions)
    nesting = _nesting(document)
    hiring = _hiring(document, told)
    if hiring.value is None and not (directions or to_be_told or is_about_a_role(document)):
        raise UnusableBlueprint("this is not a role blueprint: it has no section on a role, its skills or hiring")
    interview = read_interview(hiring.value, told)
    sections = told.remaining_sections(document.sections)
    parts = dict(interview.value.parts)
    rated = _Rated.of(interview.value)
    parts["skills"] = rated.left_of(tuple(subjects.technical(sections)), skills) + told.part("skills")
    parts["soft_skills"] = rated.left_of(tuple(subjects.soft(sections)), soft_skills) + told.part("soft_skills")
    technical = skills(parts["skills"])
    technical = technical.or_warning("skills_missing", "No technical skills were found.")
    soft = soft_skills(parts["soft_skills"])
    soft = soft.or_warning("soft_skills_missing", "No soft skills were found.")
    rows = interview.value.scorecard.dimensions
    names = [row.name for row in rows]
    name = role_name(document, but=names if len(rows) > 1 else ())
    summary = role_summary(document)
    scale = read_scale(interview.value.about_scores, interview.value.scorecard)
    warnings = all_warnings(
        Read(None, document.warnings), nesting, hiring, interview, technical, soft, name, summary, scale
    )
    if all(section.number is None for section in document.sections):
        warnings = tuple(_in_one(warnings))
    found = ImportPlan.of(
        document,
        interview.value,
        title=name.value,
        summary=summary.value,
        scale=scale.value,
        skills=technical.value,
        soft_skills=soft.value,
        warnings=warnings,
        read_from=_numbers(parts),
    )
    unread = about_unread_texts(_about_hiring(document, told, parts), found.as_json())
    return replace(found, warnings=warnings + unread)


def _about_hiring(document: Document, told: Told, parts: Mapping[str, tuple[Block, ...]]) -> Iterator[Block]:
    """The headings, and what was read as the hiring section.

    Also each scorecard elsewhere that nobody said anything of.
    """
    hiring = {block.number for block in parts["hiring"]}
    passed = told.taken | {block.number for block in parts["final"]}
    for block in document.blocks:
        if block.is_heading or block.number in hiring or (block.number not in passed and is_scorecard(block)):
            yield block


Skills = tuple[PlannedSkill, ...] | tuple[PlannedSoftSkill, ...]
ReadSkills = Callable[[Iterable[Block]], Read[Skills]]


@dataclass(frozen=True)
class _Rated:
    """What a scorecard rates: the names of its dimensions, and the numbers of the blocks about hiring."""

    names: frozenset[str]
    numbers: frozenset[int]

    @classmethod
    def of(cls, interview: Interview) -> "_Rated":
        names = frozenset(folded(row.name) for row in interview.scorecard.dimensions)
        return cls(names, frozenset(block.number for block in interview.parts["hiring"]))

    def left_of(self, blocks: tuple[Block, ...], read: ReadSkills) -> tuple[Block, ...]:
        """The blocks on skills, unless they are of the scorecard: “Skills” may head what is rated."""
        if not all(block.number in self.numbers for block in blocks):
            return blocks
        named = {folded(row.name) for row in read(blocks).value}
        return () if named & self.names else blocks


def _hiring(document: Document, told: Told) -> Read[Section | None]:
    """The hiring section. Where something was told to be a part of it, it is no guess, and none is missing."""
    found = find_hiring(told.without_other_things(document.sections), document.title)
    if not told.is_about_interviews:
        return found
    return Read(found.value or Section(None, document.title, ""))


def _numbers(parts: Mapping[str, tuple[Block, ...]]) -> dict[str, frozenset[int]]:
    return {name: frozenset(block.number for block in blocks) for name, blocks in parts.items()}


PARTS = {
    "role_summary_missing": "a role summary",
    "skills_missing": "technical skills",
    "soft_skills_missing": "soft skills",
    "focus_areas_missing": "what to assess",
    "exercises_missing": "exercises",
    "strong_signals_missing": "strong signals",
    "weak_signals_missing": "weak signals",
    "red_flags_missing": "red flags",
}

ABOUT_THE_ROLE = {"role_summary_missing", "skills_missing", "soft_skills_missing"}


def _in_one(warnings: tuple[PlanWarning, ...]) -> Iterator[PlanWarning]:
    """The warnings, those about parts that only a whole blueprint has in a single one at the end.

    They stay as they are where the document has the other parts of a role.
    """
    missing = {warning.code for warning in warnings}.intersection(PARTS)
    if not missing.issuperset(ABOUT_THE_ROLE):
        yield from warnings
        return
    for warning in warnings:
        if warning.code not in missing:
            yield warning
    names = ", ".join(name for code, name in PARTS.items() if code in missing)
    message = f"The document says nothing on: {names}. Write in the draft what you want of these."
    yield PlanWarning("parts_missing", message)


def _own_words(interview: Interview, summary: str) -> Iterator[str]:
    """What interviewers will read of the document."""
    yield summary
    for dimension in interview.scorecard.dimensions:
        yield dimension.name
        yield from dimension.anchors.values()
    for exercise in interview.exercises:
        yield exercise.prompt
        yield from exercise.look_for
    for area in interview.focus_areas:
        yield area.detail
    yield from interview.strong
    yield from interview.weak
    yield from interview.red_flag


def _nesting(document: Document) -> Read[None]:
    """A warning where lists or tables were nested too deeply."""
    if not document.too_deep:
        return Read(None)
    message = "The document is nested too deeply and was flattened. Check each part."
    return Read(None, (PlanWarning("nesting_too_deep", message),))
