"""The format evenhand-rubric/1, which both an import prints and a stored version is exported as.

Every text is plain. Other programs rely on it: names may be added, none changed or taken away.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NotRequired, Protocol, TypedDict, TypeVar, cast

RubricFormat = Literal["evenhand-rubric/1"]
FORMAT: RubricFormat = "evenhand-rubric/1"


class SourceJson(TypedDict):
    """The document that a rubric came from; `sha256` of its bytes, in hexadecimal digits."""

    title: str | None
    url: str | None
    sha256: str | None


class ScaleJson(TypedDict):
    """The scale that the document states. Evenhand itself always scores 1 to 5."""

    min: int
    max: int


class QuestionJson(TypedDict):
    """Something to ask, with what a strong and a weak answer has, or empty."""

    text: str
    strong: str
    weak: str


class PortableOriginJson(TypedDict, total=False):
    """Where in a library something was copied from.

    `starter` is a key of the starter set in a `language`. Else a rubric's `title`, the `number` of its version, and the
    `key` of its dimension where it is part of one.
    """

    starter: str
    language: str
    title: str
    number: int
    key: str


class DimensionJson(TypedDict):
    """A dimension with its `weight` in percent.

    `anchors` by level, "1" to "5". What follows them stands only where there is some: `draft` where a focus area stands
    in for it, `must_have` where it is one, `weight_reason` in the words of whoever set the weight.
    """

    key: str
    name: str
    weight: float | None
    anchors: dict[str, str]
    draft: NotRequired[bool]
    must_have: NotRequired[bool]
    weight_reason: NotRequired[str]
    origin: NotRequired[PortableOriginJson]
    questions: NotRequired[list[QuestionJson]]


class FocusAreaJson(TypedDict):
    name: str
    detail: str
    topics: list[str]


class ExerciseJson(TypedDict):
    """`dimensions` are the keys of those that the exercise shows, where somebody said so.

    `origin` stands where it was copied from a library.
    """

    label: str | None
    title: str
    duration: str | None
    prompt: str
    look_for: list[str]
    dimensions: NotRequired[list[str]]
    origin: NotRequired[PortableOriginJson]


class SkillJson(TypedDict):
    """`group` is must-have, good-to-have, advanced or emerging; `importance` as written."""

    group: str
    name: str
    description: str
    use: str
    importance: str


class SoftSkillJson(TypedDict):
    name: str
    why: str
    how: str
    strong: str


class SectionJson(TypedDict):
    number: int | None
    title: str


class WarningJson(TypedDict):
    code: str
    message: str


class RubricJson(TypedDict):
    """A whole rubric. `language` is a code of BCP 47; `signals` has the keys strong, weak and red_flag.

    `evidence_levels` stands where scores of some levels need evidence.
    """

    format: RubricFormat
    title: str
    language: str
    summary: str
    source: SourceJson
    scale: ScaleJson | None
    dimensions: list[DimensionJson]
    focus_areas: list[FocusAreaJson]
    exercises: list[ExerciseJson]
    signals: dict[str, list[str]]
    skills: list[SkillJson]
    soft_skills: list[SoftSkillJson]
    sections: list[SectionJson]
    warnings: list[WarningJson]
    evidence_levels: NotRequired[list[int]]


def weight_json(weight: float | None) -> float | None:
    """A weight in percent as it is printed: whole numbers without a decimal point."""
    if weight is None or not weight.is_integer():
        return weight
    return int(weight)


def dimension_json(
    key: str,
    name: str,
    weight: float | None,
    anchors: dict[int, str],
    *,
    draft: bool,
    must_have: bool = False,
    weight_reason: str = "",
    origin: Mapping[str, object] | None = None,
    questions: Sequence[QuestionJson] = (),
) -> DimensionJson:
    """One dimension: its levels in ascending order, and what it lacks is left out."""
    row: DimensionJson = {
        "key": key,
        "name": name,
        "weight": weight_json(weight),
        "anchors": {str(level): text for level, text in sorted(anchors.items())},
    }
    if draft:
        row["draft"] = True
    if must_have:
        row["must_have"] = True
    if weight_reason:
        row["weight_reason"] = weight_reason
    if portable := portable_origin(origin or {}):
        row["origin"] = portable
    if questions:
        row["questions"] = list(questions)
    return row


def portable_origin(origin: Mapping[str, object]) -> PortableOriginJson:
    """The origin without what only one installation knows, in one order."""
    return cast(
        PortableOriginJson, {name: origin[name] for name in PortableOriginJson.__annotations__ if name in origin}
    )


Json = TypeVar("Json", covariant=True)


class Printable(Protocol[Json]):
    """What has a form in this format."""

    def as_json(self) -> Json: ...


def as_json_rows(rows: Iterable[Printable[Json]]) -> list[Json]:
    """Each row in this format, in the order given."""
    return [row.as_json() for row in rows]
