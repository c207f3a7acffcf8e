"""What the library holds, as values: parts of rubrics with where they come from.
Pure: no Django.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from rubrics.blueprints.rubric_json import PortableOriginJson

SIGNAL_KINDS = ("strong", "weak", "red_flag")


class OriginJson(PortableOriginJson, total=False):
    """As a draft's row keeps its origin; empty for what was written there.

    `version` is the id of the published version, where it is one of this installation.
    """

    version: int


@dataclass(frozen=True)
class Ask:
    """A question, with what a strong and a weak answer has, in words or empty."""

    text: str
    strong: str = ""
    weak: str = ""


@dataclass(frozen=True)
class DimensionSource:
    """A dimension to copy.

    `anchors` has wordings by level, 1 to 5. `signals` are texts by kind, which a rubric
    keeps beside its dimensions and not with them.
    """

    key: str
    name: str
    language: str
    anchors: Mapping[int, str]
    origin: OriginJson
    summary: str = ""
    questions: tuple[Ask, ...] = ()
    signals: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    kind: str = "dimension"

    @property
    def signal_count(self) -> int:
        return sum(map(len, self.signals.values()))


@dataclass(frozen=True)
class ExerciseSource:
    """An exercise to copy; `duration` as its document writes it."""

    name: str
    language: str
    origin: OriginJson
    prompt: str = ""
    duration: str = ""
    look_for: tuple[str, ...] = ()
    kind: str = "exercise"


@dataclass(frozen=True)
class SignalSource:
    """A signal to copy: strong, weak or red_flag."""

    name: str
    language: str
    origin: OriginJson
    speaks: str
    kind: str = "signal"


@dataclass(frozen=True)
class QuestionSource:
    """A question to copy below a dimension of the draft; `about` names the one that it
    is from."""

    ask: Ask
    language: str
    origin: OriginJson
    about: str
    kind: str = "question"

    @property
    def name(self) -> str:
        return self.ask.text


Source = DimensionSource | ExerciseSource | SignalSource | QuestionSource
