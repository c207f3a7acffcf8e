"""Scorecards, ratings, decisions and packets. What was submitted or decided the database refuses to change."""

from typing import Self

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import User
from candidates.models import Application, Opening, Panelist
from rubrics.models import Dimension, Exercise, Signal

LOCKED_RATING = pgtrigger.Trigger(
    name="score_locked",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
    declare=[("before", "TEXT"), ("after", "TEXT")],
    func="""
        IF TG_OP <> 'INSERT' THEN before := concat(OLD.score, OLD.not_assessed, OLD.not_assessed_reason); END IF;
        IF TG_OP <> 'DELETE' THEN after := concat(NEW.score, NEW.not_assessed, NEW.not_assessed_reason); END IF;
        IF COALESCE(before, 'f') <> COALESCE(after, 'f') AND EXISTS (
            SELECT 1 FROM scorecards_scorecard s
             WHERE s.id = COALESCE(CASE WHEN TG_OP = 'INSERT' THEN NULL ELSE OLD.scorecard_id END, NEW.scorecard_id)
               AND s.locked_at IS NOT NULL) THEN
            RAISE EXCEPTION 'the scores of this scorecard are locked';
        END IF;
        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
        RETURN NEW;
    """,
)
IMMUTABLE = pgtrigger.Protect(name="never_changed", operation=pgtrigger.Update | pgtrigger.Delete)


def only_while_scorecard_is_draft() -> list[pgtrigger.Trigger]:
    return [
        pgtrigger.Trigger(
            name="only_while_draft",
            when=pgtrigger.Before,
            operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
            declare=[("card_state", "TEXT")],
            func="""
                SELECT s.state INTO card_state FROM scorecards_scorecard s
                 WHERE s.state <> 'draft'
                   AND (TG_OP <> 'INSERT' AND s.id = OLD.scorecard_id
                        OR TG_OP <> 'DELETE' AND s.id = NEW.scorecard_id)
                 LIMIT 1;
                IF FOUND THEN
                    RAISE EXCEPTION 'this scorecard was % and can no longer change', card_state;
                END IF;
                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
                RETURN NEW;
            """,
        )
    ]


class ScorecardQuerySet(models.QuerySet["Scorecard"]):
    def counted(self) -> Self:
        """What a debrief rests on: submitted, and not a shadow's."""
        return self.filter(state=Scorecard.State.SUBMITTED, panelist__role=Panelist.Role.LEAD)


class Scorecard(models.Model):
    """One panelist's judgement. `edit` counts saves and `field_edits` says which of them last changed each field:
    a writer who knows an older count is refused a field that changed since. Once `locked_at` is set, scores and
    recommendation stay, while evidence stays open until the due time."""

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        SUBMITTED = "submitted", "Submitted"
        DECLINED = "declined", "Declined"

    class Recommendation(models.TextChoices):
        STRONG_NO = "strong_no", "Strong no"
        NO = "no", "No"
        YES = "yes", "Yes"
        STRONG_YES = "strong_yes", "Strong yes"

    panelist = models.OneToOneField(Panelist, models.PROTECT, related_name="scorecard")
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    recommendation = models.CharField(max_length=10, choices=Recommendation.choices, blank=True)
    summary = models.TextField(blank=True)
    decline_reason = models.TextField(blank=True)
    edit = models.PositiveIntegerField(default=0)
    field_edits = models.JSONField(default=dict, blank=True)
    locked_at = models.DateTimeField(null=True)
    saved_at = models.DateTimeField(null=True)
    submitted_at = models.DateTimeField(null=True)
    saw_others_first = models.BooleanField(default=False)
    imported = models.BooleanField(default=False)

    objects = ScorecardQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="draft", submitted_at__isnull=True)
                | ~Q(state="draft") & Q(submitted_at__isnull=False),
                name="finished_has_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(state="submitted") | ~Q(recommendation=""), name="submitted_recommends"
            ),
            models.CheckConstraint(condition=~Q(state="declined") | ~Q(decline_reason=""), name="declined_says_why"),
        ]
        triggers = [
            pgtrigger.Protect(
                name="frozen_once_finished",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__state__in=["submitted", "declined"]),
            ),
            pgtrigger.Protect(
                name="lock_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__locked_at__isnull=False)
                & (
                    pgtrigger.Q(old__locked_at__df=pgtrigger.F("new__locked_at"))
                    | pgtrigger.Q(old__recommendation__df=pgtrigger.F("new__recommendation"))
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"scorecard {self.pk} ({self.state})"

    @property
    def is_draft(self) -> bool:
        return self.state == self.State.DRAFT


class Rating(models.Model):
    """A score, or not assessed with a reason, or (in a draft) neither yet; the anchor is kept as it read."""

    class Reason(models.TextChoices):
        TIME = "ran out of time", "Ran out of time"
        FOCUS = "not my focus", "Not my focus"
        DECLINED = "candidate declined", "Candidate declined"
        OTHER = "other", "Other (say so in the evidence)"

    scorecard = models.ForeignKey(Scorecard, models.CASCADE, related_name="ratings")
    dimension = models.ForeignKey(Dimension, models.PROTECT, related_name="ratings")
    score = models.PositiveSmallIntegerField(null=True)
    not_assessed = models.BooleanField(default=False)
    not_assessed_reason = models.CharField(max_length=500, blank=True)
    evidence = models.TextField(blank=True)
    anchor_text = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scorecard", "dimension"], name="one_rating_per_dimension"),
            models.CheckConstraint(
                condition=Q(score__isnull=True) | Q(score__gte=1, score__lte=5), name="score_1_to_5"
            ),
            models.CheckConstraint(
                condition=Q(score__isnull=True) | Q(not_assessed=False), name="score_or_not_assessed"
            ),
        ]
        triggers = [*only_while_scorecard_is_draft(), LOCKED_RATING]

    def __str__(self) -> str:
        return f"rating {self.pk}"


class SignalMark(models.Model):
    """A signal or red flag of the rubric that this interviewer saw, or only wrote a note on."""

    scorecard = models.ForeignKey(Scorecard, models.CASCADE, related_name="signal_marks")
    signal = models.ForeignKey(Signal, models.PROTECT, related_name="marks")
    seen = models.BooleanField(default=False)
    note = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scorecard", "signal"], name="one_mark_per_signal")]
        triggers = only_while_scorecard_is_draft()

    def __str__(self) -> str:
        return f"mark {self.pk}"


class LookForMark(models.Model):
    """What became of one look-for of an exercise; `place` is its position in the exercise's list."""

    class Outcome(models.TextChoices):
        SEEN = "seen", "Seen"
        MISSED = "missed", "Missed"
        NOT_REACHED = "not_reached", "Not reached"

    scorecard = models.ForeignKey(Scorecard, models.CASCADE, related_name="look_for_marks")
    exercise = models.ForeignKey(Exercise, models.PROTECT, related_name="+")
    place = models.PositiveSmallIntegerField()
    outcome = models.CharField(max_length=12, choices=Outcome.choices)

    class Meta:
        ordering = ["exercise", "place"]
        constraints = [models.UniqueConstraint(fields=["scorecard", "exercise", "place"], name="one_mark_per_look_for")]
        triggers = only_while_scorecard_is_draft()

    def __str__(self) -> str:
        return f"look-for {self.place}: {self.outcome}"

    @property
    def text(self) -> str:
        return str(self.exercise.look_for[self.place])


class HandoffNoteQuerySet(models.QuerySet["HandoffNote"]):
    def for_panelist(self, panelist: Panelist) -> Self:
        """What the panelists of earlier interviews of this application left for this one, and their own notes."""
        interview = panelist.interview
        earlier = Q(panelist__interview__starts_at__lt=interview.starts_at) & ~Q(panelist__user=panelist.user_id)
        mine = Q(panelist=panelist)
        notes = self.filter(earlier | mine, panelist__interview__application=interview.application_id)
        return notes.filter(mine | Q(panelist__role=Panelist.Role.LEAD))


class HandoffNote(models.Model):
    """A fact for the next interviewers, apart from any opinion; never changed, so that what was passed on is known."""

    class Kind(models.TextChoices):
        COVERED = "covered", "Covered"
        PROBE = "probe", "Please probe"
        BACKGROUND = "background", "Background"

    panelist = models.ForeignKey(Panelist, models.PROTECT, related_name="handoff_notes")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    text = models.CharField(max_length=1000)
    at = models.DateTimeField(auto_now_add=True)

    objects = HandoffNoteQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        triggers = [IMMUTABLE]

    def __str__(self) -> str:
        return f"note {self.pk} ({self.kind})"


class WordList(models.Model):
    """An administrator's list of words, in one language, that name protected characteristics."""

    language = models.CharField(max_length=10, unique=True)
    words = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.language


class Sighting(models.Model):
    """The first time that a person was shown another's judgement of an application."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    scorecard = models.ForeignKey(Scorecard, models.PROTECT, related_name="sightings")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "scorecard"], name="first_sight_only")]
        triggers = [IMMUTABLE]

    def __str__(self) -> str:
        return f"sighting {self.pk}"


class Override(models.Model):
    """A recruiter off the panel let a person see before submitting, for a reason that the packet prints."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="overrides")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    granted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    reason = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "user"], name="one_override"),
            models.CheckConstraint(condition=~Q(reason=""), name="override_has_a_reason"),
        ]
        triggers = [IMMUTABLE]

    def __str__(self) -> str:
        return f"override {self.pk}"


class Amendment(models.Model):
    """The author's correction between submission and debrief: a revision that stands beside what it replaces.

    `ratings` holds the changed ones as a debrief reads them (see `scorecards.facts.RatingFact`); `had_seen` the
    scorecards of others that the author had been shown by then.
    """

    scorecard = models.ForeignKey(Scorecard, models.PROTECT, related_name="amendments")
    reason = models.TextField()
    recommendation = models.CharField(max_length=10, choices=Scorecard.Recommendation.choices)
    summary = models.TextField(blank=True)
    ratings = models.JSONField(default=list, blank=True)
    had_seen = ArrayField(models.BigIntegerField(), default=list, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="amendment_says_why")]
        triggers = [
            IMMUTABLE,
            pgtrigger.Trigger(
                name="only_until_debrief",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF NOT EXISTS (SELECT 1 FROM scorecards_scorecard s
                                    WHERE s.id = NEW.scorecard_id AND s.state = 'submitted') THEN
                        RAISE EXCEPTION 'only a submitted scorecard can be amended';
                    END IF;
                    IF EXISTS (SELECT 1 FROM scorecards_scorecard s
                                 JOIN candidates_panelist p ON p.id = s.panelist_id
                                 JOIN candidates_interview i ON i.id = p.interview_id
                                 JOIN scorecards_meeting m ON m.application_id = i.application_id
                                WHERE s.id = NEW.scorecard_id) THEN
                        RAISE EXCEPTION 'the debrief of this scorecard was opened';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"amendment {self.pk}"


class Meeting(models.Model):
    """The debrief of one application as a meeting. From its opening on, the initial ratings stay as they are."""

    application = models.OneToOneField(Application, models.PROTECT, related_name="meeting")
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        triggers = [IMMUTABLE]

    def __str__(self) -> str:
        return f"debrief {self.pk}"


ONLY_UNTIL_DECIDED = pgtrigger.Trigger(
    name="only_until_decided",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Delete,
    declare=[("met", "BIGINT")],
    func="""
        met := CASE WHEN TG_OP = 'DELETE' THEN OLD.meeting_id ELSE NEW.meeting_id END;
        IF EXISTS (SELECT 1 FROM scorecards_meeting m
                     JOIN scorecards_decision d ON d.application_id = m.application_id
                    WHERE m.id = met
                      AND NOT EXISTS (SELECT 1 FROM scorecards_reopening r WHERE r.decision_id = d.id)) THEN
            RAISE EXCEPTION 'this debrief was decided; reopen it first';
        END IF;
        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
        RETURN NEW;
    """,
)


class MeetingNote(models.Model):
    """What the meeting wrote down: on a dimension or on the whole, or a follow-up that was agreed."""

    class Kind(models.TextChoices):
        NOTE = "note", "Note"
        FOLLOW_UP = "follow_up", "Follow-up"

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="notes")
    dimension = models.ForeignKey(Dimension, models.PROTECT, related_name="+", null=True, blank=True)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.NOTE)
    text = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="meeting_note_has_text")]
        triggers = [IMMUTABLE, ONLY_UNTIL_DECIDED]

    def __str__(self) -> str:
        return f"meeting note {self.pk}"


class Attendee(models.Model):
    """Somebody who was in the meeting: a colleague with an account, or a name."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="attendees")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True)
    name = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "user"], name="attends_once"),
            models.CheckConstraint(condition=Q(user__isnull=False) ^ ~Q(name=""), name="attendee_is_one_person"),
        ]
        triggers = [
            pgtrigger.Protect(name="never_changed", operation=pgtrigger.Update),
            ONLY_UNTIL_DECIDED,
        ]

    def __str__(self) -> str:
        return self.name or str(self.user)


class ReRating(models.Model):
    """A rating that its author changed after the debrief opened. It stands beside the first; the newest counts."""

    class Kind(models.TextChoices):
        REREAD = "reread", "I reread my evidence"
        NEW_EVIDENCE = "new_evidence", "New evidence"

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="re_ratings")
    scorecard = models.ForeignKey(Scorecard, models.PROTECT, related_name="re_ratings")
    dimension = models.ForeignKey(Dimension, models.PROTECT, related_name="+")
    score = models.PositiveSmallIntegerField(null=True, blank=True)
    not_assessed_reason = models.CharField(max_length=500, blank=True)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    source = models.CharField(max_length=300, blank=True)
    reason = models.TextField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="re_rating_says_why"),
            models.CheckConstraint(
                condition=Q(score__gte=1, score__lte=5, not_assessed_reason="")
                | Q(score__isnull=True) & ~Q(not_assessed_reason=""),
                name="re_rating_scores_or_says_why_not",
            ),
            models.CheckConstraint(
                condition=Q(kind="reread", source="") | Q(kind="new_evidence") & ~Q(source=""),
                name="new_evidence_has_a_source",
            ),
        ]
        triggers = [IMMUTABLE, ONLY_UNTIL_DECIDED]

    def __str__(self) -> str:
        return f"re-rating {self.pk}"


class DecisionQuerySet(models.QuerySet["Decision"]):
    def standing(self) -> Self:
        """Decisions that were not reopened: at most one for each application."""
        return self.filter(reopening__isnull=True)


class Decision(models.Model):
    """What was decided and why. It never changes: reopening it, with a reason, makes room for another beside it.

    `rationales` gives the reason for each must-have dimension, by the dimension's key.
    """

    class Outcome(models.TextChoices):
        HIRE = "hire", "Hire"
        NO_HIRE = "no_hire", "No hire"
        HOLD = "hold", "Hold"

    application = models.ForeignKey(Application, models.PROTECT, related_name="decisions")
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    rationale = models.TextField()
    rationales = models.JSONField(default=dict, blank=True)
    conditions = models.TextField(blank=True)
    dissent = models.TextField(blank=True, help_text="In the dissenter's own words.")
    dissenter = models.CharField(max_length=200, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(auto_now_add=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(rationale=""), name="decision_has_a_rationale"),
        ]
        triggers = [
            IMMUTABLE,
            pgtrigger.Trigger(
                name="one_stands",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF EXISTS (SELECT 1 FROM scorecards_decision d
                                WHERE d.application_id = NEW.application_id
                                  AND NOT EXISTS (SELECT 1 FROM scorecards_reopening r WHERE r.decision_id = d.id)) THEN
                        RAISE EXCEPTION 'a decision stands; reopen it first';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"decision {self.pk}: {self.outcome}"


class Reopening(models.Model):
    """Why a decision no longer stands. The decision itself stays as it was."""

    decision = models.OneToOneField(Decision, models.PROTECT, related_name="reopening")
    reason = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="reopening_says_why")]
        triggers = [IMMUTABLE]

    def __str__(self) -> str:
        return f"reopening of {self.decision_id}"


def blind(user: User) -> Q:
    """Applications on whose panel this person owes a scorecard, unless a recruiter let them see before.

    One seat that is owed hides everything, whatever was submitted on another. Declining ends the debt and opens
    nothing by itself: what the person may then read is what their role lets anybody off the panel read.
    """
    seats = Panelist.objects.filter(interview__application=OuterRef("pk"), user=user)
    owed = seats.filter(Q(scorecard__isnull=True) | Q(scorecard__state=Scorecard.State.DRAFT))
    override = Override.objects.filter(application=OuterRef("pk"), user=user)
    return Q(Exists(owed)) & ~Q(Exists(override))


def unblinded(applications: QuerySet[Application], user: User) -> QuerySet[Application]:
    return applications.filter(~blind(user))


class PacketQuerySet(models.QuerySet["Packet"]):
    def visible_to(self, user: User) -> Self:
        """Packets of applications whose loop the person runs, unless they have yet to submit there."""
        return self.filter(application__in=unblinded(Application.objects.run_by(user), user))


class Packet(models.Model):
    """One PDF asked for. This row, not the queue, says what is to be done and who is doing it."""

    class State(models.TextChoices):
        QUEUED = "queued", "Queued"
        BUILDING = "building", "Building"
        READY = "ready", "Ready"
        FAILED = "failed", "Failed"
        EXPIRED = "expired", "Expired"

    class Profile(models.TextChoices):
        FULL = "full", "Everything"
        TOTALS = "totals", "Totals only (no individual scores, no interviewers)"
        NO_INTERVIEWERS = "no-interviewers", "Without interviewers' names"
        NO_CANDIDATE = "no-candidate", "Without the candidate's name"

    class Paper(models.TextChoices):
        A4 = "a4", "A4"
        LETTER = "letter", "Letter"

    application = models.ForeignKey(Application, models.PROTECT, related_name="packets")
    profile = models.CharField(max_length=20, choices=Profile.choices, default=Profile.FULL)
    paper = models.CharField(max_length=10, choices=Paper.choices, default=Paper.A4)
    archival = models.BooleanField(default=False, help_text="PDF/A-3b with the figures attached as JSON and CSV.")
    fingerprint = models.CharField(max_length=64)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    requested_at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED, db_index=True)
    stage = models.CharField(max_length=60, blank=True)
    progress = models.PositiveSmallIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    token = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True)
    error = models.TextField(blank=True)
    file = models.FileField(upload_to="packets/%Y/%m/", blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveIntegerField(null=True)
    finished_at = models.DateTimeField(null=True)
    expired_at = models.DateTimeField(null=True)

    objects = PacketQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "profile", "fingerprint"],
                condition=~Q(state="expired"),
                name="one_packet_per_content",
            ),
            models.CheckConstraint(condition=~Q(state="ready") | ~Q(sha256=""), name="ready_has_a_file"),
        ]

    def __str__(self) -> str:
        return f"packet {self.pk} ({self.state})"


class PacketBatchQuerySet(models.QuerySet["PacketBatch"]):
    def visible_to(self, user: User) -> Self:
        """One's own, unless one may no longer read one of the debriefs that are in it."""
        readable = unblinded(Application.objects.run_by(user), user)
        hidden = BatchItem.objects.filter(batch=OuterRef("pk"), left_out="").exclude(application__in=readable)
        return self.filter(~Exists(hidden), requested_by=user, opening__in=Opening.objects.visible_to(user))


class PacketBatch(models.Model):
    """Packets of several applications of one opening, as one archive and as one document; its own row is the truth."""

    class State(models.TextChoices):
        QUEUED = "queued", "Building the packets"
        BUILDING = "building", "Putting them together"
        READY = "ready", "Ready"
        FAILED = "failed", "Failed"
        CANCELLED = "cancelled", "Cancelled"
        EXPIRED = "expired", "Expired"

    opening = models.ForeignKey(Opening, models.PROTECT, related_name="packet_batches")
    profile = models.CharField(max_length=20, choices=Packet.Profile.choices)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    requested_at = models.DateTimeField(auto_now_add=True)
    moved_at = models.DateTimeField(auto_now_add=True, help_text="When a packet of it last came nearer to its end.")
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED, db_index=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    token = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True)
    error = models.TextField(blank=True)
    archive = models.FileField(upload_to="batches/", blank=True)
    document = models.FileField(upload_to="batches/", blank=True)
    archive_sha256 = models.CharField(max_length=64, blank=True)
    document_sha256 = models.CharField(max_length=64, blank=True)
    finished_at = models.DateTimeField(null=True)
    expired_at = models.DateTimeField(null=True)

    objects = PacketBatchQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="ready") | ~Q(archive_sha256="") & ~Q(document_sha256=""),
                name="ready_has_both_files",
            ),
        ]

    def __str__(self) -> str:
        return f"packets {self.pk} ({self.state})"


class BatchItem(models.Model):
    """One application of a batch: its packet once that is asked for, or why it has none."""

    class LeftOut(models.TextChoices):
        BLIND = "blind", "its debrief is not open to the person who asked"
        NOTHING = "nothing", "nobody has submitted a scorecard yet"

    batch = models.ForeignKey(PacketBatch, models.CASCADE, related_name="items")
    application = models.ForeignKey(Application, models.PROTECT, related_name="+")
    packet = models.ForeignKey(Packet, models.PROTECT, null=True, related_name="batch_items")
    left_out = models.CharField(max_length=10, choices=LeftOut.choices, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "application"], name="once_in_a_batch"),
            models.CheckConstraint(condition=Q(left_out="") | Q(packet__isnull=True), name="left_out_has_no_packet"),
        ]

    def __str__(self) -> str:
        return f"item {self.pk} of {self.batch_id}"


class WorkerHeartbeat(models.Model):
    """When a worker was last seen; one row, for readiness."""

    name = models.CharField(max_length=20, unique=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} {self.at}"
