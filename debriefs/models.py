"""The debrief as a meeting, and its decisions. Each is added, never changed."""

from typing import Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import ComposedCharField
from audit.erasing import BY_ITSELF, Erasable, Way, immutable
from audit.history import tracked
from candidates.models import Application
from rubrics.models import Dimension
from scorecards.models.cards import IMMUTABLE, Scorecard

BY_MEETING = Way(
    "meeting__application", "(SELECT m.application_id FROM debriefs_meeting m WHERE m.id = OLD.meeting_id)"
)
BY_DECISION = Way(
    "decision__application", "(SELECT d.application_id FROM debriefs_decision d WHERE d.id = OLD.decision_id)"
)


class Meeting(models.Model):
    """The debrief of one application as a meeting. Its opening ends all amending."""

    application = models.OneToOneField(Application, models.PROTECT, related_name="meeting")
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        triggers = [
            IMMUTABLE,
            pgtrigger.Trigger(
                name="ends_amending",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF NOT EXISTS (SELECT 1 FROM candidates_application a
                                    WHERE a.id = NEW.application_id AND a.debrief_opened_at IS NOT NULL) THEN
                        RAISE EXCEPTION 'the application of this meeting still counts as not opened';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"debrief {self.pk}"


ONLY_UNTIL_DECIDED = pgtrigger.Trigger(
    name="only_until_decided",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Delete,
    declare=[("met", "BIGINT")],
    func="""
        met := CASE WHEN TG_OP = 'DELETE' THEN OLD.meeting_id ELSE NEW.meeting_id END;
        IF EXISTS (SELECT 1 FROM debriefs_meeting m
                     JOIN debriefs_decision d ON d.application_id = m.application_id
                    WHERE m.id = met
                      AND NOT EXISTS (SELECT 1 FROM debriefs_reopening r WHERE r.decision_id = d.id)) THEN
            RAISE EXCEPTION 'this debrief was decided; reopen it first';
        END IF;
        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
        RETURN NEW;
    """,
)


MEETING_NOTE_TEXTS = Erasable(BY_MEETING, ("text",))


class MeetingNote(models.Model):
    """What the meeting wrote down: on a dimension or on the whole, or a follow-up that
    was agreed."""

    class Kind(models.TextChoices):
        NOTE = "note", "Note"
        FOLLOW_UP = "follow_up", "Follow-up"

    erasable = MEETING_NOTE_TEXTS

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="notes")
    dimension = models.ForeignKey(Dimension, models.PROTECT, related_name="+", null=True, blank=True)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.NOTE)
    text = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="meeting_note_has_text")]
        triggers = [immutable(MEETING_NOTE_TEXTS), ONLY_UNTIL_DECIDED]

    def __str__(self) -> str:
        return f"meeting note {self.pk}"


ATTENDEE_TEXTS = Erasable(BY_MEETING, ("name",))


class Attendee(models.Model):
    """Somebody who was in the meeting: a colleague with an account, or a name."""

    erasable = ATTENDEE_TEXTS

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="attendees")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True)
    name = ComposedCharField(max_length=200, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "user"], name="attends_once"),
            models.CheckConstraint(condition=Q(user__isnull=False) ^ ~Q(name=""), name="attendee_is_one_person"),
        ]
        triggers = [
            immutable(ATTENDEE_TEXTS, operation=pgtrigger.Update),
            ONLY_UNTIL_DECIDED,
        ]

    def __str__(self) -> str:
        return self.name or str(self.user)


RE_RATING_TEXTS = Erasable(BY_MEETING, ("not_assessed_reason", "source", "reason"))


class ReRating(models.Model):
    """A rating changed in the open debrief, beside the first; the newest counts."""

    class Kind(models.TextChoices):
        REREAD = "reread", "I reread my evidence"
        NEW_EVIDENCE = "new_evidence", "New evidence"

    erasable = RE_RATING_TEXTS

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
                condition=Q(score__isnull=False, score__gte=1, score__lte=5, not_assessed_reason="")
                | Q(score__isnull=True) & ~Q(not_assessed_reason=""),
                name="re_rating_scores_or_says_why_not",
            ),
            models.CheckConstraint(
                condition=Q(kind="reread", source="") | Q(kind="new_evidence") & ~Q(source=""),
                name="new_evidence_has_a_source",
            ),
        ]
        triggers = [immutable(RE_RATING_TEXTS), ONLY_UNTIL_DECIDED]

    def __str__(self) -> str:
        return f"re-rating {self.pk}"


class DecisionQuerySet(models.QuerySet["Decision"]):
    def current(self) -> Self:
        """Decisions that were not reopened: at most one for each application."""
        return self.filter(reopening__isnull=True)


DECISION_TEXTS = Erasable(
    BY_ITSELF, ("rationale", "rationales", "conditions", "dissent", "dissenter"), history="DecisionChange"
)


@tracked(
    "DecisionChange",
    ["application", "outcome", "rationale", "rationales", "conditions", "dissent", "dissenter", "decided_by"],
    application="OLD.application_id",
)
class Decision(models.Model):
    """What was decided and why. It never changes: reopening it, with a reason, makes
    room for another beside it.

    `rationales` gives the reason for each must-have dimension, by the dimension's key.
    """

    class Outcome(models.TextChoices):
        HIRE = "hire", "Hire"
        NO_HIRE = "no_hire", "No hire"
        HOLD = "hold", "Hold"

    erasable = DECISION_TEXTS

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
            immutable(DECISION_TEXTS),
            pgtrigger.Trigger(
                name="one_stands",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF EXISTS (SELECT 1 FROM debriefs_decision d
                                WHERE d.application_id = NEW.application_id
                                  AND NOT EXISTS (SELECT 1 FROM debriefs_reopening r WHERE r.decision_id = d.id)) THEN
                        RAISE EXCEPTION 'a decision stands; reopen it first';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"decision {self.pk}: {self.outcome}"


REOPENING_TEXTS = Erasable(BY_DECISION, ("reason",))


class Reopening(models.Model):
    """Why a decision no longer stands. The decision itself stays as it was."""

    erasable = REOPENING_TEXTS

    decision = models.OneToOneField(Decision, models.PROTECT, related_name="reopening")
    reason = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="reopening_says_why")]
        triggers = [immutable(REOPENING_TEXTS)]

    def __str__(self) -> str:
        return f"reopening of {self.decision_id}"
