"""The debrief as a meeting, from opening to decision. Atomic, audited, the actor as
`by`."""

from collections.abc import Mapping

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.texts import limited, needed
from audit.frozen import frozen
from audit.services import record
from candidates.models import Application
from candidates.services import refuse_closed, refuse_erased
from debriefs import policies
from debriefs.models import Attendee, Decision, Meeting, MeetingNote, Reopening, ReRating
from debriefs.telling import tell_decided
from rubrics.models import Dimension
from scorecards.amendments import current_judgement
from scorecards.fields import NoSuchAnswer, answer_chosen
from scorecards.judgement import Answer
from scorecards.models import Scorecard, Sighting
from scorecards.services import keep_sightings

DECIDED = "A decision has been recorded. Reopen the debrief first."
NOT_OPEN = "Open the debrief first."


def _locked(application: Application) -> Application:
    """The application, locked against other changes. Raises ValidationError where
    erased."""
    refuse_erased(application)
    return application


def _meeting(application: Application) -> Meeting:
    """The meeting, application locked. Raises ValidationError unless open and
    undecided."""
    _locked(application)
    meeting = Meeting.objects.filter(application=application).first()
    if meeting is None:
        raise ValidationError(NOT_OPEN)
    if application.decisions.current().exists():
        raise ValidationError(DECIDED)
    return meeting


@transaction.atomic
def open_debrief(application: Application, *, by: User) -> Meeting:
    """Open the debrief: from now on nobody amends, and re-ratings stand beside the
    initial ratings.

    The first opening stands. Raises PermissionDenied, or ValidationError where nobody
    has submitted yet.
    """
    if not policies.may_run_debrief(by, application):
        raise PermissionDenied
    _locked(application)
    if not Scorecard.objects.counted().filter(panelist__interview__application=application).exists():
        raise ValidationError("No one has submitted a scorecard yet, so there is nothing to discuss.")
    return _opened(application, by)


def _opened(application: Application, by: User) -> Meeting:
    """The meeting, opened now where it is not yet. The caller holds the application's
    lock."""
    meeting = Meeting.objects.filter(application=application).first()
    if meeting is None:
        Application.objects.filter(pk=application.pk).update(debrief_opened_at=timezone.now())
        meeting = Meeting.objects.create(application=application, opened_by=by)
        record("debrief.opened", by=by, subject=application)
    return meeting


@transaction.atomic
def add_note(application: Application, *, text: str, kind: str, dimension: Dimension | None, by: User) -> MeetingNote:
    """A note on a dimension or on the whole, or a follow-up.

    Raises PermissionDenied, or ValidationError: by field, or where it is not open.
    """
    if not policies.may_run_debrief(by, application):
        raise PermissionDenied
    meeting = _meeting(application)
    if kind not in MeetingNote.Kind.values:
        raise ValidationError({"kind": "Choose note or follow-up."})
    if dimension is not None and dimension.version_id != application.opening.rubric_version_id:
        raise ValidationError({"dimension": "This dimension is not in the opening's rubric."})
    words = needed(text, field="text", otherwise="Write a note first.")
    note = MeetingNote.objects.create(meeting=meeting, dimension=dimension, kind=kind, text=words, by=by)
    record("debrief.noted", by=by, subject=application, note_id=note.pk)
    return note


@transaction.atomic
def note_attendance(application: Application, *, users: list[User], names: list[str], by: User) -> int:
    """Add who attended; those who are listed already stay. Returns how many are new.

    Whoever attends hears the others, so what was submitted by now counts as seen by
    them. Raises PermissionDenied, or ValidationError: at `names`, where nobody is
    named, or where the debrief is not open.
    """
    if not policies.may_run_debrief(by, application):
        raise PermissionDenied
    rows = _new_attendees(_meeting(application), users, names)
    if not users and not rows:
        raise ValidationError({"names": "Choose or name the people who attended."})
    Attendee.objects.bulk_create(rows)
    for row in rows:
        if row.user:
            keep_sightings(application, by=row.user, until=timezone.now(), way=Sighting.Way.MEETING)
    if rows:
        record("debrief.attended", by=by, subject=application, count=len(rows))
    return len(rows)


def _new_attendees(meeting: Meeting, users: list[User], names: list[str]) -> list[Attendee]:
    """Rows, not yet stored, of those who are not listed; empty names are nobody.

    Raises ValidationError at `names` for one of more than 200 characters.
    """
    listed = list(meeting.attendees.all())
    known_users = {person.user_id for person in listed}
    known_names = {person.name for person in listed} | {""}
    clean = [limited(name, field="names", limit=200).strip() for name in names]
    new_users = [user for user in users if user.pk not in known_users]
    new_names = [name for name in dict.fromkeys(clean) if name not in known_names]
    rows = [Attendee(meeting=meeting, user=user) for user in new_users]
    return rows + [Attendee(meeting=meeting, name=name) for name in new_names]


@transaction.atomic
def remove_attendee(attendee: Attendee, *, by: User) -> None:
    """Take back a name entered by mistake. What that person was shown stays recorded.

    Raises PermissionDenied, or ValidationError where the debrief is not open.
    """
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

    `answer` is a score from 1 to 5 or a reason for not assessed. Raises
    PermissionDenied, or ValidationError by field: a reason, an answer that differs from
    the current one and, for new evidence, its source are needed.
    """
    if not policies.may_re_rate(by, card):
        raise PermissionDenied
    meeting = _meeting(card.panelist.interview.application)
    row = ReRating(meeting=meeting, scorecard=card, dimension=dimension, kind=kind)
    new = _answer(answer)
    current = _current(card, dimension)
    if not current.is_given:
        raise ValidationError("You have no rating on this dimension to change.")
    if current.verdict == new.verdict:
        raise ValidationError({"answer": "This is already your rating. Choose a different one."})
    row.score, row.not_assessed_reason = new.verdict
    row.reason = needed(reason, field="reason", otherwise="Give a reason for the change.")
    if kind == ReRating.Kind.NEW_EVIDENCE:
        row.source = needed(source, field="source", otherwise="Say where the new evidence comes from.", limit=300)
    row.full_clean()
    row.save()
    record("rating.changed", by=by, subject=card, dimension_id=dimension.pk, **frozen("re-rating", row.pk))
    return row


def _answer(text: str) -> Answer:
    try:
        return answer_chosen(text)
    except NoSuchAnswer as error:
        raise ValidationError({"answer": "Choose a score, or a reason for not assessing it."}) from error


def _current(card: Scorecard, dimension: Dimension) -> Answer:
    """The answer as last re-rated, else as last amended; empty where none was given."""
    last = card.re_ratings.filter(dimension=dimension).last()
    if last:
        return Answer(last.score, last.score is None, last.not_assessed_reason)
    return current_judgement(card).answers.get(dimension.pk, Answer()).tidied


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
    """Decide. It opens the debrief where nobody did, and closes it: whatever comes
    later needs a reopening.

    `rationales` gives the reason for each must-have dimension by key. Raises
    PermissionDenied, or ValidationError by field: also where a decision stands already,
    and where the application is closed.
    """
    if not policies.may_record_decision(by, application):
        raise PermissionDenied
    _locked(application)
    if application.decisions.current().exists():
        raise ValidationError(DECIDED)
    refuse_closed(application)
    decision = Decision(application=application, decided_by=by, outcome=outcome)
    decision.rationale = limited(rationale, field="rationale").strip()
    decision.rationales = _rationales(application, rationales or {}, every=outcome != Decision.Outcome.HOLD)
    decision.conditions = limited(conditions, field="conditions").strip()
    decision.dissent = limited(dissent, field="dissent").strip()
    decision.dissenter = limited(dissenter, field="dissenter").strip()
    if decision.dissent and not decision.dissenter:
        raise ValidationError({"dissenter": "Say who dissents."})
    _opened(application, by)
    decision.full_clean()
    decision.save()
    _follow(application, outcome)
    stated = frozen("decision", decision.pk)
    record("decision.recorded", by=by, subject=application, decision_id=decision.pk, **stated)
    tell_decided(decision)
    return decision


def _follow(application: Application, outcome: str) -> None:
    """Note on the application the outcome of the decision that stands from now on, or
    empty for none. The database compares the two; the caller holds the lock."""
    application.decided = outcome
    application.save(update_fields=["decided"])


def _rationales(application: Application, given: Mapping[str, str], *, every: bool) -> dict[str, str]:
    """The reasons for single dimensions, without empty ones; `every` must-have
    dimension needs one."""
    dimensions = application.opening.rubric_version.dimensions
    names = dict(dimensions.values_list("key", "name"))
    if not given.keys() <= names.keys():
        raise ValidationError("One of the reasons is for a dimension that is not in the opening's rubric.")
    texts = {key: limited(text, field=f"rationale_{key}").strip() for key, text in given.items()}
    lacking = []
    if every:
        musts = dimensions.filter(must_have=True).values_list("key", flat=True)
        lacking = [key for key in musts if not texts.get(key)]
    if lacking:
        raise ValidationError(
            {f"rationale_{key}": f"Say what “{names[key]}” means for the decision." for key in lacking}
        )
    return {key: text for key, text in texts.items() if text}


@transaction.atomic
def reopen_debrief(application: Application, *, reason: str, by: User) -> Reopening:
    """Reopen what was decided, for a reason. Raises PermissionDenied, or
    ValidationError."""
    if not policies.may_record_decision(by, application):
        raise PermissionDenied
    _locked(application)
    decision = application.decisions.current().first()
    if decision is None:
        raise ValidationError("There is no decision to reopen.")
    why = needed(reason, field="reason", otherwise="Give a reason for reopening the debrief.")
    reopening = Reopening.objects.create(decision=decision, reason=why, by=by)
    _follow(application, "")
    record("debrief.reopened", by=by, subject=application, decision_id=decision.pk)
    return reopening
