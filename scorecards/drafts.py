"""A scorecard while it is written: its fields as flat text, and saves that never overwrite silently.

Field names: `recommendation`, `summary`; per dimension `score_ID`, `reason_ID`, `evidence_ID`; per signal `signal_ID`
(“on” or empty) and `note_ID`; per look-for `look_EXERCISE_PLACE`.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Case, FilteredRelation, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import JSONObject
from django.utils import timezone

from accounts.models import User
from candidates.models import Panelist
from rubrics.models import LEVEL_NAMES, Anchor, Dimension, Exercise, RubricVersion, Signal
from scorecards.models import LookForMark, Rating, Scorecard, SignalMark

EVIDENCE_LIMIT = 20_000
NOTE_LIMIT = 2_000
FIELD = re.compile(
    r"(?P<card>recommendation|summary)|(?P<rating>(?:score|reason|evidence)_\d{1,17})"
    r"|(?P<mark>(?:signal|note)_\d{1,17})|(?P<look>look_\d{1,17}_\d{1,4})",
    re.ASCII,
)
LINE_END = re.compile("[\u0085\u2028\u2029]")
OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
RELOAD = "This page may be older than Evenhand: reload it. What you wrote is kept on this device."
CARD_FIELDS = {"recommendation", "summary"}
LOCKABLE = {"score", "reason", "recommendation"}
LOCKED = "You locked scores and recommendation; evidence and summary stay open until the scorecard is due."
STORED = ("id", "score", "not_assessed", "not_assessed_reason", "evidence", "anchor_text")


class Finished(Exception):
    """The scorecard was submitted or declined meanwhile."""


@dataclass(frozen=True)
class Stale(Exception):
    """Another tab or device saved these fields meanwhile; `theirs` maps field to the stored value.

    `others` are the fields that changed elsewhere and that this save did not touch.
    """

    edit: int
    theirs: Mapping[str, str]
    others: Mapping[str, str]


@dataclass(frozen=True)
class Saved:
    """The draft after a save, and the fields that changed elsewhere since the writer's count."""

    card: Scorecard
    others: Mapping[str, str]


def open_scorecard(panelist: Panelist) -> Scorecard:
    """This panelist's scorecard, created empty at the first look."""
    card, _ = Scorecard.objects.get_or_create(panelist=panelist)
    return card


def judgement_values(card: Scorecard) -> dict[str, str]:
    """Recommendation, summary and ratings of the stored draft as flat field values."""
    values = {"recommendation": card.recommendation, "summary": card.summary}
    for rating in card.ratings.all():
        number = rating.dimension_id
        values |= {f"{kind}_{number}": value for kind, value in _rating_values(rating).items()}
    return values


def draft_values(card: Scorecard) -> dict[str, str]:
    """The stored draft as flat field values."""
    values = judgement_values(card)
    for mark in card.signal_marks.all():
        values[f"signal_{mark.signal_id}"] = "on" if mark.seen else ""
        values[f"note_{mark.signal_id}"] = mark.note
    for look in card.look_for_marks.all():
        values[f"look_{look.exercise_id}_{look.place}"] = look.outcome
    return values


def lock_own(panelist_id: int, *, by: User) -> Scorecard | None:
    """This person's scorecard of that seat, locked for the transaction; None where it is not theirs or not begun."""
    seats = Panelist.objects.visible_to(by).filter(pk=panelist_id)
    return Scorecard.objects.select_for_update().filter(panelist__in=seats).first()


@transaction.atomic
def save_draft(card: Scorecard, changes: Mapping[str, str], *, edit: int, by: User) -> Scorecard:
    """Lock the scorecard and `write` to it; returns it as saved.

    Raises PermissionDenied for another person's, else what `write` does.
    """
    own = Scorecard.objects.select_for_update(of=("self",)).select_related("panelist").filter(panelist__user=by)
    locked = own.filter(pk=card.pk).first()
    if locked is None:
        raise PermissionDenied
    return write(locked, changes, edit=edit).card


def write(card: Scorecard, changes: Mapping[str, str], *, edit: int) -> Saved:
    """Store changed fields of a locked draft and count the save, in the caller's transaction.

    The caller rolls back where this raises, so that all fields are stored or none.

    `edit` is the count that the writer has seen. Raises Finished; Stale where a changed field was saved with other
    text since then; ValidationError for an unknown field or value, or a locked one. Reads only the rows it changes.
    """
    if not card.is_draft:
        raise Finished
    changes = {field: clean_text(value) for field, value in changes.items()}  # as it would be stored
    newer = {field for field, at in card.field_edits.items() if at > edit}
    elsewhere = draft_values(card) if newer else {}
    theirs = {field: elsewhere.get(field, "") for field in newer & changes.keys()}
    theirs = {field: text for field, text in theirs.items() if text != changes[field]}
    others = {field: elsewhere.get(field, "") for field in newer - changes.keys()}
    if theirs:
        raise Stale(card.edit, theirs, others)
    changed = [field for kind, fields in _by_kind(changes).items() for field in WRITERS[kind](card, fields)]
    if changed:
        card.edit += 1
        card.field_edits |= dict.fromkeys(changed, card.edit)
        card.saved_at = timezone.now()
        card.save(update_fields=["edit", "field_edits", "saved_at", *CARD_FIELDS.intersection(changed)])
    return Saved(card, others)


def _refuse_locked(card: Scorecard, changed: Iterable[str]) -> None:
    if card.locked_at and LOCKABLE & set(changed):
        raise ValidationError(LOCKED)


def _by_kind(changes: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """The fields grouped by what they belong to; ValidationError for a field that no form has."""
    grouped: dict[str, dict[str, str]] = {}
    for field, value in changes.items():
        found = FIELD.fullmatch(field)
        if found is None:
            raise ValidationError(f"The scorecard has no field {field[:60]!r}. {RELOAD}")
        grouped.setdefault(str(found.lastgroup), {})[field] = value
    return grouped


def clean_text(value: str) -> str:
    """Text as it may be stored: lines end in \\n, and no NUL, control or bidirectional override character.

    What this Python does not know yet stays: an emoji may be younger than its tables. So do the invisible signs that
    right-to-left text and flags are written with.
    """
    text = value.replace("\r\n", "\n").replace("\r", "\n")
    if text.replace("\n", "").replace("\t", "").isprintable():  # nearly always, at a fraction of the time
        return text
    return "".join(
        sign
        for sign in LINE_END.sub("\n", text)
        if sign in "\n\t" or not (sign in OVERRIDES or unicodedata.category(sign) in {"Cc", "Cs"})
    )


def limited(value: str, *, field: str, limit: int = EVIDENCE_LIMIT) -> str:
    """Clean text of at most `limit` characters; ValidationError at the field where it is longer."""
    clean = clean_text(value)
    if len(clean) > limit:
        raise ValidationError({field: f"This text has {len(clean):,} characters; {limit:,} is the most. Shorten it."})
    return clean


def needed(value: str, *, field: str, otherwise: str, limit: int = EVIDENCE_LIMIT) -> str:
    """Clean text without space around it; ValidationError at the field where nothing is left of it."""
    clean = limited(value, field=field, limit=limit).strip()
    if not clean:
        raise ValidationError({field: otherwise})
    return clean


Changed = list[str]


def _write_card(card: Scorecard, fields: Mapping[str, str]) -> Changed:
    before = {name: getattr(card, name) for name in fields}
    if fields.get("recommendation", "") not in {"", *Scorecard.Recommendation.values}:
        raise ValidationError("This recommendation is not one of the four.")
    for name, value in fields.items():
        setattr(card, name, limited(value, field=name))
    changed = [name for name in fields if getattr(card, name) != before[name]]
    _refuse_locked(card, changed)
    return changed


def _by_row(fields: Mapping[str, str]) -> dict[int, dict[str, str]]:
    rows: dict[int, dict[str, str]] = {}
    for field, value in fields.items():
        kind, _, number = field.partition("_")
        rows.setdefault(int(number), {})[kind] = value
    return rows


def _version(card: Scorecard) -> QuerySet[RubricVersion]:
    """The rubric of the scorecard's interview, for use inside another query."""
    return RubricVersion.objects.filter(openings__rounds__interviews__panelists=card.panelist_id)


def _write_ratings(card: Scorecard, fields: Mapping[str, str]) -> Changed:
    rows = _by_row(fields)
    reworded = [number for number, changes in rows.items() if _reword(card, number, changes)]
    rest = {number: changes for number, changes in rows.items() if number not in reworded}
    return [f"evidence_{number}" for number in reworded] + (_write_rows(card, rest) if rest else [])


def _reword(card: Scorecard, number: int, changes: Mapping[str, str]) -> bool:
    """Whether this was evidence alone, of a rating that is stored, and is now changed: most saves, in one statement."""
    field = f"evidence_{number}"
    if changes.keys() != {"evidence"} or field not in card.field_edits:
        return False
    text = limited(changes["evidence"], field=field)
    return card.ratings.filter(dimension=number).exclude(evidence=text).update(evidence=text) > 0


def _write_rows(card: Scorecard, rows: Mapping[int, Mapping[str, str]]) -> Changed:
    """One query reads dimensions, the wording of the levels given and what is stored of their ratings."""
    scores = {number: _score(changes["score"])[0] for number, changes in rows.items() if "score" in changes}
    known = Dimension.objects.filter(version__in=_version(card), pk__in=rows).annotate(
        wording=_wording(scores), mine=FilteredRelation("ratings", condition=Q(ratings__scorecard=card))
    )
    stored = [f"mine__{name}" for name in STORED]
    found = {row.pk: row for row in known.values_list("pk", "wording", *stored, named=True)}
    if found.keys() != rows.keys():
        raise ValidationError(f"This dimension is not in the rubric of this interview. {RELOAD}")
    return [field for number, changes in rows.items() for field in _write_rating(card, found[number], changes)]


def _wording(scores: Mapping[int, int | None]) -> Any:
    """For each dimension scored, what its anchor says at that level."""
    given = [When(dimension=number, then=Value(score)) for number, score in scores.items() if score]
    if not given:
        return Value("")
    level = Case(*given, default=Value(0), output_field=IntegerField())
    return Subquery(Anchor.objects.filter(dimension=OuterRef("pk"), level=level).values("text"))


def _write_rating(card: Scorecard, row: Any, changes: Mapping[str, str]) -> Changed:
    stored = {name: getattr(row, f"mine__{name}") for name in STORED}
    rating = Rating(scorecard=card, dimension_id=row.pk)
    if stored["id"] is not None:
        rating = Rating(scorecard=card, dimension_id=row.pk, **stored)
        rating._state.adding = False
    before = _rating_values(rating)
    _set_rating(rating, changes, row.wording)
    changed = [kind for kind, value in _rating_values(rating).items() if value != before[kind]]
    if changed:
        _refuse_locked(card, changed)
        rating.save()
    return [f"{kind}_{row.pk}" for kind in changed]


def _rating_values(rating: Rating) -> dict[str, str]:
    return {
        "score": "na" if rating.not_assessed else str(rating.score or ""),
        "reason": rating.not_assessed_reason,
        "evidence": rating.evidence,
    }


def _set_rating(rating: Rating, changes: Mapping[str, str], wording: str | None) -> None:
    if "score" in changes:
        rating.score, rating.not_assessed = _score(changes["score"])
        rating.anchor_text = (wording or LEVEL_NAMES[rating.score]) if rating.score else ""
    if "reason" in changes:
        if changes["reason"] not in {"", *Rating.Reason.values}:
            raise ValidationError("This reason is not one of those offered.")
        rating.not_assessed_reason = changes["reason"]
    if "evidence" in changes:
        rating.evidence = limited(changes["evidence"], field=f"evidence_{rating.dimension_id}")


def _score(value: str) -> tuple[int | None, bool]:
    if value in {"1", "2", "3", "4", "5"}:
        return int(value), False
    if value in {"", "na"}:
        return None, value == "na"
    raise ValidationError("A score is a whole number from 1 to 5, or not assessed.")


def _write_marks(card: Scorecard, fields: Mapping[str, str]) -> Changed:
    rows = _by_row(fields)
    known = Signal.objects.filter(version__in=_version(card), pk__in=rows).annotate(
        mine=FilteredRelation("marks", condition=Q(marks__scorecard=card))
    )
    found = {row[0]: row for row in known.values_list("pk", "mine__id", "mine__seen", "mine__note")}
    if found.keys() != rows.keys():
        raise ValidationError(f"This signal is not in the rubric of this interview. {RELOAD}")
    out: Changed = []
    for number, changes in rows.items():
        _, mark_id, seen, note = found[number]
        before = {"signal": "on" if seen else "", "note": note or ""}
        after = before | {
            kind: limited(value, field=f"{kind}_{number}", limit=NOTE_LIMIT) for kind, value in changes.items()
        }
        changed = [kind for kind in changes if after[kind] != before[kind]]
        if changed:
            mark = SignalMark(pk=mark_id, scorecard=card, signal_id=number)
            mark.seen, mark.note = bool(after["signal"]), after["note"]
            _keep_mark(mark)
        out += [f"{kind}_{number}" for kind in changed]
    return out


def _keep_mark(mark: SignalMark) -> None:
    if mark.seen or mark.note:
        mark.save(force_insert=mark.pk is None, force_update=mark.pk is not None)
    elif mark.pk is not None:
        mark.delete()


def _write_looks(card: Scorecard, fields: Mapping[str, str]) -> Changed:
    wanted = {field: tuple(int(part) for part in field.removeprefix("look_").split("_")) for field in fields}
    exercise = _exercise(card)
    if exercise is None or any(
        number != exercise.pk or place >= len(exercise.look_for) for number, place in wanted.values()
    ):
        raise ValidationError(f"This look-for is not in the exercise of this interview. {RELOAD}")
    if not set(fields.values()) <= {"", *LookForMark.Outcome.values}:
        raise ValidationError("A look-for was seen, missed or not reached.")
    marks = {place: LookForMark(scorecard=card, exercise=exercise, place=place) for _, place in wanted.values()}
    marks |= {row["place"]: LookForMark(scorecard=card, exercise=exercise, **row) for row in exercise.marked}
    return [field for field, (_, place) in wanted.items() if _write_look(marks[place], fields[field])]


def _exercise(card: Scorecard) -> Any:
    """The exercise of the scorecard's round; `marked` holds what is stored of its look-fors. One query."""
    row = JSONObject(id="pk", place="place", outcome="outcome")
    mine = card.look_for_marks.filter(exercise=OuterRef("pk")).order_by().values(row=row)
    rounds = Exercise.objects.filter(rounds__interviews__panelists=card.panelist_id)
    return rounds.annotate(marked=ArraySubquery(mine)).first()


def _write_look(mark: LookForMark, outcome: str) -> bool:
    """Whether the mark changed."""
    if outcome == mark.outcome:
        return False
    mark.outcome = outcome
    if outcome:
        mark.save(force_insert=mark.pk is None, force_update=mark.pk is not None)
    else:
        mark.delete()
    return True


WRITERS: dict[str, Callable[[Scorecard, Mapping[str, str]], Changed]] = {
    "card": _write_card,
    "rating": _write_ratings,
    "mark": _write_marks,
    "look": _write_looks,
}
