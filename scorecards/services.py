"""What ends or passes on a judgement: lock, submit, decline, override. Atomic, audited; the actor is `by`."""

from collections.abc import Mapping
from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from accounts.models import User
from audit.services import record, record_each
from candidates.models import Application, Panelist
from candidates.services import refuse_erased
from scorecards import policies
from scorecards.drafts import Finished, clean_text, draft_values, needed
from scorecards.models import HandoffNote, Override, Rating, Scorecard, Sighting, WordList
from scorecards.protected_words import LANGUAGES


def missing_parts(card: Scorecard, values: Mapping[str, str]) -> dict[str, str]:
    """What this judgement (flat values) lacks to be submitted: field to message, in the form's order."""
    return _unjudged(card, values) | _unproved(card, values)


def _unproved(card: Scorecard, values: Mapping[str, str]) -> dict[str, str]:
    """What stands without evidence and may not: scores at the levels that the rubric's author chose, and “other”."""
    levels = {str(level) for level in card.panelist.interview.round.opening.rubric_version.evidence_levels}
    evidence = {field: "evidence_" + field.removeprefix("score_") for field in values if field.startswith("score_")}
    bare = {field: proof for field, proof in evidence.items() if not values.get(proof, "").strip()}
    asked = {
        proof: f"This rubric asks for evidence with a score of {values[field]}."
        for field, proof in bare.items()
        if values[field] in levels
    }
    other = {proof for field, proof in bare.items() if values[field] == "na" and _is_other(values, field)}
    return asked | dict.fromkeys(other, "You chose “Other”: say here why this was not assessed.")


def _is_other(values: Mapping[str, str], field: str) -> bool:
    return values.get("reason_" + field.removeprefix("score_")) == Rating.Reason.OTHER


def _unjudged(card: Scorecard, values: Mapping[str, str]) -> dict[str, str]:
    """Scores and recommendation that are still to be given: what a lock needs."""
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


def _own_draft(card: Scorecard, by: User) -> Scorecard:
    """The draft, locked for this transaction. Raises PermissionDenied for another's, Finished for no draft."""
    cards = Scorecard.objects.select_for_update(of=("self",))
    card = cards.select_related("panelist__interview__round__opening__rubric_version").get(pk=card.pk)
    if card.panelist.user_id != by.pk:
        raise PermissionDenied
    if not card.is_draft:
        raise Finished
    return card


@transaction.atomic
def lock_scorecard(card: Scorecard, *, by: User) -> Scorecard:
    """Lock scores and recommendation now; evidence and summary stay open until the interview's due time.

    Raises Finished, or ValidationError (field to message) where a score or the recommendation is missing, or the
    due time has passed.
    """
    card = _own_draft(card, by)
    if problems := _unjudged(card, draft_values(card)):
        raise ValidationError(problems)
    if card.panelist.interview.due_at <= timezone.now():
        raise ValidationError("The scorecard is due already: submit it as it is.")
    if card.locked_at is None:
        _tidy(card)
        card.locked_at = timezone.now()
        card.save(update_fields=["locked_at"])
        record("scorecard.locked", by=by, subject=card)
    return card


@transaction.atomic
def submit_locked_when_due(*, by: User | None = None) -> int:
    """Submit every locked scorecard whose due time has passed, with the evidence it has. Returns how many."""
    due = Scorecard.objects.select_for_update(of=("self",), skip_locked=True).filter(
        state=Scorecard.State.DRAFT,
        erased=False,
        locked_at__isnull=False,
        panelist__interview__due_at__lte=timezone.now(),
    )
    cards = list(due.select_related("panelist__interview"))
    for card in cards:
        _finish(card, by=by)
    return len(cards)


@transaction.atomic
def submit_scorecard(card: Scorecard, *, by: User) -> Scorecard:
    """Finish a complete draft for good.

    Raises Finished where it was submitted or declined already, ValidationError (field to message) where
    something is missing. Records whether the author had seen others' judgement by then.
    """
    card = _own_draft(card, by)
    if problems := missing_parts(card, draft_values(card)):
        raise ValidationError(problems)
    return _finish(card, by=by)


def _tidy(card: Scorecard) -> None:
    """Drop what says nothing: empty rows, and the reason of a dimension that was scored after all."""
    card.ratings.filter(score__isnull=True, not_assessed=False, evidence="").delete()
    card.ratings.filter(not_assessed=False).exclude(not_assessed_reason="").update(not_assessed_reason="")
    card.signal_marks.filter(seen=False, note="").delete()


def _finish(card: Scorecard, *, by: User | None) -> Scorecard:
    """Submit a checked draft, noting what its author had seen of others by then."""
    _tidy(card)
    card.state = Scorecard.State.SUBMITTED
    card.submitted_at = timezone.now()
    card.saw_others_first = Sighting.objects.filter(
        user_id=card.panelist.user_id,
        scorecard__panelist__interview__application_id=card.panelist.interview.application_id,
    ).exists()
    card.save(update_fields=["state", "submitted_at", "saw_others_first"])
    record("scorecard.submitted", by=by, subject=card)
    return card


@transaction.atomic
def decline_scorecard(card: Scorecard, *, reason: str, by: User) -> Scorecard:
    """Finish a draft as not held, with a reason. Raises Finished, or ValidationError without a reason."""
    card = _own_draft(card, by)
    otherwise = "Say why you did not hold this interview."
    card.state = Scorecard.State.DECLINED
    card.submitted_at = timezone.now()
    card.decline_reason = needed(reason, field="decline_reason", otherwise=otherwise)
    card.save(update_fields=["state", "submitted_at", "decline_reason"])
    record("scorecard.declined", by=by, subject=card)
    return card


@transaction.atomic
def note_sightings(*applications: Application, by: User, way: str) -> None:
    """Record that this person opened these debriefs, and what they showed; `way` is one of `Sighting.Way`."""
    keep_sightings(*applications, by=by, until=timezone.now(), way=way)
    record_each("debrief.viewed", by=by, subjects=list(applications))


def keep_sightings(*applications: Application, by: User, until: datetime, way: str) -> None:
    """Keep the first time and way that this person is shown each scorecard of others submitted by then.

    A shadow's scorecard is shown nowhere, so nobody sees it.
    """
    counted = Scorecard.objects.counted().filter(panelist__interview__application__in=applications)
    others = counted.filter(submitted_at__lte=until).exclude(panelist__user=by)
    others = others.exclude(Exists(Sighting.objects.filter(scorecard=OuterRef("pk"), user=by)))
    rows = [Sighting(user=by, scorecard=card, way=way) for card in others]
    Sighting.objects.bulk_create(rows, ignore_conflicts=True)


@transaction.atomic
def grant_override(application: Application, user: User, *, reason: str, by: User) -> Override:
    """Let a panelist see before submitting. Only a recruiter off the panel may; a reason is required.

    The first grant stands: a second one for the same person changes and records nothing.
    """
    if not policies.may_override(by, application):
        raise PermissionDenied
    refuse_erased(application)
    why = needed(reason, field="reason", otherwise="Say why; the packet prints it.")
    override, created = Override.objects.get_or_create(
        application=application, user=user, defaults={"granted_by": by, "reason": why}
    )
    if created:
        record("override.granted", by=by, subject=application, user_id=user.pk)
    return override


@transaction.atomic
def leave_note(panelist: Panelist, *, kind: str, text: str, by: User) -> HandoffNote:
    """Leave a fact for the next interviewers of this application. Raises ValidationError by field."""
    if panelist.user_id != by.pk:
        raise PermissionDenied
    refuse_erased(panelist.interview.application)
    if kind not in HandoffNote.Kind.values:
        raise ValidationError({"kind": "Choose what kind of note this is."})
    words = needed(text, field="text", otherwise="Write the note first.", limit=1000)
    note = HandoffNote.objects.create(panelist=panelist, kind=kind, text=words)
    record("note.left", by=by, subject=panelist.interview, note_id=note.pk)
    return note


@transaction.atomic
def save_words(language: str, *, words: str, by: User) -> None:
    """Replace the list of words of one language that hints look for. Raises PermissionDenied, ValidationError."""
    if not (by.is_active and by.is_administrator):
        raise PermissionDenied
    if language not in LANGUAGES:
        raise ValidationError("There is no list for this language.")
    kept = "\n".join(dict.fromkeys(line.strip() for line in clean_text(words).split("\n") if line.strip(" *\t")))
    WordList.objects.update_or_create(language=language, defaults={"words": kept})
    record("words.saved", by=by, language=language)


@transaction.atomic
def note_comparison(cards: list[Scorecard], *, by: User) -> None:
    """Record that this person was shown the others among these scorecards, and when first."""
    others = [card for card in cards if card.panelist.user_id != by.pk]
    rows = [Sighting(user=by, scorecard=card, way=Sighting.Way.COMPARISON) for card in others]
    Sighting.objects.bulk_create(rows, ignore_conflicts=True)
    for card in others:
        record("scorecard.compared", by=by, subject=card)
