"""The debrief as a meeting: opened once, noted, re-rated, decided, reopened. Atomic, audited; the actor is `by`."""

from collections.abc import Mapping

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit.services import record
from candidates.models import Application
from candidates.services import refuse_erased
from rubrics.models import LEVELS, Dimension
from scorecards import policies
from scorecards.amendments import standing_values
from scorecards.drafts import limited, needed
from scorecards.models import Attendee, Decision, Meeting, MeetingNote, Rating, Reopening, ReRating, Scorecard, Sighting
from scorecards.services import keep_sightings

DECIDED = "This debrief was decided. Reopen it first, with a reason."
NOT_OPEN = "Open the debrief first."


def _locked(application: Application) -> Application:
    """The application, locked: whatever changes its debrief waits for its turn. An erased one takes no more words."""
    refuse_erased(application)
    return application


def _meeting(application: Application) -> Meeting:
    """The open meeting, its application locked. Raises ValidationError where it was not opened, or was decided."""
    _locked(application)
    meeting = Meeting.objects.filter(application=application).first()
    if meeting is None:
        raise ValidationError(NOT_OPEN)
    if application.decisions.standing().exists():
        raise ValidationError(DECIDED)
    return meeting


@transaction.atomic
def open_debrief(application: Application, *, by: User) -> Meeting:
    """Open the debrief: from now on nobody amends, and re-ratings stand beside the initial ratings.

    The first opening stands. Raises PermissionDenied, or ValidationError where nobody has submitted yet.
    """
    if not policies.may_run_debrief(by, application):
        raise PermissionDenied
    _locked(application)
    if not Scorecard.objects.counted().filter(panelist__interview__application=application).exists():
        raise ValidationError("Nobody has submitted a scorecard yet, so there is nothing to discuss.")
    return _opened(application, by)


def _opened(application: Application, by: User) -> Meeting:
    meeting, created = Meeting.objects.get_or_create(application=application, defaults={"opened_by": by})
    if created:
        record("debrief.opened", by=by, subject=application)
    return meeting


@transaction.atomic
def add_note(application: Application, *, text: str, kind: str, dimension: Dimension | None, by: User) -> MeetingNote:
    """Write down what was said on a dimension or on the whole, or a follow-up. Raises ValidationError by field."""
    if not policies.may_run_debrief(by, application):
        raise PermissionDenied
    meeting = _meeting(application)
    if kind not in MeetingNote.Kind.values:
        raise ValidationError({"kind": "A note or a follow-up."})
    if dimension is not None and dimension.version_id != application.opening.rubric_version_id:
        raise ValidationError({"dimension": "This dimension is not in the opening's rubric."})
    words = needed(text, field="text", otherwise="Write the note first.")
    note = MeetingNote.objects.create(meeting=meeting, dimension=dimension, kind=kind, text=words, by=by)
    record("debrief.noted", by=by, subject=application, note_id=note.pk)
    return note


@transaction.atomic
def note_attendance(application: Application, *, users: list[User], names: list[str], by: User) -> int:
    """Add who attended; those who are listed already stay. Returns how many are new.

    Whoever attends hears the others, so what was submitted by now counts as seen by them.
    """
    if not policies.may_run_debrief(by, application):
        raise PermissionDenied
    meeting = _meeting(application)
    known = {person.user_id or person.name for person in meeting.attendees.all()}
    rows = [Attendee(meeting=meeting, user=user) for user in users if user.pk not in known]
    clean = (limited(name, field="names", limit=200).strip() for name in names)
    rows += [Attendee(meeting=meeting, name=name) for name in dict.fromkeys(clean) if name and name not in known]
    if not users and not rows:
        raise ValidationError("Choose or name who attended.")
    Attendee.objects.bulk_create(rows)
    for row in rows:
        if row.user:
            keep_sightings(application, by=row.user, until=timezone.now(), way=Sighting.Way.MEETING)
    if rows:
        record("debrief.attended", by=by, subject=application, count=len(rows))
    return len(rows)


@transaction.atomic
def remove_attendee(attendee: Attendee, *, by: User) -> None:
    """Take back a name that was entered by mistake. What that person was shown stays recorded."""
    application = attendee.meeting.application
    if not policies.may_run_debrief(by, application):
        raise PermissionDenied
    _meeting(application)
    attendee.delete()
    record("debrief.attendance_corrected", by=by, subject=application)


@transaction.atomic
def re_rate(
    card: Scorecard, dimension: Dimension, *, answer: str, kind: str, reason: str, by: User, source: str = ""
) -> ReRating:
    """Keep a changed rating beside the first, by its own author, in an open debrief.

    `answer` is a score from 1 to 5 or a reason for not assessed. Raises PermissionDenied, or ValidationError by
    field: a reason, an answer that differs from the standing one and, for new evidence, its source are needed.
    """
    if not policies.may_re_rate(by, card):
        raise PermissionDenied
    meeting = _meeting(card.panelist.interview.application)
    row = ReRating(meeting=meeting, scorecard=card, dimension=dimension, kind=kind)
    row.score, row.not_assessed_reason = _answer(answer)
    standing = _standing(card, dimension)
    if standing is None:
        raise ValidationError("You gave no rating on this dimension that could change.")
    if standing == (row.score, row.not_assessed_reason):
        raise ValidationError({"answer": "This is the rating as it stands."})
    row.reason = needed(reason, field="reason", otherwise="Say why the rating changes.")
    if kind == ReRating.Kind.NEW_EVIDENCE:
        row.source = needed(source, field="source", otherwise="Say where the new evidence comes from.", limit=300)
    row.full_clean()
    row.save()
    record("rating.changed", by=by, subject=card, dimension_id=dimension.pk)
    return row


def _answer(answer: str) -> tuple[int | None, str]:
    if answer in map(str, LEVELS):
        return int(answer), ""
    if answer in Rating.Reason.values:
        return None, answer
    raise ValidationError({"answer": "Choose a score, or why it is not assessed."})


def _standing(card: Scorecard, dimension: Dimension) -> tuple[int | None, str] | None:
    """Score and reason as last re-rated, else as submitted and amended; None where the card did not rate it."""
    last = card.re_ratings.filter(dimension=dimension).last()
    if last:
        return last.score, last.not_assessed_reason
    values = standing_values(card)
    score, reason = values.get(f"score_{dimension.pk}", ""), values.get(f"reason_{dimension.pk}", "")
    return (None if score == "na" else int(score), reason) if score else None


@transaction.atomic
def record_decision(
    application: Application,
    *,
    outcome: str,
    rationale: str,
    by: User,
    rationales: Mapping[str, str] | None = None,
    conditions: str = "",
    dissent: str = "",
    dissenter: str = "",
) -> Decision:
    """Decide. It opens the debrief where nobody did, and closes it: whatever comes later needs a reopening.

    `rationales` gives the reason for each must-have dimension by key. Raises PermissionDenied, or ValidationError by
    field: also where a decision stands already.
    """
    if not policies.may_record_decision(by, application):
        raise PermissionDenied
    _locked(application)
    if application.decisions.standing().exists():
        raise ValidationError(DECIDED)
    decision = Decision(application=application, decided_by=by, outcome=outcome)
    decision.rationale = limited(rationale, field="rationale").strip()
    decision.rationales = _rationales(application, rationales or {}, every=outcome != Decision.Outcome.HOLD)
    decision.conditions = limited(conditions, field="conditions").strip()
    decision.dissent = limited(dissent, field="dissent").strip()
    decision.dissenter = limited(dissenter, field="dissenter").strip()
    if decision.dissent and not decision.dissenter:
        raise ValidationError({"dissenter": "Say whose words these are."})
    _opened(application, by)
    decision.full_clean()
    decision.save()
    record("decision.recorded", by=by, subject=application, decision_id=decision.pk)
    return decision


def _rationales(application: Application, given: Mapping[str, str], *, every: bool) -> dict[str, str]:
    """The reasons for single dimensions, without empty ones; `every` must-have dimension needs one."""
    names = dict(application.opening.rubric_version.dimensions.values_list("key", "name"))
    if not given.keys() <= names.keys():
        raise ValidationError("A reason is given for a dimension that is not in the opening's rubric.")
    texts = {key: limited(text, field=f"rationale_{key}").strip() for key, text in given.items()}
    musts = application.opening.rubric_version.dimensions.filter(must_have=True).values_list("key", flat=True)
    lacking = [key for key in musts if every and not texts.get(key)]
    if lacking:
        raise ValidationError(
            {f"rationale_{key}": f"Say what the decision means for “{names[key]}”." for key in lacking}
        )
    return {key: text for key, text in texts.items() if text}


@transaction.atomic
def reopen_debrief(application: Application, *, reason: str, by: User) -> Reopening:
    """Let the standing decision stand no longer. Raises PermissionDenied, or ValidationError without a reason."""
    if not policies.may_record_decision(by, application):
        raise PermissionDenied
    _locked(application)
    decision = application.decisions.standing().first()
    if decision is None:
        raise ValidationError("No decision stands, so there is nothing to reopen.")
    why = needed(reason, field="reason", otherwise="Say why the debrief is opened again.")
    reopening = Reopening.objects.create(decision=decision, reason=why, by=by)
    record("debrief.reopened", by=by, subject=application, decision_id=decision.pk)
    return reopening
