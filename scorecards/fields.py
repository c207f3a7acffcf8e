"""Form fields and texts into a judgement and back; nobody else cuts a name apart.

Names: `recommendation`, `summary`; per dimension `score_ID`, `reason_ID`,
`evidence_ID`; per signal `signal_ID` and `note_ID`; per look-for `look_EXERCISE_INDEX`.
Texts: a score is "1" to "5", "na" for not assessed or empty; a signal is "on" or empty;
the rest is text as it stands.
"""

import re
from collections.abc import Iterable, Mapping

from rubrics.levels import LEVELS
from scorecards.judgement import Answer, AnswerParts, Changes, Judgement, MarkParts, Part
from scorecards.models import LookForMark, Rating, Scorecard

NOT_ASSESSED = "na"
SEEN = "on"
FIELD = re.compile(
    r"(?P<whole>recommendation|summary)"
    r"|(?P<part>score|reason|evidence)_(?P<dimension>\d{1,17})"
    r"|(?P<mark>signal|note)_(?P<signal>\d{1,17})"
    r"|look_(?P<exercise>\d{1,17})_(?P<index>\d{1,4})",
    re.ASCII,
)


def _or_empty(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(texts) | {""}


CHOICES = {
    "recommendation": _or_empty(Scorecard.Recommendation.values),
    "score": _or_empty([NOT_ASSESSED, *map(str, LEVELS)]),
    "reason": _or_empty(Rating.Reason.values),
    "look": _or_empty(LookForMark.Outcome.values),
}


class NoSuchField(ValueError):
    """No scorecard has a field of this `name`."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class NoSuchAnswer(ValueError):
    """The choice `name` does not offer this text; `kind` is a key of CHOICES."""

    def __init__(self, name: str, kind: str) -> None:
        super().__init__(name)
        self.name, self.kind = name, kind


def name_of(part: Part, dimension_id: int | None = None) -> str:
    """The field of a part, of the whole judgement or of one dimension."""
    return part if dimension_id is None else f"{part}_{dimension_id}"


def rating_names(dimension_id: int) -> tuple[str, str, str]:
    """The fields of its score, its reason and its evidence."""
    return (
        name_of("score", dimension_id),
        name_of("reason", dimension_id),
        name_of("evidence", dimension_id),
    )


def signal_name(signal_id: int) -> str:
    """The field in which a signal is ticked."""
    return f"signal_{signal_id}"


def note_name(signal_id: int) -> str:
    """The field for a note on a signal."""
    return f"note_{signal_id}"


def look_name(exercise_id: int, index: int) -> str:
    """The field of a look-for; `index` counts from 0 in the exercise's list."""
    return f"look_{exercise_id}_{index}"


def kind_of(name: str) -> str:
    """A `Part`, or signal, note or look; empty for a field of no scorecard."""
    found = FIELD.fullmatch(name)
    return _kind(found) if found else ""


def is_note(name: str) -> bool:
    """Whether it is a field for words beside a choice: evidence or a signal's note."""
    return kind_of(name) in {"evidence", "note"}


def _kind(found: re.Match[str]) -> str:
    return found["whole"] or found["part"] or found["mark"] or "look"


# --- into a judgement --------------------------------------------------------
def changes_of(texts: Mapping[str, str]) -> Changes:
    """Field to text as changes of a judgement.

    Raises NoSuchField for a name that no scorecard has, NoSuchAnswer for a text that a
    choice does not offer.
    """
    whole: dict[str, str] = {}
    answers: dict[int, AnswerParts] = {}
    marks: dict[int, MarkParts] = {}
    looks: dict[tuple[int, int], str] = {}
    for name, text in texts.items():
        found = FIELD.fullmatch(name)
        if found is None:
            raise NoSuchField(name)
        _check(name, text, _kind(found))
        if found["whole"]:
            whole[name] = text
        elif found["part"]:
            parts = answers.setdefault(int(found["dimension"]), {})
            parts.update(_answer_parts(found["part"], text))
        elif found["mark"]:
            mark = marks.setdefault(int(found["signal"]), {})
            mark.update(_mark_parts(found["mark"], text))
        else:
            looks[int(found["exercise"]), int(found["index"])] = text
    return Changes(whole, answers, marks, looks)


def judgement_of(texts: Mapping[str, str]) -> Judgement:
    """Field to text as a judgement; raises what `changes_of` does."""
    return Judgement().amended(changes_of(texts))


def answer_chosen(text: str) -> Answer:
    """A re-rating's one choice: "1" to "5", or why it is not assessed.

    Raises NoSuchAnswer for any other text.
    """
    if text in Rating.Reason.values:
        return Answer(not_assessed=True, reason=text)
    if text not in map(str, LEVELS):
        raise NoSuchAnswer("answer", "score")
    return Answer(score=int(text))


def _check(name: str, text: str, kind: str) -> None:
    if kind in CHOICES and text not in CHOICES[kind]:
        raise NoSuchAnswer(name, kind)


def _answer_parts(kind: str, text: str) -> AnswerParts:
    if kind == "reason":
        return {"reason": text}
    if kind == "evidence":
        return {"evidence": text}
    score = int(text) if text.isdigit() else None
    return {"score": score, "not_assessed": text == NOT_ASSESSED}


def _mark_parts(kind: str, text: str) -> MarkParts:
    return {"seen": bool(text)} if kind == "signal" else {"note": text}


# --- and back ----------------------------------------------------------------
def texts_of(judgement: Judgement) -> dict[str, str]:
    """Field to text, of all that the judgement names."""
    texts = {
        "recommendation": judgement.recommendation,
        "summary": judgement.summary,
    }
    for dimension_id, answer in judgement.answers.items():
        score, reason, evidence = rating_names(dimension_id)
        texts[score] = _score_text(answer)
        texts[reason] = answer.reason
        texts[evidence] = answer.evidence
    for signal_id, mark in judgement.marks.items():
        texts[signal_name(signal_id)] = SEEN if mark.seen else ""
        texts[note_name(signal_id)] = mark.note
    for (exercise_id, index), outcome in judgement.looks.items():
        texts[look_name(exercise_id, index)] = outcome
    return texts


def _score_text(answer: Answer) -> str:
    if answer.not_assessed:
        return NOT_ASSESSED
    return str(answer.score or "")
