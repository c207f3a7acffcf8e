"""Amendments: what an author corrects between submission and debrief."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from audit.erasing import Erasable, immutable
from scorecards.models.cards import Scorecard
from scorecards.models.erasing import BY_CARD

AMENDMENT_TEXTS = Erasable(BY_CARD, ("reason", "summary", "ratings"))


class Amendment(models.Model):
    """A revision that stands beside what it replaces; it is added and never changed.

    `ratings` holds the changed ones, each a `scorecards.facts.RatingRow`; `had_seen`
    the ids of others' scorecards that the author had been shown by then.
    """

    erasable = AMENDMENT_TEXTS

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
            immutable(AMENDMENT_TEXTS),
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
                                 JOIN candidates_application a ON a.id = i.application_id
                                WHERE s.id = NEW.scorecard_id AND a.debrief_opened_at IS NOT NULL) THEN
                        RAISE EXCEPTION 'the debrief of this scorecard was opened';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"amendment {self.pk}"
