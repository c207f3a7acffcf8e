"""What follows the scorecards: amendments, the debrief as a meeting, its decisions. Each is added, never changed."""

from typing import Self

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from audit.history import tracked
from candidates.models import Application
from rubrics.models import Dimension
from scorecards.models.cards import IMMUTABLE, Scorecard
from scorecards.models.erasing import immutable


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
            immutable("Amendment"),
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
        triggers = [immutable("MeetingNote"), ONLY_UNTIL_DECIDED]

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
            immutable("Attendee", operation=pgtrigger.Update),
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
        triggers = [immutable("ReRating"), ONLY_UNTIL_DECIDED]

    def __str__(self) -> str:
        return f"re-rating {self.pk}"


class DecisionQuerySet(models.QuerySet["Decision"]):
    def standing(self) -> Self:
        """Decisions that were not reopened: at most one for each application."""
        return self.filter(reopening__isnull=True)


@tracked(
    "DecisionChange",
    ["application", "outcome", "rationale", "rationales", "conditions", "dissent", "dissenter", "decided_by"],
    application="OLD.application_id",
)
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
            immutable("Decision"),
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
        triggers = [immutable("Reopening")]

    def __str__(self) -> str:
        return f"reopening of {self.decision_id}"
