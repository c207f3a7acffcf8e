"""Changes to scorecards, decisions and overrides. Each is atomic and audited; the actor is `by`."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from audit.services import record
from candidates.models import Application, Panelist
from rubrics.models import LEVEL_NAMES, Dimension
from scorecards import policies
from scorecards.models import Decision, Override, Rating, Scorecard, Sighting, SignalMark

EVIDENCE_LIMIT = 20_000


class Finished(Exception):
    """The scorecard was submitted or declined meanwhile."""


@dataclass(frozen=True)
class Stale(Exception):
    """Another tab or device saved these fields meanwhile; `theirs` maps field to the stored value."""

    edit: int
    theirs: Mapping[str, str]


def open_scorecard(panelist: Panelist) -> Scorecard:
    """This panelist's scorecard, created empty at the first look."""
    card, _ = Scorecard.objects.get_or_create(panelist=panelist)
    return card


def draft_values(card: Scorecard) -> dict[str, str]:
    """The stored draft as flat field values: `score_ID`, `reason_ID`, `evidence_ID`, `signal_ID`, and so on."""
    values = {"recommendation": card.recommendation, "summary": card.summary}
    for rating in card.ratings.all():
        number = rating.dimension_id
        score = "na" if rating.not_assessed else str(rating.score or "")
        values[f"score_{number}"] = score
        values[f"reason_{number}"] = rating.not_assessed_reason
        values[f"evidence_{number}"] = rating.evidence
    values.update({f"signal_{mark.signal_id}": "on" for mark in card.signal_marks.all()})
    return values


@transaction.atomic
def save_draft(card: Scorecard, changes: Mapping[str, str], *, edit: int, by: User) -> Scorecard:
    """Store changed fields of a draft and count the save.

    Raises Finished; Stale where `edit` is behind and a changed field holds other text than was sent;
    ValidationError for an unknown field or value.
    """
    card = Scorecard.objects.select_for_update(of=("self",)).select_related("panelist__interview").get(pk=card.pk)
    if card.panelist.user_id != by.pk:
        raise PermissionDenied
    if not card.is_draft:
        raise Finished
    stored = draft_values(card)
    if edit != card.edit:
        theirs = {field: stored[field] for field, value in changes.items() if stored.get(field, "") not in {"", value}}
        if theirs:
            raise Stale(card.edit, theirs)
    changed = {field: value for field, value in changes.items() if stored.get(field, "") != value}
    if changed:
        _apply(card, changed)
        Scorecard.objects.filter(pk=card.pk).update(edit=F("edit") + 1, saved_at=timezone.now())
        card.refresh_from_db()
    return card


def _apply(card: Scorecard, changes: Mapping[str, str]) -> None:
    by_dimension: dict[int, dict[str, str]] = {}
    for field, value in changes.items():
        kind, _, number = field.partition("_")
        if field == "recommendation":
            _set_recommendation(card, value)
        elif field == "summary":
            Scorecard.objects.filter(pk=card.pk).update(summary=_text(value))
        elif kind in {"score", "reason", "evidence"} and number.isdigit():
            by_dimension.setdefault(int(number), {})[kind] = value
        elif kind == "signal" and number.isdigit():
            _mark(card, int(number), bool(value))
        else:
            raise ValidationError(f"This form has no field {field[:60]!r}.")
    _rate(card, by_dimension)


def _text(value: str) -> str:
    """Text as it may be stored: no NUL or other control characters, at most EVIDENCE_LIMIT characters."""
    clean = "".join(
        sign for sign in value.replace("\r\n", "\n") if sign in "\n\t" or sign.isprintable() or sign in "\u200c\u200d"
    )
    if len(clean) > EVIDENCE_LIMIT:
        raise ValidationError(f"This text has {len(clean):,} characters; {EVIDENCE_LIMIT:,} is the most. Shorten it.")
    return clean


def _set_recommendation(card: Scorecard, value: str) -> None:
    if value and value not in Scorecard.Recommendation.values:
        raise ValidationError("This recommendation is not one of the four.")
    Scorecard.objects.filter(pk=card.pk).update(recommendation=value)


def _mark(card: Scorecard, signal_id: int, seen: bool) -> None:
    version_id = card.panelist.interview.round.opening.rubric_version_id
    from rubrics.models import Signal

    if not Signal.objects.filter(pk=signal_id, version_id=version_id).exists():
        raise ValidationError("This signal is not in the rubric of this interview.")
    if seen:
        SignalMark.objects.get_or_create(scorecard=card, signal_id=signal_id)
    else:
        SignalMark.objects.filter(scorecard=card, signal_id=signal_id).delete()


def _rate(card: Scorecard, by_dimension: Mapping[int, Mapping[str, str]]) -> None:
    if not by_dimension:
        return
    version_id = card.panelist.interview.round.opening.rubric_version_id
    known = Dimension.objects.filter(version_id=version_id).prefetch_related("anchors").in_bulk(by_dimension.keys())
    if known.keys() != by_dimension.keys():
        raise ValidationError("This dimension is not in the rubric of this interview.")
    for number, changes in by_dimension.items():
        rating, _ = Rating.objects.get_or_create(scorecard=card, dimension=known[number])
        _set(rating, known[number], changes)
        rating.save(update_fields=["score", "not_assessed", "not_assessed_reason", "evidence", "anchor_text"])


def _set(rating: Rating, dimension: Dimension, changes: Mapping[str, str]) -> None:
    if "score" in changes:
        rating.score, rating.not_assessed = _score(changes["score"])
        wording = {anchor.level: anchor.text for anchor in dimension.anchors.all()} | {}
        level = rating.score
        rating.anchor_text = wording.get(level, LEVEL_NAMES[level]) if level else ""
    if "reason" in changes:
        if changes["reason"] and changes["reason"] not in Rating.Reason.values:
            raise ValidationError("This reason is not one of those offered.")
        rating.not_assessed_reason = changes["reason"]
    if "evidence" in changes:
        rating.evidence = _text(changes["evidence"])


def _score(value: str) -> tuple[int | None, bool]:
    if value in {"1", "2", "3", "4", "5"}:
        return int(value), False
    if value in {"", "na"}:
        return None, value == "na"
    raise ValidationError("A score is a whole number from 1 to 5, or not assessed.")


def missing_parts(card: Scorecard) -> dict[str, str]:
    """What still stands between this draft and its submission: field to message, in the form's order."""
    values = draft_values(card)
    problems: dict[str, str] = {}
    for dimension in card.panelist.interview.round.dimensions.all():
        number = dimension.pk
        score = values.get(f"score_{number}", "")
        if not score:
            problems[f"score_{number}"] = f"Score “{dimension.name}” or mark it as not assessed."
    for field, score in values.items():
        kind, _, number_ = field.partition("_")
        if kind == "score" and score == "na" and not values.get(f"reason_{number_}"):
            problems[f"reason_{number_}"] = "Say why this was not assessed."
    if not values["recommendation"]:
        problems["recommendation"] = "Choose a recommendation."
    return problems


@transaction.atomic
def submit_scorecard(card: Scorecard, *, by: User) -> Scorecard:
    """Finish a complete draft for good.

    Raises Finished where it was submitted or declined already, ValidationError (field to message) where
    something is missing. Records whether the author had seen others' judgement by then.
    """
    card = (
        Scorecard.objects.select_for_update(of=("self",)).select_related("panelist__interview__round").get(pk=card.pk)
    )
    if card.panelist.user_id != by.pk:
        raise PermissionDenied
    if not card.is_draft:
        raise Finished
    if problems := missing_parts(card):
        raise ValidationError(problems)
    application_id = card.panelist.interview.application_id
    card.ratings.filter(score__isnull=True, not_assessed=False, evidence="").delete()
    card.state = Scorecard.State.SUBMITTED
    card.submitted_at = timezone.now()
    card.saw_others_first = Sighting.objects.filter(
        user=by, scorecard__panelist__interview__application_id=application_id
    ).exists()
    card.save(update_fields=["state", "submitted_at", "saw_others_first"])
    record("scorecard.submitted", by=by, subject=card)
    return card


@transaction.atomic
def decline_scorecard(card: Scorecard, *, reason: str, by: User) -> Scorecard:
    """Finish a draft as not held, with a reason. Raises Finished, or ValidationError without a reason."""
    card = Scorecard.objects.select_for_update(of=("self",)).select_related("panelist").get(pk=card.pk)
    if card.panelist.user_id != by.pk:
        raise PermissionDenied
    if not card.is_draft:
        raise Finished
    if not reason.strip():
        raise ValidationError({"decline_reason": "Say why you did not hold this interview."})
    card.state = Scorecard.State.DECLINED
    card.submitted_at = timezone.now()
    card.decline_reason = _text(reason.strip())
    card.save(update_fields=["state", "submitted_at", "decline_reason"])
    record("scorecard.declined", by=by, subject=card)
    return card


@transaction.atomic
def note_sightings(application: Application, *, by: User) -> None:
    """Keep the first time that this person is shown each submitted scorecard of others; a shadow's is never shown."""
    others = Scorecard.objects.filter(
        panelist__interview__application=application,
        panelist__role=Panelist.Role.LEAD,
        state=Scorecard.State.SUBMITTED,
    ).exclude(panelist__user=by)
    rows = [Sighting(user=by, scorecard=card) for card in others]
    Sighting.objects.bulk_create(rows, ignore_conflicts=True)


@transaction.atomic
def grant_override(application: Application, user: User, *, reason: str, by: User) -> Override:
    """Let a panelist see before submitting. Only a recruiter off the panel may; a reason is required."""
    if not policies.may_override(by, application):
        raise PermissionDenied
    if not reason.strip():
        raise ValidationError({"reason": "Say why; the packet prints it."})
    override, _ = Override.objects.get_or_create(
        application=application, user=user, defaults={"granted_by": by, "reason": reason.strip()}
    )
    record("override.granted", by=by, subject=application, user_id=user.pk)
    return override


@transaction.atomic
def record_decision(application: Application, *, by: User, change_reason: str = "", **fields: str) -> Decision:
    """Add a decision beside any earlier ones; a second one needs `change_reason`.

    Raises PermissionDenied, or ValidationError by field.
    """
    if not policies.may_record_decision(by, application):
        raise PermissionDenied
    Application.objects.select_for_update().get(pk=application.pk)
    if application.decisions.exists() and not change_reason.strip():
        raise ValidationError({"change_reason": "A decision was recorded already: say why it changes."})
    decision = Decision.objects.create(
        application=application, decided_by=by, change_reason=change_reason.strip(), **fields
    )
    record("decision.recorded", by=by, subject=application, decision_id=decision.pk)
    return decision
