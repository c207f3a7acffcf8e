"""The product's own format, evenhand-rubric/1, straight to an ImportPlan: what was exported is read back to the byte.

Texts stay as they are, but for invisible characters. What is not as the format says is refused by its place.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from rubrics.blueprints.exercises import PlannedExercise
from rubrics.blueprints.focus_areas import PlannedFocusArea
from rubrics.blueprints.language import LANGUAGES, guess
from rubrics.blueprints.lines import INVISIBLE
from rubrics.blueprints.plan import ImportPlan, PlannedSection
from rubrics.blueprints.planned_dimensions import PlannedDimension, PlannedQuestion
from rubrics.blueprints.reading import PlanWarning
from rubrics.blueprints.rubric_json import (
    FORMAT,
    PortableOriginJson,
    RubricJson,
    ScaleJson,
    SourceJson,
    portable_origin,
)
from rubrics.blueprints.skills import PlannedSkill
from rubrics.blueprints.soft_skills import PlannedSoftSkill
from rubrics.readers.page import UnusableBlueprint, shown_list

Value = TypeVar("Value")
LEVELS = {"1": 1, "2": 2, "3": 3, "4": 4, "5": 5}
GROUPS = ("must-have", "good-to-have", "advanced", "emerging")
SIGNALS = ("strong", "weak", "red_flag")
MOST_ROWS = 2_000
LONGEST_TEXT = 1_000_000  # characters
Exercises = tuple[PlannedExercise, ...]
HEAVIEST = 9_999.999
KNOWN = frozenset(RubricJson.__annotations__)


def read(text: str, *, sha256: str) -> ImportPlan:
    """The plan of a rubric's JSON; `sha256` is that of the file's bytes.

    Raises UnusableBlueprint, naming the place, where something is missing or not as the format says.
    """
    content: object = json.loads(text)
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise UnusableBlueprint(f"the JSON is not in format {FORMAT}")
    top = _Part(content, "")
    signals = top.part("signals")
    source = _source(top.part("source"))
    dimensions = top.rows("dimensions", _dimension)
    _refuse_doubles(dimensions)
    exercises = top.rows("exercises", _exercise)
    _refuse_unknown_dimensions(top, dimensions, exercises)
    return ImportPlan(
        title=top.needed("title", 300),
        summary=top.text("summary"),
        source_title=source["title"] or "",
        source_url=source["url"] or "",
        sha256=sha256,
        scale=_scale(top),
        levels_assumed=False,
        dimensions=dimensions,
        focus_areas=top.rows("focus_areas", _focus_area),
        exercises=exercises,
        strong=signals.texts("strong"),
        weak=signals.texts("weak"),
        red_flag=signals.texts("red_flag"),
        skills=top.rows("skills", _skill),
        soft_skills=top.rows("soft_skills", _soft_skill),
        sections=top.rows("sections", _section),
        warnings=(*top.rows("warnings", _warning), *_unknown(content)),
        language=_language(top, dimensions),
        source=source,
        evidence_levels=_evidence_levels(top),
    )


def _unknown(content: dict[str, object]) -> tuple[PlanWarning, ...]:
    """A warning that names what a later version of the product may have written."""
    names = [name for name in content if name not in KNOWN]
    if not names:
        return ()
    return (PlanWarning("unknown_fields", f"Parts that Evenhand does not know were not read: {shown_list(names)}."),)


@dataclass(frozen=True)
class _Part:
    """An object of the JSON and where it stands, for the words of a refusal."""

    content: dict[str, object]
    place: str

    def refuse(self, name: str, problem: str) -> UnusableBlueprint:
        where = f"{self.place}.{name}" if self.place else name
        return UnusableBlueprint(f"the rubric's JSON cannot be read: {where} {problem}")

    def text(self, name: str, longest: int = LONGEST_TEXT) -> str:
        """A text that may be missing: then it is empty."""
        value = self.content.get(name, "")
        if not isinstance(value, str):
            raise self.refuse(name, "is not a text")
        if len(value) > longest:
            raise self.refuse(name, f"has {len(value):,} characters; the limit is {longest:,}")
        return INVISIBLE.sub("", value)

    def needed(self, name: str, longest: int) -> str:
        """A text that must say something."""
        text = self.text(name, longest)
        if not text.strip():
            raise self.refuse(name, "is missing")
        return text

    def text_or_none(self, name: str, longest: int) -> str | None:
        """A text, or None where the file says null or nothing."""
        return None if self.content.get(name) is None else self.text(name, longest)

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts that may be missing."""
        rows = self._list(name)
        return tuple(_Part({"text": row}, f"{self._at(name)}[{index}]").text("text") for index, row in enumerate(rows))

    def rows(self, name: str, read: Callable[["_Part"], Value]) -> tuple[Value, ...]:
        """A list of objects that may be missing, each read by `read`."""
        rows = self._list(name)
        return tuple(read(self._object(row, f"{self._at(name)}[{index}]")) for index, row in enumerate(rows))

    def part(self, name: str) -> "_Part":
        """An object inside; an empty one where it is missing or null."""
        value = self.content.get(name)
        return self._object({} if value is None else value, self._at(name))

    def number(self, name: str, least: float, most: float) -> float | None:
        """A number from `least` to `most`, or None where the file says null or nothing."""
        value = self.content.get(name)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
            raise self.refuse(name, f"is not a number from {least:,} to {most:,}")
        return value

    def whole(self, name: str, least: int, most: int) -> int | None:
        """A whole number from `least` to `most`, or None where the file says null or nothing."""
        value = self.number(name, least, most)
        if isinstance(value, float):
            raise self.refuse(name, "is not a whole number")
        return value

    def _at(self, name: str) -> str:
        return f"{self.place}.{name}" if self.place else name

    def _list(self, name: str) -> list[object]:
        value = self.content.get(name)
        if value is None:
            return []
        if not isinstance(value, list):
            raise self.refuse(name, "is not a list")
        if len(value) > MOST_ROWS:
            raise self.refuse(name, f"has {len(value):,} rows; the limit is {MOST_ROWS:,}")
        return value

    def _object(self, value: object, place: str) -> "_Part":
        if not isinstance(value, dict):
            raise UnusableBlueprint(f"the rubric's JSON cannot be read: {place} is not an object")
        return _Part(value, place)


# --- its parts ---


def _source(part: _Part) -> SourceJson:
    url = part.text_or_none("url", 2000)
    if url and not url.startswith(("http://", "https://")):
        raise part.refuse("url", "is no web address")
    return {"title": part.text_or_none("title", 500), "url": url, "sha256": part.text_or_none("sha256", 64)}


def _scale(top: _Part) -> ScaleJson | None:
    if top.content.get("scale") is None:
        return None
    part = top.part("scale")
    least, most = part.whole("min", -1000, 1000), part.whole("max", -1000, 1000)
    if least is None or most is None:
        raise top.refuse("scale", "lacks its lowest or its highest score")
    return {"min": least, "max": most}


def _evidence_levels(top: _Part) -> tuple[int, ...]:
    found = top.content.get("evidence_levels") or []
    if not isinstance(found, list) or any(level not in LEVELS.values() for level in found):
        raise top.refuse("evidence_levels", "is not a list of levels from 1 to 5")
    return tuple(sorted(set(found)))


def _dimension(part: _Part) -> PlannedDimension:
    anchors = part.part("anchors")
    wrong = [level for level in anchors.content if level not in LEVELS]
    if wrong:
        raise part.refuse("anchors", f"names a level that is none of 1 to 5: {shown_list(wrong)}")
    stated = part.number("weight", 0, HEAVIEST)
    weight = None if stated is None else round(float(stated), 3)
    return PlannedDimension(
        key=part.needed("key", 120),
        name=part.needed("name", 300),
        weight=weight,
        anchors={LEVELS[level]: anchors.text(level) for level in sorted(anchors.content)},
        draft=part.content.get("draft") is True,
        questions=part.rows("questions", _question),
        weight_reason=part.text("weight_reason", 500),
        must_have=part.content.get("must_have") is True,
        origin=_origin(part.part("origin")),
    )


def _origin(part: _Part) -> PortableOriginJson:
    """Where it was copied from, without what is not there; its number counts from 1."""
    found: dict[str, object] = {}
    for name in ("starter", "language", "title", "key"):
        found[name] = part.text(name, 300)
    found["number"] = part.whole("number", 1, 1_000_000)
    stated = {name: value for name, value in found.items() if value}
    return portable_origin(stated)


def _question(part: _Part) -> PlannedQuestion:
    return PlannedQuestion(part.needed("text", LONGEST_TEXT), part.text("strong"), part.text("weak"))


def _refuse_doubles(dimensions: tuple[PlannedDimension, ...]) -> None:
    """No two dimensions have one key, or names that differ in case or white space alone."""
    seen: set[str] = set()
    for dimension in dimensions:
        name = " ".join(dimension.name.casefold().split())
        if f"key {dimension.key}" in seen or name in seen:
            raise UnusableBlueprint(f"the rubric's JSON cannot be read: “{dimension.name}” is there twice")
        seen |= {f"key {dimension.key}", name}


def _focus_area(part: _Part) -> PlannedFocusArea:
    return PlannedFocusArea(part.text("name", 500), part.text("detail"), part.texts("topics"))


def _exercise(part: _Part) -> PlannedExercise:
    return PlannedExercise(
        label=part.text_or_none("label", 20),
        title=part.text("title", 500),
        duration=part.text_or_none("duration", 100),
        prompt=part.text("prompt"),
        look_for=part.texts("look_for"),
        dimensions=part.texts("dimensions"),
        origin=_origin(part.part("origin")),
    )


def _refuse_unknown_dimensions(top: _Part, dimensions: tuple[PlannedDimension, ...], exercises: Exercises) -> None:
    """An exercise shows no dimension that the rubric does not have."""
    keys = {dimension.key for dimension in dimensions}
    unknown = [key for exercise in exercises for key in exercise.dimensions if key not in keys]
    if unknown:
        raise top.refuse("exercises", f"show dimensions that are not there: {shown_list(unknown)}")


def _skill(part: _Part) -> PlannedSkill:
    group = part.text("group")
    if group not in GROUPS:
        raise part.refuse("group", f"is none of {', '.join(GROUPS)}")
    return PlannedSkill(
        group=group,
        name=part.text("name"),
        description=part.text("description"),
        use=part.text("use"),
        importance=part.text("importance"),
    )


def _soft_skill(part: _Part) -> PlannedSoftSkill:
    return PlannedSoftSkill(part.text("name"), part.text("why"), part.text("how"), part.text("strong"))


def _section(part: _Part) -> PlannedSection:
    return PlannedSection(part.whole("number", 0, 100_000), part.text("title", 500), "")


def _warning(part: _Part) -> PlanWarning:
    return PlanWarning(part.text("code", 100), part.text("message", 2000))


def _language(top: _Part, dimensions: tuple[PlannedDimension, ...]) -> str:
    """The language that it states, else a guess by its words."""
    stated = top.text_or_none("language", 12)
    if stated is None:
        texts: list[str] = []
        for dimension in dimensions:
            texts.append(dimension.name)
            texts.extend(dimension.anchors.values())
        return guess(texts)
    if stated not in LANGUAGES:
        raise top.refuse("language", "is a code that Evenhand does not know")
    return stated
