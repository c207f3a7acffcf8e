"""What ends or passes on a judgement: lock, submit, decline, override, hand off.

Each is atomic and audited; the actor is `by`.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from operator import attrgetter

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from accounts.compiled import compiled
from accounts.models import User
from accounts.signs import clean_text
from accounts.texts import needed
from audit.frozen import frozen
from audit.services import record, record_each
from candidates.models import Application, Panelist
from candidates.services import refuse_erased
from scorecards import policies
from scorecards.drafts import Finished, stored_judgement
from scorecards.fields import name_of
from scorecards.judgement import Judgement, Lack
from scorecards.models import HandoffNote, Override, Scorecard, Sighting, WordList
from scorecards.phrases import Unreadable, read_list
from scorecards.protected_words import LANGUAGES, SHIPPED
from scorecards.telling import tell_all_in, tell_handed_off

TOLD = 10  # lines that cannot be read; more would not be read either


def missing_parts(card: Scorecard, judgement: Judgement) -> dict[str, str]:
    """What this judgement lacks to be submitted: field to message, empty for nothing."""
    names = _names(card)
    levels = card.panelist.interview.round.opening.rubric_version.evidence_levels
    return _messages(judgement.lacks(names, levels), names)


def _missing_to_lock(card: Scorecard, judgement: Judgement) -> dict[str, str]:
    """What it lacks to be locked: field to message."""
    names = _names(card)
    return _messages(judgement.unjudged(names), names)


def _names(card: Scorecard) -> dict[int, str]:
    """The dimensions that the scorecard's round has to judge, in their order."""
    return {row.pk: row.name for row in card.panelist.interview.round.dimensions.all()}


def _messages(lacks: Iterable[Lack], names: Mapping[int, str]) -> dict[str, str]:
    return {name_of(lack.part, lack.dimension_id): _message(lack, names) for lack in lacks}


def _message(lack: Lack, names: Mapping[int, str]) -> str:
    if lack.part == "score" and lack.dimension_id is not None:
        return f"Score “{names[lack.dimension_id]}” or mark it as not assessed."
    if lack.part == "reason":
        return "Say why this was not assessed."
    if lack.part == "recommendation":
        return "Choose a recommendation."
    if lack.score is not None:
        return f"Add evidence: this rubric requires it for a score of {lack.score}."
    return "You chose “Other”. Say here why this was not assessed."


def _own_draft(card: Scorecard, by: User) -> Scorecard:
    """The draft, locked for this transaction.

    Raises PermissionDenied for another's, Finished for what is no draft any more. The
    application is locked first, as by whoever changes a panel: finishing changes it too.
    """
    applications = Application.objects.select_for_update(of=("self",), no_key=True)
    applications.get(interviews__panelists__scorecard=card)
    cards = Scorecard.objects.select_for_update(of=("self",), no_key=True)
    card = cards.select_related("panelist__interview__round__opening__rubric_version").get(pk=card.pk)
    if card.panelist.user_id != by.pk:
        raise PermissionDenied
    if not card.is_writable:
        raise Finished
    return card


@transaction.atomic
def lock_scorecard(card: Scorecard, *, by: User) -> Scorecard:
    """Lock scores and recommendation; evidence and summary stay open until it is due.

    Raises PermissionDenied for another's, Finished, or ValidationError (field to
    message) where a score or the recommendation is missing, or the due time has passed.
    """
    card = _own_draft(card, by)
    if problems := _missing_to_lock(card, stored_judgement(card)):
        raise ValidationError(problems)
    if card.panelist.interview.due_at <= timezone.now():
        raise ValidationError("The scorecard is already due. Submit it as it is.")
    if card.locked_at is None:
        _tidy(card)
        card.locked_at = timezone.now()
        card.save(update_fields=["locked_at"])
        record("scorecard.locked", by=by, subject=card)
    return card


@transaction.atomic
def submit_locked_when_due(*, by: User | None = None) -> int:
    """Submit every locked scorecard that is due, with the evidence it has; how many."""
    locked = ("panelist__interview__application", "self")
    due = Scorecard.objects.select_for_update(of=locked, skip_locked=True, no_key=True).filter(
        state=Scorecard.State.DRAFT,
        erased=False,
        locked_at__isnull=False,
        panelist__interview__due_at__lte=timezone.now(),
    )
    cards = list(due.select_related("panelist__interview__application").order_by("pk"))
    for card in cards:
        _finish(card, by=by)
    return len(cards)


@transaction.atomic
def submit_scorecard(card: Scorecard, *, by: User) -> Scorecard:
    """Finish a complete draft for good, noting whether its author had seen others'.

    Raises PermissionDenied for another's, Finished where it was submitted or declined
    already, ValidationError (field to message) where something is missing.
    """
    card = _own_draft(card, by)
    if problems := missing_parts(card, stored_judgement(card)):
        raise ValidationError(problems)
    return _finish(card, by=by)


def _tidy(card: Scorecard) -> None:
    """Drop what says nothing: empty rows, and reasons of what was scored after all."""
    card.ratings.filter(score__isnull=True, not_assessed=False, evidence="").delete()
    card.ratings.filter(not_assessed=False).exclude(not_assessed_reason="").update(not_assessed_reason="")
    card.signal_marks.filter(seen=False, note="").delete()


def _finish(card: Scorecard, *, by: User | None) -> Scorecard:
    """Submit a checked draft, noting what its author had seen of others by then."""
    _tidy(card)
    card.dismissed_hints.all().delete()
    card.state = Scorecard.State.SUBMITTED
    card.submitted_at = timezone.now()
    card.saw_others_first = Sighting.objects.filter(
        user_id=card.panelist.user_id,
        scorecard__panelist__interview__application_id=card.panelist.interview.application_id,
    ).exists()
    card.save(update_fields=["state", "submitted_at", "saw_others_first"])
    record("scorecard.submitted", by=by, subject=card, **frozen("scorecard", card.pk))
    tell_all_in(card.panelist.interview.application)
    return card


@transaction.atomic
def decline_scorecard(card: Scorecard, *, reason: str, by: User) -> Scorecard:
    """Finish a draft as not held, with a reason.

    Raises PermissionDenied for another's, Finished, or ValidationError without a reason.
    """
    card = _own_draft(card, by)
    otherwise = "Say why you did not hold this interview."
    card.dismissed_hints.all().delete()
    card.state = Scorecard.State.DECLINED
    card.submitted_at = timezone.now()
    card.decline_reason = needed(reason, field="decline_reason", otherwise=otherwise)
    card.save(update_fields=["state", "submitted_at", "decline_reason"])
    record("scorecard.declined", by=by, subject=card, **frozen("scorecard", card.pk))
    tell_all_in(card.panelist.interview.application)
    return card


@transaction.atomic(savepoint=False)  # a page that cannot record what it shows is not shown
def note_sightings(*applications: Application, by: User, way: str) -> None:
    """Record what these debriefs showed this person; `way` is a `Sighting.Way`."""
    keep_sightings(*applications, by=by, until=timezone.now(), way=way)
    record_each("debrief.viewed", by=by, subjects=list(applications))


def keep_sightings(*applications: Application, by: User, until: datetime, way: str) -> None:
    """Keep the first time and way that this person is shown others' scorecards.

    That is those submitted until then, though withdrawn. A shadow's is shown nowhere.
    """
    keys = [application.pk for application in applications]
    alone = len(keys) == 1
    cards: Iterable[Scorecard] = _unseen_of_one(by, keys[0], until) if alone else _unseen(by, keys, until)
    rows = [Sighting(user=by, scorecard=card, way=way) for card in cards]
    Sighting.objects.bulk_create(rows, ignore_conflicts=True)


def _unseen(by: User, applications: Sequence[int], until: datetime) -> QuerySet[Scorecard]:
    """Others' scorecards that were submitted until then and that this person was not shown yet."""
    counted = Scorecard.objects.shown().filter(panelist__interview__application__in=applications)
    others = counted.filter(submitted_at__lte=until).exclude(panelist__user=by)
    unseen = others.exclude(Exists(Sighting.objects.filter(scorecard=OuterRef("pk"), user=by)))
    return unseen.order_by("pk")  # two pages at once note them in one order


@compiled
def _unseen_of_one(by: User, application: int, until: datetime) -> QuerySet[Scorecard]:
    return _unseen(by, [application], until)


@transaction.atomic
def grant_override(application: Application, user: User, *, reason: str, by: User) -> Override:
    """Let a panelist see before submitting, for a reason that the packet prints.

    The first grant stands: a second one for the same person changes and records
    nothing. Raises PermissionDenied for whoever is no recruiter off the panel,
    ValidationError without a reason or for an erased candidate.
    """
    if not policies.may_override(by, application):
        raise PermissionDenied
    refuse_erased(application)
    why = needed(reason, field="reason", otherwise="Give a reason. It is printed in the packet.")
    given = {"granted_by": by, "reason": why}
    override, created = application.overrides.get_or_create(user=user, defaults=given)
    if created:
        record("override.granted", by=by, subject=application, user_id=user.pk)
    return override


@transaction.atomic
def leave_note(panelist: Panelist, *, kind: str, text: str, by: User) -> HandoffNote:
    """Leave a fact for the next interviewers of this application.

    `kind` is one of `HandoffNote.Kind`, `text` has 1 to 1,000 characters. Raises
    PermissionDenied for another's scorecard, ValidationError by field, or for an erased
    candidate.
    """
    if panelist.user_id != by.pk:
        raise PermissionDenied
    refuse_erased(panelist.interview.application)
    if kind not in HandoffNote.Kind.values:
        raise ValidationError({"kind": "Choose a kind of note."})
    words = needed(text, field="text", otherwise="Write a note first.", limit=1000)
    note = HandoffNote.objects.create(panelist=panelist, kind=kind, text=words)
    record("note.left", by=by, subject=panelist.interview, note_id=note.pk)
    tell_handed_off(note)
    return note


@transaction.atomic
def save_words(language: str, *, words: str, enabled: bool = True, by: User) -> None:
    """Replace the list that hints use in one of LANGUAGES, or switch it off.

    `words` are lines as `scorecards.phrases` reads them; without any, or with those
    that ship, the list that ships counts. Raises PermissionDenied for whoever is no
    administrator, ValidationError for another language, or by field for lines that
    cannot be read.
    """
    if not (by.is_active and by.is_administrator):
        raise PermissionDenied
    if language not in LANGUAGES:
        raise ValidationError("There is no word list for this language.")
    text = clean_text(words).strip()
    try:
        read_list(text)
    except Unreadable as error:
        raise ValidationError({"words": list(error.problems[:TOLD])}) from error
    own = "" if text == SHIPPED[language].strip() else text
    WordList.objects.update_or_create(language=language, defaults={"words": own, "enabled": enabled})
    record("words.saved", by=by, language=language)


@transaction.atomic
def note_comparison(cards: list[Scorecard], *, by: User) -> None:
    """Record that this person was shown the others among these scorecards."""
    others = sorted((card for card in cards if card.panelist.user_id != by.pk), key=attrgetter("pk"))
    rows = [Sighting(user=by, scorecard=card, way=Sighting.Way.COMPARISON) for card in others]
    Sighting.objects.bulk_create(rows, ignore_conflicts=True)
    record_each("scorecard.compared", by=by, subjects=[*others])
