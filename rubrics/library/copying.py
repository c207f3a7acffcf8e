"""Copying from the library into a draft; what was published stays as it is."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from rubrics.blueprints.keys import free_key
from rubrics.contents import contents
from rubrics.drafts import locked_draft, touch
from rubrics.library.sources import (
    DimensionSource,
    ExerciseSource,
    OriginJson,
    QuestionSource,
    SignalSource,
    Source,
)
from rubrics.models import Anchor, Dimension, Exercise, Question, RubricVersion, Signal
from rubrics.rows import FULL, MOST, add_row

NAMED_ALREADY = "This draft already has a dimension called “{}”. Rename or remove that one first."
SAID_ALREADY = "This draft already has this signal."
ASKED_ALREADY = "This dimension already has this question."
Copy = Dimension | Exercise | Signal | Question


@transaction.atomic
def copy_into_draft(
    version: RubricVersion,
    source: Source,
    *,
    by: User,
    dimension: int = 0,
    with_signals: bool = False,
) -> Copy:
    """Add what the source holds at the end of its kind, with where it came from. The
    row that was added.

    A question needs the id of the `dimension` that it goes to. `with_signals` also adds
    the signals of a dimension that the draft does not have yet. Raises Finished as
    `locked_draft` does; ValidationError where the draft has it already, has no room or
    no such dimension.
    """
    version = locked_draft(version, by=by)
    match source:
        case DimensionSource():
            return _add_dimension(version, source, by=by, with_signals=with_signals)
        case ExerciseSource():
            return _add_exercise(version, source, by=by)
        case SignalSource():
            return _add_signal(version, source, by=by)
        case QuestionSource():
            return _add_question(version, source, dimension, by=by)


def _add_dimension(version: RubricVersion, source: DimensionSource, *, by: User, with_signals: bool) -> Dimension:
    others = list(version.dimensions.all())
    if _folded(source.name) in {_folded(other.name) for other in others}:
        raise ValidationError(NAMED_ALREADY.format(source.name))
    row = add_row(version, "dimension", by=by)
    assert isinstance(row, Dimension)
    row.key = free_key(source.key, {other.key for other in others})
    row.name = source.name
    row.origin = dict(source.origin)
    row.save(update_fields=["key", "name", "origin"])
    Anchor.objects.bulk_create(Anchor(dimension=row, level=level, text=text) for level, text in source.anchors.items())
    Question.objects.bulk_create(
        Question(dimension=row, order=order, text=ask.text, strong=ask.strong, weak=ask.weak, origin=row.origin)
        for order, ask in enumerate(source.questions)
    )
    if with_signals:
        for kind, texts in source.signals.items():
            _add_signals(version, kind, texts, source.origin)
    return row


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _add_exercise(version: RubricVersion, source: ExerciseSource, *, by: User) -> Exercise:
    row = add_row(version, "exercise", by=by)
    assert isinstance(row, Exercise)
    row.title, row.prompt, row.duration = source.name, source.prompt, source.duration
    row.look_for = list(source.look_for)
    row.origin = dict(source.origin)
    row.save(update_fields=["title", "prompt", "duration", "look_for", "origin"])
    return row


def _add_signal(version: RubricVersion, source: SignalSource, *, by: User) -> Signal:
    added = _add_signals(version, source.speaks, [source.name], source.origin)
    if not added:
        raise ValidationError(SAID_ALREADY)
    touch(version, [], by=by)
    return added[0]


def _add_signals(version: RubricVersion, kind: str, texts: Iterable[str], origin: OriginJson) -> list[Signal]:
    """Those of the texts that the draft does not have, at the end of their kind."""
    own = [row for row in contents(version).signals if row.kind == kind]
    known = {_folded(row.text) for row in own}
    fresh = [text for text in texts if _folded(text) not in known]
    if len(own) + len(fresh) > MOST:
        raise ValidationError(FULL)
    first = 1 + max((row.order for row in own), default=-1)
    rows = []
    for order, text in enumerate(fresh, first):
        rows.append(Signal(version=version, kind=kind, order=order, text=text, origin=dict(origin)))
    return Signal.objects.bulk_create(rows)


def _add_question(version: RubricVersion, source: QuestionSource, dimension: int, *, by: User) -> Question:
    asked = Question.objects.filter(dimension__version=version, dimension=dimension)
    if _folded(source.ask.text) in {_folded(row.text) for row in asked}:
        raise ValidationError(ASKED_ALREADY)
    row = add_row(version, "question", among=str(dimension), by=by)
    assert isinstance(row, Question)
    row.text, row.strong, row.weak = source.ask.text, source.ask.strong, source.ask.weak
    row.origin = dict(source.origin)
    row.save(update_fields=["text", "strong", "weak", "origin"])
    return row
