"""What corrects a panel or a submitted scorecard: a row beside it, with a reason."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from audit.erasing import Erasable, immutable
from candidates.models import Panelist
from scorecards.models.cards import Scorecard
from scorecards.models.erasing import BY_CARD, BY_PANELIST

RELEASE_TEXTS = Erasable(BY_PANELIST, ("reason",))


class PanelistRelease(models.Model):
    """Why somebody need not score an interview any more: their draft stays theirs.

    It goes once they are put back on the panel, where they go on with that draft.
    """

    erasable = RELEASE_TEXTS

    panelist = models.OneToOneField(Panelist, models.PROTECT, related_name="release")
    reason = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        db_table = "scorecards_seatrelease"
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="release_says_why")]
        triggers = [immutable(RELEASE_TEXTS, operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return f"release of {self.panelist_id}"


WITHDRAWAL_TEXTS = Erasable(BY_CARD, ("reason",))


class Withdrawal(models.Model):
    """Why a submitted scorecard counts in no figure any more; it can still be read."""

    erasable = WITHDRAWAL_TEXTS

    scorecard = models.OneToOneField(Scorecard, models.PROTECT, related_name="withdrawal")
    reason = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="withdrawal_says_why")]
        triggers = [
            immutable(WITHDRAWAL_TEXTS),
            pgtrigger.Trigger(
                name="only_of_what_was_submitted",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF NOT EXISTS (SELECT 1 FROM scorecards_scorecard s
                                    WHERE s.id = NEW.scorecard_id AND s.state = 'submitted') THEN
                        RAISE EXCEPTION 'only a submitted scorecard can be withdrawn';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"withdrawal of {self.scorecard_id}"
