"""From a Document to an ImportPlan: what would be stored, shown to the user first, and the contract's JSON."""

import re
from dataclasses import dataclass
from itertools import takewhile
from re import Pattern
from typing import Any

from rubrics.blueprints import words
from rubrics.blueprints.documents import Document, UnusableBlueprint
from rubrics.blueprints.exercises import PlannedExercise, exercises
from rubrics.blueprints.hiring import PlannedFocusArea, focus_areas, list_items, parts_of
from rubrics.blueprints.scale import scale_of_columns, stated_scale
from rubrics.blueprints.scorecard import PlannedDimension, PlanWarning, keyed, names_levels_by_digit, read_scorecard
from rubrics.blueprints.sections import Block, Section
from rubrics.blueprints.skills import PlannedSkill, PlannedSoftSkill, skills, soft_skills


@dataclass(frozen=True)
class PlannedSection:
    number: int | None
    title: str
    html: str


@dataclass(frozen=True)
class ImportPlan:
    """Everything that an import would store. All text is plain; `levels_assumed` says that the document names
    its levels in words and that 1, 3 and 5 are our reading of them."""

    title: str
    summary: str
    source_title: str
    source_url: str
    sha256: str
    scale: dict[str, int] | None
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

    def as_json(self) -> dict[str, Any]:
        """The plan in format evenhand-rubric/1."""
        return {
            "format": "evenhand-rubric/1",
            "title": self.title,
            "summary": self.summary,
            "source": {"title": self.source_title, "url": self.source_url or None, "sha256": self.sha256},
            "scale": self.scale,
            "dimensions": [row.as_json() for row in self.dimensions],
            "focus_areas": [
                {"name": row.name, "detail": row.detail, "topics": list(row.topics)} for row in self.focus_areas
            ],
            "exercises": [
                {
                    "label": row.label,
                    "title": row.title,
                    "duration": row.duration,
                    "prompt": row.prompt,
                    "look_for": list(row.look_for),
                }
                for row in self.exercises
            ],
            "signals": {
                "strong": list(self.strong),
                "weak": list(self.weak),
                "red_flag": list(self.red_flag),
            },
            "skills": [vars(row) for row in self.skills],
            "soft_skills": [vars(row) for row in self.soft_skills],
            "sections": [{"number": row.number, "title": row.title} for row in self.sections],
            "warnings": [{"code": row.code, "message": row.message} for row in self.warnings],
        }


def plan(document: Document) -> ImportPlan:
    """What the document says. What is missing becomes a warning.

    Raises UnusableBlueprint where no section looks like one of a role blueprint.
    """
    named = _hiring(document)
    hiring = named or _hiring_by_its_table(document)
    if hiring is None and not any(words.ROLE_SECTIONS.search(section.title) for section in document.sections):
        raise UnusableBlueprint("this is no role blueprint: no section is about a role, its skills or hiring")
    warnings: list[PlanWarning] = []
    if document.too_deep:
        warnings.append(
            PlanWarning("nesting_too_deep", "The markup is nested too deeply and was flattened; check each part.")
        )
    if hiring is not None and named is None:
        text = f"No heading names a hiring section; “{hiring.title}” was read as it, for its table of numbered levels."
        warnings.append(PlanWarning("hiring_section_guessed", text))
    if hiring is None:
        warnings.append(PlanWarning("hiring_section_missing", "No section about hiring or interviews was found."))
    parts = parts_of(hiring)
    found = read_scorecard(parts["scorecard"], warnings)
    if not found.dimensions and hiring:
        inside = {id(block) for block in [*parts["exercises"], *parts["final"]]}
        elsewhere = [block for block in hiring.blocks if id(block) not in inside]
        found = read_scorecard(elsewhere, warnings, titled=False)
    areas = focus_areas(parts["focus"])
    dimensions = found.dimensions
    if not dimensions:
        where = f"in section “{hiring.title}”" if hiring else "anywhere"
        warnings.append(
            PlanWarning(
                "scorecard_missing",
                f"No scorecard table was found {where}; the focus areas stand in as draft dimensions.",
            )
        )
        dimensions = keyed([(area.name, None, {}) for area in areas], warnings, draft=True)
    tests = exercises(parts["exercises"])
    lists = {kind: tuple(list_items(parts[kind])) for kind in ("strong", "weak", "red_flag")}
    hard = skills(_blocks_on(document, words.TECHNICAL_SECTION, other=words.SOFT_SECTION))
    soft = soft_skills(_blocks_on(document, words.SOFT_SECTION, other=words.TECHNICAL_SECTION))
    summary = _summary(document)
    _warn_missing(
        warnings,
        hiring,
        areas=areas,
        exercises=tests,
        skills=hard,
        soft_skills=soft,
        summary=summary,
        **lists,
    )
    scale = stated_scale([*parts["scorecard"], *(hiring.blocks if hiring else ())], warnings)
    scale = scale or scale_of_columns(found, warnings)
    return ImportPlan(
        title=_title(document),
        summary=summary,
        source_title=document.title,
        source_url=document.url,
        sha256=document.sha256,
        scale=scale,
        levels_assumed=found.levels_assumed,
        dimensions=dimensions,
        focus_areas=areas,
        exercises=tests,
        strong=lists["strong"],
        weak=lists["weak"],
        red_flag=lists["red_flag"],
        skills=hard,
        soft_skills=soft,
        sections=tuple(PlannedSection(row.number, row.title, row.html) for row in document.sections),
        warnings=tuple(warnings),
    )


def _hiring(document: Document) -> Section | None:
    """The section that holds the interview parts: by its title, else by the parts inside it."""
    candidates = [row for row in document.sections if not words.FINAL_SECTION.search(row.title)]
    scored = [(_hiring_parts(row), bool(words.HIRING_SECTION.search(row.title)), row) for row in candidates]
    best = max(scored, key=lambda entry: entry[0] + 2 * entry[1], default=None)
    return best[2] if best and (best[1] or best[0] >= 2) else None


def _hiring_by_its_table(document: Document) -> Section | None:
    """The section with a table of numbered levels, for documents in other languages."""
    for section in document.sections:
        if any(names_levels_by_digit(block.rows) for block in section.blocks):
            return section
    return None


def _hiring_parts(section: Section) -> int:
    kinds = (words.FOCUS, words.EXERCISES, words.RED_FLAG, words.STRONG, words.WEAK, words.SCORECARD)
    titles = [block.text for block in section.blocks if block.kind == "heading"]
    return sum(any(kind.search(title) for title in titles) for kind in kinds)


def _first(document: Document, title: Pattern[str], but: Pattern[str] | None = None) -> Section | None:
    for section in document.sections:
        if title.search(section.title) and not (but and but.search(section.title)):
            return section
    return None


def _blocks_on(document: Document, title: Pattern[str], other: Pattern[str]) -> list[Block]:
    """The blocks of the section on a subject, else of the sub-headings on it, up to one on the other subject."""
    section = _first(document, title, but=other)
    if section:
        return list(
            takewhile(lambda block: not (block.kind == "heading" and _only(other, title, block.text)), section.blocks)
        )
    for section in document.sections:
        if other.search(section.title) and (below := _below(section, title, other)):
            return below
    section = _first(document, title)
    return list(section.blocks) if section else []


def _below(section: Section, title: Pattern[str], other: Pattern[str]) -> list[Block]:
    """The section's blocks from the sub-heading on a subject to the next one of its level."""
    out: list[Block] = []
    level = 0
    for block in section.blocks:
        if block.kind == "heading" and level == 0 and _only(title, other, block.text):
            level = block.level
        elif level:
            if block.kind == "heading" and (block.level < level or _only(other, title, block.text)):
                break
            out.append(block)
    return out


def _only(one: Pattern[str], other: Pattern[str], text: str) -> bool:
    return bool(one.search(text) and not other.search(text))


def _title(document: Document) -> str:
    """The summary table's “Role title” row where there is one, else the post's title up to “: Role Blueprint”."""
    for section in sorted(reversed(document.sections), key=lambda row: not words.FINAL_SECTION.search(row.title)):
        final = bool(words.FINAL_SECTION.search(section.title))
        for row in (row for block in section.blocks for row in block.rows if len(row) > 1):
            label = row[0].text.strip(" :").casefold()
            if row[1].text and (label == "role title" or (final and label in {"job title", "title", "role"})):
                return row[1].text
    stem = re.split(r"\s*[:–—|-]?\s*\bRole Blueprint\b", document.title, maxsplit=1, flags=re.IGNORECASE)[0].strip()
    return stem or document.title or document.sections[0].title


def _summary(document: Document) -> str:
    section = _first(document, words.SUMMARY_SECTION, but=words.FINAL_SECTION)
    for block in section.blocks if section else ():
        if block.kind == "text":
            return " ".join(line.text for line in block.lines)
    return ""


MISSING = {
    "areas": ("focus_areas_missing", "what to assess"),
    "exercises": ("exercises_missing", "practical exercises"),
    "strong": ("strong_signals_missing", "strong signals"),
    "weak": ("weak_signals_missing", "weak signals"),
    "red_flag": ("red_flags_missing", "red flags"),
}
ELSEWHERE = {
    "skills": ("skills_missing", "No technical skills were found."),
    "soft_skills": ("soft_skills_missing", "No soft skills were found."),
    "summary": ("role_summary_missing", "No role summary was found."),
}


def _warn_missing(warnings: list[PlanWarning], hiring: Section | None, **found: Any) -> None:
    for name, (code, what) in MISSING.items():
        if not found[name] and hiring is not None:
            warnings.append(PlanWarning(code, f"Section “{hiring.title}” has no part on {what} that could be read."))
    for name, (code, message) in ELSEWHERE.items():
        if not found[name]:
            warnings.append(PlanWarning(code, message))
