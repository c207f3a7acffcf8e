"""A scorecard while it is written: what is stored, and saves that overwrite nothing.

A save comes as field to text (see `scorecards.fields`): which save last changed a field
is counted by its name.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Case, FilteredRelation, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, JSONObject, Now
from django.utils import timezone

from accounts.autosave import newer_fields, saved_elsewhere
from accounts.compiled import compiled
from accounts.models import User
from accounts.signs import clean_text
from accounts.texts import LONGEST_TEXT, limited
from candidates.models import Application, Panelist
from rubrics.levels import level_wording
from rubrics.models import Anchor, Dimension, Exercise, RubricVersion, Signal
from scorecards.fields import (
    NoSuchAnswer,
    NoSuchField,
    changes_of,
    kind_of,
    look_name,
    name_of,
    note_name,
    signal_name,
    texts_of,
)
from scorecards.judgement import Answer, AnswerParts, Changes, Judgement, Mark, MarkParts
from scorecards.models import LookForMark, Rating, Scorecard, SignalMark

NOTE_LIMIT = 2_000
RELOAD = "This page may be out of date. Reload it; what you wrote is kept on this device."
CARD_FIELDS = {"recommendation", "summary"}
LOCKABLE = {"score", "reason", "recommendation"}  # kinds of fields
LOCKED = "You have locked your scores and recommendation. You can edit evidence and summary until the scorecard is due."
NOT_OFFERED = {
    "recommendation": "Choose one of the four recommendations.",
    "score": "A score must be a whole number from 1 to 5, or not assessed.",
    "reason": "Choose one of the reasons offered.",
    "look": f"A look-for must be seen, missed or not reached. {RELOAD}",
}
STORED = ("id", "score", "not_assessed", "not_assessed_reason", "evidence", "anchor_text")
MINE = tuple(f"mine__{name}" for name in STORED)


class Finished(Exception):
    """The scorecard was submitted or declined meanwhile."""


@dataclass(frozen=True)
class Saved:
    """The draft after a save; `others` maps fields that changed elsewhere to their text."""

    card: Scorecard
    others: Mapping[str, str]


def open_scorecard(panelist: Panelist) -> Scorecard:
    """This panelist's scorecard, created empty at the first look.

    Raises Panelist.DoesNotExist for somebody who was taken off the panel meanwhile.
    """
    card = Scorecard.objects.filter(panelist=panelist).first()
    if card is not None:
        return card
    with transaction.atomic():
        panelists = Panelist.objects.select_for_update(of=("interview__application", "self"), no_key=True)
        panelists.select_related("interview__application").get(pk=panelist.pk)
        return Scorecard.objects.get_or_create(panelist=panelist)[0]


def stored_judgement(card: Scorecard) -> Judgement:
    """Recommendation, summary and answers of the stored draft, without marks."""
    return _judgement(card, card.ratings.all())


def _judgement(card: Scorecard, ratings: Iterable[Rating]) -> Judgement:
    answers = {row.dimension_id: answer_in(row) for row in ratings}
    return Judgement(card.recommendation, card.summary, answers)


def stored_draft(card: Scorecard) -> Judgement:
    """All that is stored of the draft. Three queries."""
    marks = {row.signal_id: Mark(row.seen, row.note) for row in _signal_marks(card.pk)}
    looks = {}
    for look in _look_for_marks(card.pk):
        looks[look.exercise_id, look.index] = look.outcome
    return replace(_judgement(card, _ratings(card.pk)), marks=marks, looks=looks)


@compiled
def _ratings(card: int) -> QuerySet[Rating]:
    return Rating.objects.filter(scorecard=card)


@compiled
def _signal_marks(card: int) -> QuerySet[SignalMark]:
    return SignalMark.objects.filter(scorecard=card)


@compiled
def _look_for_marks(card: int) -> QuerySet[LookForMark]:
    return LookForMark.objects.filter(scorecard=card)


def answer_in(rating: Rating) -> Answer:
    """The answer that the row holds; see `set_answer`."""
    return Answer(rating.score, rating.not_assessed, rating.not_assessed_reason, rating.evidence)


def draft_values(card: Scorecard) -> dict[str, str]:
    """The stored draft as field to text."""
    return texts_of(stored_draft(card))


def lock_own(panelist_id: int, *, by: User) -> Scorecard | None:
    """This person's scorecard of that panel, locked for the transaction.

    None where it is not theirs or the scorecard not begun.
    """
    return _own_locked.first(by, panelist_id)


@compiled
def _own_locked(by: User, panelist: int) -> QuerySet[Scorecard]:
    panelists = Panelist.objects.visible_to(by).filter(pk=panelist)
    return locked_in_order().filter(panelist__in=panelists)


def locked_in_order(*, ending: bool = False) -> QuerySet[Scorecard]:
    """Scorecards, locked as they are read. A save that will be the last that happened to
    the application changes it too, so that is locked before, as by whoever changes a panel;
    and so it is where the save may be `ending` the scorecard."""
    last = Application.objects.select_for_update(of=("self",), no_key=True)
    last = last.filter(interviews__panelists=OuterRef("panelist"))
    if not ending:
        last = last.filter(active_at__lt=Now() + timedelta(minutes=1))
    cards = Scorecard.objects.select_for_update(of=("self",), no_key=True).select_related("panelist")
    return cards.alias(lasting=Coalesce(Subquery(last.values("pk")), 0)).filter(lasting__gte=0)


@transaction.atomic
def save_draft(card: Scorecard, changes: Mapping[str, str], *, edit: int, by: User) -> Scorecard:
    """Lock the scorecard and `write` to it; returns it as saved. The caller may end it
    behind that.

    Raises PermissionDenied for another person's, else as `write` does: Finished, Stale,
    ValidationError.
    """
    locked = locked_in_order(ending=True).filter(panelist__user=by, pk=card.pk).first()
    if locked is None:
        raise PermissionDenied
    return write(locked, changes, edit=edit).card


def write(card: Scorecard, changes: Mapping[str, str], *, edit: int) -> Saved:
    """Store changed fields of a locked draft and count the save.

    The caller rolls back where this raises, so that all fields are stored or none.
    `edit` is the count that the writer has seen. Raises Finished; Stale where a changed
    field was saved with other text since then; ValidationError for an unknown field or
    value, or a locked one. Reads only the rows it changes.
    """
    if not card.is_writable:
        raise Finished
    changes = {field: clean_text(value) for field, value in changes.items()}
    others = _saved_elsewhere(card, changes, edit)
    changed = _write(card, _parsed(changes))
    if changed:
        card.edit += 1
        card.field_edits |= dict.fromkeys(changed, card.edit)
        card.saved_at = timezone.now()
        card.save(update_fields=["edit", "field_edits", "saved_at", *CARD_FIELDS.intersection(changed)])
    return Saved(card, others)


def _saved_elsewhere(card: Scorecard, changes: Mapping[str, str], edit: int) -> dict[str, str]:
    """What was saved since `edit` in fields that these changes leave alone.

    Raises Stale where it was saved in one of theirs, with other text.
    """
    newer = newer_fields(card.field_edits, edit)
    stored = draft_values(card) if newer else {}
    return saved_elsewhere(changes, {field: stored.get(field, "") for field in newer}, edit=card.edit)


def _parsed(texts: Mapping[str, str]) -> Changes:
    """The changes that these fields are.

    Raises ValidationError for a field that no form has, a choice that is not offered, a
    text that is too long.
    """
    try:
        changes = changes_of(texts)
    except NoSuchField as error:
        raise ValidationError(f"The scorecard has no field {error.name[:60]!r}. {RELOAD}") from error
    except NoSuchAnswer as error:
        raise ValidationError(NOT_OFFERED[error.kind]) from error
    for name, text in texts.items():
        limit = NOTE_LIMIT if kind_of(name) == "note" else LONGEST_TEXT
        limited(text, field=name, limit=limit)
    return changes


def _write(card: Scorecard, changes: Changes) -> list[str]:
    """The names of the fields that changed."""
    changed = _write_whole(card, changes.whole)
    changed += _write_ratings(card, changes.answers)
    changed += _write_marks(card, changes.marks)
    changed += _write_looks(card, changes.looks)
    return changed


def _refuse_locked(card: Scorecard, kinds: Iterable[str]) -> None:
    """ValidationError where fields of these kinds are locked."""
    if card.locked_at and LOCKABLE & set(kinds):
        raise ValidationError(LOCKED)


def _write_whole(card: Scorecard, texts: Mapping[str, str]) -> list[str]:
    changed = [name for name, text in texts.items() if getattr(card, name) != text]
    _refuse_locked(card, changed)
    for name in changed:
        setattr(card, name, texts[name])
    return changed


def _version(card: Scorecard) -> QuerySet[RubricVersion]:
    """The rubric of the scorecard's interview, for use inside another query."""
    return RubricVersion.objects.filter(openings__rounds__interviews__panelists=card.panelist_id)


# --- ratings -----------------------------------------------------------------
def _write_ratings(card: Scorecard, answers: Mapping[int, AnswerParts]) -> list[str]:
    changed = []
    rest: dict[int, AnswerParts] = {}
    for dimension_id, parts in answers.items():
        if _reword(card, dimension_id, parts):
            changed.append(name_of("evidence", dimension_id))
        else:
            rest[dimension_id] = parts
    if rest:
        changed += _write_rows(card, rest)
    return changed


def _reword(card: Scorecard, dimension_id: int, parts: AnswerParts) -> bool:
    """Whether evidence alone of a stored rating was changed: most saves, in a statement."""
    known = name_of("evidence", dimension_id) in card.field_edits
    if parts.keys() != {"evidence"} or not known:
        return False
    text = parts["evidence"]
    other = card.ratings.filter(dimension=dimension_id).exclude(evidence=text)
    return other.update(evidence=text) > 0


@dataclass(frozen=True)
class _Rated:
    """The rating of a dimension, stored or new, and its anchor at the level given."""

    rating: Rating
    wording: str


def _write_rows(card: Scorecard, answers: Mapping[int, AnswerParts]) -> list[str]:
    """Store these parts of answers; the names of the fields that changed."""
    found = _rated(card, answers)
    if found.keys() != answers.keys():
        raise ValidationError(f"This dimension is not in this interview's rubric. {RELOAD}")
    changed = []
    for dimension_id, parts in answers.items():
        changed += _write_rating(card, found[dimension_id], parts)
    return changed


def _rated(card: Scorecard, answers: Mapping[int, AnswerParts]) -> dict[int, _Rated]:
    """Those of the dimensions that are in the rubric. One query."""
    scores = {pk: parts["score"] for pk, parts in answers.items() if "score" in parts}
    mine = FilteredRelation("ratings", condition=Q(ratings__scorecard=card))
    known = Dimension.objects.filter(version__in=_version(card), pk__in=answers)
    known = known.annotate(wording=_wording(scores), mine=mine)
    found = {}
    for pk, wording, *stored in known.values_list("pk", "wording", *MINE):
        rating = _rating(card, pk, dict(zip(STORED, stored, strict=True)))
        found[pk] = _Rated(rating, wording or "")
    return found


def _wording(scores: Mapping[int, int | None]) -> Value | Subquery:
    """For each dimension scored, what its anchor says at that level."""
    given = [When(dimension=pk, then=Value(score)) for pk, score in scores.items() if score]
    if not given:
        return Value("")
    level = Case(*given, default=Value(0), output_field=IntegerField())
    anchors = Anchor.objects.filter(dimension=OuterRef("pk"), level=level)
    return Subquery(anchors.values("text"))


def _rating(card: Scorecard, dimension_id: int, stored: dict[str, Any]) -> Rating:
    """The row as it is stored, else a new one."""
    if stored["id"] is None:
        return Rating(scorecard=card, dimension_id=dimension_id)
    rating = Rating(scorecard=card, dimension_id=dimension_id, **stored)
    rating._state.adding = False
    return rating


def _write_rating(card: Scorecard, rated: _Rated, parts: AnswerParts) -> list[str]:
    rating = rated.rating
    before = answer_in(rating)
    after = replace(before, **parts)
    changed = after.differs_from(before)
    if changed:
        _refuse_locked(card, changed)
        set_answer(rating, after)
        if "score" in parts:
            rating.anchor_text = level_wording(after.score, rated.wording)
        rating.save()
    return [name_of(part, rating.dimension_id) for part in changed]


def set_answer(rating: Rating, answer: Answer) -> None:
    """Give the unsaved rating this answer; its wording is the caller's."""
    rating.score, rating.not_assessed = answer.score, answer.not_assessed
    rating.not_assessed_reason = answer.reason
    rating.evidence = answer.evidence


# --- signals and look-fors ---------------------------------------------------
def _write_marks(card: Scorecard, marks: Mapping[int, MarkParts]) -> list[str]:
    if not marks:
        return []
    mine = FilteredRelation("marks", condition=Q(marks__scorecard=card))
    known = Signal.objects.filter(version__in=_version(card), pk__in=marks)
    rows = known.annotate(mine=mine).values_list("pk", "mine__id", "mine__seen", "mine__note")
    found = {row[0]: row for row in rows}
    if found.keys() != marks.keys():
        raise ValidationError(f"This signal is not in this interview's rubric. {RELOAD}")
    changed = []
    for signal_id, parts in marks.items():
        _, mark_id, seen, note = found[signal_id]
        before = Mark(bool(seen), note or "")
        after = replace(before, **parts)
        if after != before:
            mark = SignalMark(pk=mark_id, scorecard=card, signal_id=signal_id)
            mark.seen, mark.note = after.seen, after.note
            _keep_mark(mark)
        if after.seen != before.seen:
            changed.append(signal_name(signal_id))
        if after.note != before.note:
            changed.append(note_name(signal_id))
    return changed


def _keep_mark(mark: SignalMark) -> None:
    """Store a mark that says something; one that says nothing has no row."""
    if mark.seen or mark.note:
        mark.save(force_insert=mark.pk is None, force_update=mark.pk is not None)
    elif mark.pk is not None:
        mark.delete()


def _write_looks(card: Scorecard, looks: Mapping[tuple[int, int], str]) -> list[str]:
    if not looks:
        return []
    marks = _look_marks(card)
    if not looks.keys() <= marks.keys():
        raise ValidationError(f"This look-for is not in this interview's exercise. {RELOAD}")
    changed = []
    for look, outcome in looks.items():
        if _write_look(marks[look], outcome):
            changed.append(look_name(*look))
    return changed


def _look_marks(card: Scorecard) -> dict[tuple[int, int], LookForMark]:
    """The marks by exercise and index of all look-fors of the round. One query.

    One that was never marked has no key and no outcome yet.
    """
    row = JSONObject(id="pk", index="index", outcome="outcome")
    mine = card.look_for_marks.filter(exercise=OuterRef("pk")).order_by().values(row=row)
    rounds = Exercise.objects.filter(rounds__interviews__panelists=card.panelist_id)
    exercise = rounds.annotate(marked=ArraySubquery(mine)).first()
    marks: dict[tuple[int, int], LookForMark] = {}
    if exercise is None:
        return marks
    stored = {row["index"]: row for row in exercise.marked}
    for index in range(len(exercise.look_for)):
        known = stored.get(index, {"index": index})
        marks[exercise.pk, index] = LookForMark(scorecard=card, exercise=exercise, **known)
    return marks


def _write_look(mark: LookForMark, outcome: str) -> bool:
    """Store the outcome, if it is another than before; whether it is."""
    if outcome == mark.outcome:
        return False
    mark.outcome = outcome
    if outcome:
        mark.save(force_insert=mark.pk is None, force_update=mark.pk is not None)
    else:
        mark.delete()
    return True
