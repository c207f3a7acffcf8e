"""A dimension as an import would store it: with its key, its weight in percent and the wording of its levels."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from rubrics.blueprints.keys import free_key
from rubrics.blueprints.rated_rows import DimensionRow
from rubrics.blueprints.reading import PlanWarning, Read
from rubrics.blueprints.rubric_json import DimensionJson, PortableOriginJson, QuestionJson, as_json_rows, dimension_json
from rubrics.blueprints.weights import in_percent


@dataclass(frozen=True)
class PlannedQuestion:
    """Something to ask, with what a strong and a weak answer has, or empty."""

    text: str
    strong: str = ""
    weak: str = ""

    def as_json(self) -> QuestionJson:
        return {"text": self.text, "strong": self.strong, "weak": self.weak}


@dataclass(frozen=True)
class PlannedDimension:
    """A dimension: `weight` in percent or None, `anchors` by level (1 to 5).

    `draft` where a focus area stands in for it. The rest is said by a rubric's own JSON alone: `weight_reason`, whether
    it is a must-have, its `origin` in a library as `PortableOriginJson`, and `questions`.
    """

    key: str
    name: str
    weight: float | None
    anchors: dict[int, str] = field(default_factory=dict)
    draft: bool = False
    questions: tuple[PlannedQuestion, ...] = ()
    weight_reason: str = ""
    must_have: bool = False
    origin: PortableOriginJson = field(default_factory=PortableOriginJson)

    def as_json(self) -> DimensionJson:
        return dimension_json(
            self.key,
            self.name,
            self.weight,
            self.anchors,
            draft=self.draft,
            must_have=self.must_have,
            weight_reason=self.weight_reason,
            origin=self.origin,
            questions=as_json_rows(self.questions),
        )


def with_percentages(rows: list[DimensionRow]) -> list[DimensionRow]:
    weights = in_percent([row.weight for row in rows])
    pairs = zip(rows, weights, strict=True)
    return [replace(row, weight=weight) for row, weight in pairs]


def with_shares(rows: list[DimensionRow]) -> list[DimensionRow]:
    """The rows with their shares of the sum of all weights, in percent."""
    total = sum(row.weight or 0 for row in rows)
    return [replace(row, weight=round(100 * (row.weight or 0) / total, 2)) for row in rows]


def keyed(rows: Iterable[DimensionRow], *, draft: bool = False) -> Read[tuple[PlannedDimension, ...]]:
    """Dimensions with unique keys.

    A name that differs only in case or white space is left out with a warning.
    """
    out: dict[str, PlannedDimension] = {}
    keys: set[str] = set()
    warnings: list[PlanWarning] = []
    for row in rows:
        name = folded(row.name)
        if name in out:
            message = f"“{row.name}” appears twice in the scorecard. The second row was left out."
            warnings.append(PlanWarning("dimension_duplicate", message))
            continue
        key = free_key(row.name, keys)
        keys.add(key)
        questions = tuple(map(PlannedQuestion, row.questions))
        out[name] = PlannedDimension(key, row.name, row.weight, row.anchors, draft, questions)
    return Read(tuple(out.values()), tuple(warnings))


def folded(name: str) -> str:
    """A name as it is compared: whatever its case, its white space and the form of its signs."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())
